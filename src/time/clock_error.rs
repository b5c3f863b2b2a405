//! What can be wrong with the events of a clock.

use super::clock::ClockEvent;

/// An event that cannot have happened then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .misorder.message(*.event))]
pub struct ClockError {
    /// Which of the events, counted from 0.
    pub index: usize,
    /// The event.
    pub event: ClockEvent,
    /// Why it cannot have happened then.
    pub misorder: Misorder,
}

/// Why an event cannot have happened when it is said to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misorder {
    /// Before there was a clock.
    TooEarly,
    /// After the instant for which all is told.
    TooLate,
    /// Before the event that it follows.
    Falling,
    /// After a stop.
    AfterStop,
    /// A start after other events.
    Started,
    /// A pause of what is paused.
    Paused,
    /// A resumption of what is not paused.
    NotPaused,
    /// A reopening of what is not stopped.
    NotStopped,
}

impl Misorder {
    /// Whether the instant is at fault, not the event.
    pub fn is_of_instants(self) -> bool {
        match self {
            Misorder::TooEarly | Misorder::TooLate | Misorder::Falling => true,
            Misorder::AfterStop | Misorder::Started | Misorder::Paused | Misorder::NotPaused | Misorder::NotStopped => {
                false
            }
        }
    }

    fn message(self, event: ClockEvent) -> String {
        match self {
            Misorder::TooEarly => format!("`{event}` comes before the case is received"),
            Misorder::TooLate => format!("`{event}` comes after the case's `at`"),
            Misorder::Falling => format!("`{event}` comes before the event that it follows"),
            Misorder::AfterStop => format!("`{event}` follows a clock that is stopped"),
            Misorder::Started => format!("`{event}` follows a clock that has started"),
            Misorder::Paused => format!("`{event}` follows a clock that is paused"),
            Misorder::NotPaused => format!("`{event}` follows a clock that is not paused"),
            Misorder::NotStopped => format!("`{event}` follows a clock that is not stopped"),
        }
    }
}

impl ClockError {
    /// The cure.
    pub fn help(&self) -> &'static str {
        match self.misorder {
            Misorder::TooEarly => "correct the instant, or `received`",
            Misorder::TooLate => "give what has happened by `at`, no more",
            Misorder::Falling => "put the events in the order in which they happened",
            Misorder::AfterStop => "put `reopen` before it to go on with what was left, or `restart` to begin anew",
            Misorder::Started => "write `restart` to begin anew; `start` can only be the first event",
            Misorder::Paused => "put `resume` before it, or leave it out",
            Misorder::NotPaused => "put `pause` before it, or leave it out",
            Misorder::NotStopped => "put `stop` before it; what is paused is resumed",
        }
    }
}
