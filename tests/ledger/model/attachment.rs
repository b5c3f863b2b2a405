//! Attachments: which charge uses how many units of which authorization.

use std::collections::BTreeSet;

use super::told::Told;
use super::{Model, Word, check};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub authorization: i64,
    pub charge: u8,
    pub units: i64,
    pub reverses: Option<i64>,
    pub reversed: bool,
}

impl Model {
    /// The charges that hold units of an authorization.
    pub fn held(&self, id: i64) -> BTreeSet<u8> {
        let open = |row: &&Attachment| row.authorization == id && row.reverses.is_none() && !row.reversed;
        self.attachments.values().filter(open).map(|row| row.charge).collect()
    }

    /// What keeps a charge from an authorization.
    pub fn obstacle(&self, charge: u8, id: i64) -> Result<(), Word> {
        let charge = self.charge(charge)?;
        check(charge.authorization.is_some(), "already_attached")?;
        let authorization = self.authorization(id)?;
        let left = authorization.approved - authorization.used;
        check(charge.party.member != authorization.party.member, "other_member")?;
        check(charge.party.payer != authorization.party.payer, "other_payer")?;
        check(authorization.status != "ACTIVE", "not_active")?;
        authorization.covers(charge)?;
        check(left < 0, "over_used")?;
        check(left < charge.units, "not_enough_units")
    }

    pub fn attach(&mut self, charge: u8, id: i64, attachment: i64) -> Result<Told, Word> {
        self.obstacle(charge, id)?;
        let row = self.change(charge);
        (row.required, row.validated, row.flag, row.authorization) = (false, false, None, Some(id));
        let units = row.units;
        let authorization = self.grant(id);
        authorization.used += units;
        let told = Told { units: Some((authorization.used, authorization.approved)), ..Told::default() };
        let row = Attachment { authorization: id, charge, units, reverses: None, reversed: false };
        assert!(self.attachments.insert(attachment, row).is_none());
        Ok(told)
    }

    pub fn reverse(&mut self, attachment: i64, made: i64) -> Result<Told, Word> {
        let row = self.attachments.get_mut(&attachment).filter(|row| row.reverses.is_none());
        let row = row.ok_or("unknown_attachment")?;
        check(std::mem::replace(&mut row.reversed, true), "already_reversed")?;
        let reversal = Attachment { reverses: Some(attachment), reversed: false, ..row.clone() };
        let authorization = self.grant(reversal.authorization);
        authorization.used -= reversal.units;
        let units = Some((authorization.used, authorization.approved));
        let charge = self.change(reversal.charge);
        (charge.required, charge.validated, charge.flag, charge.authorization) = (charge.needs, false, None, None);
        let yes = charge.needs;
        assert!(self.attachments.insert(made, reversal).is_none());
        Ok(Told { units, yes, ..Told::default() })
    }
}
