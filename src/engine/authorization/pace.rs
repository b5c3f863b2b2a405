//! When the units of an authorization run out, and by when the next one is asked for.
//!
//! The pace is the one so far: over the `n` days from the first day of the period up to and with the day of asking, `u`
//! units were used, so `u / n` are used a day. The first day on which `approved` would be reached comes
//! `k = ceil((approved - u) * n / u)` days later, in whole numbers and without rounding on the way. If nothing was used, or
//! it comes after the last day of the period, the authorization runs out with its period.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::diagnostic::Code;
use crate::facts::{Case, FactId, Fault, Value};
use crate::policy::{ACTIVE, Body, Field, LeadTime};
use crate::program::Program;
use crate::time::{Calendar, OutOfRange};

/// When an authorization runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// The last day on which the next one may be asked for.
    pub ask_by: NaiveDate,
    /// The day on which the units, or the period, run out.
    pub runs_out: NaiveDate,
    /// Whether it is the units that do.
    pub by_pace: bool,
}

/// A period of which some units were used by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The first day of the period.
    pub first_day: NaiveDate,
    /// The last day of the period, included.
    pub last_day: NaiveDate,
    /// The units approved.
    pub approved: Decimal,
    /// The units used so far.
    pub used: Decimal,
}

impl Pace {
    /// The day on which the units run out if they are used on as fast as up to `today`; `today` if they have. `None` if
    /// nothing was used, the period has not begun, or it would take longer than dates reach.
    pub fn exhausted_on(&self, today: NaiveDate) -> Option<NaiveDate> {
        let left = self.approved.checked_sub(self.used)?;
        if left <= Decimal::ZERO {
            return Some(today);
        }
        let days = i128::from(today.signed_duration_since(self.first_day).num_days()) + 1;
        if self.used <= Decimal::ZERO || days <= 0 {
            return None;
        }
        // both as whole numbers of the same fraction
        let scale = left.scale().max(self.used.scale());
        let left = scaled(left, scale)?.checked_mul(days)?;
        let used = scaled(self.used, scale)?;
        let more = left.checked_add(used - 1)? / used;
        today.checked_add_days(Days::new(u64::try_from(more).ok()?))
    }

    /// When it runs out, and the last day on which the next one may be asked for.
    ///
    /// # Errors
    /// A day outside the years of the calendar.
    pub fn renewal(&self, today: NaiveDate, lead: &LeadTime, calendar: &Calendar) -> Result<Renewal, OutOfRange> {
        let exhausted = self.exhausted_on(today).filter(|day| *day <= self.last_day);
        let runs_out = exhausted.unwrap_or(self.last_day);
        Ok(Renewal { ask_by: ask_by(runs_out, lead, calendar)?, runs_out, by_pace: exhausted.is_some() })
    }
}

/// The last day from which the lead time still ends by a day: of business days, the last one that has so many of them
/// after it up to and with that day.
fn ask_by(day: NaiveDate, lead: &LeadTime, calendar: &Calendar) -> Result<NaiveDate, OutOfRange> {
    if lead.business {
        let rank = calendar.business_days_up_to(day)?.checked_sub(i64::from(lead.days)).ok_or(OutOfRange)?;
        return calendar.business_day_of_rank(rank);
    }
    let day = day.checked_sub_days(Days::new(u64::from(lead.days))).ok_or(OutOfRange)?;
    calendar.business_days_up_to(day).map(|_| day)
}

fn scaled(number: Decimal, scale: u32) -> Option<i128> {
    let up = 10_i128.checked_pow(scale.checked_sub(number.scale())?)?;
    number.mantissa().checked_mul(up)
}

/// By when the authorization of a case is to be renewed: of an active one of which the case tells period and units.
///
/// # Errors
/// A day beyond the calendar.
pub fn renewal(program: &Program, case: &Case) -> Result<Option<Renewal>, Fault> {
    let policy = program.policy();
    let Body::Authorization(authorization) = &policy.body else { return Ok(None) };
    let (Some(lead), Some(calendar)) = (&authorization.lead_time, policy.calendar.as_deref()) else { return Ok(None) };
    let fact = |field| authorization.reads.fact(field);
    let status =
        fact(Field::Status).and_then(|fact| Some(case.value(fact)?.text(&program.vocabulary().fact(fact).kind)));
    let (Some(first_day), Some(last_day)) = (date(case, fact(Field::FirstDay)), date(case, fact(Field::LastDay)))
    else {
        return Ok(None);
    };
    let (Some(approved), Some(used)) = (number(case, fact(Field::Approved)), number(case, fact(Field::Used))) else {
        return Ok(None);
    };
    let today = calendar.local_date(case.at());
    if status.as_deref() != Some(ACTIVE) || today > last_day {
        return Ok(None);
    }
    let pace = Pace { first_day, last_day, approved, used };
    pace.renewal(today, lead, calendar).map(Some).map_err(|_| {
        Fault::new(Code::OutOfRange, "the authorization has to be renewed beyond the calendar")
            .expected("a date from 1900 to 2199")
            .help("correct the period")
    })
}

fn date(case: &Case, fact: Option<FactId>) -> Option<NaiveDate> {
    match case.value(fact?)? {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

fn number(case: &Case, fact: Option<FactId>) -> Option<Decimal> {
    match case.value(fact?)? {
        Value::Integer(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}
