//! Calendars: the shipped one's dates, and the edges of days, years and the range.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use rulebook::time::{
    Calendar, CalendarError, CalendarParts, DueAt, Holiday, LateReceipt, Observed, OutOfRange, Turnaround, parse_date,
    parse_stretches, parse_weekdays,
};

use super::{at, shown, zone};

pub(super) fn parts(zone_name: &str, week: &[(&str, &str)]) -> CalendarParts {
    let mut hours = Vec::new();
    for (days, stretches) in week {
        for day in parse_weekdays(days).unwrap() {
            hours.extend(parse_stretches(stretches).unwrap().into_iter().map(|stretch| (day, stretch)));
        }
    }
    CalendarParts {
        name: "test".to_owned(),
        zone: zone(zone_name),
        week: hours,
        overrides: BTreeMap::new(),
        holidays: Vec::new(),
        late_receipt: LateReceipt::SameDay,
        due_at: DueAt::Close,
    }
}

fn calendar(zone_name: &str, week: &[(&str, &str)]) -> Calendar {
    Calendar::new(parts(zone_name, week)).unwrap()
}

/// Monday to Friday with the federal holidays.
fn us_business() -> CalendarParts {
    let mut parts = parts("America/New_York", &[("monday to friday", "09:00-17:00")]);
    for (phrase, observed, from) in [
        ("1 January", true, None),
        ("third Monday of January", false, Some(1986)),
        ("third Monday of February", false, None),
        ("last Monday of May", false, None),
        ("19 June", true, Some(2021)),
        ("4 July", true, None),
        ("first Monday of September", false, None),
        ("second Monday of October", false, None),
        ("11 November", true, None),
        ("fourth Thursday of November", false, None),
        ("25 December", true, None),
    ] {
        let holiday = Holiday::parse(phrase).unwrap().in_years(from, None).unwrap();
        let holiday = if observed { holiday.observed(Observed::NearestWeekday) } else { holiday };
        parts.holidays.push((phrase.to_owned(), holiday));
    }
    parts
}

