//! Members: the people who are insured.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::StoreError;
use super::super::store::Reader;

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The id that the organisation gave them.
    pub id: String,
    /// Their family name.
    pub last_name: String,
    /// Their other names.
    pub first_name: String,
    /// When they were born.
    pub born: Option<NaiveDate>,
    /// The sex that the payer has noted, in the payer's word.
    pub sex: Option<String>,
    /// The payer's identifier of them, if it is not their id.
    pub subscriber: Option<String>,
}

impl Member {
    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Member, StoreError> {
        Ok(Member {
            id: row.text()?,
            last_name: row.text()?,
            first_name: row.text()?,
            born: row.maybe_day()?,
            sex: row.maybe_text()?,
            subscriber: row.maybe_text()?,
        })
    }
}
