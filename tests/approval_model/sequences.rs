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
fn a_request_nobody_has_made_is_a_draft() {
    let draft = ask(&two_levels(), "2 12:00", "", "");
    assert_eq!(draft.at(), "draft");
    assert_eq!(draft.may_act, ["clerk: submit"]);
}

#[test]
fn what_is_done_in_the_second_at_which_it_is_due_is_in_time() {
    let plan = plan(vec![timed(&[(Remedy::Reassign, "boss", None)])]);
    let events = "2 10:00 ana/clerk submit
                  3 10:00 cat/lead approve";
    assert_eq!(ask(&plan, "9 12:00", "", events).told(), "submit entered approve approved");
}

#[test]
fn a_second_later_others_decide() {
    let plan = plan(vec![timed(&[(Remedy::Reassign, "boss", None)])]);
    let events = "2 10:00 ana/clerk submit
                  3 10:00:01 cat/lead approve";
    let late = ask(&plan, "3 10:00:01", "", events);
    assert_eq!((late.told().as_str(), late.refused[0].as_str()), ("submit entered lapsed", "e2: wrong_role"));
    assert_eq!(late.may_act[0], "boss: approve deny return, not ana");
}

#[test]
fn who_was_told_that_time_is_up_has_nothing_to_decide() {
    let plan = plan(vec![timed(&[(Remedy::Notify, "boss", None)])]);
    let events = "2 10:00 ana/clerk submit
                  4 10:00 gus/boss approve
                  4 11:00 cat/lead approve";
    let late = ask(&plan, "5 12:00", "", events);
    assert_eq!((late.told().as_str(), late.refused.len()), ("submit entered lapsed approve approved", 1));
}

#[test]
fn time_alone_approves_nothing() {
    let every = [
        (Remedy::Notify, "boss", None),
        (Remedy::Reassign, "money", Some("24 hours")),
        (Remedy::Escalate, "boss", Some("48 hours")),
    ];
    let years_later = ask(&plan(vec![timed(&every)]), "31 12:00", "", "2 10:00 ana/clerk submit");
    assert_eq!(
        (years_later.at().as_str(), years_later.told().as_str()),
        ("pending team", "submit entered lapsed lapsed lapsed")
    );
}

#[test]
fn approvals_from_before_a_reassignment_count() {
    let mut level = timed(&[(Remedy::Reassign, "money", None)]);
    level.approvers = Approvers::Of(2);
    let events = "2 10:00 ana/clerk submit
                  2 11:00 cat/lead approve
                  4 11:00 eve/money approve";
    assert_eq!(ask(&plan(vec![level]), "5 12:00", "", events).at(), "approved");
}

#[test]
fn a_lapse_gives_no_new_seat_to_an_approval_that_is_there() {
    let mut level = timed(&[(Remedy::Escalate, "boss", None)]);
    (level.roles, level.approvers) = (vec!["lead", "safety"], Approvers::All);
    let events = "2 10:00 ana/clerk submit
                  2 11:00 gus/safety,boss approve
                  4 11:00 fay/safety approve
                  4 12:00 eve/boss approve";
    let passed = ask(&plan(vec![level]), "5 12:00", "", events);
    assert_eq!((passed.at().as_str(), passed.refused[0].as_str()), ("approved", "e3: role_has_decided"));
}

#[test]
fn who_holds_two_roles_takes_the_seat_that_the_other_leaves() {
    let level = Level { approvers: Approvers::All, ..level("team", &["lead", "money"]) };
    let events = "2 10:00 ana/clerk submit
                  2 11:00 dan/lead,money approve
                  2 12:00 cat/lead approve";
    assert_eq!(ask(&plan(vec![level]), "5 12:00", "", events).at(), "approved");
}

