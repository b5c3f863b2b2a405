//! Commands, by the numbers of what they are about.

use std::collections::BTreeSet;

use rulebook::ledger::Outcome;

/// A member and a payer, by their numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Party {
    pub member: u8,
    pub payer: u8,
}

/// A command. Members, charges, codes, documents, payers' numbers and contents are numbered by the history, the rest by
/// the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    AddMember { member: u8 },
    AmendMember { member: u8, last_name: Option<u8>, born: Option<i32>, sex: Option<u8>, subscriber: Option<u8> },
    AddCharge { charge: u8, party: Party, units: i64, day: i32, code: u8, required: bool },
    AddAuthorization(NewAuthorization),
    Amend(Amendment),
    Attach { charge: u8, authorization: i64 },
    Reverse { attachment: i64 },
    Validate { charge: u8 },
    FollowUp { authorization: i64, on: Option<i32> },
    Cancel { authorization: i64 },
    Open(Opening),
    Submit { request: i64, anew: bool, letter: Letter },
    SendByHand { request: i64, anew: bool, due: Option<i64> },
    MarkWritten { transmission: i64 },
    Receive { content: u8, faulty: bool, answers: Vec<(Address, Answer)>, attach: bool },
    Determine { request: i64, answer: Answer, document: Option<u8>, attach: bool },
    Appeal { request: i64, day: i32, document: Option<u8>, message: Option<Message> },
    Withdraw { request: i64 },
    FileDocument { authorization: i64, request: Option<i64>, document: u8 },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAuthorization {
    pub party: Party,
    pub number: u8,
    pub approved: i64,
    pub days: (i32, i32),
    pub codes: BTreeSet<u8>,
    pub document: Option<u8>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amendment {
    pub authorization: i64,
    pub number: Option<u8>,
    pub approved: Option<i64>,
    pub first: Option<i32>,
    pub last: Option<i32>,
    pub codes: Option<BTreeSet<u8>>,
    pub document: Option<u8>,
}

/// What a request follows on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    Nothing,
    Anew(i64),
    Renews(i64),
    Extends(i64),
    Corrects(i64),
    Appeals { request: i64, immediate: bool },
}

impl Follows {
    fn way(self) -> &'static str {
        match self {
            Follows::Nothing => "",
            Follows::Anew(_) => "anew",
            Follows::Renews(_) => "renews",
            Follows::Extends(_) => "extends",
            Follows::Corrects(_) => "corrects",
            Follows::Appeals { .. } => "appeals",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub party: Party,
    pub follows: Follows,
    pub units: i64,
    pub days: (i32, i32),
    pub codes: BTreeSet<u8>,
    pub charges: BTreeSet<u8>,
    pub by_hand: bool,
    /// Whether it asks for its charges although an open request does.
    pub although_asked: bool,
    pub approval: Option<u8>,
    pub trace: Option<String>,
    pub reference: Option<String>,
    pub documents: Vec<u8>,
    /// Whether its message can be written, if that is tried.
    pub trial: Option<bool>,
}

/// What writes a message: whether it can, and when the payer's answer is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    pub writable: bool,
    pub due: Option<i64>,
}

/// The message by which an appeal goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub immediate: bool,
    pub documents: Vec<u8>,
    pub letter: Letter,
}

/// What an answer says of the request that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub trace: Option<String>,
    pub reference: Option<String>,
    pub control: Option<u32>,
}

/// What a payer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub outcome: Outcome,
    pub modified: bool,
    pub correctable: bool,
    pub number: Option<u8>,
    pub units: Option<i64>,
    pub first: Option<i32>,
    pub last: Option<i32>,
    pub codes: Option<BTreeSet<u8>>,
    pub review: Option<u8>,
    pub issued: Option<i64>,
    pub follow_up: Option<i32>,
    pub appeal_by: Option<i32>,
    pub next_retry: Option<i64>,
}

impl Op {
    /// What a key stands for: what the policy or the writer of messages adds to a command is no part of it, what was read
    /// from a content goes with the content, and an appeal is the same on any day.
    pub fn said(&self) -> Op {
        let unsaid = Letter { writable: true, due: None };
        let mut said = self.clone();
        match &mut said {
            Op::Open(new) => new.trial = None,
            Op::Submit { letter, .. } => *letter = unsaid,
            Op::SendByHand { due, .. } => *due = None,
            Op::Receive { faulty, answers, .. } => (*faulty, *answers) = (false, Vec::new()),
            Op::Determine { answer, .. } => {
                (answer.follow_up, answer.appeal_by, answer.next_retry) = (None, None, None);
            }
            Op::Appeal { day, message, .. } => {
                *day = 0;
                if let Some(message) = message {
                    message.letter = unsaid;
                }
            }
            _ => {}
        }
        said
    }

    /// The file of the command, and how it is meant where it may be meant in several ways.
    pub fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Op::AddMember { .. } => ("add_member", ""),
            Op::AmendMember { .. } => ("amend_member", ""),
            Op::AddCharge { .. } => ("add_charge", ""),
            Op::AddAuthorization(_) => ("add_authorization", ""),
            Op::Amend(_) => ("amend", ""),
            Op::Attach { .. } => ("attach", ""),
            Op::Reverse { .. } => ("reverse", ""),
            Op::Validate { .. } => ("validate_charge", ""),
            Op::FollowUp { .. } => ("set_follow_up", ""),
            Op::Cancel { .. } => ("cancel", ""),
            Op::Open(new) => (if new.trial.is_some() { "open_sendable" } else { "open_request" }, new.follows.way()),
            Op::Submit { .. } => ("submit", ""),
            Op::SendByHand { .. } => ("send_by_hand", ""),
            Op::MarkWritten { .. } => ("mark_written", ""),
            Op::Receive { .. } => ("receive", ""),
            Op::Determine { .. } => ("determine", ""),
            Op::Appeal { message: None, .. } => ("appeal", "by hand"),
            Op::Appeal { message: Some(_), .. } => ("appeal", "by message"),
            Op::Withdraw { .. } => ("withdraw", ""),
            Op::FileDocument { .. } => ("file_document", ""),
        }
    }
}
