//! Random authorization policies, and what cases tell of authorizations, charges and requests.

use serde_json::{Map, Value as Json, json};

use super::super::tape::Tape;
use super::super::yaml::Yaml;
use super::condition::{self, Scope};
use super::vocabulary::{DATES, DECIMALS, Fact, Missing, Type};

/// The facts that every such policy reads, beside those that are drawn.
const FACTS: [(&str, Type); 8] = [
    ("auth.first", Type::Date),
    ("auth.last", Type::Date),
    ("auth.approved", Type::Decimal(false)),
    ("auth.used", Type::Decimal(false)),
    ("auth.covers", Type::Boolean),
    ("use.date", Type::Date),
    ("use.units", Type::Decimal(false)),
    ("sent.on", Type::Date),
];

/// A vocabulary of its own for them.
pub fn vocabulary(tape: &mut Tape) -> (String, Vec<Fact>) {
    let mut text = String::from("vocabulary: g\nfacts:\n");
    let mut facts = Vec::new();
    let missing = |tape: &mut Tape| tape.pick(&[", if missing: no match", ""]);
    let words = "one of: [ACTIVE, PENDING, DENIED, CANCELLED, NOT_REQUIRED]";
    text += &format!("  auth.status: {{ {words}{} }}\n", missing(tape));
    for (name, kind) in FACTS {
        // a request that has not been sent has no day on which it was
        let absence = if name == "sent.on" { ", if missing: no match" } else { missing(tape) };
        let of = match kind {
            Type::Date => "date",
            Type::Boolean => "boolean",
            _ => "decimal",
        };
        text += &format!("  {name}: {{ type: {of}{absence} }}\n");
        let may_be_absent = !absence.is_empty();
        let missing = if may_be_absent { Missing::NoMatch } else { Missing::Ask };
        facts.push(Fact { name: name.to_owned(), kind, missing, formula: None, may_be_absent });
    }
    text += "  tries: { type: integer, from: 0, default: 0 }\nderived:\n";
    text += &format!("  auth.early: {{ from: {} }}\n", tape.pick(&["auth.first - use.date", "use.date - auth.first"]));
    text += "  auth.late: { from: use.date - auth.last }\n";
    text += "  auth.left: { from: auth.approved - use.units - auth.used }\n";
    (text, facts)
}

/// What a case tells of them: often nothing at all, of a request not sent yet no day.
pub fn told(tape: &mut Tape, facts: &mut Map<String, Json>) {
    if tape.chance(25) {
        return;
    }
    if !tape.chance(20) {
        let status = if tape.chance(75) { "ACTIVE" } else { tape.pick(&["PENDING", "DENIED"]) };
        facts.insert("auth.status".into(), status.into());
    }
    for (name, kind) in FACTS {
        let left_out = if name == "sent.on" { 70 } else { 12 };
        if tape.chance(left_out) {
            continue;
        }
        let value = match (name, kind) {
            // periods that mostly hold the day, units that mostly suffice
            ("auth.first", _) => json!(tape.pick(&["2026-02-20", "2026-03-05", "2026-03-09"])),
            ("auth.last", _) => json!(tape.pick(&["2026-03-20", "2026-03-09", "2026-03-05"])),
            ("auth.approved", _) => json!(tape.pick(&["10", "9.99", "0.5"])),
            (_, Type::Date) => json!(tape.pick(&DATES)),
            (_, Type::Boolean) => json!(!tape.chance(20)),
            _ => json!(tape.pick(&DECIMALS)),
        };
        facts.insert(name.into(), value);
    }
    if tape.chance(50) {
        facts.insert("tries".into(), json!(tape.below(5)));
    }
}

const ACTIONS: [&str; 3] = ["call", "write", "hold"];

