//! What happened to a request, in the order in which it happened.

use crate::facts::Event;
use crate::policy::Remedy;
use crate::time::Instant;

use super::Act;
use super::request::Closing;

/// One line of a request's history.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// When.
    pub at: Instant,
    /// In which round; `None` before the first.
    pub round: Option<usize>,
    /// At which level.
    pub level: Option<&'a str>,
    /// What.
    pub happening: Happening<'a>,
}

/// What can happen to a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening<'a> {
    /// Somebody acted.
    Acted {
        /// The event.
        event: &'a Event,
        /// Its type.
        act: Act,
        /// Whom they stood in for.
        instead_of: Option<&'a str>,
    },
    /// A level was entered.
    Entered {
        /// When it is due.
        due: Option<Instant>,
    },
    /// A level was passed over, since its condition does not hold.
    Skipped,
    /// Whether a level is entered hangs on missing facts.
    Undetermined,
    /// A level was not decided in time.
    Lapsed {
        /// What is done about it.
        remedy: Remedy,
        /// Whose turn it is, or who hears of it.
        role: &'a str,
        /// When the level is due now, if its clock was restarted.
        due: Option<Instant>,
    },
    /// It was approved.
    Approved,
    /// It was denied for good.
    Denied,
    /// The requester got it back.
    Returned,
    /// It was closed.
    Closed(Closing),
}
