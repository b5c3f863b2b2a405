//! Clocks: cases from the bug trackers of helpdesks, each kind of turnaround, and the order of events.

use rulebook::time::{
    Calendar, Clock, ClockEvent, ClockRules, ClockState, DueAt, Duration, Instant, Reckoning, Share, Turnaround,
};

use super::calendar::parts;
use super::{at, shown};

/// What happens to a clock, an event a line: `pause 2026-01-16T12:00:00+01:00`.
fn events(text: &str) -> Vec<(ClockEvent, Instant)> {
    let event = |line: &str| {
        let (word, instant) = line.trim().split_once(' ').unwrap();
        (ClockEvent::parse(word).unwrap(), at(instant))
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(event).collect()
}

fn span(text: &str) -> Duration {
    Duration::parse(text).unwrap()
}

/// An office with the same hours on some days, and no holidays.
struct Office(Calendar);

impl Office {
    fn new(zone: &str, days: &str, hours: &str) -> Office {
        Office(Calendar::new(parts(zone, &[(days, hours)])).unwrap())
    }

    fn shows(&self, within: &str, received: &str, happened: &str, until: &str) -> Reckoning {
        let (received, until) = (at(received), at(until));
        let clock = Clock::new(events(happened), received, until).unwrap();
        let rules =
            ClockRules { pausable: true, at_risk: vec![Share::parse("50%").unwrap(), Share::parse("80%").unwrap()] };
        clock.reckon(&Turnaround::parse(within).unwrap(), Some(&self.0), &rules, received, until).unwrap()
    }

    /// The limit of what is looked at long after.
    fn due(&self, within: &str, received: &str, happened: &str) -> String {
        let last = at(received).checked_add(90 * 86_400).unwrap();
        self.time(self.shows(within, received, happened, &shown(last, self.0.zone())).due.limit)
    }

    fn time(&self, at: Instant) -> String {
        shown(at, self.0.zone())
    }
}

#[test]
fn four_days_of_twelve_hours_from_night_zammad_390() {
    let office = Office::new("Europe/Berlin", "every day", "09:00-21:00");
    let due = office.due("48 business hours", "2016-11-09T23:00:00+01:00", "");
    assert_eq!(due, "2016-11-13T21:00:00+01:00");
}

#[test]
fn pending_over_a_weekend_glpi_10594() {
    let office = Office::new("Europe/Paris", "monday to friday", "08:00-20:00");
    let pending = "pause 2026-01-16T12:00:00+01:00
                   resume 2026-01-19T09:00:00+01:00";
    assert_eq!(office.due("12 business hours", "2026-01-16T10:00:00+01:00", pending), "2026-01-19T19:00:00+01:00");
}

#[test]
fn on_hold_from_the_opening_after_a_sunday_frappe_2449() {
    let office = Office::new("Asia/Kolkata", "monday to friday", "10:00-18:00");
    let hold = "pause 2026-01-12T10:00:00+05:30
                resume 2026-01-12T13:00:00+05:30";
    assert_eq!(office.due("4 business hours", "2026-01-11T12:00:00+05:30", hold), "2026-01-12T17:00:00+05:30");
}

#[test]
fn open_one_day_a_week_osticket_6739() {
    let office = Office::new("America/New_York", "tuesday", "08:00-17:00");
    assert_eq!(office.due("10 business hours", "2024-08-07T09:00:00-04:00", ""), "2024-08-20T09:00:00-04:00");
}

#[test]
fn across_the_lunch_hour_osticket_6847() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-13:00, 14:00-18:00");
    assert_eq!(office.due("2 business hours", "2024-08-07T12:30:00-04:00", ""), "2024-08-07T15:30:00-04:00");
}

/// Received on Tuesday, 3 March 2026 at 10:00; clocks go forward on Sunday the 8th.
#[test]
fn what_a_pause_adds_to_each_kind_of_turnaround() {
    let mut office = parts("America/New_York", &[("monday to friday", "09:00-17:00")]);
    let close = Office(Calendar::new(office.clone()).unwrap());
    office.due_at = DueAt::EndOfDate;
    let end_of_date = Office(Calendar::new(office).unwrap());
    // Thursday 16:00 to Friday 10:00: 18 hours, of which 2 are open
    let night = "pause 2026-03-05T16:00:00-05:00
                 resume 2026-03-06T10:00:00-05:00";
    // Friday 17:00 to Monday 09:00: 63 hours, none of them open, 7 + 9 of them of business days
    let weekend = "pause 2026-03-06T17:00:00-05:00
                   resume 2026-03-09T09:00:00-04:00";
    for (office, within, plain, after_night, after_weekend) in [
        (&close, "40 business hours", "10T10:00:00-04:00", "10T12:00:00-04:00", "10T10:00:00-04:00"),
        (&close, "5 business days", "10T17:00:00-04:00", "11T11:00:00-04:00", "10T17:00:00-04:00"),
        (&end_of_date, "5 business days", "10T23:59:59-04:00", "11T11:00:00-04:00", "10T23:59:59-04:00"),
        (&close, "120 hours on business days", "10T10:00:00-04:00", "11T04:00:00-04:00", "11T02:00:00-04:00"),
        (&close, "168 hours", "10T11:00:00-04:00", "11T05:00:00-04:00", "13T02:00:00-04:00"),
        (&close, "7 days", "10T23:59:59-04:00", "11T17:59:59-04:00", "13T14:59:59-04:00"),
        (&close, "1 week", "10T23:59:59-04:00", "11T17:59:59-04:00", "13T14:59:59-04:00"),
        (&close, "immediately", "03T10:00:00-05:00", "03T10:00:00-05:00", "03T10:00:00-05:00"),
    ] {
        for (happened, expected) in [("", plain), (night, after_night), (weekend, after_weekend)] {
            let due = office.due(within, "2026-03-03T10:00:00-05:00", happened);
            assert_eq!(due, format!("2026-03-{expected}"), "{within}, {happened}");
        }
    }
}

