//! What a calendar is made of.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::holiday::Holiday;
use super::phrase::tokens;
use super::stretch::Stretch;
use super::zone::Zone;

/// What a calendar is made of.
#[derive(Clone, Debug)]
pub struct CalendarParts {
    /// What policies call it.
    pub name: String,
    /// Where it is.
    pub zone: Zone,
    /// The stretches of each day of the week.
    pub week: Vec<(Weekday, Stretch)>,
    /// What single dates have instead; none is closed.
    pub overrides: BTreeMap<NaiveDate, Vec<Stretch>>,
    /// Days on which nothing starts, by name.
    pub holidays: Vec<(String, Holiday)>,
    /// What receipt after hours counts as.
    pub late_receipt: LateReceipt,
    /// When on its last day a count of business days is due.
    pub due_at: DueAt,
}

/// What receipt on a closed day or after hours counts as, in counts of business days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LateReceipt {
    /// Receipt on that date.
    #[default]
    SameDay,
    /// Receipt on the next business day.
    NextBusinessDay {
        /// Later than this is late; the last close of the day if not given.
        cut_off: Option<NaiveTime>,
    },
}

/// When on its last day a count of business days is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DueAt {
    /// At the last close of the day.
    #[default]
    Close,
    /// At the last second of the date.
    EndOfDate,
    /// At the time of the day of receipt.
    SameTime,
}

/// Why parts make no calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No day of the week has hours.
    #[error("calendar `{name}` has no opening hours")]
    EmptyWeek {
        /// Its name.
        name: String,
    },
    /// Another word than those for [`DueAt`].
    #[error("`{text}` is not a time at which a day's work is due")]
    DueAt {
        /// The phrase as given.
        text: String,
    },
    /// Another phrase than those for [`LateReceipt`].
    #[error("`{text}` is not a way to count late receipt")]
    LateReceipt {
        /// The phrase as given.
        text: String,
    },
}

impl CalendarError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            CalendarError::EmptyWeek { .. } => "give at least one day hours, like `monday to friday: 09:00-17:00`",
            CalendarError::DueAt { .. } => "write `close`, `end of date` or `same time`",
            CalendarError::LateReceipt { .. } => "write `counts as the same day` or `counts as the next business day`",
        }
        .to_owned()
    }
}

impl DueAt {
    /// Reads `close`, `end of date` or `same time`.
    ///
    /// # Errors
    ///
    /// [`CalendarError::DueAt`] for any other phrase.
    pub fn parse(text: &str) -> Result<DueAt, CalendarError> {
        if says(text, &["close"]) {
            Ok(DueAt::Close)
        } else if says(text, &["end", "of", "date"]) {
            Ok(DueAt::EndOfDate)
        } else if says(text, &["same", "time"]) {
            Ok(DueAt::SameTime)
        } else {
            Err(CalendarError::DueAt { text: text.to_owned() })
        }
    }
}

impl LateReceipt {
    /// Reads `counts as the same day`, or `counts as the next business day` with the cut-off that is given besides.
    ///
    /// # Errors
    ///
    /// [`CalendarError::LateReceipt`] for any other phrase.
    pub fn parse(text: &str, cut_off: Option<NaiveTime>) -> Result<LateReceipt, CalendarError> {
        if says(text, &["counts", "as", "the", "next", "business", "day"]) {
            Ok(LateReceipt::NextBusinessDay { cut_off })
        } else if says(text, &["counts", "as", "the", "same", "day"]) {
            Ok(LateReceipt::SameDay)
        } else {
            Err(CalendarError::LateReceipt { text: text.to_owned() })
        }
    }
}

/// Whether a phrase is these words, whatever their case.
fn says(text: &str, words: &[&str]) -> bool {
    let tokens = tokens(text);
    tokens.len() == words.len() && tokens.iter().zip(words).all(|(token, word)| token.is(word))
}

/// The answer lies outside the years that calendars hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer lies outside the years 1900 to 2199")]
pub struct OutOfRange;
