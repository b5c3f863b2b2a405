//! Calendars.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::holiday::Holiday;
use super::instant::Instant;
use super::stretch::Stretch;
use super::turnaround::{Due, Turnaround};
use super::zone::Zone;

/// Opening hours with the rules for counting days: what a turnaround is reckoned by.
pub struct Calendar {
    name: String,
    zone: Zone,
}

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
}

impl CalendarError {
    /// The cure.
    pub fn help(&self) -> String {
        "give at least one day hours, like `monday to friday: 09:00-17:00`".to_owned()
    }
}

/// The answer lies outside the years that calendars hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer lies outside the years 1900 to 2199")]
pub struct OutOfRange;

impl Calendar {
    /// Puts a calendar together.
    ///
    /// # Errors
    ///
    /// [`CalendarError::EmptyWeek`] if no weekday has hours.
    pub fn new(_parts: CalendarParts) -> Result<Calendar, CalendarError> {
        todo!()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Whether an instant lies in opening hours.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn is_open(&self, _at: Instant) -> Result<bool, OutOfRange> {
        todo!()
    }

    /// The first instant after this one at which closed turns to open.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if there is none by 2199.
    pub fn next_opening(&self, _after: Instant) -> Result<Instant, OutOfRange> {
        todo!()
    }

    /// The first instant after this one at which open turns to closed.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if there is none by 2199.
    pub fn next_closing(&self, _after: Instant) -> Result<Instant, OutOfRange> {
        todo!()
    }

    /// The earliest instant by which so many open seconds have run.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn add_open_seconds(&self, _from: Instant, _seconds: i64) -> Result<Instant, OutOfRange> {
        todo!()
    }

    /// The open seconds from one instant up to another; negative if the second comes first.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn open_seconds_between(&self, _from: Instant, _to: Instant) -> Result<i64, OutOfRange> {
        todo!()
    }

    /// Whether a stretch starts on a date.
    pub fn is_business_day(&self, _date: NaiveDate) -> bool {
        todo!()
    }

    /// How many business days there are from 1900 up to and with a date: its rank.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn business_days_up_to(&self, _date: NaiveDate) -> Result<i64, OutOfRange> {
        todo!()
    }

    /// The business day of a rank; the first of 1900 has rank 1.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn business_day_of_rank(&self, _rank: i64) -> Result<NaiveDate, OutOfRange> {
        todo!()
    }

    /// The local date of an instant.
    pub fn local_date(&self, at: Instant) -> NaiveDate {
        self.zone.local_date(at)
    }

    /// When a turnaround that runs from `received` is due.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn due(&self, _turnaround: &Turnaround, _received: Instant) -> Result<Due, OutOfRange> {
        todo!()
    }
}
