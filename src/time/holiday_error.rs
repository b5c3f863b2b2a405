//! What can be wrong with a holiday.

use std::ops::Range;

use super::date::DateError;
use super::weekday::WeekdayError;

/// Why a phrase is no holiday.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidayError {
    /// It has none of the forms.
    #[error("`{text}` is not a holiday")]
    Shape {
        /// The phrase as given.
        text: String,
        /// Where it stops looking like one.
        at: Range<usize>,
    },
    /// The month comes before the day.
    #[error("`{text}` has the month first")]
    MonthFirst {
        /// The phrase as given.
        text: String,
        /// The phrase as it was probably meant.
        meant: String,
    },
    /// A feast that is written by its distance from Easter.
    #[error("`{text}` is not known by its name")]
    Feast {
        /// The phrase as given.
        text: String,
        /// How it is written.
        meant: &'static str,
    },
    /// A word is not `first` to `fifth` or `last`.
    #[error("`{word}` does not say which weekday of the month")]
    Ordinal {
        /// The word.
        word: String,
        /// The word that was probably meant.
        meant: Option<&'static str>,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A word is no weekday.
    #[error(transparent)]
    Weekday(WeekdayError),
    /// A word is no month.
    #[error("`{word}` is not a month")]
    Month {
        /// The word.
        word: String,
        /// The month that was probably meant.
        meant: Option<&'static str>,
        /// Where it stands.
        at: Range<usize>,
    },
    /// The month has no such day.
    #[error("{month} has no day `{day}`")]
    NoSuchDay {
        /// The day as written.
        day: String,
        /// The month.
        month: &'static str,
        /// Where the day stands.
        at: Range<usize>,
    },
    /// The distance from Easter is none, or more than any feast has.
    #[error("`{figure}` is no distance from Easter")]
    Distance {
        /// The figure as written.
        figure: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A date is not well written.
    #[error(transparent)]
    Date(DateError),
    /// Another word than `nearest weekday`.
    #[error("`{text}` is not a way to observe a holiday")]
    Observed {
        /// The phrase as given.
        text: String,
    },
    /// The last year comes before the first.
    #[error("its last year `{to}` comes before its first, `{from}`")]
    Years {
        /// The first year.
        from: i32,
        /// The last year.
        to: i32,
    },
}

impl HolidayError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            HolidayError::Shape { .. } => {
                "write `2026-12-24`, `25 December`, `third Monday of January`, `last Monday of May`, `Easter` or \
                 `2 days before Easter`"
                    .to_owned()
            }
            HolidayError::MonthFirst { meant, .. } => format!("write `{meant}`"),
            HolidayError::Feast { meant, .. } => format!("write `{meant}`"),
            HolidayError::Ordinal { meant: Some(meant), .. } | HolidayError::Month { meant: Some(meant), .. } => {
                format!("did you mean `{meant}`?")
            }
            HolidayError::Ordinal { meant: None, .. } => {
                "write `first`, `second`, `third`, `fourth`, `fifth` or `last`".to_owned()
            }
            HolidayError::Month { meant: None, .. } => "write the month's English name, like `January`".to_owned(),
            HolidayError::Weekday(fault) => fault.help(),
            HolidayError::Date(fault) => fault.help(),
            HolidayError::NoSuchDay { .. } => "check the day against a calendar".to_owned(),
            HolidayError::Distance { .. } => {
                "give 1 to 300 days, like `1 day after Easter`; `Easter` alone is the Sunday".to_owned()
            }
            HolidayError::Observed { .. } => "write `nearest weekday`".to_owned(),
            HolidayError::Years { .. } => "give the first year as `from` and the last as `to`".to_owned(),
        }
    }

    /// Where in the phrase it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            HolidayError::Shape { at, .. }
            | HolidayError::Ordinal { at, .. }
            | HolidayError::Month { at, .. }
            | HolidayError::NoSuchDay { at, .. }
            | HolidayError::Distance { at, .. } => Some(at.clone()),
            HolidayError::Weekday(fault) => fault.span(),
            HolidayError::Date(fault) => fault.span(),
            HolidayError::MonthFirst { .. }
            | HolidayError::Feast { .. }
            | HolidayError::Observed { .. }
            | HolidayError::Years { .. } => None,
        }
    }
}
