//! Who does something, when, by which policy and why.

use serde::Serialize;

use super::{Refusal, text};
use crate::time::Instant;

/// What every change has beside what it changes. A ledger reads no clock and knows nobody: all of it is told.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Who acts.
    pub actor: &'a str,
    /// When.
    pub at: Instant,
    /// The version of the policy by which it is done.
    pub policy: &'a str,
    /// Why, in words.
    pub reason: Option<&'a str>,
    /// The idempotency key: what was done once by a key is answered, not done again.
    pub key: Option<&'a str>,
}

impl Act<'_> {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        text::short("actor", self.actor)?;
        text::short("policy version", self.policy)?;
        text::maybe_short("reason", self.reason)?;
        text::maybe_short("key", self.key)
    }
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer<T> {
    /// What came of it.
    pub value: T,
    /// Whether it had been done before by the same key.
    pub replayed: bool,
}
