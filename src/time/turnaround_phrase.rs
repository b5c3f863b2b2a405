//! Turnarounds as phrases.

use super::phrase::{Kind, Token, nearest, span, tokens};
use super::turnaround::{ClockUnit, Measure, Term, Unit};
use super::turnaround_error::TurnaroundError;

/// A figure above this is a slip: it is more than all years that calendars hold, in hours.
const MOST: u32 = 10_000_000;

const UNITS: [&str; 5] = ["seconds", "minutes", "hours", "days", "weeks"];

/// Reads a whole phrase.
pub(super) fn term(text: &str) -> Result<Term, TurnaroundError> {
    let tokens = tokens(text);
    match tokens.as_slice() {
        [] => Err(TurnaroundError::Empty),
        [only] if only.is("immediately") => Ok(Term::Immediately),
        [up, to, rest @ ..] if up.is("up") && to.is("to") => within(text, rest, true),
        all => within(text, all, false),
    }
}

/// Reads what follows `up to`, or the whole phrase.
fn within(text: &str, all: &[Token<'_>], up_to: bool) -> Result<Term, TurnaroundError> {
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
    Ok(Term::Within { target: range.then_some(low), limit: high, up_to, measure })
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
    Clock(ClockUnit),
    Days,
    Weeks,
}

fn counted(unit: &Token<'_>) -> Option<Counted> {
    let is = |one: &str, many: &str| unit.is(one) || unit.is(many);
    if is("second", "seconds") {
        Some(Counted::Clock(ClockUnit::Seconds))
    } else if is("minute", "minutes") {
        Some(Counted::Clock(ClockUnit::Minutes))
    } else if is("hour", "hours") {
        Some(Counted::Clock(ClockUnit::Hours))
    } else if is("day", "days") {
        Some(Counted::Days)
    } else if is("week", "weeks") {
        Some(Counted::Weeks)
    } else {
        None
    }
}
