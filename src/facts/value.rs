//! One value of a fact.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::time::{Duration, Zone};

use super::Kind;

/// A value that passed its fact's type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The index of a word in its fact's list.
    Choice(u16),
    /// True or false.
    Boolean(bool),
    /// A whole number; of days for a difference of dates.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A text.
    Text(Box<str>),
    /// Seconds.
    Duration(i64),
    /// A date.
    Date(NaiveDate),
    /// A time zone.
    Zone(Zone),
}

/// A value's place in its kind's order: what thresholds are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ordinal {
    /// Whole numbers, seconds, days.
    Whole(i64),
    /// Decimal numbers.
    Exact(Decimal),
}

impl Value {
    /// The number of a word in its fact's list; 0 for false and 1 for true.
    pub fn choice(&self) -> Option<usize> {
        match self {
            Value::Choice(index) => Some(usize::from(*index)),
            Value::Boolean(truth) => Some(usize::from(*truth)),
            Value::Integer(_)
            | Value::Decimal(_)
            | Value::Text(_)
            | Value::Duration(_)
            | Value::Date(_)
            | Value::Zone(_) => None,
        }
    }

    /// The value's place in its kind's order; `None` for kinds without one. A date is its day number (1 January of year 1
    /// is day 1).
    pub fn ordinal(&self) -> Option<Ordinal> {
        match self {
            Value::Integer(number) | Value::Duration(number) => Some(Ordinal::Whole(*number)),
            Value::Decimal(number) => Some(Ordinal::Exact(*number)),
            Value::Date(date) => Some(Ordinal::Whole(i64::from(date.num_days_from_ce()))),
            Value::Choice(_) | Value::Boolean(_) | Value::Text(_) | Value::Zone(_) => None,
        }
    }

    /// The value as people write it in policies.
    pub fn text<'v>(&'v self, kind: &'v Kind) -> Cow<'v, str> {
        match self {
            Value::Choice(index) => match kind {
                Kind::OneOf(values) => values.get(usize::from(*index)).map(String::as_str).unwrap_or_default().into(),
                _ => "".into(),
            },
            Value::Boolean(value) => if *value { "true" } else { "false" }.into(),
            Value::Integer(number) if *kind == Kind::Days => {
                format!("{number} day{}", if *number == 1 { "" } else { "s" }).into()
            }
            Value::Integer(number) => number.to_string().into(),
            Value::Decimal(number) => number.to_string().into(),
            Value::Text(text) => (&**text).into(),
            Value::Duration(seconds) => {
                // a difference of two may be negative
                let sign = if *seconds < 0 { "-" } else { "" };
                let length = i64::try_from(seconds.unsigned_abs()).ok().and_then(Duration::from_seconds);
                length.map(|length| format!("{sign}{length}")).unwrap_or_default().into()
            }
            Value::Date(date) => date.to_string().into(),
            Value::Zone(zone) => zone.name().into(),
        }
    }
}
