//! Turnarounds.

use std::fmt;
use std::ops::Range;

use super::instant::Instant;

/// How long something may take, such as `5-7 business days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Turnaround {}

/// When something is due. Both are met up to and with that second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The lower end of a range.
    pub target: Option<Instant>,
    /// The last instant that is in time.
    pub limit: Instant,
}

/// Why a phrase is no turnaround.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TurnaroundError {
    /// Being written.
    #[error("`{text}` is not a turnaround")]
    Shape {
        /// The phrase as given.
        text: String,
        /// Where it stops looking like one.
        at: Range<usize>,
    },
}

impl TurnaroundError {
    /// The cure.
    pub fn help(&self) -> String {
        todo!()
    }

    /// Where in the phrase it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        todo!()
    }
}

impl Turnaround {
    /// Reads a phrase.
    ///
    /// # Errors
    ///
    /// A [`TurnaroundError`] that names the word at fault.
    pub fn parse(_text: &str) -> Result<Turnaround, TurnaroundError> {
        todo!()
    }

    /// Whether its end depends on a calendar.
    pub fn needs_calendar(&self) -> bool {
        todo!()
    }

    /// When it is due without a calendar.
    pub fn due_elapsed(&self, _received: Instant) -> Option<Due> {
        todo!()
    }
}

impl fmt::Display for Turnaround {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}
