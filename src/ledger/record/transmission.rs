//! Messages to partners: written down first, then put where the partner takes them.

use serde::Serialize;

use super::super::store::Reader;
use super::super::{Hash, RequestId, StoreError, TransmissionId, stored_time};
use crate::time::Instant;

/// A message to a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transmission {
    /// Its number.
    pub id: TransmissionId,
    /// Whom it goes to.
    pub partner: String,
    /// Its control number, which no other message to the partner has.
    pub control: u32,
    /// The request that it holds.
    pub request: RequestId,
    /// The name of its file.
    pub name: String,
    /// The hash of its content.
    pub sha256: Hash,
    /// When it was written down.
    #[serde(serialize_with = "stored_time::serialize")]
    pub at: Instant,
    /// When its file was written.
    #[serde(serialize_with = "stored_time::maybe::serialize")]
    pub written_at: Option<Instant>,
}

impl Transmission {
    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Transmission, StoreError> {
        Ok(Transmission {
            id: TransmissionId(row.int()?),
            partner: row.text()?,
            control: u32::try_from(row.int()?).map_err(|_| StoreError::damaged("a control number is too large"))?,
            request: RequestId(row.int()?),
            name: row.text()?,
            sha256: row.hash()?,
            at: row.instant()?,
            written_at: row.maybe_instant()?,
        })
    }
}
