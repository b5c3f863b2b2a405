//! The time in which a turnaround runs.

use super::calendar::{Calendar, OutOfRange};
use super::instant::Instant;
use super::turnaround::{Measure, Term, Turnaround};

/// The time in which the clock of a turnaround runs.
pub(super) enum Running<'c> {
    /// By day and night.
    Always,
    /// In opening hours.
    Open(&'c Calendar),
    /// All day on business days.
    OnBusinessDays(&'c Calendar),
}

impl<'c> Running<'c> {
    /// Business days are taken for their opening hours.
    pub(super) fn of(within: &Turnaround, calendar: Option<&'c Calendar>) -> Result<Running<'c>, OutOfRange> {
        let Term::Within { measure, .. } = within.term() else { return Ok(Running::Always) };
        match measure {
            Measure::Elapsed(_) | Measure::Days | Measure::Weeks => Ok(Running::Always),
            Measure::Business(_) | Measure::BusinessDays => calendar.map(Running::Open).ok_or(OutOfRange),
            Measure::OnBusinessDays(_) => calendar.map(Running::OnBusinessDays).ok_or(OutOfRange),
        }
    }

    /// The earliest instant by which so many seconds have run; the instant itself of none.
    pub(super) fn add(&self, from: Instant, seconds: i64) -> Result<Instant, OutOfRange> {
        if seconds == 0 {
            return Ok(from);
        }
        match self {
            Running::Always => from.checked_add(seconds).ok_or(OutOfRange),
            Running::Open(calendar) => calendar.add_open_seconds(from, seconds),
            Running::OnBusinessDays(calendar) => calendar.add_seconds_of_business_days(from, seconds),
        }
    }

    /// The seconds that run from one instant up to another that doesn't come before it.
    pub(super) fn between(&self, from: Instant, to: Instant) -> Result<i64, OutOfRange> {
        match self {
            Running::Always => Ok(to.seconds_since(from)),
            Running::Open(calendar) => calendar.open_seconds_between(from, to),
            Running::OnBusinessDays(calendar) => calendar.seconds_of_business_days_between(from, to),
        }
    }
}
