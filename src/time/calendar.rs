//! Calendars: opening hours, and the rules by which days are counted.

use std::fmt;

use chrono::{Days, NaiveDate, Timelike};

pub use super::calendar_parts::{CalendarError, CalendarParts, DueAt, LateReceipt, OutOfRange};
use super::instant::Instant;
use super::schedule::Schedule;
use super::turnaround::{Due, Measure, Term, Turnaround};
use super::year::BusinessDay;
use super::years::{Position, Years};
use super::zone::{Zone, day_number};

/// Opening hours with the rules for counting days: what turnarounds are reckoned by.
///
/// It answers for the local years 1900 to 2199. Each year is laid out when it is first asked for; a calendar may be
/// shared between threads.
///
/// ```
/// use rulebook::time::{Calendar, CalendarParts, Instant, Turnaround, Zones, parse_stretches, parse_weekdays};
/// let days = parse_weekdays("monday to friday").unwrap();
/// let hours = parse_stretches("09:00-17:00").unwrap();
/// let calendar = Calendar::new(CalendarParts {
///     name: "office".to_owned(),
///     zone: Zones::embedded().get("America/New_York").unwrap(),
///     week: days.iter().flat_map(|day| hours.iter().map(|stretch| (*day, *stretch))).collect(),
///     overrides: Default::default(),
///     holidays: Vec::new(),
///     late_receipt: Default::default(),
///     due_at: Default::default(),
/// })
/// .unwrap();
/// let (saturday, _) = Instant::parse("2026-09-12T11:15:00-04:00").unwrap();
/// let due = calendar.due(&Turnaround::parse("2 business days").unwrap(), saturday).unwrap();
/// assert_eq!(due.limit, Instant::parse("2026-09-15T17:00:00-04:00").unwrap().0);
/// ```
pub struct Calendar {
    name: String,
    zone: Zone,
    years: Years,
    late_receipt: LateReceipt,
    due_at: DueAt,
}

impl Calendar {
    /// Puts a calendar together.
    ///
    /// # Errors
    ///
    /// [`CalendarError::EmptyWeek`] if no day of the week has hours.
    pub fn new(parts: CalendarParts) -> Result<Calendar, CalendarError> {
        let CalendarParts { name, zone, week, overrides, holidays, late_receipt, due_at } = parts;
        let holidays = holidays.into_iter().map(|(_, holiday)| holiday).collect();
        match Schedule::new(zone.clone(), week, overrides, holidays) {
            Some(schedule) => Ok(Calendar { name, zone, years: Years::new(schedule), late_receipt, due_at }),
            None => Err(CalendarError::EmptyWeek { name }),
        }
    }

