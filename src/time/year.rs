//! One local year of a schedule, laid out on the UTC timeline.

use chrono::{Datelike, NaiveDate};

use super::intervals::Intervals;
use super::schedule::Schedule;
use super::zone::day_number;

/// One local year.
#[derive(Debug)]
pub(super) struct Year {
    /// Opening hours.
    pub(super) open: Intervals,
    /// The whole of each business day, from its first instant to that of the next date.
    pub(super) whole_days: Intervals,
    /// Business days of the year up to and with each date.
    ranks: Vec<u16>,
    business_days: Vec<BusinessDay>,
}

/// A date on which a stretch starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct BusinessDay {
    pub(super) date: NaiveDate,
    /// The last close of the stretches that start on it, in Unix seconds.
    pub(super) close: i64,
}

impl Year {
    /// Lays out a year, with what the last evenings of the year before leave in it.
    pub(super) fn new(schedule: &Schedule, number: i32, from: i64, until: i64) -> Year {
        let mut open = Vec::new();
        let mut whole_days = Vec::new();
        let mut ranks = Vec::with_capacity(366);
        let mut business_days: Vec<BusinessDay> = Vec::new();
        let closed = schedule.closed_in(number);
        let closed_before = schedule.closed_in(number - 1);
        let eve = NaiveDate::from_ymd_opt(number - 1, 12, 29);
        let dates = eve.into_iter().flat_map(|eve| eve.iter_days()).take_while(|date| date.year() <= number);
        for date in dates {
            if date.year() < number {
                open.extend(schedule.spans(date, &closed_before));
                continue;
            }
            let already = open.len();
            open.extend(schedule.spans(date, &closed));
            let close = open.get(already..).unwrap_or_default().iter().map(|(_, close)| *close).max();
            if let Some(close) = close {
                let day = day_number(date);
                whole_days.push((schedule.zone.start_of_day(day), schedule.zone.start_of_day(day + 1)));
                business_days.push(BusinessDay { date, close });
            }
            ranks.push(u16::try_from(business_days.len()).unwrap_or(u16::MAX));
        }
        Year {
            open: Intervals::unite(open, from, until),
            whole_days: Intervals::unite(whole_days, from, until),
            ranks,
            business_days,
        }
    }

    /// Business days of this year up to and with a date in it.
    pub(super) fn rank(&self, date: NaiveDate) -> usize {
        let at = usize::try_from(date.ordinal0()).unwrap_or(0);
        self.ranks.get(at).map_or(0, |rank| usize::from(*rank))
    }

    /// The business days of this year, in order.
    pub(super) fn business_days(&self) -> &[BusinessDay] {
        &self.business_days
    }
}
