//! Dates and durations as hooks see them: types of their own, so that neither is ever taken for a number.

use chrono::{Datelike, Days, NaiveDate};
use rhai::{Engine, EvalAltResult};

use crate::time::{Duration, parse_date};

/// A duration in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seconds(pub i64);

type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// What `date("2026-01-31")` gives.
pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).map_err(|_| format!("`{text}` is no date written YYYY-MM-DD, from 1900 to 2199"))
}

/// What `duration("2 minutes")` gives.
pub(super) fn duration(text: &str) -> Result<Seconds, String> {
    let parsed = Duration::parse(text).map_err(|_| format!("`{text}` is no duration such as `2 minutes 1 second`"))?;
    Ok(Seconds(parsed.seconds()))
}

fn later(date: NaiveDate, days: i64) -> Outcome<NaiveDate> {
    let length = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(length) } else { date.checked_add_days(length) };
    let within = moved.filter(|date| (1900..=2199).contains(&date.year()));
    within.ok_or_else(|| "the date lies beyond the years 1900 to 2199".into())
}

fn sum(a: Seconds, b: Seconds, sign: i64) -> Outcome<Seconds> {
    let sum = b.0.checked_mul(sign).and_then(|b| a.0.checked_add(b));
    sum.map(Seconds).ok_or_else(|| "the duration is too long".into())
}

/// Puts dates and durations in.
pub(super) fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<NaiveDate>("date")
        .register_type_with_name::<Seconds>("duration")
        .register_fn("date", |text: &str| date(text).map_err(Box::<EvalAltResult>::from))
        .register_fn("duration", |text: &str| duration(text).map_err(Box::<EvalAltResult>::from))
        .register_fn("-", |a: NaiveDate, b: NaiveDate| (a - b).num_days())
        .register_fn("+", later)
        .register_fn("-", |date: NaiveDate, days: i64| later(date, days.saturating_neg()))
        .register_fn("+", |a: Seconds, b: Seconds| sum(a, b, 1))
        .register_fn("-", |a: Seconds, b: Seconds| sum(a, b, -1))
        .register_get("year", |date: &mut NaiveDate| i64::from(date.year()))
        .register_get("month", |date: &mut NaiveDate| i64::from(date.month()))
        .register_get("day", |date: &mut NaiveDate| i64::from(date.day()));
}
