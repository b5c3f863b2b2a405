//! Short texts and days as a ledger takes them.

use chrono::{Datelike, NaiveDate};

use super::Refusal;

const LONGEST: usize = 200;

/// A short text of one line, if it is one.
pub(super) fn short<'a>(what: &'static str, text: &'a str) -> Result<&'a str, Refusal> {
    if text.trim().is_empty() || text.len() > LONGEST || text.chars().any(char::is_control) {
        let text = text.chars().take(40).collect();
        return Err(Refusal::BadText { what, text });
    }
    Ok(text)
}

/// A short text that may be absent.
pub(super) fn maybe_short(what: &'static str, text: Option<&str>) -> Result<(), Refusal> {
    text.map_or(Ok(()), |text| short(what, text).map(|_| ()))
}

/// A day within the years that sort as their text does.
pub(super) fn day(day: NaiveDate) -> Result<NaiveDate, Refusal> {
    if (1900..=2199).contains(&day.year()) { Ok(day) } else { Err(Refusal::BadDay { day }) }
}

/// A period of at least one day.
pub(super) fn period(first: NaiveDate, last: NaiveDate) -> Result<(), Refusal> {
    day(first)?;
    day(last)?;
    if first > last { Err(Refusal::PeriodBackwards { first, last }) } else { Ok(()) }
}
