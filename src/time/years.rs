//! A schedule laid out on the UTC timeline, year by year, as each is first asked for.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};

use super::calendar_parts::OutOfRange;
use super::instant::Instant;
use super::intervals::Intervals;
use super::schedule::Schedule;
use super::year::{BusinessDay, Year};
use super::zone::day_number;

const FIRST: i32 = 1900;
const COUNT: usize = 300;

/// The mean length of a Gregorian year in seconds.
const MEAN_YEAR: i64 = 31_556_952;

/// The years 1900 to 2199 of a schedule.
#[derive(Debug)]
pub(super) struct Years {
    schedule: Schedule,
    /// The first instant of each year, and of the one after the last.
    starts: Vec<i64>,
    tables: Vec<OnceLock<Year>>,
    /// Business days before each year, and before the one after the last.
    ranks: OnceLock<Vec<i64>>,
}

impl Years {
    pub(super) fn new(schedule: Schedule) -> Years {
        let first_day = |year| NaiveDate::from_ymd_opt(year, 1, 1).map_or(0, day_number);
        let starts = (FIRST..).take(COUNT + 1).map(|year| schedule.zone.start_of_day(first_day(year))).collect();
        let tables = std::iter::repeat_with(OnceLock::new).take(COUNT).collect();
        Years { schedule, starts, tables, ranks: OnceLock::new() }
    }

    /// Whether an instant lies in a span.
    pub(super) fn contains(&self, spans: fn(&Year) -> &Intervals, at: Instant) -> Result<bool, OutOfRange> {
        Ok(spans(self.table(self.index_at(at)?)?).contains(at.unix()))
    }

    /// The first instant after this one at which a span begins that nothing touches before.
    pub(super) fn opening(&self, spans: fn(&Year) -> &Intervals, after: Instant) -> Result<Instant, OutOfRange> {
        let first = self.index_at(after)?;
        let mut from = after.unix();
        let mut carried = None;
        for index in first..COUNT {
            let spans = spans(self.table(index)?);
            while let Some(start) = spans.start_after(from) {
                if carried != Some(start) {
                    return Ok(Instant::clamped(start));
                }
                from = start;
            }
            let end = self.start(index + 1)?;
            carried = spans.contains(end - 1).then_some(end);
            from = end - 1;
        }
        Err(OutOfRange)
    }

    /// The first instant after this one at which a span ends that nothing touches after.
    pub(super) fn closing(&self, spans: fn(&Year) -> &Intervals, after: Instant) -> Result<Instant, OutOfRange> {
        let first = self.index_at(after)?;
        let mut carried = false;
        for index in first..COUNT {
            let here = spans(self.table(index)?);
            let start = self.start(index)?;
            if carried && !here.contains(start) {
                return Ok(Instant::clamped(start));
            }
            match here.end_after(after.unix().max(start)) {
                Some(end) if end < self.start(index + 1)? => return Ok(Instant::clamped(end)),
                found => carried = found.is_some(),
            }
        }
        Err(OutOfRange)
    }

    /// The earliest instant by which so many seconds have run in the spans. Of none (or fewer): the instant itself
    /// if in a span, else the next beginning of one.
    pub(super) fn add(
        &self,
        spans: fn(&Year) -> &Intervals,
        from: Instant,
        seconds: i64,
    ) -> Result<Instant, OutOfRange> {
        if seconds <= 0 {
            return if self.contains(spans, from)? { Ok(from) } else { self.opening(spans, from) };
        }
        let mut index = self.index_at(from)?;
        let mut left = seconds.saturating_add(spans(self.table(index)?).seconds_before(from.unix()));
        loop {
            let spans = spans(self.table(index)?);
            if let Some(at) = spans.filled(left) {
                return Ok(Instant::clamped(at));
            }
            left -= spans.total();
            index += 1;
        }
    }

    /// The seconds that lie in the spans from one instant up to another that doesn't come before it.
    pub(super) fn between(
        &self,
        spans: fn(&Year) -> &Intervals,
        from: Instant,
        to: Instant,
    ) -> Result<i64, OutOfRange> {
        let (first, last) = (self.index_at(from)?, self.index_at(to)?);
        let mut sum = spans(self.table(last)?).seconds_before(to.unix());
        for index in first..last {
            sum += spans(self.table(index)?).total();
        }
        Ok(sum - spans(self.table(first)?).seconds_before(from.unix()))
    }

