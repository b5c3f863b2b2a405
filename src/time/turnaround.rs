//! Turnarounds: how long something may take.

use std::fmt;

use super::instant::Instant;
use super::phrase::{Kind, Token, nearest, span, tokens};
pub use super::turnaround_error::TurnaroundError;

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
    Elapsed(Clock),
    /// Calendar days, due at the end of the last.
    Days,
    Weeks,
    /// Opening hours.
    Business(Clock),
    /// All 24 hours of business days.
    OnBusinessDays(Clock),
    BusinessDays,
}

/// Units that clocks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Clock {
    Seconds,
    Minutes,
    Hours,
}

impl Clock {
    pub(super) fn seconds(self) -> i64 {
        match self {
            Clock::Seconds => 1,
            Clock::Minutes => 60,
            Clock::Hours => 3600,
        }
    }

    fn one(self) -> &'static str {
        match self {
            Clock::Seconds => "second",
            Clock::Minutes => "minute",
            Clock::Hours => "hour",
        }
    }
}

/// A figure above this is a slip: it is more than all years that calendars hold, in hours.
const MOST: u32 = 10_000_000;

const UNITS: [&str; 5] = ["seconds", "minutes", "hours", "days", "weeks"];

impl Turnaround {
    /// Reads a phrase. The case of letters doesn't matter, a dash or `to` may stand for the hyphen.
    ///
    /// `none stated` is no turnaround: it says that there is none.
    ///
    /// # Errors
    ///
    /// A [`TurnaroundError`] that names the figure or word at fault.
    pub fn parse(text: &str) -> Result<Turnaround, TurnaroundError> {
        let tokens = tokens(text);
        match tokens.as_slice() {
            [] => Err(TurnaroundError::Empty),
            [only] if only.is("immediately") => Ok(Turnaround(Term::Immediately)),
            [up, to, rest @ ..] if up.is("up") && to.is("to") => within(text, rest, true),
            all => within(text, all, false),
        }
    }

