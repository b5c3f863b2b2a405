//! Which stretches start on which date.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::holiday::Holiday;
use super::stretch::Stretch;
use super::zone::{Zone, day_number};

/// A zone with weekly stretches, dated overrides and holidays. An override beats a holiday, and that beats the week.
#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) zone: Zone,
    /// From Monday.
    week: [Vec<Stretch>; 7],
    overrides: BTreeMap<NaiveDate, Vec<Stretch>>,
    holidays: Vec<Holiday>,
}

impl Schedule {
    /// `None` if no day of the week has a stretch.
    pub(super) fn new(
        zone: Zone,
        hours: Vec<(Weekday, Stretch)>,
        overrides: BTreeMap<NaiveDate, Vec<Stretch>>,
        holidays: Vec<Holiday>,
    ) -> Option<Schedule> {
        let mut week: [Vec<Stretch>; 7] = Default::default();
        for (day, stretch) in &hours {
            if let Some(of_day) = week.get_mut(from_monday(*day)) {
                of_day.push(*stretch);
            }
        }
        (!hours.is_empty()).then_some(Schedule { zone, week, overrides, holidays })
    }

    /// The dates of a year that holidays close, in order.
    pub(super) fn closed_in(&self, year: i32) -> Vec<NaiveDate> {
        let mut closed: Vec<NaiveDate> = self.holidays.iter().flat_map(|h| h.closed_in(year)).collect();
        closed.sort_unstable();
        closed.dedup();
        closed
    }

    /// The stretches that start on a date; `closed` are the closed dates of its year.
    pub(super) fn hours(&self, date: NaiveDate, closed: &[NaiveDate]) -> &[Stretch] {
        if let Some(instead) = self.overrides.get(&date) {
            return instead;
        }
        if closed.binary_search(&date).is_ok() {
            return &[];
        }
        self.week.get(from_monday(date.weekday())).map_or(&[], Vec::as_slice)
    }

    /// The spans (Unix seconds) of the stretches that start on a date; those that a change of clocks leaves nothing
    /// of are gone.
    pub(super) fn spans(&self, date: NaiveDate, closed: &[NaiveDate]) -> impl Iterator<Item = (i64, i64)> {
        let day = day_number(date);
        self.hours(date, closed).iter().filter_map(move |stretch| stretch.on(day, &self.zone))
    }

    /// How many business days a year has: those that its weekdays make, set right by the dates that may differ
    /// (holidays, overrides, and those near a change of clocks, which may swallow a stretch).
    pub(super) fn business_days_in(&self, year: i32) -> i64 {
        let ends = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
        let Some((first, last)) = ends else { return 0 };
        let usual = |date: NaiveDate| self.week.get(from_monday(date.weekday())).is_some_and(|day| !day.is_empty());
        let extra = first.iter_days().take(usize::try_from(last.ordinal()).unwrap_or(0) % 7);
        let weeks = self.week.iter().filter(|day| !day.is_empty()).count() * 52;
        let mut count = i64::try_from(weeks + extra.filter(|date| usual(*date)).count()).unwrap_or(0);
        let closed = self.closed_in(year);
        let mut special = closed.clone();
        special.extend(self.overrides.range(first..=last).map(|(date, _)| *date));
        special.extend(self.zone.dates_near_changes(first, last));
        special.sort_unstable();
        special.dedup();
        for date in special {
            count += i64::from(self.spans(date, &closed).next().is_some()) - i64::from(usual(date));
        }
        count
    }
}

fn from_monday(day: Weekday) -> usize {
    usize::try_from(day.num_days_from_monday()).unwrap_or(0)
}