fn date(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn due(calendar: &Calendar, within: &str, received: &str) -> String {
    let due = calendar.due(&Turnaround::parse(within).unwrap(), at(received)).unwrap();
    let limit = shown(due.limit, calendar.zone());
    due.target.map_or(limit.clone(), |target| format!("{} {limit}", shown(target, calendar.zone())))
}

#[test]
fn turnarounds_of_the_shipped_calendar() {
    let calendar = Calendar::new(us_business()).unwrap();
    for (within, received, expected) in [
        // a Thursday before Labor Day
        ("5-7 business days", "2026-09-03T11:15:00-04:00", "2026-09-11T17:00:00-04:00 2026-09-15T17:00:00-04:00"),
        ("3-5 business days", "2026-09-03T11:15:00-04:00", "2026-09-09T17:00:00-04:00 2026-09-11T17:00:00-04:00"),
        ("2 business days", "2026-09-03T23:59:59-04:00", "2026-09-08T17:00:00-04:00"),
        ("1 business day", "2026-09-12T10:00:00-04:00", "2026-09-14T17:00:00-04:00"),
        ("up to 60 business days", "2026-09-03T11:15:00-04:00", "2026-12-02T17:00:00-05:00"),
        ("48 hours on business days", "2026-09-03T11:15:00-04:00", "2026-09-08T11:15:00-04:00"),
        ("24 hours on business days", "2026-09-05T11:15:00-04:00", "2026-09-09T00:00:00-04:00"),
        ("24 hours", "2026-09-03T11:15:00-04:00", "2026-09-04T11:15:00-04:00"),
        ("8 business hours", "2026-09-03T09:00:00-04:00", "2026-09-03T17:00:00-04:00"),
        ("8 business hours", "2026-09-04T17:00:00-04:00", "2026-09-08T17:00:00-04:00"),
        ("30 business minutes", "2026-09-04T16:45:00-04:00", "2026-09-08T09:15:00-04:00"),
        ("7 days", "2026-09-03T11:15:00-04:00", "2026-09-10T23:59:59-04:00"),
        ("1 week", "2026-10-30T11:15:00-04:00", "2026-11-06T23:59:59-05:00"),
        ("immediately", "2026-09-03T11:15:00-04:00", "2026-09-03T11:15:00-04:00"),
        // the date of receipt is the calendar's: in New York it is still Thursday
        ("1 business day", "2026-09-04T03:30:00+00:00", "2026-09-04T17:00:00-04:00"),
    ] {
        assert_eq!(due(&calendar, within, received), expected, "{within} from {received}");
    }
}

#[test]
fn ages_are_differences_of_ranks() {
    let calendar = Calendar::new(us_business()).unwrap();
    let rank = |text| calendar.business_days_up_to(date(text)).unwrap();
    assert_eq!(rank("2026-09-03") - rank("2026-07-01"), 45 - 1 + 1);
    assert_eq!(rank("2026-09-03") - rank("2026-06-30"), 46);
    assert_eq!(rank("2026-07-05"), rank("2026-07-02"), "3 July is the observed day, then a weekend");
    assert_eq!(rank("1900-01-01"), 0);
    assert_eq!(rank("1900-01-02"), 1);
    assert_eq!(calendar.business_day_of_rank(1), Ok(date("1900-01-02")));
}

/// The rank of a date is the count of business days up to it, through all three centuries; on a Sunday a year clocks
/// swallow the stretch.
#[test]
fn ranks_count_the_days_on_which_a_stretch_starts() {
    let mut parts = us_business();
    parts.week.extend(
        parse_weekdays("sunday").unwrap().into_iter().map(|day| (day, parse_stretches("02:30-03:15").unwrap()[0])),
    );
    parts.overrides = BTreeMap::from([
        (date("2026-03-07"), parse_stretches("10:00-12:00").unwrap()),
        (date("2026-03-09"), vec![]),
        (date("2026-12-25"), parse_stretches("10:00-12:00").unwrap()),
    ]);
    let calendar = Calendar::new(parts).unwrap();
    assert!(!calendar.is_business_day(date("2026-03-08")));
    assert!(calendar.is_business_day(date("2026-03-15")));
    assert!(calendar.is_business_day(date("2026-12-25")), "an override beats a holiday");
    assert!(!calendar.is_business_day(date("2026-03-09")) && calendar.is_business_day(date("2026-03-07")));
    let mut rank = 0;
    for day in date("1900-01-01").iter_days().take_while(|day| *day <= date("2199-12-31")) {
        let open = calendar.is_business_day(day);
        rank += i64::from(open);
        assert_eq!(calendar.business_days_up_to(day), Ok(rank), "{day}");
        if open {
            assert_eq!(calendar.business_day_of_rank(rank), Ok(day));
        }
    }
    assert_eq!(calendar.business_day_of_rank(rank + 1), Err(OutOfRange));
    assert_eq!(calendar.business_day_of_rank(0), Err(OutOfRange));
    assert_eq!(calendar.business_day_of_rank(i64::MIN), Err(OutOfRange));
}

#[test]
fn a_holiday_removes_what_starts_on_it_and_not_the_evening_before() {
    let mut parts = parts("America/New_York", &[("every day", "20:00-08:00")]);
    parts.holidays.push(("closed".to_owned(), Holiday::parse("2026-12-25").unwrap()));
    let calendar = Calendar::new(parts).unwrap();
    for (instant, open) in [
        ("2026-12-24T23:00:00-05:00", true),
        ("2026-12-25T07:59:59-05:00", true),
        ("2026-12-25T08:00:00-05:00", false),
        ("2026-12-25T21:00:00-05:00", false),
        ("2026-12-26T07:00:00-05:00", false),
        ("2026-12-26T20:00:00-05:00", true),
    ] {
        assert_eq!(calendar.is_open(at(instant)), Ok(open), "{instant}");
    }
    assert!(!calendar.is_business_day(date("2026-12-25")));
    // the close of a day whose stretch passes midnight comes on the next
    assert_eq!(due(&calendar, "1 business day", "2026-12-23T12:00:00-05:00"), "2026-12-25T08:00:00-05:00");
}

#[test]
fn nights_last_as_long_as_they_last() {
    let calendar = calendar("America/New_York", &[("every day", "20:00-08:00")]);
    let hours = |from, to| calendar.open_seconds_between(at(from), at(to)).unwrap() / 3600;
    assert_eq!(hours("2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00"), 11);
    assert_eq!(hours("2026-10-31T12:00:00-04:00", "2026-11-01T12:00:00-05:00"), 13);
    // the turn of the year lies within a night
    let eve = at("2026-12-31T20:00:00-05:00");
    let morning = at("2027-01-01T08:00:00-05:00");
    assert_eq!(calendar.next_opening(eve.checked_add(-1).unwrap()), Ok(eve));
    assert_eq!(calendar.next_opening(eve), Ok(at("2027-01-01T20:00:00-05:00")));
    assert_eq!(calendar.next_closing(eve), Ok(morning));
    assert_eq!(calendar.next_closing(at("2027-01-01T00:00:00-05:00")), Ok(morning));
    assert_eq!(calendar.add_open_seconds(eve, 12 * 3600), Ok(morning));
    assert_eq!(calendar.add_open_seconds(eve, 4 * 3600), Ok(at("2027-01-01T00:00:00-05:00")));
    assert_eq!(hours("2026-12-31T22:00:00-05:00", "2027-01-01T10:00:00-05:00"), 10);
}

#[test]
fn stretches_of_one_day_and_the_next_unite() {
    let calendar =
        calendar("Europe/Berlin", &[("monday", "08:00-12:00, 10:00-14:00, 20:00-06:00"), ("tuesday", "05:00-24:00")]);
    assert_eq!(calendar.next_closing(at("2026-12-07T09:00:00+01:00")), Ok(at("2026-12-07T14:00:00+01:00")));
    assert_eq!(calendar.next_closing(at("2026-12-07T21:00:00+01:00")), Ok(at("2026-12-09T00:00:00+01:00")));
    assert_eq!(
        calendar.open_seconds_between(at("2026-12-07T00:00:00+01:00"), at("2026-12-14T00:00:00+01:00")),
        Ok(34 * 3600)
    );
}

#[test]
fn late_receipt() {
    let with = |late_receipt| Calendar::new(CalendarParts { late_receipt, ..us_business() }).unwrap();
    let by_default = with(LateReceipt::SameDay);
    let at_close = with(LateReceipt::parse("counts as the next business day", None).unwrap());
    let at_three = with(LateReceipt::NextBusinessDay { cut_off: NaiveTime::from_hms_opt(15, 0, 0) });
    for (received, same_day, close, three) in [
        ("2026-09-08T15:00:00-04:00", 9, 9, 9),
        ("2026-09-08T15:00:01-04:00", 9, 9, 10),
        ("2026-09-08T17:00:00-04:00", 9, 9, 10),
        ("2026-09-08T17:00:01-04:00", 9, 10, 10),
        ("2026-09-05T10:00:00-04:00", 8, 9, 9), // a Saturday before a holiday
        ("2026-09-08T05:00:00-04:00", 9, 9, 9),
    ] {
        for (calendar, day) in [(&by_default, same_day), (&at_close, close), (&at_three, three)] {
            assert_eq!(
                due(calendar, "1 business day", received),
                format!("2026-09-{day:02}T17:00:00-04:00"),
                "{received}"
            );
        }
    }
    assert_eq!(LateReceipt::parse("Counts as the same day", None), Ok(LateReceipt::SameDay));
    let fault = LateReceipt::parse("counts double", None).unwrap_err();
    assert_eq!(fault.to_string(), "`counts double` is not a way to count late receipt");
    assert!(fault.help().contains("`counts as the next business day`"));
}

#[test]
fn due_at() {
    let with =
        |phrase| Calendar::new(CalendarParts { due_at: DueAt::parse(phrase).unwrap(), ..us_business() }).unwrap();
    let received = "2026-10-30T11:15:20-04:00";
    assert_eq!(due(&with("close"), "1 business day", received), "2026-11-02T17:00:00-05:00");
    assert_eq!(due(&with("end of date"), "1 business day", received), "2026-11-02T23:59:59-05:00");
    assert_eq!(due(&with("same time"), "1 business day", received), "2026-11-02T11:15:20-05:00");
    let fault = DueAt::parse("noon").unwrap_err();
    assert_eq!(fault.to_string(), "`noon` is not a time at which a day's work is due");
    assert_eq!(fault.help(), "write `close`, `end of date` or `same time`");
}

#[test]
fn dates_end_where_the_next_begins() {
    let havana = calendar("America/Havana", &[("every day", "09:00-17:00")]);
    // midnight is skipped on the 8th: clocks go from 00:00 to 01:00
    assert_eq!(due(&havana, "1 day", "2026-03-06T12:00:00-05:00"), "2026-03-07T23:59:59-05:00");
    assert_eq!(due(&havana, "24 hours on business days", "2026-03-08T01:00:00-04:00"), "2026-03-09T01:00:00-04:00");
}

#[test]
fn an_empty_week_is_refused() {
    let fault = Calendar::new(parts("UTC", &[])).unwrap_err();
    assert_eq!(fault, CalendarError::EmptyWeek { name: "test".to_owned() });
    assert_eq!(fault.to_string(), "calendar `test` has no opening hours");
    assert!(fault.help().contains("`monday to friday: 09:00-17:00`"));
}

#[test]
fn beyond_the_years_is_an_error() {
    let calendar = calendar("America/New_York", &[("monday to friday", "09:00-17:00")]);
    let due = |within: &str, received| calendar.due(&Turnaround::parse(within).unwrap(), at(received));
    let last = "2199-12-31T12:00:00-05:00"; // a Tuesday
    assert_eq!(
        due("1 business hour", last).map(|due| shown(due.limit, calendar.zone())),
        Ok("2199-12-31T13:00:00-05:00".to_owned())
    );
    for within in
        ["1 business day", "8 business hours", "24 hours on business days", "1 day", "10000000 hours", "10000000 weeks"]
    {
        assert_eq!(due(within, last), Err(OutOfRange), "{within}");
    }
    for within in
        ["10000000 business days", "10000000 business hours", "10000000 days", "10000000 hours on business days"]
    {
        assert_eq!(due(within, "2026-03-01T12:00:00-05:00"), Err(OutOfRange), "{within}");
    }
    let before = at("1900-01-01T00:00:00+00:00"); // in New York it is still 1899
    let after = at("2199-12-31T23:59:59-23:00");
    for outside in [before, after] {
        assert_eq!(calendar.is_open(outside), Err(OutOfRange));
        assert_eq!(calendar.next_opening(outside), Err(OutOfRange));
        assert_eq!(calendar.next_closing(outside), Err(OutOfRange));
        assert_eq!(calendar.add_open_seconds(outside, 1), Err(OutOfRange));
        assert_eq!(calendar.open_seconds_between(outside, at(last)), Err(OutOfRange));
        assert!(!calendar.is_business_day(calendar.local_date(outside)));
        assert_eq!(calendar.business_days_up_to(calendar.local_date(outside)), Err(OutOfRange));
    }
    assert_eq!(calendar.add_open_seconds(at(last), i64::MAX), Err(OutOfRange));
    assert_eq!(calendar.business_days_up_to(NaiveDate::MAX), Err(OutOfRange));
    let always = self::calendar("UTC", &[("every day", "00:00-24:00")]);
    assert_eq!(always.next_closing(at("2026-03-01T12:00:00Z")), Err(OutOfRange));
    assert_eq!(always.next_opening(at("2026-03-01T12:00:00Z")), Err(OutOfRange));
}

#[test]
fn calendars_are_shared_between_threads() {
    let calendar = Calendar::new(us_business()).unwrap();
    let within = Turnaround::parse("60 business days").unwrap();
    std::thread::scope(|threads| {
        let all: Vec<_> =
            (0..4).map(|_| threads.spawn(|| calendar.due(&within, at("2026-09-03T11:15:00-04:00")))).collect();
        let mut answers: Vec<_> = all.into_iter().map(|thread| thread.join().unwrap()).collect();
        answers.dedup();
        assert_eq!(answers.len(), 1);
    });
}