#[test]
fn a_new_round_begins_at_the_first_level_with_a_clean_slate() {
    let events = "2 10:00 ana/clerk submit
                  2 11:00 dan/lead approve
                  2 12:00 dan/money approve
                  2 13:00 eve/money return
                  2 14:00 ana modify
                  2 15:00 ana resubmit
                  2 16:00 cat/lead approve
                  2 17:00 dan/money approve";
    let second = ask(&two_levels(), "5 12:00", "", events);
    assert_eq!((second.at().as_str(), second.round), ("approved", 2));
    assert_eq!(second.refused, ["e3: already_decided_a_level"]);
}

#[test]
fn changing_a_pending_request_begins_again() {
    let events = "2 10:00 ana/clerk submit
                  2 11:00 cat/lead approve
                  2 12:00 ana modify";
    let again = ask(&two_levels(), "5 12:00", "", events);
    assert_eq!((again.at().as_str(), again.round), ("pending team", 2));
    assert_eq!(again.may_act[0], "lead: approve deny return, not ana");
}

#[test]
fn nobody_else_changes_takes_back_or_closes_it() {
    let events = "2 10:00 ana/clerk submit
                  2 11:00 ida/clerk modify
                  2 11:00 ida/clerk withdraw
                  2 11:00 ida/clerk close
                  2 12:00 ana delegate to:ida
                  2 13:00 ana/clerk,lead delegate to:ida
                  2 14:00 ida/clerk close";
    let still = ask(&two_levels(), "5 12:00", "", events);
    let code = "not_the_requester";
    let expected = [("e2", code), ("e3", code), ("e4", code), ("e5", "wrong_role"), ("e7", code)];
    assert_eq!(still.refused, expected.map(|(event, code)| format!("{event}: {code}")));
    assert_eq!(still.at(), "pending team");
}

#[test]
fn the_last_return_that_the_cap_allows_closes_it() {
    let plan = Plan { cap: Some(1), ..two_levels() };
    let events = "2 10:00 ana/clerk submit
                  2 11:00 cat/lead deny
                  2 12:00 ana resubmit
                  2 13:00 cat/lead return";
    assert_eq!(ask(&plan, "5 12:00", "", events).at(), "closed cap");
    assert_eq!(ask(&Plan { denial_ends: true, ..plan }, "5 12:00", "", events).at(), "denied");
}

#[test]
fn the_deadline_runs_on_while_the_requester_has_it() {
    let plan = Plan { within: Some("48 hours"), ..two_levels() };
    let events = "2 10:00 ana/clerk submit
                  2 11:00 cat/lead return";
    assert_eq!(ask(&plan, "4 10:00", "", events).at(), "returned");
    assert_eq!(ask(&plan, "4 10:00:01", "", events).at(), "closed deadline");
}

#[test]
fn what_lapses_in_the_second_of_the_deadline_does_so_before() {
    let plan = Plan { within: Some("24 hours"), ..plan(vec![timed(&[(Remedy::Notify, "boss", None)])]) };
    assert_eq!(ask(&plan, "5 12:00", "", "2 10:00 ana/clerk submit").told(), "submit entered lapsed closed");
}

#[test]
fn a_refused_event_makes_no_time_pass() {
    let plan = plan(vec![timed(&[(Remedy::Reassign, "boss", None)])]);
    let events = "2 10:00 ana/clerk submit
                  4 10:00 ida approve
                  3 09:00 cat/lead approve";
    let passed = ask(&plan, "5 12:00", "", events);
    assert_eq!((passed.at().as_str(), passed.refused[0].as_str()), ("approved", "e2: wrong_role"));
}

#[test]
fn a_refused_event_makes_nothing_known() {
    let big = Level { when: Condition::AtLeast(10), ..level("big", &["boss"]) };
    let events = "2 10:00 ana/clerk submit
                  2 11:00 ida approve amount=20
                  2 12:00 cat/lead approve";
    assert_eq!(ask(&plan(vec![level("team", &["lead"]), big]), "5 12:00", "amount=1", events).at(), "approved");
}