#[test]
fn a_pause_after_an_end_of_a_range_moves_only_the_other() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    let pause = "pause 2026-03-03T12:00:00-05:00
                 resume 2026-03-03T13:00:00-05:00";
    let shows = office.shows("2-6 business hours", "2026-03-03T09:00:00-05:00", pause, "2026-03-03T16:00:00-05:00");
    assert_eq!(office.time(shows.due.target.unwrap()), "2026-03-03T11:00:00-05:00");
    assert_eq!(office.time(shows.due.limit), "2026-03-03T16:00:00-05:00");
    assert!(!shows.breached, "the limit itself is in time");
}

#[test]
fn shares_of_the_time_allowed() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    // ten open hours; two of pause before the half, one after it
    let happened = "pause 2026-03-03T10:00:00-05:00
                    resume 2026-03-03T12:00:00-05:00
                    pause 2026-03-04T09:00:00-05:00
                    resume 2026-03-04T10:00:00-05:00";
    let shows = office.shows("10 business hours", "2026-03-03T09:00:00-05:00", happened, "2026-03-04T10:30:00-05:00");
    let at_risk: Vec<_> =
        shows.at_risk.iter().map(|risk| (risk.share.to_string(), office.time(risk.at), risk.reached)).collect();
    let expected = [
        ("50%".to_owned(), "2026-03-03T16:00:00-05:00".to_owned(), true),
        ("80%".to_owned(), "2026-03-04T12:00:00-05:00".to_owned(), false),
    ];
    assert_eq!(at_risk, expected);
    assert_eq!((shows.used, shows.left), (span("6 hours 30 minutes"), span("3 hours 30 minutes")));
}

/// The time allowed by business days is the open time from receipt to the limit: here 4 + 8 hours.
#[test]
fn shares_of_business_days() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    let shows = office.shows("1 business day", "2026-03-03T13:00:00-05:00", "", "2026-03-04T11:00:00-05:00");
    let half = shows.at_risk[0];
    assert_eq!((office.time(half.at), half.reached), ("2026-03-04T11:00:00-05:00".to_owned(), true));
    assert_eq!((shows.used, shows.left), (span("6 hours"), span("6 hours")));
}

#[test]
fn what_is_stopped_is_met_up_to_and_with_the_limit() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    for (done, met) in [("10:59:59", true), ("11:00:00", true), ("11:00:01", false)] {
        let stop = format!("stop 2026-03-03T{done}-05:00");
        let shows = office.shows("2 business hours", "2026-03-03T09:00:00-05:00", &stop, "2026-03-05T09:00:00-05:00");
        assert_eq!((shows.state, shows.met, shows.breached), (ClockState::Stopped, Some(met), !met), "{done}");
    }
    let shows = office.shows("2 business hours", "2026-03-03T09:00:00-05:00", "", "2026-03-03T11:00:01-05:00");
    assert_eq!(
        (shows.state, shows.met, shows.breached, shows.left),
        (ClockState::Running, None, true, span("0 seconds"))
    );
}

#[test]
fn a_reopened_clock_runs_on_with_what_was_left() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    let happened = "stop 2026-03-03T12:00:00-05:00
                    reopen 2026-03-05T09:00:00-05:00";
    assert_eq!(office.due("4 business hours", "2026-03-03T09:00:00-05:00", happened), "2026-03-05T10:00:00-05:00");
    // so it does if it was stopped during a pause, and if pauses do not count
    let happened = "pause 2026-03-03T10:00:00-05:00
                    stop 2026-03-03T12:00:00-05:00
                    reopen 2026-03-05T09:00:00-05:00";
    assert_eq!(office.due("4 business hours", "2026-03-03T09:00:00-05:00", happened), "2026-03-05T12:00:00-05:00");
    let (received, until) = (at("2026-03-03T09:00:00-05:00"), at("2026-03-05T09:30:00-05:00"));
    let clock = Clock::new(events(happened), received, until).unwrap();
    let within = Turnaround::parse("4 business hours").unwrap();
    let shows = clock.reckon(&within, Some(&office.0), &ClockRules::default(), received, until).unwrap();
    assert_eq!(office.time(shows.due.limit), "2026-03-05T10:00:00-05:00");
    assert!(shows.ran_through, "the pause was passed over");
}