    /// Whether its end depends on a calendar: all do but elapsed hours, minutes and seconds, and `immediately`.
    pub fn needs_calendar(&self) -> bool {
        match self.0 {
            Term::Immediately | Term::Within { measure: Measure::Elapsed(_), .. } => false,
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

    pub(super) fn term(self) -> Term {
        self.0
    }
}

/// Reads what follows `up to`, or the whole phrase.
fn within(text: &str, all: &[Token<'_>], up_to: bool) -> Result<Turnaround, TurnaroundError> {
    let (low, rest) = figure(text, all)?;
    let (range, high, rest) = match rest {
        [join, rest @ ..] if join.is_dash() || join.is("to") => {
            let (high, rest) = figure(text, rest)?;
            (true, high, rest)
        }
        rest => (false, low, rest),
    };
    let measure = measure(text, rest)?;
    if range && low >= high {
        let at =
            span(all).map_or(0..text.len(), |whole| whole.start..rest.first().map_or(whole.end, |unit| unit.at.start));
        let at = at.start..at.start + text.get(at.clone()).unwrap_or_default().trim_end().len();
        let unit = Unit(measure, high);
        return Err(match low == high {
            true => TurnaroundError::EqualEnds { figure: low, meant: format!("{low} {unit}"), at },
            false => {
                TurnaroundError::Backwards { low, high, meant: format!("{high}-{low} {}", Unit(measure, low)), at }
            }
        });
    }
    if range && up_to {
        let meant = format!("{low}-{high} {}", Unit(measure, high));
        return Err(TurnaroundError::UpToRange { meant, at: span(all).unwrap_or(0..text.len()) });
    }
    Ok(Turnaround(Term::Within { target: range.then_some(low), limit: high, up_to, measure }))
}

/// The figure that these tokens begin with, one or more.
fn figure<'t, 'a>(text: &str, tokens: &'t [Token<'a>]) -> Result<(u32, &'t [Token<'a>]), TurnaroundError> {
    let Some((first, rest)) = tokens.split_first() else {
        return Err(TurnaroundError::NoFigure { found: text.to_owned(), at: text.len()..text.len() });
    };
    if first.kind != Kind::Number {
        let at = first.at.start..span(tokens).map_or(text.len(), |all| all.end);
        return Err(TurnaroundError::NoFigure { found: text.get(at.clone()).unwrap_or_default().to_owned(), at });
    }
    if let [point, after, ..] = rest
        && matches!(point.text, "." | ",")
        && after.kind == Kind::Number
    {
        let at = first.at.start..after.at.end;
        return Err(TurnaroundError::Fraction { figure: text.get(at.clone()).unwrap_or_default().to_owned(), at });
    }
    match first.figure().filter(|n| *n <= MOST) {
        Some(0) => Err(TurnaroundError::Zero { at: first.at.clone() }),
        Some(figure) => Ok((figure, rest)),
        None => Err(TurnaroundError::TooLarge { figure: first.text.to_owned(), at: first.at.clone() }),
    }
}

/// What the words after the figures count.
fn measure(text: &str, words: &[Token<'_>]) -> Result<Measure, TurnaroundError> {
    let (business, words) = match words {
        [first, rest @ ..] if first.is("business") => (true, rest),
        [first, ..] if first.is("working") || first.is("work") => {
            return Err(TurnaroundError::Working { word: first.text.to_owned(), at: first.at.clone() });
        }
        all => (false, all),
    };
    let Some((unit, rest)) = words.split_first() else {
        return Err(TurnaroundError::NoUnit { text: text.to_owned(), at: text.len()..text.len() });
    };
    let Some(counted) = counted(unit) else {
        let meant = nearest(unit.text, &UNITS).or(nearest(unit.text, &["business"]));
        return Err(TurnaroundError::Unit { word: unit.text.to_owned(), meant, at: unit.at.clone() });
    };
    let on_business_days = match rest {
        [] => false,
        [on, of, days] if on.is("on") && of.is("business") && days.is("days") => true,
        rest => {
            let at = span(rest).unwrap_or(0..text.len());
            return Err(TurnaroundError::Trailing { rest: text.get(at.clone()).unwrap_or_default().to_owned(), at });
        }
    };
    let misplaced =
        |meant| TurnaroundError::Mixed { text: text.to_owned(), meant, at: span(words).unwrap_or(0..text.len()) };
    match (counted, business, on_business_days) {
        (Counted::Clock(clock), false, false) => Ok(Measure::Elapsed(clock)),
        (Counted::Clock(clock), true, false) => Ok(Measure::Business(clock)),
        (Counted::Clock(clock), false, true) => Ok(Measure::OnBusinessDays(clock)),
        (Counted::Days, false, false) => Ok(Measure::Days),
        (Counted::Days, true, false) => Ok(Measure::BusinessDays),
        (Counted::Weeks, false, false) => Ok(Measure::Weeks),
        (Counted::Clock(_), true, true) => Err(misplaced("hours on business days` or `business hours")),
        (Counted::Days, _, true) => Err(misplaced("business days")),
        (Counted::Weeks, _, _) => Err(misplaced("weeks` or `business days")),
    }
}

enum Counted {
    Clock(Clock),
    Days,
    Weeks,
}

fn counted(unit: &Token<'_>) -> Option<Counted> {
    let is = |one: &str, many: &str| unit.is(one) || unit.is(many);
    if is("second", "seconds") {
        Some(Counted::Clock(Clock::Seconds))
    } else if is("minute", "minutes") {
        Some(Counted::Clock(Clock::Minutes))
    } else if is("hour", "hours") {
        Some(Counted::Clock(Clock::Hours))
    } else if is("day", "days") {
        Some(Counted::Days)
    } else if is("week", "weeks") {
        Some(Counted::Weeks)
    } else {
        None
    }
}

/// The words for a measure after a figure.
struct Unit(Measure, u32);

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.1 == 1 { "" } else { "s" };
        match self.0 {
            Measure::Elapsed(clock) => write!(f, "{}{s}", clock.one()),
            Measure::Days => write!(f, "day{s}"),
            Measure::Weeks => write!(f, "week{s}"),
            Measure::Business(clock) => write!(f, "business {}{s}", clock.one()),
            Measure::OnBusinessDays(clock) => write!(f, "{}{s} on business days", clock.one()),
            Measure::BusinessDays => write!(f, "business day{s}"),
        }
    }
}

impl fmt::Display for Turnaround {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Term::Within { target, limit, up_to, measure } = self.0 else {
            return f.write_str("immediately");
        };
        if up_to {
            f.write_str("up to ")?;
        }
        if let Some(target) = target {
            write!(f, "{target}-")?;
        }
        write!(f, "{limit} {}", Unit(measure, limit))
    }
}
