//! What surrounds a message: who sends it to whom, under which numbers.

use chrono::NaiveDateTime;

use super::super::delimiters::Delimiters;
use super::party::Identifier;

/// Whether messages count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// They do.
    Production,
    /// They are tests.
    Test,
}

/// The envelope of one request: an interchange with one group and one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// What holds the message apart.
    pub delimiters: Delimiters,
    /// Whether each segment gets a line of its own.
    pub lines: bool,
    /// Who sends it: a qualifier such as `ZZ` and a number of at most 15 characters (ISA05, ISA06).
    pub sender: Identifier,
    /// Who receives it (ISA07, ISA08).
    pub receiver: Identifier,
    /// The sender's number in the group (GS02).
    pub application_sender: String,
    /// The receiver's number in the group (GS03).
    pub application_receiver: String,
    /// Whether it counts (ISA15).
    pub usage: Usage,
    /// Whether the receiver is to acknowledge the interchange with a TA1 (ISA14).
    pub acknowledge: bool,
    /// When it is sent, in the sender's local time.
    pub at: NaiveDateTime,
    /// The interchange's control number, 1 to 999,999,999 (ISA13).
    pub interchange: u32,
    /// The group's control number, 1 to 999,999,999 (GS06).
    pub group: u32,
    /// The transaction's control number, four to nine characters (ST02).
    pub transaction: String,
}
