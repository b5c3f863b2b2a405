//! Days of the week as phrases.

use std::ops::Range;

use chrono::Weekday;

use super::phrase::{Token, nearest, tokens};

/// The days in order, as they are written.
pub(super) const NAMES: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// Why a phrase is no list of weekdays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeekdayError {
    /// A word is no weekday.
    #[error("`{word}` is not a day of the week")]
    Unknown {
        /// As written.
        word: String,
        /// The day that was probably meant.
        meant: Option<&'static str>,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A day is missing where one must stand: at the ends, or after a comma.
    #[error("a day of the week is missing in `{text}`")]
    Missing {
        /// The phrase as given.
        text: String,
        /// Where it is missing.
        at: Range<usize>,
    },
    /// A day is named twice.
    #[error("`{day}` is named twice")]
    Twice {
        /// The day.
        day: &'static str,
        /// Where it is named again.
        at: Range<usize>,
    },
}

impl WeekdayError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            WeekdayError::Unknown { meant: Some(day), .. } => format!("did you mean `{day}`?"),
            WeekdayError::Unknown { meant: None, .. } | WeekdayError::Missing { .. } => {
                "write days like `monday to friday`, `saturday` or `monday, wednesday`".to_owned()
            }
            WeekdayError::Twice { .. } => "name each day once".to_owned(),
        }
    }

    /// Where in the phrase it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            WeekdayError::Unknown { at, .. } | WeekdayError::Missing { at, .. } | WeekdayError::Twice { at, .. } => {
                Some(at.clone())
            }
        }
    }
}

/// Reads days of the week: `monday to friday`, `saturday`, `monday, wednesday and friday`, `every day`. The case of
/// letters doesn't matter; a range may pass Sunday (`saturday to monday`). The days come in the order written.
///
/// # Errors
///
/// A [`WeekdayError`] that names the word at fault.
pub fn parse_weekdays(text: &str) -> Result<Vec<Weekday>, WeekdayError> {
    let tokens = tokens(text);
    if let [every, day] = tokens.as_slice()
        && every.is("every")
        && day.is("day")
    {
        return Ok(NAMES.iter().map(|(_, day)| *day).collect());
    }
    let mut days = Vec::new();
    for part in tokens.split(|t| t.text == "," || t.is("and")) {
        let (first, last) = match part {
            [] => {
                return Err(WeekdayError::Missing { text: text.to_owned(), at: 0..text.len() });
            }
            [only] => (only, only),
            [first, join, last] if join.is("to") || join.is_dash() => (first, last),
            [first, rest @ ..] => {
                weekday(first)?;
                let odd = rest.iter().find(|t| !t.is("to") && !t.is_dash()).unwrap_or(first);
                weekday(odd)?;
                return Err(WeekdayError::Missing { text: text.to_owned(), at: first.at.end..text.len() });
            }
        };
        let mut day = weekday(first)?;
        let end = weekday(last)?;
        loop {
            if days.contains(&day) {
                return Err(WeekdayError::Twice { day: name(day), at: first.at.start..last.at.end });
            }
            days.push(day);
            if day == end {
                break;
            }
            day = day.succ();
        }
    }
    Ok(days)
}

/// The day that a word names.
pub(super) fn weekday(token: &Token<'_>) -> Result<Weekday, WeekdayError> {
    let found = NAMES.iter().find(|(name, _)| token.is(name));
    found.map(|(_, day)| *day).ok_or_else(|| WeekdayError::Unknown {
        word: token.text.to_owned(),
        meant: nearest(token.text, &NAMES.map(|(name, _)| name)),
        at: token.at.clone(),
    })
}

/// A day's name in lower case.
pub(super) fn name(day: Weekday) -> &'static str {
    NAMES.iter().find(|(_, d)| *d == day).map_or("", |(name, _)| name)
}
