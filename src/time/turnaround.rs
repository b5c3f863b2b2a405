//! Turnarounds: how long something may take.

use std::fmt;

use super::calendar::{Calendar, OutOfRange};
use super::instant::Instant;
use super::instant_text::two;
pub use super::turnaround_error::TurnaroundError;
use super::turnaround_phrase;

/// How long something may take, counted from its receipt: `5-7 business days`, `up to 60 business days`, `24 hours`,
/// `48 hours on business days`, `8 business hours`, `7 days`, `1 week`, `immediately`.
///
/// ```
/// use rulebook::time::Turnaround;
/// assert_eq!(Turnaround::parse("5 – 7 Business Days").unwrap().to_string(), "5-7 business days");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Turnaround(Term);

/// When something is due. Both are met up to and with that second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The lower end of a range such as `5-7 business days`: when it is aimed for.
    pub target: Option<Instant>,
    /// The last instant that is in time.
    pub limit: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Term {
    Immediately,
    Within {
        target: Option<u32>,
        limit: u32,
        /// Whether `up to` was written; it means the same.
        up_to: bool,
        measure: Measure,
    },
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Measure {
    /// Time as it passes.
    Elapsed(ClockUnit),
    /// Calendar days, due at the end of the last.
    Days,
    Weeks,
    /// Opening hours.
    Business(ClockUnit),
    /// All 24 hours of business days.
    OnBusinessDays(ClockUnit),
    BusinessDays,
}

/// Units that clocks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ClockUnit {
    Seconds,
    Minutes,
    Hours,
}

impl ClockUnit {
    pub(super) fn seconds(self) -> i64 {
        match self {
            ClockUnit::Seconds => 1,
            ClockUnit::Minutes => 60,
            ClockUnit::Hours => 3600,
        }
    }

    fn one(self) -> &'static str {
        match self {
            ClockUnit::Seconds => "second",
            ClockUnit::Minutes => "minute",
            ClockUnit::Hours => "hour",
        }
    }
}

impl Turnaround {
    /// Reads a phrase. The case of letters doesn't matter, a dash or `to` may stand for the hyphen.
    ///
    /// `none stated` is no turnaround: it says that there is none.
    ///
    /// # Errors
    ///
    /// A [`TurnaroundError`] that names the figure or word at fault.
    pub fn parse(text: &str) -> Result<Turnaround, TurnaroundError> {
        turnaround_phrase::term(text).map(Turnaround)
    }

    /// Whether its end depends on a calendar: all do but elapsed hours, minutes and seconds, and `immediately`.
    pub fn needs_calendar(&self) -> bool {
        match self.0 {
            Term::Immediately | Term::Within { measure: Measure::Elapsed(_), .. } => false,
            Term::Within { .. } => true,
        }
    }

    /// Whether there is time before it is due: always, but for `immediately`.
    pub fn takes_time(&self) -> bool {
        match self.0 {
            Term::Immediately => false,
            Term::Within { .. } => true,
        }
    }

    /// When it is due if it needs no calendar. `None` if it needs one, or if it ends past [`Instant::MAX`].
    pub fn due_elapsed(&self, received: Instant) -> Option<Due> {
        match self.0 {
            Term::Immediately => Some(Due { target: None, limit: received }),
            Term::Within { target, limit, measure: Measure::Elapsed(clock), .. } => {
                let after = |figure: u32| received.checked_add(i64::from(figure) * clock.seconds());
                let target = match target {
                    Some(figure) => Some(after(figure)?),
                    None => None,
                };
                Some(Due { target, limit: after(limit)? })
            }
            Term::Within { .. } => None,
        }
    }

    /// When it is due, reckoned by a calendar if there is one.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if an end lies outside the years 1900 to 2199, or if there is no calendar and it
    /// [needs one](Turnaround::needs_calendar).
    pub fn due(&self, calendar: Option<&Calendar>, received: Instant) -> Result<Due, OutOfRange> {
        match calendar {
            Some(calendar) => calendar.due(self, received),
            None => self.due_elapsed(received).ok_or(OutOfRange),
        }
    }

    pub(super) fn term(self) -> Term {
        self.0
    }
}

/// The words for a measure after a figure.
pub(super) struct Unit(pub(super) Measure, pub(super) u32);

impl Unit {
    fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let (before, unit, after) = match self.0 {
            Measure::Elapsed(clock) => ("", clock.one(), ""),
            Measure::Days => ("", "day", ""),
            Measure::Weeks => ("", "week", ""),
            Measure::Business(clock) => ("business ", clock.one(), ""),
            Measure::OnBusinessDays(clock) => ("", clock.one(), " on business days"),
            Measure::BusinessDays => ("business ", "day", ""),
        };
        out.write_str(before)?;
        out.write_str(unit)?;
        out.write_str(if self.1 == 1 { "" } else { "s" })?;
        out.write_str(after)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl Turnaround {
    /// Writes the phrase: what `Display` does, without its machinery, since every decision with a deadline writes one.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let Term::Within { target, limit, up_to, measure } = self.0 else {
            return out.write_str("immediately");
        };
        if up_to {
            out.write_str("up to ")?;
        }
        if let Some(target) = target {
            figure(out, target)?;
            out.write_char('-')?;
        }
        figure(out, limit)?;
        out.write_char(' ')?;
        Unit(measure, limit).write(out)
    }
}

/// Most figures have one or two digits.
fn figure(out: &mut impl fmt::Write, figure: u32) -> fmt::Result {
    match figure {
        0..100 => {
            let [tens, ones] = two(figure).map(char::from);
            if figure >= 10 {
                out.write_char(tens)?;
            }
            out.write_char(ones)
        }
        100.. => write!(out, "{figure}"),
    }
}

impl fmt::Display for Turnaround {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}
