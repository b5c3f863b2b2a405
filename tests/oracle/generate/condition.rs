//! Random conditions.

use super::super::tape::Tape;
use super::super::yaml::Yaml;
use super::vocabulary::{Fact, Type, scalars};

/// What conditions may speak of.
pub struct Scope<'f> {
    pub facts: &'f [Fact],
    pub has_calendar: bool,
}

const KEYWORDS: [&str; 10] = ["wo", "lawyer*", "law", "lawyer", "law suit", "suit", "bill*", "c++", "Straße", "q"];
const BEGINNINGS: [&str; 6] = ["WO", "W", "WO1", "law", "WOq", "Über"];

/// A condition.
pub fn draw(tape: &mut Tape, scope: &Scope<'_>) -> Yaml {
    match tape.below(20) {
        18.. => large(tape, scope),
        17 => Yaml::word("always"),
        _ => nested(tape, scope, 2),
    }
}

/// A map of tests and of nested conditions.
fn nested(tape: &mut Tape, scope: &Scope<'_>, depth: usize) -> Yaml {
    let mut entries: Vec<(String, Yaml)> = Vec::new();
    let most = 1 + tape.below(2);
    for _ in 0..most {
        let fact = &scope.facts[tape.below(scope.facts.len())];
        if entries.iter().all(|(known, _)| *known != fact.name) {
            entries.push((fact.name.clone(), matcher(tape, scope, fact)));
        }
    }
    if depth > 0 {
        for key in ["any of", "not", "all of"] {
            if tape.chance(18) {
                let several = |tape: &mut Tape| {
                    let count = 1 + tape.below(3);
                    Yaml::List((0..count).map(|_| nested(tape, scope, depth - 1)).collect())
                };
                let inner = if key == "not" { nested(tape, scope, depth - 1) } else { several(tape) };
                // sometimes the nested part stands alone
                if tape.chance(30) {
                    entries.clear();
                }
                entries.push((key.to_owned(), inner));
            }
        }
    }
    Yaml::Map(entries)
}

/// A product of alternatives that is too large to be written out.
fn large(tape: &mut Tape, scope: &Scope<'_>) -> Yaml {
    let alternatives = |tape: &mut Tape| {
        let count = 2 + tape.below(3);
        let any = Yaml::List((0..count).map(|_| nested(tape, scope, 1)).collect());
        Yaml::map([(if tape.chance(15) { "all of" } else { "any of" }, any)])
    };
    let count = 3 + tape.below(2);
    let all = Yaml::map([("all of", Yaml::List((0..count).map(|_| alternatives(tape)).collect()))]);
    if tape.chance(25) { Yaml::map([("not", all)]) } else { all }
}

pub fn matcher(tape: &mut Tape, scope: &Scope<'_>, fact: &Fact) -> Yaml {
    if fact.may_be_absent && tape.chance(20) {
        return Yaml::word(tape.pick(&["present", "absent"]));
    }
    if tape.chance(20) {
        let count = 1 + tape.below(3);
        return Yaml::List((0..count).map(|_| single(tape, scope, fact)).collect());
    }
    single(tape, scope, fact)
}

fn single(tape: &mut Tape, scope: &Scope<'_>, fact: &Fact) -> Yaml {
    let values = scalars(fact.kind);
    let value = |tape: &mut Tape| (tape.pick(&values)).to_owned();
    match fact.kind {
        Type::OneOf(_) if tape.chance(15) => listed(tape, "words"),
        Type::Integer(_) if tape.chance(10) => listed(tape, "figures"),
        Type::OneOf(_) | Type::Boolean | Type::Zone => Yaml::word(value(tape)),
        Type::Text => text(tape),
        Type::Date if scope.has_calendar && tape.chance(60) => Yaml::word(age(tape)),
        Type::Date | Type::Integer(_) | Type::Decimal(_) | Type::Duration | Type::Days | Type::Percent => {
            Yaml::word(compared(tape, fact.kind, &values))
        }
    }
}

fn listed(tape: &mut Tape, name: &str) -> Yaml {
    Yaml::map([(tape.pick(&["in", "not in"]), Yaml::word(name))])
}

fn text(tape: &mut Tape) -> Yaml {
    match tape.below(10) {
        0..=4 => {
            let words = tape.some(&KEYWORDS, 3);
            Yaml::map([("mentions", Yaml::words(&words))])
        }
        5..=6 => Yaml::map([("starts with", Yaml::word(tape.pick(&BEGINNINGS)))]),
        7 => listed(tape, "texts"),
        _ => Yaml::quoted(tape.pick(&scalars(Type::Text))),
    }
}

fn age(tape: &mut Tape) -> String {
    let figure = tape.pick(&["2", "0", "1", "3", "5", "10"]);
    let unit = tape.pick(&["business days", "days", "weeks"]);
    match tape.below(8) {
        0 | 1 => format!("more than {figure} {unit} ago"),
        2 => format!("at least {figure} {unit} ago"),
        3 => format!("less than {figure} {unit} ago"),
        4 => format!("At most {figure} {unit} ago"),
        5 => format!("within the next {figure} {unit}"),
        6 => format!("within the last {figure} {unit}"),
        _ => format!("{figure} {unit} ago"),
    }
}

fn compared(tape: &mut Tape, kind: Type, values: &[&str]) -> String {
    let one = tape.below(values.len());
    let value = values[one];
    match tape.below(9) {
        0 => value.to_owned(),
        1 => format!("more than {value}"),
        2 => format!("at least {value}"),
        3 => format!("less than {value}"),
        4 => format!("at most {value}"),
        5 if kind == Type::Date => format!("before {value}"),
        6 if kind == Type::Date => format!("on or after {value}"),
        5 => format!("\">= {value}\""),
        6 => format!("\"<{value}\""),
        _ => {
            // rising pairs of values, written as ranges
            let pairs: &[(&str, &str)] = match kind {
                Type::Integer(_) => &[("0", "2"), ("1", "3"), ("5", "10")],
                Type::Decimal(_) => &[("0", "2"), ("0.5", "2.25"), ("1.50", "10")],
                Type::Duration => &[("1 second", "2 minutes"), ("2", "3 minutes"), ("90 seconds", "1 hour")],
                Type::Date => &[("2026-03-05", "2026-03-09"), ("1999-12-31", "2026-03-06")],
                Type::Days => &[("0 days", "3 days"), ("-2 days", "1 day"), ("1", "10 days")],
                _ => &[("0", "50"), ("33.3", "80"), ("50", "100")],
            };
            let (low, high) = tape.pick(pairs);
            if tape.chance(30) { format!("{low} .. {high}") } else { format!("{low} to {high}") }
        }
    }
}
