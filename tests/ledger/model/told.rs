//! What is told of a command that is done, and the numbers that the ledger gave.

use std::collections::{BTreeMap, BTreeSet};

use super::Word;

/// What an answer tells, as far as it has it; numbers that a ledger gives are told apart in [`Made`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// A status, a state or a purpose.
    pub word: Option<Word>,
    /// What is used and what is approved.
    pub units: Option<(i64, i64)>,
    /// Whether nothing was left to be done; of an amendment, whether it is over-used; of a reversal, whether the charge needs
    /// an authorization again.
    pub yes: bool,
    pub control: Option<u32>,
    pub flagged: BTreeSet<u8>,
    pub determined: Vec<Came>,
    /// The places of a message's answers from which nothing came, and why.
    pub unmatched: Vec<(usize, Word)>,
}

/// Units, days and codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub units: i64,
    pub days: (i32, i32),
    pub codes: BTreeSet<u8>,
}

/// What came of an answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    pub request: i64,
    pub authorization: i64,
    pub stands: bool,
    pub status: Word,
    pub flagged: BTreeSet<u8>,
    pub attached: BTreeSet<u8>,
    pub not_attached: BTreeMap<u8, Word>,
    pub offered: BTreeSet<u8>,
    /// What a modified approval grants, and what was asked.
    pub modified: Option<(Terms, Terms)>,
}

/// The numbers of what was made; those of attachments that an answer brings by their charges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    pub authorization: i64,
    pub request: i64,
    pub attachment: i64,
    pub transmission: i64,
    pub attachments: BTreeMap<u8, i64>,
}
