//! Authorizations: how much a payer allows, when and of what.

use std::collections::BTreeSet;

use super::charge::Charge;
use super::op::{Amendment, NewAuthorization, Party};
use super::told::Told;
use super::{Filed, Model, Word, check};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authorization {
    pub party: Party,
    pub number: Option<u8>,
    pub status: Word,
    pub days: (i32, i32),
    pub approved: i64,
    pub used: i64,
    pub modified: bool,
    pub codes: BTreeSet<u8>,
    pub follow_up: Option<i32>,
    /// The newest request for it.
    pub request: Option<i64>,
    /// What it renews or extends.
    pub renews: Option<i64>,
}

impl Authorization {
    /// Whether its days and codes cover a charge's.
    pub fn covers(&self, charge: &Charge) -> Result<(), Word> {
        check(charge.day < self.days.0, "before_first_day")?;
        check(charge.day > self.days.1, "after_last_day")?;
        check(!self.codes.is_empty() && !self.codes.contains(&charge.code), "code_not_covered")
    }
}

impl Model {
    pub fn authorization(&self, id: i64) -> Result<&Authorization, Word> {
        self.authorizations.get(&id).ok_or("unknown_authorization")
    }

    pub fn grant(&mut self, id: i64) -> &mut Authorization {
        self.authorizations.get_mut(&id).unwrap()
    }

    /// An authorization that has one of these statuses.
    pub fn in_status(&self, id: i64, allowed: &[Word]) -> Result<&Authorization, Word> {
        let found = self.authorization(id)?;
        check(!allowed.contains(&found.status), "wrong_status")?;
        Ok(found)
    }

    /// The one that stands at the beginning of what an authorization renews.
    fn beginning(&self, id: i64) -> i64 {
        self.authorizations[&id].renews.map_or(id, |renews| self.beginning(renews))
    }

    /// A payer's number belongs to one authorization and all that renews it.
    pub fn number_is_free(&self, payer: u8, number: u8, whose: Option<i64>) -> Result<(), Word> {
        let begins = whose.map(|id| self.beginning(id));
        let holds = |row: &Authorization| row.party.payer == payer && row.number == Some(number);
        let mut holders = self.authorizations.iter().filter(|(_, row)| holds(row)).map(|(id, _)| *id);
        check(holders.any(|holder| begins != Some(self.beginning(holder))), "number_taken")
    }

    pub fn add_authorization(&mut self, new: &NewAuthorization, made: i64) -> Result<Told, Word> {
        check(new.days.0 > new.days.1, "period_backwards")?;
        self.member(new.party.member)?;
        self.number_is_free(new.party.payer, new.number, None)?;
        let row = Authorization {
            party: new.party,
            number: Some(new.number),
            status: "ACTIVE",
            days: new.days,
            approved: new.approved,
            codes: new.codes.clone(),
            ..Authorization::default()
        };
        assert!(self.authorizations.insert(made, row).is_none());
        self.file(Filed::Authorization(made), new.document);
        Ok(Told::default())
    }

    pub fn amend(&mut self, change: &Amendment) -> Result<Told, Word> {
        let before = self.in_status(change.authorization, &["ACTIVE"])?.clone();
        if let Some(number) = change.number {
            self.number_is_free(before.party.payer, number, Some(change.authorization))?;
        }
        let after = Authorization {
            number: change.number.or(before.number),
            approved: change.approved.unwrap_or(before.approved),
            days: (change.first.unwrap_or(before.days.0), change.last.unwrap_or(before.days.1)),
            codes: change.codes.clone().unwrap_or(before.codes.clone()),
            ..before.clone()
        };
        check(after.days.0 > after.days.1, "period_backwards")?;
        check(after == before, "nothing_to_change")?;
        let (units, yes) = (Some((after.used, after.approved)), after.used > after.approved);
        self.authorizations.insert(change.authorization, after);
        self.file(Filed::Authorization(change.authorization), change.document);
        Ok(Told { units, yes, ..Told::default() })
    }

    pub fn follow_up(&mut self, id: i64, on: Option<i32>) -> Result<Told, Word> {
        check(self.authorization(id)?.follow_up == on, "nothing_to_change")?;
        self.grant(id).follow_up = on;
        Ok(Told::default())
    }

    pub fn cancel(&mut self, id: i64) -> Result<Told, Word> {
        self.in_status(id, &["PENDING", "ACTIVE"])?;
        self.grant(id).status = "CANCELLED";
        Ok(Told { flagged: self.flag(id, "CANCELLED"), ..Told::default() })
    }
}
