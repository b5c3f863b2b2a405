//! A request as its events leave it.

use crate::facts::Case;
use crate::program::Program;

use super::super::decision::{AtRisk, Stamp};
use super::super::grounds::Ground;
use super::history::Entry;
use super::refusal::Refused;
use super::seek::Reading;
use super::turns::Turn;

/// Where a request stands, whose turn it is, and how it came about.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    pub(in crate::engine) program: &'a Program,
    /// Its state.
    pub state: State,
    /// The case with the facts that came with its events.
    pub known: Case,
    /// The level that waits for its deciders.
    pub level: Option<&'a str>,
    /// The number of its rounds so far; `None` before it is submitted.
    pub round: Option<usize>,
    /// Who may do what.
    pub may_act: Vec<Turn<'a>>,
    /// When the level is due.
    pub due: Option<Stamp>,
    /// From when on the level's time is at risk.
    pub at_risk: Vec<AtRisk>,
    /// When the request as a whole is due.
    pub deadline: Option<Stamp>,
    /// What happened, in order, each with the offset in which people read it.
    pub history: Vec<(i32, Entry<'a>)>,
    /// The events that were refused.
    pub refused: Vec<Refused<'a>>,
    /// The roles that the level waits for though nobody is left who could bring its approvals about.
    pub blocked: Vec<&'a str>,
    /// The facts that an undetermined request waits for, most settling first.
    pub needs: Vec<&'a str>,
    /// How the conditions of levels were read in the last round.
    pub(in crate::engine) readings: Vec<Reading<'a>>,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was not submitted.
    Draft,
    /// A level waits for its deciders.
    Pending,
    /// Missing facts leave open which level comes next.
    Undetermined,
    /// The requester got it back.
    Returned,
    /// It is approved.
    Approved,
    /// It is denied for good.
    Denied,
    /// It is closed.
    Closed(Closing),
}

/// Why a request is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The requester took it back.
    Withdrawn,
    /// The requester closed it.
    ByRequester,
    /// It came back and may not be resubmitted any more.
    Cap,
    /// It was not settled in time.
    Deadline,
}

impl State {
    /// Every state's word.
    pub const WORDS: [&str; 7] = ["draft", "pending", "undetermined", "returned", "approved", "denied", "closed"];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Pending => "pending",
            State::Undetermined => "undetermined",
            State::Returned => "returned",
            State::Approved => "approved",
            State::Denied => "denied",
            State::Closed(_) => "closed",
        }
    }
}

impl Closing {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Closing::Withdrawn => "withdrawn",
            Closing::ByRequester => "by_requester",
            Closing::Cap => "cap",
            Closing::Deadline => "deadline",
        }
    }
}

impl<'a> Request<'a> {
    /// The rules by which levels were entered or skipped in the last round; none while that is open.
    pub fn because(&self) -> Vec<Ground<'a>> {
        match self.state {
            State::Undetermined => Vec::new(),
            _ => self.readings.iter().flat_map(Reading::grounds).collect(),
        }
    }
}
