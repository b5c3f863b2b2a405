//! Messages from partners, kept as they came.

use serde::Serialize;

use super::super::store::Reader;
use super::super::{Hash, MessageId, StoreError, stored_time};
use crate::time::Instant;

/// A message from a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its number.
    pub id: MessageId,
    /// Whom it came from.
    pub partner: String,
    /// The name that it had.
    pub name: String,
    /// The hash of its content.
    pub sha256: Hash,
    /// When it came.
    #[serde(serialize_with = "stored_time::serialize")]
    pub at: Instant,
    /// Why it could not be used.
    pub fault: Option<String>,
}

impl Message {
    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Message, StoreError> {
        Ok(Message {
            id: MessageId(row.int()?),
            partner: row.text()?,
            name: row.text()?,
            sha256: row.hash()?,
            at: row.instant()?,
            fault: row.maybe_text()?,
        })
    }
}
