//! Holidays: rules for the dates on which nothing starts.

use chrono::{Datelike, Days, NaiveDate, Weekday};

pub use super::holiday_error::HolidayError;
use super::holiday_phrase;
use super::phrase::tokens;

/// A rule for dates on which nothing starts: a date `2026-12-24`, a day of every year `25 December`, a weekday of a
/// month `third Monday of January` or `last Monday of May`, or a distance from Easter `2 days before Easter`.
///
/// ```
/// use rulebook::time::{Holiday, Observed};
/// let independence = Holiday::parse("4 July").unwrap().observed(Observed::NearestWeekday);
/// let closed: Vec<String> = independence.closed_in(2026).iter().map(|d| d.to_string()).collect();
/// assert_eq!(closed, ["2026-07-03", "2026-07-04"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    day: Day,
    observed: Option<Observed>,
    from: Option<i32>,
    to: Option<i32>,
}

/// What else is closed when the day itself falls on a weekend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observed {
    /// Friday for a Saturday, Monday for a Sunday (as 5 U.S.C. 6103(b) and Executive Order 11582 have it).
    NearestWeekday,
}

/// Which day of a year, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Once(NaiveDate),
    Yearly {
        month: u32,
        day: u32,
    },
    /// From the first (1) to the fifth, which not every month has.
    Nth {
        nth: u8,
        weekday: Weekday,
        month: u32,
    },
    Last {
        weekday: Weekday,
        month: u32,
    },
    /// Days after Easter Sunday; before, if negative.
    Easter {
        days: i64,
    },
}

impl Observed {
    /// Reads `nearest weekday`.
    ///
    /// # Errors
    ///
    /// [`HolidayError::Observed`] for any other phrase.
    pub fn parse(text: &str) -> Result<Observed, HolidayError> {
        match tokens(text).as_slice() {
            [near, day] if near.is("nearest") && day.is("weekday") => Ok(Observed::NearestWeekday),
            _ => Err(HolidayError::Observed { text: text.to_owned() }),
        }
    }
}

impl Holiday {
    /// Reads a rule. The case of letters doesn't matter.
    ///
    /// # Errors
    ///
    /// A [`HolidayError`] that names the word at fault.
    pub fn parse(text: &str) -> Result<Holiday, HolidayError> {
        Ok(Holiday { day: holiday_phrase::day(text)?, observed: None, from: None, to: None })
    }

    /// The same holiday with an observed day besides: both are closed. It may fall into the year before or after.
    pub fn observed(self, observed: Observed) -> Holiday {
        Holiday { observed: Some(observed), ..self }
    }

    /// The same holiday in the years from a first to a last, both inclusive. They bound the day itself, not the one
    /// on which it is observed.
    ///
    /// # Errors
    ///
    /// [`HolidayError::Years`] if the last comes before the first.
    pub fn in_years(self, from: Option<i32>, to: Option<i32>) -> Result<Holiday, HolidayError> {
        match (from, to) {
            (Some(from), Some(to)) if to < from => Err(HolidayError::Years { from, to }),
            _ => Ok(Holiday { from, to, ..self }),
        }
    }

    /// The dates of a year that it closes, in order, observed days included.
    pub fn closed_in(&self, year: i32) -> Vec<NaiveDate> {
        let rule_years = (year.saturating_sub(1)..=year.saturating_add(1))
            .filter(|y| self.from.is_none_or(|f| f <= *y) && self.to.is_none_or(|t| *y <= t));
        let days = rule_years.filter_map(|y| self.day.in_year(y));
        let mut closed: Vec<NaiveDate> =
            days.flat_map(|day| [Some(day), self.observed.and_then(|o| o.instead_of(day))]).flatten().collect();
        closed.retain(|day| day.year() == year);
        closed.sort_unstable();
        closed.dedup();
        closed
    }
}

impl Observed {
    fn instead_of(self, day: NaiveDate) -> Option<NaiveDate> {
        let Observed::NearestWeekday = self;
        match day.weekday() {
            Weekday::Sat => day.pred_opt(),
            Weekday::Sun => day.succ_opt(),
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => None,
        }
    }
}

impl Day {
    /// The day in a year. A distance from Easter counts from that year's Easter, wherever it ends.
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Day::Once(date) => (date.year() == year).then_some(date),
            Day::Yearly { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            Day::Nth { nth, weekday, month } => NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth),
            Day::Last { weekday, month } => {
                (4..=5).rev().find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth))
            }
            Day::Easter { days } => {
                let easter = easter(year)?;
                let distance = Days::new(days.unsigned_abs());
                if days < 0 { easter.checked_sub_days(distance) } else { easter.checked_add_days(distance) }
            }
        }
    }
}

/// Easter Sunday by the Gregorian computus (the anonymous algorithm of Nature, 20 April 1876, as given by Meeus,
/// "Astronomical Algorithms", chapter 8).
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let lunar = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - lunar + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let day = epact + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(day / 31).ok()?, u32::try_from(day % 31 + 1).ok()?)
}
