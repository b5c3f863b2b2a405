//! Random policies, and requests that get somewhere: two events of three are what somebody in the office might do next.

use rulebook::time::Instant;

use super::condition::{Condition, Facts};
use super::events::{Event, Request};
use super::model::{Rules, Stage, State};
use super::plan::{Approvers, CALENDARS, Lapse, Level, Plan, Remedy, Role};
use crate::oracle::tape::Tape;

/// Everybody, with the roles that they usually have.
const PEOPLE: [(&str, &[Role]); 8] = [
    ("cat", &["lead"]),
    ("dan", &["lead", "money"]),
    ("eve", &["money"]),
    ("fay", &["safety"]),
    ("gus", &["boss", "safety"]),
    ("hal", &[]),
    ("ben", &["trainee", "lead"]),
    ("ana", &["clerk"]),
];
const DECIDERS: [Role; 4] = ["lead", "money", "safety", "boss"];
const ROLES: [Role; 6] = ["lead", "money", "safety", "boss", "trainee", "clerk"];
const ELAPSED: [&str; 4] = ["24 hours", "90 minutes", "2-4 hours", "1 second"];
const RECKONED: [&str; 6] =
    ["2 business days", "8 business hours", "3 days", "1-2 business days", "12 hours on business days", "24 hours"];
const MAY: [&str; 4] = ["modify", "resubmit", "withdraw", "close"];
/// Friday, 27 February 2026, 09:59:59 in New York; clocks change on 8 March.
pub const START: i64 = 1_772_204_399;
const HOUR: i64 = 3600;

pub fn plan(tape: &mut Tape) -> Plan {
    let calendar = tape.chance(60).then(|| tape.below(CALENDARS.len()));
    let names = ["first", "second", "third", "fourth"];
    let count = 1 + tape.below(4);
    Plan {
        calendar,
        levels: names[..count].iter().map(|name| level(tape, name, calendar.is_some())).collect(),
        effective: tape.chance(12).then_some(("2026-02-20", "2026-03-04")),
        requested_by: tape.some(&["clerk", "trainee", "lead"], 2),
        denial_ends: tape.chance(30),
        may: tape.chance(30).then(|| tape.some(&MAY, 4)),
        separation: !tape.chance(30),
        within: tape.chance(40).then(|| phrase(tape, calendar.is_some(), &["36 hours", "24 hours", "200 hours"])),
        cap: tape.chance(40).then(|| tape.below(3)),
    }
}

