//! Attachments: which charge uses how many units of which authorization.

use serde::Serialize;

use super::super::store::Reader;
use super::super::{AttachmentId, AuthorizationId, StoreError, Units, stored_time};
use crate::time::Instant;

/// An attachment, or the row that takes one back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Its number.
    pub id: AttachmentId,
    /// What the units are taken from.
    pub authorization: AuthorizationId,
    /// What they are for.
    pub charge: String,
    /// How many.
    pub units: Units,
    /// When.
    #[serde(serialize_with = "stored_time::serialize")]
    pub at: Instant,
    /// The attachment that this row takes back; its units are given back, not taken.
    pub reverses: Option<AttachmentId>,
    /// Whether another row takes this one back.
    #[serde(skip)]
    pub reversed: bool,
}

impl Attachment {
    /// Whether it holds units now.
    pub fn open(&self) -> bool {
        self.reverses.is_none() && !self.reversed
    }

    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Attachment, StoreError> {
        let id = AttachmentId(row.int()?);
        let authorization = AuthorizationId(row.int()?);
        let charge = row.text()?;
        let units = row.int()?.unsigned_abs();
        let units = i64::try_from(units).ok().and_then(Units::from_ten_thousandths);
        Ok(Attachment {
            id,
            authorization,
            charge,
            units: units
                .ok_or_else(|| StoreError::damaged(format!("attachment {id} has an impossible number of units")))?,
            at: row.instant()?,
            reverses: row.maybe_int()?.map(AttachmentId),
            reversed: row.yes()?,
        })
    }
}
