//! When something is due, by the calendar of its policy.

use crate::diagnostic::Code;
use crate::facts::{Case, Fault};
use crate::program::Program;
use crate::time::{Due, Instant, Turnaround};

use super::decision::Stamp;

/// When a turnaround ends that starts at an instant, which `start` names.
pub(super) fn due(program: &Program, within: &Turnaround, from: Instant, start: &str) -> Result<Due, Fault> {
    within.due(program.policy().calendar.as_deref(), from).map_err(|_| beyond(within, start))
}

/// A turnaround that ends where no calendar reaches.
pub(super) fn beyond(within: &Turnaround, start: &str) -> Fault {
    Fault::new(Code::OutOfRange, format!("`{within}` from {start} ends beyond the calendar"))
        .expected("instants from 1900 to 2199")
        .help("correct the instants that the case names")
}

/// An instant in the offset of the policy's calendar, without a calendar in that of the case.
pub(super) fn stamp(program: &Program, case: &Case, at: Instant) -> Stamp {
    let calendar = program.policy().calendar.as_deref();
    Stamp { at, offset: calendar.map_or(case.at_offset(), |calendar| calendar.zone().offset_at(at)) }
}
