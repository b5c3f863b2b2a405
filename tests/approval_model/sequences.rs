//! Requests worth reading: what happened, line by line, and what came of it. The model and the engine must agree on each.
//!
//! A line is a day of March 2026, a time in New York, a person with their roles, and what they did.

use rulebook::time::Instant;

use super::answer::{Standing, engine};
use super::condition::{Condition, Facts};
use super::events::{Event, Request};
use super::model::{Rules, standing};
use super::plan::{Approvers, Lapse, Level, Plan, Remedy, Role};

fn plan(levels: Vec<Level>) -> Plan {
    Plan {
        calendar: Some(0),
        effective: None,
        requested_by: vec!["clerk"],
        levels,
        denial_ends: false,
        may: None,
        separation: true,
        within: None,
        cap: None,
    }
}

fn level(name: &'static str, roles: &[Role]) -> Level {
    Level {
        name,
        roles: roles.to_vec(),
        people: None,
        approvers: Approvers::Any,
        patient: false,
        when: Condition::Always,
        within: None,
        lapses: Vec::new(),
    }
}

/// Two levels without conditions: `team`, then `budget`.
fn two_levels() -> Plan {
    plan(vec![level("team", &["lead"]), level("budget", &["money"])])
}

/// A level that is due within a day.
fn timed(remedies: &[(Remedy, Role, Option<&'static str>)]) -> Level {
    let lapses = remedies.iter().map(|(remedy, role, after)| Lapse { remedy: *remedy, role, after: *after });
    Level { within: Some("24 hours"), lapses: lapses.collect(), ..level("team", &["lead"]) }
}

fn instant(day: &str, time: &str) -> Instant {
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    Instant::parse(&format!("2026-03-{day:0>2}T{time}-05:00")).expect("a day and a time").0
}

fn facts<'t>(words: impl Iterator<Item = &'t str>) -> Facts {
    let pair = |word: &'t str| word.split_once('=').expect("a fact and its value");
    words.map(pair).map(|(fact, value)| (format!("deal.{fact}"), value.parse().expect("a number"))).collect()
}

/// Reads `3 09:00 cat/lead approve amount=5`; a delegation has `to:hal`, `from:4@09:00`, `until:5@09:00`.
fn event(number: usize, line: &'static str) -> Event {
    let mut words = line.split_whitespace();
    let mut word = || words.next().expect("a day, a time, a person and what they did");
    let (day, time, person, kind) = (word(), word(), word(), word());
    let (by, roles) = person.split_once('/').unwrap_or((person, ""));
    let roles: Vec<&str> = roles.split(',').filter(|role| !role.is_empty()).collect();
    let mut event = Event::new(format!("e{number}"), instant(day, time), kind, by, &roles);
    let (settings, known): (Vec<&str>, Vec<&str>) = words.partition(|word| word.contains(':') || word.contains('#'));
    event.facts = facts(known.into_iter());
    for setting in settings {
        let (key, value) = setting.split_once([':', '#']).expect("a key and its value");
        let when = || value.split_once('@').map(|(day, time)| instant(day, time));
        match key {
            "to" => event.to = Some(value),
            "from" => event.from = when(),
            "until" => event.until = when(),
            "id" => event.id = value.to_owned(),
            other => panic!("`{other}` is none of them"),
        }
    }
    event
}

/// Where a request stands at an instant, both asked.
#[track_caller]
fn ask(plan: &Plan, at: &str, known: &str, events: &'static str) -> Standing {
    let (day, time) = at.split_once(' ').expect("a day and a time");
    let lines = events.lines().map(str::trim).filter(|line| !line.is_empty());
    let request = Request {
        at: instant(day, time),
        facts: facts(known.split_whitespace()),
        events: lines.enumerate().map(|(number, line)| event(number + 1, line)).collect(),
    };
    let pair = plan.load();
    let expected = standing(&Rules::of(&pair), &request);
    let came = engine(&pair, &request);
    assert_eq!(expected, came, "the model, left, and the engine, right, differ on\n{}", request.readable());
    came
}

impl Standing {
    /// The state, and the level or why it is closed.
    fn at(&self) -> String {
        format!("{} {}{}", self.state, self.level, self.closed).trim_end().to_owned()
    }

    /// The types of the history's lines.
    fn told(&self) -> String {
        let kind = |line: &String| line.split(' ').nth(3).unwrap_or_default().trim_end_matches(',').to_owned();
        self.history.iter().map(kind).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn x1_pinned_ballot() {
    let mut level = timed(&[(Remedy::Escalate, "boss", None)]);
    level.roles = vec!["lead", "safety"];
    level.approvers = Approvers::All;
    let s = ask(
        &plan(vec![level]),
        "9 12:00",
        "",
        "
        2 10:00 ana/clerk submit
        2 11:00 dan/safety,boss approve
        4 11:00 fay/safety approve
    ",
    );
    panic!("{s:#?}");
}

#[test]
fn x2_patient() {
    let mut level = level("team", &["lead"]);
    level.people = Some(vec!["cat", "dan", "ben"]);
    level.approvers = Approvers::Of(2);
    level.patient = true;
    let s = ask(
        &plan(vec![level]),
        "9 12:00",
        "",
        "
        2 10:00 ana/clerk submit
        2 10:00 cat/lead delegate to:dan
        2 11:00 ben/lead deny
        4 11:00 dan approve
    ",
    );
    panic!("{s:#?}");
}

#[test]
fn x3_aba() {
    let s = ask(
        &two_levels(),
        "9 12:00",
        "",
        "
        2 10:00 ana/clerk submit id#x
        2 11:00 cat/lead approve id#x
        2 10:00 ana/clerk submit id#x
        2 11:00 cat/lead approve id#x
    ",
    );
    panic!("{s:#?}");
}

#[test]
fn x4_notify_role_delegates() {
    let s = ask(
        &plan(vec![timed(&[(Remedy::Notify, "boss", None)])]),
        "9 12:00",
        "",
        "
        2 10:00 gus/boss delegate to:hal
    ",
    );
    panic!("{s:#?}");
}

#[test]
fn x5_second_delegation() {
    let mut level = level("team", &["lead", "safety"]);
    level.approvers = Approvers::All;
    let s = ask(
        &plan(vec![level]),
        "9 12:00",
        "",
        "
        2 10:00 ana/clerk submit
        2 10:00 cat/lead delegate to:hal
        2 10:00 fay/safety delegate to:hal
        2 11:00 ben/lead approve
        4 11:00 hal approve
    ",
    );
    panic!("{s:#?}");
}

#[test]
fn x6_person_seat_by_escalated_named() {
    let mut level = timed(&[(Remedy::Escalate, "boss", None)]);
    level.people = Some(vec!["cat", "dan"]);
    level.approvers = Approvers::All;
    let s = ask(
        &plan(vec![level]),
        "9 12:00",
        "",
        "
        2 10:00 ana/clerk submit
        4 10:00 cat/lead,boss approve
        4 11:00 cat/lead approve
    ",
    );
    panic!("{s:#?}");
}
