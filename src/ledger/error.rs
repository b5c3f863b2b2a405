//! Why a ledger does not do something.

use super::{Refusal, StoreError};

/// Either what was asked for is refused, or the store failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is refused; nothing has changed, and no retry would do better.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed; nothing has changed, or a retry by the same key tells.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// A stable word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Error::Refused(refusal) => refusal.word(),
            Error::Store(error) => error.word(),
        }
    }

    /// The cure.
    pub fn help(&self) -> String {
        match self {
            Error::Refused(refusal) => refusal.help(),
            Error::Store(error) => error.help(),
        }
    }
}
