//! Holidays.

use std::ops::Range;

use chrono::NaiveDate;

/// A rule for days on which nothing starts, such as `third Monday of January` or `2 days before Easter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {}

/// What else is closed when the day itself falls on a weekend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observed {
    /// Friday for a Saturday, Monday for a Sunday.
    NearestWeekday,
}

/// Why a phrase is no holiday.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidayError {
    /// Being written.
    #[error("`{text}` is not a holiday")]
    Shape {
        /// The phrase as given.
        text: String,
        /// Where it stops looking like one.
        at: Range<usize>,
    },
}

impl HolidayError {
    /// The cure.
    pub fn help(&self) -> String {
        todo!()
    }

    /// Where in the phrase it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        todo!()
    }
}

impl Observed {
    /// Reads `nearest weekday`.
    ///
    /// # Errors
    ///
    /// A [`HolidayError`] for any other phrase.
    pub fn parse(_text: &str) -> Result<Observed, HolidayError> {
        todo!()
    }
}

impl Holiday {
    /// Reads a rule.
    ///
    /// # Errors
    ///
    /// A [`HolidayError`] that names the word at fault.
    pub fn parse(_text: &str) -> Result<Holiday, HolidayError> {
        todo!()
    }

    /// The same holiday with an observed day besides.
    pub fn observed(self, _observed: Observed) -> Holiday {
        todo!()
    }

    /// The same holiday in these years only (both inclusive).
    ///
    /// # Errors
    ///
    /// A [`HolidayError`] if the last comes before the first.
    pub fn in_years(self, _from: Option<i32>, _to: Option<i32>) -> Result<Holiday, HolidayError> {
        todo!()
    }

    /// The days of a year that are closed by it, observed days included.
    pub fn closed_in(&self, _year: i32) -> Vec<NaiveDate> {
        todo!()
    }
}
