//! Random facts. Their values and the thresholds of policies come from the same few, so that they meet.

use super::super::tape::Tape;

/// A fact's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The first so many of [`WORDS`].
    OneOf(usize),
    Boolean,
    /// With bounds 0 and 10, or without.
    Integer(bool),
    Decimal(bool),
    Duration,
    Date,
    Text,
    Zone,
    /// Whole days between two dates.
    Days,
    /// Per cent.
    Percent,
}

/// What a fact's absence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Ask,
    NoMatch,
    Default,
}

/// A fact, or a derived one.
#[derive(Debug, Clone)]
pub struct Fact {
    pub name: String,
    pub kind: Type,
    pub missing: Missing,
    /// How it is computed, as the vocabulary says it.
    pub formula: Option<String>,
    pub may_be_absent: bool,
}

pub const WORDS: [&str; 4] = ["red", "green", "blue", "NO"];
pub const INTEGERS: [&str; 7] = ["2", "0", "1", "3", "5", "9", "10"];
pub const DECIMALS: [&str; 7] = ["2", "0", "0.5", "1.50", "2.25", "9.99", "10"];
pub const DURATIONS: [&str; 6] = ["2 minutes", "0 seconds", "1 second", "90 seconds", "1 hour", "PT2M1S"];
pub const DATES: [&str; 9] = [
    "2026-03-06",
    "2026-03-05",
    "2026-03-07",
    "2026-03-09",
    "2026-03-02",
    "2026-02-20",
    "2026-03-16",
    "2026-03-20",
    "1999-12-31",
];
pub const TEXTS: [&str; 9] = ["WO", "WO1", "W", "law", "Law suit", "lawyer", "q", "bill. ", "Über"];
pub const ZONES: [&str; 6] =
    ["America/New_York", "Asia/Tokyo", "Europe/London", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kolkata"];
pub const SHARES: [&str; 5] = ["50", "0", "80", "100", "33.3"];
pub const DAYS: [&str; 5] = ["1 day", "0 days", "3 days", "10 days", "-2 days"];

const KINDS: [Type; 11] = [
    Type::Boolean,
    Type::OneOf(3),
    Type::Integer(true),
    Type::Text,
    Type::Date,
    Type::Integer(false),
    Type::Decimal(false),
    Type::Duration,
    Type::Decimal(true),
    Type::OneOf(4),
    Type::Zone,
];

/// Two to eight facts, and up to three that are derived from them.
pub fn draw(tape: &mut Tape) -> Vec<Fact> {
    let count = 2 + tape.below(7);
    let mut facts: Vec<Fact> = Vec::new();
    for number in 0..count {
        // facts of one type come in pairs often enough to be derived from
        let kind = match facts.last() {
            Some(last) if tape.chance(45) => last.kind,
            _ => tape.pick(&KINDS),
        };
        let missing = tape.pick(&[Missing::Ask, Missing::Ask, Missing::NoMatch, Missing::Default]);
        let name = format!("{}.f{number}", ["case", "person"][number % 2]);
        facts.push(Fact { name, kind, missing, formula: None, may_be_absent: missing == Missing::NoMatch });
    }
    for number in 0..3 {
        facts.extend(derived(tape, &facts, number));
    }
    facts
}

fn derived(tape: &mut Tape, facts: &[Fact], number: usize) -> Option<Fact> {
    let share = tape.chance(40);
    let is_number = |kind| matches!(kind, Type::Integer(_) | Type::Decimal(_));
    let base: Vec<&Fact> = facts.iter().filter(|fact| fact.formula.is_none()).collect();
    let fits = |one: &Fact, other: &Fact| {
        one.name != other.name
            && (one.kind == other.kind || is_number(one.kind) && is_number(other.kind))
            && (is_number(one.kind) || one.kind == Type::Duration || one.kind == Type::Date && !share)
    };
    let pairs: Vec<(&Fact, &Fact)> = base
        .iter()
        .flat_map(|one| base.iter().map(move |other| (*one, *other)))
        .filter(|(one, other)| fits(one, other))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let (one, other) = tape.pick(&pairs);
    let mut parts = vec![one, other];
    let mut formula;
    let kind;
    if share {
        formula = format!("percent: {} of {}", one.name, other.name);
        kind = Type::Percent;
    } else {
        let sign = if one.kind != Type::Date && tape.chance(30) { "+" } else { "-" };
        formula = format!("from: {} {sign} {}", one.name, other.name);
        let third = base.iter().find(|fact| fits(one, fact) && fits(other, fact));
        if let Some(third) = third.filter(|third| third.kind != Type::Date && tape.chance(30)) {
            parts.push(third);
            formula = format!("{formula} - {}", third.name);
        }
        kind = match one.kind {
            Type::Date => Type::Days,
            Type::Duration => Type::Duration,
            _ if parts.iter().all(|part| matches!(part.kind, Type::Integer(_))) => Type::Integer(false),
            _ => Type::Decimal(false),
        };
    }
    let may_be_absent = share || parts.iter().any(|part| part.may_be_absent);
    let name = format!("derived.d{number}");
    Some(Fact { name, kind, missing: Missing::NoMatch, formula: Some(formula), may_be_absent })
}

/// The vocabulary's file.
pub fn text(facts: &[Fact]) -> String {
    let mut out = String::from("vocabulary: v\nfacts:\n");
    for fact in facts.iter().filter(|fact| fact.formula.is_none()) {
        let kind = match fact.kind {
            Type::OneOf(count) => format!("one of: [{}]", WORDS[..count].join(", ")),
            Type::Boolean => "type: boolean".to_owned(),
            Type::Integer(true) => "type: integer, from: 0, to: 10".to_owned(),
            Type::Integer(false) => "type: integer".to_owned(),
            Type::Decimal(true) => "type: decimal, from: 0, to: 10".to_owned(),
            Type::Decimal(false) => "type: decimal".to_owned(),
            Type::Duration => "type: duration".to_owned(),
            Type::Date => "type: date".to_owned(),
            Type::Text => "type: text".to_owned(),
            Type::Zone => "type: time zone".to_owned(),
            Type::Days | Type::Percent => unreachable!("only derived facts are"),
        };
        let missing = match fact.missing {
            Missing::Ask => String::new(),
            Missing::NoMatch => ", if missing: no match".to_owned(),
            Missing::Default => format!(", default: {}", scalars(fact.kind)[0]),
        };
        out.push_str(&format!("  {}: {{ {kind}{missing} }}\n", fact.name));
    }
    let derived: Vec<&Fact> = facts.iter().filter(|fact| fact.formula.is_some()).collect();
    if !derived.is_empty() {
        out.push_str("derived:\n");
        for fact in derived {
            out.push_str(&format!("  {}: {{ {} }}\n", fact.name, fact.formula.as_deref().unwrap()));
        }
    }
    out.push_str("lists:\n  words: [green, red]\n  texts: [WO, lawyer, q]\n  figures: [1, 3]\n");
    out.push_str("actions:\n  call: \"Call.\"\n  write: \"Write.\"\n  hold: \"Hold.\"\n");
    out
}

/// The values that policies and cases draw from.
pub fn scalars(kind: Type) -> Vec<&'static str> {
    match kind {
        Type::OneOf(count) => WORDS[..count].to_vec(),
        Type::Boolean => vec!["true", "false"],
        Type::Integer(_) => INTEGERS.to_vec(),
        Type::Decimal(_) => DECIMALS.to_vec(),
        Type::Duration => DURATIONS.to_vec(),
        Type::Date => DATES.to_vec(),
        Type::Text => TEXTS.to_vec(),
        Type::Zone => ZONES.to_vec(),
        Type::Days => DAYS.to_vec(),
        Type::Percent => SHARES.to_vec(),
    }
}
