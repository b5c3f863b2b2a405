//! Charges, and whether they show the issue.

use std::collections::BTreeSet;

use super::op::Party;
use super::told::Told;
use super::{Model, Word, check};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub party: Party,
    pub units: i64,
    pub day: i32,
    pub code: u8,
    /// Whether it was entered as one that needs an authorization.
    pub needs: bool,
    /// Whether it shows the issue.
    pub required: bool,
    pub validated: bool,
    pub flag: Option<Word>,
    pub authorization: Option<i64>,
}

impl Model {
    pub fn charge(&self, charge: u8) -> Result<&Charge, Word> {
        self.charges.get(&charge).ok_or("unknown_charge")
    }

    pub fn change(&mut self, charge: u8) -> &mut Charge {
        self.charges.get_mut(&charge).unwrap()
    }

    pub fn add_charge(&mut self, charge: u8, row: Charge) -> Result<Told, Word> {
        check(row.units == 0, "no_units")?;
        self.member(row.party.member)?;
        let yes = row.required;
        check(self.charges.insert(charge, row).is_some(), "charge_exists")?;
        Ok(Told { yes, ..Told::default() })
    }

    pub fn validate(&mut self, charge: u8) -> Result<Told, Word> {
        let row = self.charge(charge)?;
        check(row.required, "issue_open")?;
        if let Some(id) = row.authorization {
            self.authorization(id)?.covers(row)?;
        }
        let yes = std::mem::replace(&mut self.change(charge).validated, true);
        Ok(Told { yes, ..Told::default() })
    }

    /// Has the charges that hold units of what was taken back looked at: those that needed an authorization need one again.
    pub fn flag(&mut self, authorization: i64, status: Word) -> BTreeSet<u8> {
        let held = self.held(authorization);
        for charge in &held {
            let charge = self.change(*charge);
            (charge.required, charge.validated, charge.flag) = (charge.needs, false, Some(status));
        }
        held
    }

    /// What was flagged, and is covered again.
    pub fn clear(&mut self, authorization: i64) {
        for charge in self.held(authorization) {
            let charge = self.change(charge);
            if charge.flag.is_some() {
                (charge.required, charge.validated, charge.flag) = (false, false, None);
            }
        }
    }

    /// The charges that need nothing since the payer says so, or need it again since it says otherwise.
    pub fn excuse(&mut self, charges: &BTreeSet<u8>, excused: bool) {
        for charge in charges {
            let charge = self.change(*charge);
            match (charge.authorization, excused) {
                (Some(_), _) => {}
                (None, true) if charge.required => (charge.required, charge.flag) = (false, Some("NOT_REQUIRED")),
                (None, false) if charge.flag == Some("NOT_REQUIRED") => {
                    (charge.required, charge.validated, charge.flag) = (true, false, None);
                }
                (None, _) => {}
            }
        }
    }
}