/// The keys of an authorization policy.
pub fn draw(tape: &mut Tape, scope: &Scope<'_>) -> Vec<(String, Yaml)> {
    let mut entries =
        vec![("authorization".to_owned(), Yaml::word("p")), ("uses".to_owned(), Yaml::words(&["v", "g"]))];
    let mut add = |key: &str, value: Yaml| entries.push((key.to_owned(), value));
    let bound = |pairs: &[(&str, &str)]| Yaml::map(pairs.iter().map(|(field, fact)| (*field, Yaml::word(*fact))));
    let mut reads = vec![("request", bound(&[("submitted on", "sent.on"), ("attempts", "tries")]))];
    let serves = !tape.chance(15);
    if serves {
        let authorization = [
            ("status", "auth.status"),
            ("first day", "auth.first"),
            ("last day", "auth.last"),
            ("approved", "auth.approved"),
            ("used", "auth.used"),
            ("covers code", "auth.covers"),
        ];
        reads.push(("authorization", bound(&authorization)));
        reads.push(("charge", bound(&[("date of service", "use.date"), ("units", "use.units")])));
        if tape.chance(30) {
            add("serves a charge", requirements(tape, scope, "own", 1));
        }
    }
    add("reads", Yaml::map(reads));
    let papers = tape.chance(70);
    if papers {
        add("documents", requirements(tape, scope, "d", 2));
        add("forms", requirements(tape, scope, "f", 1));
    }
    add("required", required(tape, scope, papers));
    if tape.chance(60) {
        let most = 1 + tape.below(2);
        add("before submitting", requirements(tape, scope, "b", most));
    }
    if tape.chance(60) {
        let count = 1 + tape.below(3);
        let moves = (0..count).map(|number| (format!("m{number}"), step(tape, scope)));
        add("next", Yaml::Map(moves.collect()));
    }
    if tape.chance(50) {
        add("determination", super::policy::turnaround(tape, scope));
    }
    if tape.chance(50) {
        let count = 1 + tape.below(2);
        let alerts =
            (0..count).map(|number| (format!("a{number}"), Yaml::map([("when", condition::draw(tape, scope))])));
        add("alerts", Yaml::Map(alerts.collect()));
    }
    entries
}

fn requirements(tape: &mut Tape, scope: &Scope<'_>, prefix: &str, count: usize) -> Yaml {
    let rules = (0..count).map(|number| {
        let rule = [("that", condition::draw(tape, scope)), ("else", Yaml::quoted("Not yet."))];
        (format!("{prefix}{number}"), Yaml::map(rule))
    });
    Yaml::Map(rules.collect())
}

fn required(tape: &mut Tape, scope: &Scope<'_>, papers: bool) -> Yaml {
    let count = tape.below(4);
    let row = |tape: &mut Tape, when: Yaml| {
        let answer = tape.pick(&["required", "required", "not_required", "ask_payer"]);
        let mut row = vec![("when", when), ("answer", Yaml::word(answer))];
        if papers && answer != "not_required" {
            if tape.chance(60) {
                row.push(("documents", Yaml::words(&tape.some(&["d0", "d1"], 2))));
            }
            if tape.chance(30) {
                row.push(("forms", Yaml::word("f0")));
            }
        }
        if tape.chance(30) {
            row.push(("actions", Yaml::words(&tape.some(&ACTIONS, 2))));
        }
        if tape.chance(20) {
            row.push(("notes", Yaml::List(vec![Yaml::quoted("Mind the gap.")])));
        }
        Yaml::map(row)
    };
    let mut rows = Vec::new();
    for number in 0..count {
        let when = condition::draw(tape, scope);
        rows.push((format!("r{number}"), row(tape, when)));
    }
    rows.push(("rest".to_owned(), row(tape, Yaml::word("always"))));
    Yaml::Map(rows)
}

fn step(tape: &mut Tape, scope: &Scope<'_>) -> Yaml {
    let mut step = vec![("when", condition::draw(tape, scope)), ("actions", Yaml::words(&tape.some(&ACTIONS, 2)))];
    match tape.below(4) {
        0 => step.push(("within", Yaml::word("24 hours"))),
        1 => step.push(("every", Yaml::word("4 hours"))),
        2 => {
            step.push(("every", Yaml::word("4 hours")));
            step.push(("at most", Yaml::word(tape.pick(&["2 times", "3 times"]))));
        }
        _ => {}
    }
    Yaml::map(step)
}
