//! Civil dates as text.

use std::ops::Range;

use chrono::NaiveDate;

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It isn't laid out as `YYYY-MM-DD`.
    #[error("`{text}` is not a date")]
    Shape {
        /// The text as given.
        text: String,
    },
    /// No calendar has that day.
    #[error("there is no `{text}`")]
    NoSuchDay {
        /// The text as given.
        text: String,
    },
    /// The year lies outside 1900 to 2199.
    #[error("the year `{year}` lies outside 1900 to 2199")]
    Year {
        /// The year as written.
        year: i32,
    },
}

impl DateError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            DateError::Shape { .. } => "write it like `2026-03-01`: year, month, day".to_owned(),
            DateError::NoSuchDay { .. } => "check the month (01 to 12) and the day".to_owned(),
            DateError::Year { .. } => "give a year from 1900 to 2199".to_owned(),
        }
    }

    /// Where in the text it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            DateError::Shape { .. } => None,
            DateError::NoSuchDay { .. } => Some(5..10),
            DateError::Year { .. } => Some(0..4),
        }
    }
}

/// Reads a date `YYYY-MM-DD` of the years 1900 to 2199, and nothing looser.
///
/// # Errors
///
/// A [`DateError`] if it is laid out differently, or there is no such day.
///
/// ```
/// use rulebook::time::parse_date;
/// assert_eq!(parse_date("2026-03-01").unwrap().to_string(), "2026-03-01");
/// assert!(parse_date("2026-3-1").is_err() && parse_date("2026-02-29").is_err());
/// ```
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let shape = || DateError::Shape { text: text.to_owned() };
    let laid_out = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !laid_out {
        return Err(shape());
    }
    // stores are read by the million of days: what is known to be digits is not read as any text would be
    let part = |range: Range<usize>| {
        text.bytes().skip(range.start).take(range.len()).fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
    };
    let year = i32::try_from(part(0..4)).map_err(|_| shape())?;
    if !(1900..=2199).contains(&year) {
        return Err(DateError::Year { year });
    }
    NaiveDate::from_ymd_opt(year, part(5..7), part(8..10)).ok_or_else(|| DateError::NoSuchDay { text: text.to_owned() })
}