#[test]
fn an_approval_may_bring_what_the_next_level_asks() {
    let big = Level { when: Condition::AtLeast(10), ..level("big", &["boss"]) };
    let events = "2 10:00 ana/clerk submit
                  2 12:00 cat/lead approve amount=10";
    assert_eq!(ask(&plan(vec![level("team", &["lead"]), big]), "5 12:00", "", events).at(), "pending big");
}

#[test]
fn what_becomes_known_later_brings_no_level_back() {
    let big = Level { when: Condition::AtLeast(10), ..level("big", &["boss"]) };
    let events = "2 10:00 ana/clerk submit
                  2 12:00 cat/lead approve amount=10";
    let plan = plan(vec![big, level("team", &["lead"])]);
    assert_eq!(ask(&plan, "5 12:00", "amount=9", events).told(), "submit skipped entered approve approved");
}

#[test]
fn what_is_not_known_holds_everything_even_the_deadline() {
    let big = Level { when: Condition::AtLeast(10), ..level("big", &["boss"]) };
    let plan = Plan { within: Some("24 hours"), ..plan(vec![big, level("team", &["lead"])]) };
    let events = "2 10:00 ana/clerk submit
                  2 12:00 ana withdraw";
    let stuck = ask(&plan, "9 12:00", "", events);
    assert_eq!(
        (stuck.at().as_str(), stuck.needs, stuck.refused),
        ("undetermined", vec!["deal.amount".to_owned()], vec!["e2: undetermined".to_owned()])
    );
}

#[test]
fn what_is_not_known_and_makes_no_difference_holds_nothing() {
    let any = Condition::Any(vec![Condition::AtLeast(10), Condition::AtMost(9)]);
    let plan = plan(vec![Level { when: any, ..level("team", &["lead"]) }]);
    assert_eq!(ask(&plan, "2 12:00", "", "2 10:00 ana/clerk submit").at(), "pending team");
}

#[test]
fn a_level_that_nobody_needs_is_passed_over() {
    let plan = plan(vec![Level { when: Condition::AtLeast(10), ..level("big", &["boss"]) }]);
    assert_eq!(ask(&plan, "2 12:00", "amount=9", "2 10:00 ana/clerk submit").told(), "submit skipped approved");
}

#[test]
fn the_same_event_twice_is_one_and_another_of_its_name_is_none() {
    let events = "2 10:00 ana/clerk submit id#x
                  2 11:00 cat/lead approve id#x
                  2 10:00 ana/clerk submit id#x
                  2 11:00 cat/lead approve id#x";
    let one = ask(&two_levels(), "5 12:00", "", events);
    assert_eq!((one.told().as_str(), one.refused), ("submit entered", vec!["x: duplicate_id".to_owned(); 2]));
}

#[test]
fn a_delegation_counts_from_its_first_second_to_just_before_its_last() {
    let events = "2 10:00 ana/clerk submit
                  2 10:00 cat/lead delegate to:hal from:3@09:00 until:4@09:00
                  2 12:00 hal approve
                  3 09:00 hal approve
                  3 10:00 eve/money return
                  3 11:00 ana resubmit
                  4 09:00 hal approve";
    let back = ask(&two_levels(), "5 12:00", "", events);
    assert_eq!(back.refused, ["e3: wrong_role", "e7: wrong_role"]);
    assert_eq!((back.at().as_str(), back.round), ("pending team", 2));
}

#[test]
fn who_decides_for_another_has_decided_for_both() {
    let events = "2 10:00 ana/clerk submit
                  2 10:00 dan/lead,money delegate to:eve
                  2 11:00 eve approve
                  2 12:00 dan/money approve
                  2 13:00 eve/money approve";
    let both = ask(&two_levels(), "5 12:00", "", events);
    assert_eq!(both.refused, ["e4: already_decided_a_level", "e5: already_decided_a_level"]);
    assert_eq!(both.may_act[0], "money: approve deny return, not ana eve dan");
}

