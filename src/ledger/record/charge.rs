//! Charges: what was or will be done for a member, and whether it still needs an authorization.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::store::Reader;
use super::super::{AuthorizationId, StoreError, Units};

/// A charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Charge {
    /// The id that the organisation gave it.
    pub id: String,
    /// Whom it is for.
    pub member: String,
    /// Who is to pay.
    pub payer: String,
    /// The date of service.
    pub day: NaiveDate,
    /// The procedure code.
    pub code: String,
    /// How much of it.
    pub units: Units,
    /// The issue: it needs an authorization and has none.
    pub auth_required: bool,
    /// Whether somebody confirmed that the issue is cleared.
    pub validated: bool,
    /// Why it has to be looked at although it is attached: the status of an authorization that was taken back.
    pub flag: Option<String>,
    /// The authorization that it is attached to.
    pub authorization: Option<AuthorizationId>,
}

impl Charge {
    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Charge, StoreError> {
        Ok(Charge {
            id: row.text()?,
            member: row.text()?,
            payer: row.text()?,
            day: row.day()?,
            code: row.text()?,
            units: row.units()?,
            auth_required: row.yes()?,
            validated: row.yes()?,
            flag: row.maybe_text()?,
            authorization: row.maybe_int()?.map(AuthorizationId),
        })
    }
}