#[test]
fn a_restarted_clock_forgets_what_has_run() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    let happened = "pause 2026-03-03T10:00:00-05:00
                    restart 2026-03-03T12:00:00-05:00";
    assert_eq!(office.due("4 business hours", "2026-03-03T09:00:00-05:00", happened), "2026-03-03T16:00:00-05:00");
    let late = "start 2026-03-03T15:00:00-05:00";
    assert_eq!(office.due("4 business hours", "2026-03-03T09:00:00-05:00", late), "2026-03-04T11:00:00-05:00");
}

#[test]
fn a_paused_clock_is_due_as_if_it_were_resumed_at_once() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    let pause = "pause 2026-03-03T10:00:00-05:00";
    let shows = office.shows("4 business hours", "2026-03-03T09:00:00-05:00", pause, "2026-03-05T12:00:00-05:00");
    assert_eq!((shows.state, shows.used, shows.left), (ClockState::Paused, span("1 hour"), span("3 hours")));
    assert_eq!(office.time(shows.due.limit), "2026-03-05T15:00:00-05:00");
    assert!(!shows.breached);
}

/// A level of an approval begins after the case: what happened before tells only how its clock stands then.
#[test]
fn a_clock_that_begins_after_the_events() {
    let office = Office::new("America/New_York", "monday to friday", "09:00-17:00");
    let (received, now) = (at("2026-03-03T09:00:00-05:00"), at("2026-03-05T12:00:00-05:00"));
    let within = Turnaround::parse("4 business hours").unwrap();
    let rules = ClockRules { pausable: true, at_risk: Vec::new() };
    let limit = |happened: &str, entered: &str| {
        let clock = Clock::new(events(happened), received, now).unwrap();
        let shows = clock.reckon(&within, Some(&office.0), &rules, at(entered), now).unwrap();
        (shows.state, office.time(shows.due.limit))
    };
    let before = "pause 2026-03-03T10:00:00-05:00
                  resume 2026-03-03T11:00:00-05:00";
    let over = "pause 2026-03-03T10:00:00-05:00
                resume 2026-03-04T10:00:00-05:00";
    let entered = "2026-03-04T09:00:00-05:00";
    assert_eq!(limit(before, entered), (ClockState::Running, "2026-03-04T13:00:00-05:00".to_owned()));
    assert_eq!(limit(over, entered), (ClockState::Running, "2026-03-04T14:00:00-05:00".to_owned()));
    let later = "2026-03-06T09:00:00-05:00";
    assert_eq!(limit(over, later), (ClockState::NotStarted, "2026-03-06T13:00:00-05:00".to_owned()));
}

#[test]
fn events_that_cannot_have_happened() {
    let (first, last) = (at("2026-03-03T09:00:00Z"), at("2026-03-03T18:00:00Z"));
    for (happened, index, message, help) in [
        ("resume 10", 0, "`resume` follows a clock that is not paused", "put `pause` before it"),
        ("pause 10\npause 11", 1, "`pause` follows a clock that is paused", "put `resume` before it"),
        ("pause 10\nresume 11\nresume 12", 2, "`resume` follows a clock that is not paused", "put `pause`"),
        ("stop 10\npause 11", 1, "`pause` follows a clock that is stopped", "put `reopen` before it"),
        ("stop 10\nstop 11", 1, "`stop` follows a clock that is stopped", "put `reopen` before it"),
        ("stop 10\nstart 11", 1, "`start` follows a clock that is stopped", "or `restart`"),
        ("start 10\nstart 11", 1, "`start` follows a clock that has started", "write `restart`"),
        ("pause 10\nreopen 11", 1, "`reopen` follows a clock that is not stopped", "what is paused is resumed"),
        ("pause 11\nresume 10", 1, "`resume` comes before the event that it follows", "in the order"),
        ("start 08", 0, "`start` comes before the case is received", "`received`"),
        ("stop 19", 0, "`stop` comes after the case's `at`", "by `at`"),
    ] {
        let full: Vec<String> = happened.lines().map(|line| line.replace(' ', " 2026-03-03T") + ":00:00Z").collect();
        let error = Clock::new(events(&full.join("\n")), first, last).unwrap_err();
        assert_eq!((error.index, error.to_string().as_str()), (index, message));
        assert!(error.help().contains(help), "{}", error.help());
    }
    let same_instant = "pause 2026-03-03T10:00:00Z\nresume 2026-03-03T10:00:00Z";
    assert!(Clock::new(events(same_instant), first, last).is_ok());
}

#[test]
fn shares_are_whole_percent() {
    for text in ["1%", "80 %", "99%"] {
        assert!(Share::parse(text).is_ok(), "{text}");
    }
    for (text, message) in [
        ("80", "`80` is not a share"),
        ("0.8", "`0.8` is not a share"),
        ("", "`` is not a share"),
        ("0%", "`0%` is not a part of the time allowed"),
        ("100%", "`100%` is not a part of the time allowed"),
        ("99999999999%", "`99999999999%` is not a part of the time allowed"),
    ] {
        assert_eq!(Share::parse(text).unwrap_err().to_string(), message);
    }
}