#[test]
fn where_one_delegation_fails_the_next_is_tried() {
    let level = Level { approvers: Approvers::All, ..level("team", &["lead", "safety"]) };
    let events = "2 10:00 ana/clerk submit
                  2 10:00 cat/lead delegate to:hal
                  2 10:00 fay/safety delegate to:hal
                  2 11:00 ben/lead approve
                  2 12:00 hal approve";
    let passed = ask(&plan(vec![level]), "5 12:00", "", events);
    assert_eq!((passed.at().as_str(), passed.history[5].contains("instead_of fay")), ("approved", true));
}

#[test]
fn a_denial_ends_a_round_of_several_only_when_they_cannot_approve() {
    let people = Some(vec!["cat", "dan", "ben"]);
    let level = Level { people, approvers: Approvers::Of(2), patient: true, ..level("team", &["lead"]) };
    let plan = plan(vec![level]);
    let one = "2 10:00 ana/clerk submit
               2 11:00 cat/lead deny";
    assert_eq!(ask(&plan, "5 12:00", "", one).at(), "pending team");
    let two = "2 10:00 ana/clerk submit
               2 11:00 cat/lead deny
               2 12:00 dan/lead deny";
    assert_eq!(ask(&plan, "5 12:00", "", two).at(), "returned");
}

#[test]
fn a_denial_also_ends_it_once_an_approval_leaves_too_few() {
    let people = Some(vec!["cat", "dan", "ben"]);
    let level = Level { people, approvers: Approvers::Of(2), patient: true, ..level("team", &["lead"]) };
    // dan lacks the role that day and decides for cat: one approval, and both have voted
    let events = "2 10:00 ana/clerk submit
                  2 10:00 cat/lead delegate to:dan
                  2 11:00 ben/lead deny
                  2 12:00 dan approve";
    assert_eq!(ask(&plan(vec![level]), "5 12:00", "", events).told(), "submit entered delegate deny approve returned");
}

#[test]
fn where_nobody_is_left_it_waits() {
    let mut level = level("team", &["lead"]);
    level.people = Some(vec!["ana"]);
    let alone = ask(&plan(vec![level]), "31 12:00", "", "2 10:00 ana/clerk submit");
    assert_eq!((alone.at().as_str(), alone.blocked), ("pending team", vec!["lead".to_owned()]));
}

#[test]
fn without_separation_the_requester_may_decide_every_level_once() {
    let mut plan = Plan { separation: false, ..two_levels() };
    plan.levels[0].approvers = Approvers::Of(2);
    let events = "2 10:00 ana/clerk submit
                  2 11:00 ana/lead approve
                  2 11:00 ana/lead approve
                  2 12:00 cat/lead approve
                  2 13:00 ana/money approve";
    let own = ask(&plan, "5 12:00", "", events);
    assert_eq!((own.at().as_str(), own.refused), ("approved", vec!["e3: already_voted".to_owned()]));
}

#[test]
fn a_policy_that_is_not_in_force_takes_no_resubmission() {
    let plan = Plan { effective: Some(("2026-02-01", "2026-03-03")), ..two_levels() };
    let events = "3 10:00 ana/clerk submit
                  3 11:00 cat/lead return
                  4 09:00 ana resubmit
                  4 10:00 ana close";
    let closed = ask(&plan, "5 12:00", "", events);
    assert_eq!((closed.at().as_str(), closed.refused), ("closed by_requester", vec!["e3: not_in_force".to_owned()]));
}

#[test]
fn nothing_happens_to_what_is_done() {
    let events = "2 10:00 ana/clerk submit
                  2 11:00 ana withdraw
                  2 12:00 ana modify
                  2 12:00 cat/lead approve
                  2 12:00 ana/clerk submit
                  2 12:00 cat/lead delegate to:hal
                  2 12:00 ana praise";
    let done = ask(&two_levels(), "5 12:00", "", events);
    let codes: Vec<&str> = done.refused.iter().filter_map(|line| line.split(": ").nth(1)).collect();
    assert_eq!(done.at(), "closed withdrawn");
    assert_eq!(codes, ["wrong_state", "wrong_state", "wrong_state", "wrong_state", "unknown_type"]);
}