fn phrase(tape: &mut Tape, reckoned: bool, elapsed: &[&'static str]) -> &'static str {
    if reckoned && tape.chance(70) { tape.pick(&RECKONED) } else { tape.pick(elapsed) }
}

fn level(tape: &mut Tape, name: &'static str, reckoned: bool) -> Level {
    let roles = tape.some(&DECIDERS, 3);
    let usual = |person: &(&'static str, &[Role])| person.1.iter().any(|role| roles.contains(role));
    let named: Vec<&str> = PEOPLE.iter().filter(|person| usual(person)).map(|(name, _)| *name).collect();
    let people = tape.chance(35).then(|| tape.some(&named, 4));
    let approvers = match tape.below(4) {
        0 | 1 if people.is_none() && roles.len() == 1 => Approvers::Any,
        0 => Approvers::Any,
        1 | 2 if people.is_some() || roles.len() > 1 => Approvers::All,
        _ => Approvers::Of(1 + tape.below(people.as_ref().map_or(3, Vec::len).min(3))),
    };
    let within = tape.chance(75).then(|| phrase(tape, reckoned, &ELAPSED));
    let lapses = if within.is_some() { tape.below(4) } else { 0 };
    let mut lapses: Vec<Lapse> = (0..lapses).map(|_| lapse(tape, reckoned)).collect();
    let changes_hands = |lapse: &Lapse| lapse.remedy == Remedy::Reassign && !roles.contains(&lapse.role);
    if people.is_none() && !matches!(approvers, Approvers::All) && !lapses.iter().any(changes_hands) {
        // levels that stay with those who decide them anyhow are refused
        lapses.retain(|lapse| match lapse.remedy {
            Remedy::Notify => true,
            Remedy::Escalate => !roles.contains(&lapse.role),
            Remedy::Reassign => roles != [lapse.role],
        });
    }
    Level {
        name,
        approvers,
        patient: people.is_some() && tape.chance(50),
        when: if tape.chance(65) { condition(tape, 2) } else { Condition::Always },
        within,
        lapses,
        roles,
        people,
    }
}

fn lapse(tape: &mut Tape, reckoned: bool) -> Lapse {
    Lapse {
        remedy: tape.pick(&[Remedy::Notify, Remedy::Escalate, Remedy::Reassign]),
        role: tape.pick(&DECIDERS),
        after: tape.chance(60).then(|| phrase(tape, reckoned, &ELAPSED)),
    }
}

fn condition(tape: &mut Tape, depth: usize) -> Condition {
    match tape.below(if depth == 0 { 6 } else { 9 }) {
        0 | 1 => Condition::AtLeast(1 + tape.below(19) as i64),
        2 => Condition::AtMost(tape.below(19) as i64),
        3 => Condition::Is("deal.risky", tape.chance(50)),
        4 => Condition::Is(tape.pick(&["deal.rush", "deal.gift"]), tape.chance(50)),
        5 => Condition::Gift(tape.chance(50)),
        6 => Condition::Not(Box::new(condition(tape, depth - 1))),
        7 => Condition::Any((0..2).map(|_| condition(tape, depth - 1)).collect()),
        _ => Condition::All((0..2).map(|_| condition(tape, depth - 1)).collect()),
    }
}

/// A request, drawn event by event with an eye on where it stands.
pub fn request(tape: &mut Tape, rules: &Rules<'_>) -> Request {
    let start = Instant::from_unix(START).expect("an instant");
    let mut request = Request { at: Instant::MAX, facts: facts(tape, 75), events: Vec::new() };
    let mut state = State::new(&request.facts);
    for number in 0..5 + tape.below(11) {
        if state.stage.is_final() && tape.chance(70) {
            break;
        }
        let base = state.last.unwrap_or(start);
        let id = format!("e{}", number + 1);
        let event = if tape.chance(33) {
            noise(tape, rules, &state, &request, id, base)
        } else {
            sensible(tape, rules, &state, id, base)
        };
        if request.events.iter().all(|earlier| earlier.id != event.id) {
            state = state.after(rules, &event, Instant::MAX).unwrap_or(state);
        }
        request.events.push(event);
    }
    let base = state.last.unwrap_or(start);
    let latest = request.events.iter().map(|event| event.at).max().unwrap_or(start);
    request.at = match tape.below(20) {
        0..9 => moment(tape, rules, &state, base),
        9..19 => moment(tape, rules, &state, base).max(latest),
        _ => later(start, 4 * HOUR),
    };
    request
}

fn later(at: Instant, seconds: i64) -> Instant {
    at.checked_add(seconds).unwrap_or(at)
}

/// An instant from `base` on: often the very second at which something is due, or the one after it.
fn moment(tape: &mut Tape, rules: &Rules<'_>, state: &State, base: Instant) -> Instant {
    let mut due: Vec<Instant> = state.deadline.into_iter().collect();
    if let Stage::Pending(sitting) = &state.stage {
        due.extend(sitting.due);
        due.extend(sitting.next_lapse(rules).map(|(at, _)| at));
    }
    due.extend(state.ends_of_delegations());
    due.retain(|at| *at >= base);
    if !due.is_empty() && tape.chance(35) {
        return later(tape.pick(&due), tape.pick(&[0, 1, 0, 1, 30 * HOUR]));
    }
    later(base, tape.pick(&[60, 0, 1, HOUR, 4 * HOUR, 24 * HOUR, 49 * HOUR, 120 * HOUR]))
}

fn facts(tape: &mut Tape, percent: usize) -> Facts {
    let mut facts = Facts::new();
    for (fact, count) in [("deal.amount", 21), ("deal.risky", 2), ("deal.rush", 2), ("deal.gift", 2)] {
        if tape.chance(percent) {
            facts.insert(fact.to_owned(), tape.below(count) as i64);
        }
    }
    facts
}

/// What somebody might do next; if anybody may do it, by one who may.
fn sensible(tape: &mut Tape, rules: &Rules<'_>, state: &State, id: String, base: Instant) -> Event {
    let kind = match state.stage {
        Stage::Draft => tape.pick(&["submit", "submit", "submit", "delegate"]),
        Stage::Returned => {
            tape.pick(&["resubmit", "resubmit", "resubmit", "resubmit", "modify", "withdraw", "close", "delegate"])
        }
        _ => match tape.below(20) {
            0..11 => "approve",
            11 | 12 => "deny",
            13 => "return",
            14 | 15 => "modify",
            16 => tape.pick(&["modify", "approve", "approve", "approve", "withdraw", "close"]),
            _ => "delegate",
        },
    };
    let at = moment(tape, rules, state, base);
    let mut event = Event::new(id, at, kind, "hal", &[]);
    if tape.chance(25) {
        event.facts = facts(tape, 40);
    }
    if kind == "delegate" {
        period(tape, &mut event);
    }
    let first = tape.below(PEOPLE.len());
    for turn in 0..PEOPLE.len() {
        let (person, roles) = PEOPLE[(first + turn) % PEOPLE.len()];
        (event.by, event.roles) = (person, roles.to_vec());
        if state.after(rules, &event, Instant::MAX).is_ok() {
            break;
        }
    }
    // mostly, what the next level hangs on is known in time
    if let Ok(next) = state.after(rules, &event, Instant::MAX)
        && matches!(next.stage, Stage::Undetermined(_))
        && !tape.chance(10)
    {
        event.facts.insert("deal.amount".to_owned(), tape.below(21) as i64);
        event.facts.insert("deal.risky".to_owned(), tape.below(2) as i64);
    }
    event
}

fn period(tape: &mut Tape, event: &mut Event) {
    event.to = Some(if tape.chance(40) { "hal" } else { PEOPLE[tape.below(PEOPLE.len())].0 });
    let offset = |tape: &mut Tape| later(event.at, tape.pick(&[0, 1, 60, 24 * HOUR, 72 * HOUR, -HOUR]));
    event.from = tape.chance(30).then(|| offset(tape));
    event.until = tape.chance(30).then(|| offset(tape));
}

/// What nobody should do, or whatever comes.
fn noise(tape: &mut Tape, rules: &Rules<'_>, state: &State, request: &Request, id: String, base: Instant) -> Event {
    let mut event = sensible(tape, rules, state, id, base);
    let (person, usual) = tape.pick(&PEOPLE);
    match tape.below(20) {
        0 | 1 => (event.by, event.roles) = (person, usual.to_vec()),
        2 => event.roles = tape.some(&ROLES, 4),
        3 => {
            event.kind = tape.pick(&["approve", "deny", "return", "resubmit", "submit", "modify", "close", "withdraw"])
        }
        4 => event.kind = "delegate",
        5 => event.kind = "approved",
        6 => period(tape, &mut event),
        7 => event.at = later(base, tape.pick(&[-1, -HOUR])),
        8 => event.roles.clear(),
        9 | 10 if !request.events.is_empty() => {
            event = request.events[tape.below(request.events.len())].clone();
            if tape.chance(60) {
                event.comment = Some(tape.pick(&["again", "once more"]));
            }
        }
        9 | 10 => event.comment = Some("first"),
        11 => {
            event = Event::new(event.id, event.at, "delegate", person, usual);
            event.to = Some("hal");
        }
        12 => (event.by, event.roles) = ("hal", Vec::new()),
        _ => {
            // somebody with a role that may decide, whatever else they have done
            let Stage::Pending(sitting) = &state.stage else { return event };
            let mut people = state.kept(rules, sitting);
            people.extend(sitting.people.iter().flatten());
            people.extend(vec![person; people.len().max(1)]);
            let kind = tape.pick(&["approve", "approve", "deny", "return"]);
            event = Event::new(event.id, event.at, kind, tape.pick(&people), &[tape.pick(&sitting.roles)]);
        }
    }
    event
}

/// The first and the last second of the years that cases may speak of.
const YEARS: [i64; 2] = [-2_208_988_800, 7_258_118_399];

/// A request that nobody drew with care: anything, by anybody, at any time.
pub fn anything(tape: &mut Tape, _: &Rules<'_>) -> Request {
    let kinds = ["submit", "approve", "deny", "return", "modify", "resubmit", "withdraw", "close", "delegate", ""];
    let within = |seconds: i64| Instant::from_unix(seconds.clamp(YEARS[0], YEARS[1])).expect("an instant");
    let mut at = within(START);
    let mut request = Request { at: within(YEARS[1]), facts: facts(tape, 50), events: Vec::new() };
    for number in 0..5 + tape.below(11) {
        at = within(match tape.below(12) {
            0 => tape.pick(&YEARS),
            1 => at.unix() - HOUR,
            2 => YEARS[1] - tape.below(400) as i64 * 24 * HOUR,
            _ => at.unix() + tape.below(200) as i64 * HOUR,
        });
        let (person, usual) = tape.pick(&PEOPLE);
        let kind = if number == 0 { "submit" } else { tape.pick(&kinds) };
        let mut event = Event::new(format!("e{}", tape.below(20)), at, kind, person, usual);
        if tape.chance(50) {
            event.roles = ROLES.to_vec();
        }
        event.facts = facts(tape, 20);
        if kind == "delegate" {
            period(tape, &mut event);
            event.from = event.from.map(|from| within(from.unix()));
            event.until = event.until.map(|until| within(until.unix()));
        }
        request.events.push(event);
    }
    if tape.chance(30) {
        request.at = at;
    }
    request
}