    /// Whether the years hold an instant.
    pub(super) fn hold(&self, at: Instant) -> bool {
        self.index_at(at).is_ok()
    }

    /// Whether the years hold a date.
    pub(super) fn within(&self, date: NaiveDate) -> Result<(), OutOfRange> {
        index_of(date).map(|_| ())
    }

    /// Where a date stands among business days.
    pub(super) fn position(&self, date: NaiveDate) -> Result<Position<'_>, OutOfRange> {
        let index = index_of(date)?;
        let year = self.table(index)?;
        Ok(Position { years: self, index, year, date, rank: year.rank(date) })
    }

    /// Business days from the beginning of 1900 up to and with a date.
    pub(super) fn rank(&self, date: NaiveDate) -> Result<i64, OutOfRange> {
        let index = index_of(date)?;
        let before = self.ranks().get(index).ok_or(OutOfRange)?;
        Ok(before + i64::try_from(self.table(index)?.rank(date)).map_err(|_| OutOfRange)?)
    }

    /// The business day of a rank.
    pub(super) fn of_rank(&self, rank: i64) -> Result<BusinessDay, OutOfRange> {
        let ranks = self.ranks();
        let index = ranks.partition_point(|before| *before < rank).checked_sub(1).ok_or(OutOfRange)?;
        let left = rank - ranks.get(index).ok_or(OutOfRange)? - 1;
        let left = usize::try_from(left).map_err(|_| OutOfRange)?;
        self.table(index)?.business_days().get(left).copied().ok_or(OutOfRange)
    }

    /// Business days before each year: counted for all years at once, without laying them out.
    fn ranks(&self) -> &[i64] {
        self.ranks.get_or_init(|| {
            let mut sum = 0;
            let mut ranks = vec![0];
            for year in (FIRST..).take(COUNT) {
                sum += self.schedule.business_days_in(year);
                ranks.push(sum);
            }
            ranks
        })
    }

    fn start(&self, index: usize) -> Result<i64, OutOfRange> {
        self.starts.get(index).copied().ok_or(OutOfRange)
    }

    /// The year that an instant lies in, by its first instants.
    fn index_at(&self, at: Instant) -> Result<usize, OutOfRange> {
        let at = at.unix();
        let first = self.start(0)?;
        if at < first || at >= self.start(COUNT)? {
            return Err(OutOfRange);
        }
        let mut index = usize::try_from((at - first) / MEAN_YEAR).map_err(|_| OutOfRange)?.min(COUNT - 1);
        while self.start(index)? > at {
            index -= 1;
        }
        while self.start(index + 1)? <= at {
            index += 1;
        }
        Ok(index)
    }

    fn table(&self, index: usize) -> Result<&Year, OutOfRange> {
        let cell = self.tables.get(index).ok_or(OutOfRange)?;
        if let Some(year) = cell.get() {
            return Ok(year);
        }
        let (from, until) = (self.start(index)?, self.start(index + 1)?);
        let number = FIRST + i32::try_from(index).map_err(|_| OutOfRange)?;
        Ok(cell.get_or_init(|| Year::new(&self.schedule, number, from, until)))
    }
}

/// A date among the business days of its year.
pub(super) struct Position<'y> {
    years: &'y Years,
    index: usize,
    year: &'y Year,
    date: NaiveDate,
    /// Business days of the year up to and with the date.
    rank: usize,
}

impl Position<'_> {
    /// The date itself, if it is a business day.
    pub(super) fn business_day(&self) -> Option<BusinessDay> {
        let found = self.rank.checked_sub(1).and_then(|last| self.year.business_days().get(last));
        found.copied().filter(|day| day.date == self.date)
    }

    /// The n-th business day after the date, one or more.
    pub(super) fn business_day_after(&self, n: usize) -> Result<BusinessDay, OutOfRange> {
        let (mut index, mut year) = (self.index, self.year);
        let mut left = (self.rank + n).checked_sub(1).ok_or(OutOfRange)?;
        loop {
            if let Some(day) = year.business_days().get(left) {
                return Ok(*day);
            }
            left -= year.business_days().len();
            index += 1;
            year = self.years.table(index)?;
        }
    }
}

fn index_of(date: NaiveDate) -> Result<usize, OutOfRange> {
    usize::try_from(date.year() - FIRST).ok().filter(|index| *index < COUNT).ok_or(OutOfRange)
}