    /// What policies call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is; due instants are written with this zone's offset.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Whether an instant lies in opening hours.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn is_open(&self, at: Instant) -> Result<bool, OutOfRange> {
        self.years.contains(|year| &year.open, at)
    }

    /// The first instant after this one at which closed turns to open.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if there is none before 2200.
    pub fn next_opening(&self, after: Instant) -> Result<Instant, OutOfRange> {
        self.years.opening(|year| &year.open, after)
    }

    /// The first instant after this one at which open turns to closed.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if there is none before 2200.
    pub fn next_closing(&self, after: Instant) -> Result<Instant, OutOfRange> {
        self.years.closing(|year| &year.open, after)
    }

    /// The earliest instant by which so many open seconds have run: eight hours from 09:00 in a day of 09:00-17:00
    /// end at 17:00. Of none (or fewer), the instant itself if open, else the next opening.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn add_open_seconds(&self, from: Instant, seconds: i64) -> Result<Instant, OutOfRange> {
        self.years.add(|year| &year.open, from, seconds)
    }

    /// The open seconds from one instant up to another; negative if the second comes first.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn open_seconds_between(&self, from: Instant, to: Instant) -> Result<i64, OutOfRange> {
        if to < from {
            return self.years.between(|year| &year.open, to, from).map(|seconds| -seconds);
        }
        self.years.between(|year| &year.open, from, to)
    }

    /// The earliest instant by which so many seconds (one or more) of whole business days have run.
    pub(super) fn add_seconds_of_business_days(&self, from: Instant, seconds: i64) -> Result<Instant, OutOfRange> {
        self.years.add(|year| &year.whole_days, from, seconds)
    }

    /// The seconds of whole business days from one instant up to another that doesn't come before it.
    pub(super) fn seconds_of_business_days_between(&self, from: Instant, to: Instant) -> Result<i64, OutOfRange> {
        self.years.between(|year| &year.whole_days, from, to)
    }

    /// Whether a stretch starts on a date. None does outside the years 1900 to 2199.
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        self.years.position(date).is_ok_and(|position| position.business_day().is_some())
    }

    /// How many business days there are from 1900-01-01 up to and with a date: its rank. An age of more than N
    /// business days is a difference of ranks of more than N.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] outside the years 1900 to 2199.
    pub fn business_days_up_to(&self, date: NaiveDate) -> Result<i64, OutOfRange> {
        self.years.rank(date)
    }

    /// The business day of a rank; the first of 1900 has rank 1.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if there is none of this rank.
    pub fn business_day_of_rank(&self, rank: i64) -> Result<NaiveDate, OutOfRange> {
        self.years.of_rank(rank).map(|day| day.date)
    }

    /// Whether an instant lies in the years 1900 to 2199 of the calendar's zone.
    pub fn holds(&self, at: Instant) -> bool {
        self.years.hold(at)
    }

    /// The local date of an instant.
    pub fn local_date(&self, at: Instant) -> NaiveDate {
        self.zone.local_date(at)
    }

    /// When a turnaround that runs from `received` is due.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if an end lies outside the years 1900 to 2199.
    pub fn due(&self, turnaround: &Turnaround, received: Instant) -> Result<Due, OutOfRange> {
        let Term::Within { target, limit, measure, .. } = turnaround.term() else {
            return Ok(Due { target: None, limit: received });
        };
        if measure == Measure::BusinessDays {
            let receipt = self.receipt(received)?;
            let target = target.map(|figure| self.end_of_business_days(figure, &receipt)).transpose()?;
            return Ok(Due { target, limit: self.end_of_business_days(limit, &receipt)? });
        }
        let target = target.map(|figure| self.end(measure, figure, received)).transpose()?;
        Ok(Due { target, limit: self.end(measure, limit, received)? })
    }

    /// The end of so many of a measure.
    fn end(&self, measure: Measure, figure: u32, received: Instant) -> Result<Instant, OutOfRange> {
        let count = i64::from(figure);
        match measure {
            Measure::Elapsed(clock) => received.checked_add(count * clock.seconds()).ok_or(OutOfRange),
            Measure::Days => self.end_of_days(count, received),
            Measure::Weeks => self.end_of_days(count * 7, received),
            Measure::Business(clock) => self.add_open_seconds(received, count * clock.seconds()),
            Measure::OnBusinessDays(clock) => self.add_seconds_of_business_days(received, count * clock.seconds()),
            Measure::BusinessDays => self.end_of_business_days(figure, &self.receipt(received)?),
        }
    }

    /// The last second of the calendar day that comes so many days after the local date of receipt.
    fn end_of_days(&self, count: i64, received: Instant) -> Result<Instant, OutOfRange> {
        let days = Days::new(count.unsigned_abs());
        let last = self.local_date(received).checked_add_days(days).ok_or(OutOfRange)?;
        self.last_second(last)
    }

    /// The day that business days are counted from: late receipt may count as the next business day's.
    fn receipt(&self, received: Instant) -> Result<Receipt<'_>, OutOfRange> {
        let (date, second) = self.zone.local_day(received);
        let position = self.years.position(date)?;
        let late = match self.late_receipt {
            LateReceipt::SameDay => false,
            LateReceipt::NextBusinessDay { cut_off } => match (position.business_day(), cut_off) {
                (None, _) => true,
                (Some(day), None) => received.unix() > day.close,
                (Some(_), Some(time)) => second > i64::from(time.num_seconds_from_midnight()),
            },
        };
        Ok(Receipt { position, second, late })
    }

    /// Day 1 is the first business day after that of receipt.
    fn end_of_business_days(&self, figure: u32, receipt: &Receipt<'_>) -> Result<Instant, OutOfRange> {
        let count = usize::try_from(figure).map_err(|_| OutOfRange)? + usize::from(receipt.late);
        let BusinessDay { date, close } = receipt.position.business_day_after(count)?;
        match self.due_at {
            DueAt::Close => Ok(Instant::clamped(close)),
            DueAt::EndOfDate => self.last_second(date),
            DueAt::SameTime => Ok(Instant::clamped(self.zone.instant_of(day_number(date) * 86_400 + receipt.second))),
        }
    }

    /// The first instant of the next local date less one second.
    fn last_second(&self, date: NaiveDate) -> Result<Instant, OutOfRange> {
        self.years.within(date)?;
        Ok(Instant::clamped(self.zone.start_of_day(day_number(date) + 1) - 1))
    }
}

/// When something was received, as business days are counted.
struct Receipt<'y> {
    /// Where the local date stands.
    position: Position<'y>,
    /// The second of that date.
    second: i64,
    /// Whether it counts as received on the next business day.
    late: bool,
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calendar").field("name", &self.name).field("zone", &self.zone).finish_non_exhaustive()
    }
}
