//! Random cases.

use serde_json::{Map, Value as Json, json};

use super::super::tape::Tape;
use super::Family;
use super::authorization;
use super::vocabulary::{Fact, Missing, Type, scalars};

/// Evenings, mornings, and the night in which New York changes its clocks; all within a few days of the dates that
/// policies name.
const INSTANTS: [&str; 7] = [
    "2026-03-06T12:00:00-05:00",
    "2026-03-06T21:30:00-05:00",
    "2026-03-08T07:30:00Z",
    "2026-03-09T07:59:59+09:00",
    "2026-03-10T00:00:00Z",
    "2026-03-07T03:15:00-08:00",
    "2026-03-16T08:00:00-04:00",
];

/// Before all of these, and before what happens to clocks.
const CLOCK_FROM: &str = "2026-03-05T16:59:59-05:00";

/// A case in JSON, with a clock now and then where time is counted.
pub fn draw(tape: &mut Tape, family: Family, facts: &[Fact], types: &[String]) -> String {
    let mut case = Map::new();
    case.insert("at".into(), (tape.pick(&INSTANTS)).into());
    if tape.chance(15) {
        case.insert("received".into(), CLOCK_FROM.into());
    }
    if !types.is_empty() && tape.chance(20) {
        case.insert("type".into(), types[tape.below(types.len())].as_str().into());
    }
    if family == Family::Escalations && tape.chance(25) {
        case.insert("received".into(), CLOCK_FROM.into());
        case.insert("clock".into(), clock(tape));
    }
    let mut given = Map::new();
    for fact in facts.iter().filter(|fact| fact.formula.is_none()) {
        let left_out = match fact.missing {
            Missing::Ask => 35,
            Missing::NoMatch | Missing::Default => 40,
        };
        if !tape.chance(left_out) {
            given.insert(fact.name.clone(), value(tape, fact.kind));
        }
    }
    if family == Family::Authorization {
        authorization::told(tape, &mut given);
    }
    case.insert("facts".into(), given.into());
    Json::Object(case).to_string()
}

/// What happens to clocks: at these instants one after the other.
fn clock(tape: &mut Tape) -> Json {
    const COURSES: [&[&str]; 7] = [
        &["pause"],
        &["pause", "resume"],
        &["stop"],
        &["stop", "reopen"],
        &["pause", "stop", "reopen"],
        &["pause", "restart"],
        &["start", "pause", "resume", "stop"],
    ];
    let hours = ["05T16:59:59", "06T09:30:00", "06T11:00:00", "06T12:00:00"];
    let events = tape.pick(&COURSES).iter().zip(hours);
    events.map(|(event, hour)| json!({ "event": event, "at": format!("2026-03-{hour}-05:00") })).collect()
}

fn value(tape: &mut Tape, kind: Type) -> Json {
    let scalar = tape.pick(&scalars(kind));
    match kind {
        Type::OneOf(_) | Type::Duration | Type::Date | Type::Zone => scalar.into(),
        Type::Boolean => (scalar == "true").into(),
        Type::Integer(_) => {
            let number: i64 = scalar.parse().unwrap();
            let beside = number + tape.pick(&[0, 0, 1, -1]);
            json!(if kind == Type::Integer(true) { beside.clamp(0, 10) } else { beside })
        }
        Type::Decimal(_) => scalar.into(),
        Type::Text => text(tape, scalar).into(),
        Type::Days | Type::Percent => unreachable!("no case carries it"),
    }
}

/// Texts in which keywords stand as words, within words, and over line ends.
fn text(tape: &mut Tape, beginning: &str) -> String {
    const PIECES: [&str; 9] =
        ["lawyer", "Lawyers'", "law\n suit", "SUIT", "outlaw", "billing", "(c++)", "STRASSE", "q"];
    let mut text = beginning.to_owned();
    let count = tape.below(3);
    for _ in 0..count {
        text.push_str(tape.pick(&[" ", ", ", ""]));
        text.push_str(tape.pick(&PIECES));
    }
    text
}
