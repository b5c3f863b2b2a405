//! Random policies.

use super::super::tape::Tape;
use super::super::yaml::Yaml;
use super::Family;
use super::condition::{self, Scope};
use super::vocabulary::{Fact, Type, ZONES};
use super::{authorization, table};

const ACTIONS: [&str; 3] = ["call", "write", "hold"];
const WINDOWS: [&str; 6] = ["20:00-08:00", "09:00-17:00", "00:00-24:00", "22:00-06:00", "01:30-03:30", "00:01-24:00"];

/// A policy's file, the names of its types, and the sheet that its rows stand in.
pub fn draw(tape: &mut Tape, family: Family, facts: &[Fact]) -> (String, Vec<String>, Option<String>) {
    let scope = Scope { facts, has_calendar: !tape.chance(15) };
    let mut entries: Vec<(String, Yaml)> = Vec::new();
    let mut names = Vec::new();
    let mut sheet = None;
    let mut add = |key: &str, value: Yaml| entries.push((key.to_owned(), value));
    match family {
        Family::Exceptions if tape.chance(50) => {
            add("exceptions", Yaml::word("p"));
            let count = 1 + tape.below(3);
            let mut types = Vec::new();
            for number in 0..count {
                types.push((format!("t{number}"), Yaml::Map(kind(tape, &scope))));
                names.push(format!("t{number}"));
            }
            add("types", Yaml::Map(types));
        }
        Family::Exceptions => {
            add("exception", Yaml::word("p"));
            kind(tape, &scope).into_iter().for_each(|(key, value)| add(&key, value));
            names.push("p".to_owned());
        }
        Family::Escalations => {
            add("escalations", Yaml::word("p"));
            let count = 1 + tape.below(4);
            let categories = (0..count).map(|number| (format!("c{number}"), category(tape, &scope)));
            add("categories", Yaml::Map(categories.collect()));
        }
        Family::Table | Family::LongTable => {
            let times = if family == Family::LongTable { 20 + tape.below(80) } else { 1 };
            let (table, rows) = table::draw(tape, &scope, times);
            table.into_iter().for_each(|(key, value)| add(&key, value));
            sheet = rows;
        }
        Family::Authorization => {
            authorization::draw(tape, &scope).into_iter().for_each(|(key, value)| add(&key, value));
        }
    }
    if scope.has_calendar {
        add("calendar", Yaml::word("office"));
    }
    (Yaml::Map(entries).block(), names, sheet)
}

fn kind(tape: &mut Tape, scope: &Scope<'_>) -> Vec<(String, Yaml)> {
    let mut entries: Vec<(String, Yaml)> = Vec::new();
    let mut add = |key: &str, value: Yaml| entries.push((key.to_owned(), value));
    let has_reasons = tape.chance(60);
    if !has_reasons || tape.chance(30) {
        let by_hand = tape.chance(15);
        add("when", if by_hand { Yaml::word("by hand") } else { condition::draw(tape, scope) });
    }
    if has_reasons {
        let count = 1 + tape.below(3);
        let reasons = (0..count).map(|number| {
            let mut reason = vec![("when".to_owned(), condition::draw(tape, scope))];
            if tape.chance(30) {
                reason.push(("comment".to_owned(), Yaml::quoted("As said, in short.")));
            }
            (format!("R{number}"), Yaml::Map(reason))
        });
        add("reasons", Yaml::Map(reasons.collect()));
    }
    if tape.chance(40) {
        add("may create", condition::draw(tape, scope));
    }
    if tape.chance(50) {
        let count = 1 + tape.below(2);
        let windows = (0..count).map(|number| (format!("w{number}"), window(tape, scope)));
        add("windows", Yaml::Map(windows.collect()));
    }
    if tape.chance(20) {
        add("opens as", Yaml::word("new"));
        add("notifies", Yaml::words(&["desk", "manager"]));
        add("worked by", Yaml::word("desk"));
    }
    entries
}

fn window(tape: &mut Tape, scope: &Scope<'_>) -> Yaml {
    let zones: Vec<&str> =
        scope.facts.iter().filter(|fact| fact.kind == Type::Zone).map(|fact| fact.name.as_str()).collect();
    let zone = if zones.is_empty() || tape.chance(20) { tape.pick(&ZONES) } else { tape.pick(&zones) };
    Yaml::map([
        ("when", condition::draw(tape, scope)),
        ("open", Yaml::word(tape.pick(&WINDOWS))),
        ("in", Yaml::word(zone)),
        ("otherwise", Yaml::word(tape.pick(&ACTIONS))),
    ])
}

fn category(tape: &mut Tape, scope: &Scope<'_>) -> Yaml {
    let mut entries: Vec<(String, Yaml)> = Vec::new();
    let mut add = |key: &str, value: Yaml| entries.push((key.to_owned(), value));
    if tape.chance(30) {
        add("title", Yaml::quoted("Some title"));
    }
    if tape.chance(30) {
        add("priority", Yaml::word(tape.pick(&["10", "-1", "5"])));
    }
    let has_scenarios = tape.chance(30);
    if !has_scenarios || tape.chance(40) {
        add("when", condition::draw(tape, scope));
    }
    if has_scenarios {
        add(
            "scenarios",
            section(tape, scope, "s", |tape, entries| {
                if tape.chance(40) {
                    entries.push(("actions".to_owned(), Yaml::words(&tape.some(&ACTIONS, 2))));
                }
                if tape.chance(30) {
                    entries.push(("notes".to_owned(), Yaml::List(vec![Yaml::quoted("Mind the gap.")])));
                }
            }),
        );
    }
    if tape.chance(30) {
        add(
            "redirect",
            section(tape, scope, "r", |tape, entries| {
                entries.push(("to".to_owned(), Yaml::quoted(tape.pick(&["Elsewhere.", "Abroad."]))));
                if tape.chance(30) {
                    entries.push(("because".to_owned(), Yaml::quoted("It is theirs.")));
                }
            }),
        );
    }
    if tape.chance(40) {
        let count = 1 + tape.below(2);
        let requires = (0..count).map(|number| {
            let rule = [("that", condition::draw(tape, scope)), ("else", Yaml::quoted("Not yet."))];
            (format!("q{number}"), Yaml::map(rule))
        });
        add("requires", Yaml::Map(requires.collect()));
    }
    add("turnaround", turnaround(tape, scope));
    if tape.chance(40) {
        add("actions", Yaml::words(&tape.some(&ACTIONS, 2)));
    }
    if tape.chance(20) {
        add("notes", Yaml::List(vec![Yaml::quoted("Mind the gap."), Yaml::quoted("Twice, please.")]));
    }
    Yaml::Map(entries)
}

fn section(tape: &mut Tape, scope: &Scope<'_>, prefix: &str, more: fn(&mut Tape, &mut Vec<(String, Yaml)>)) -> Yaml {
    let count = 1 + tape.below(3);
    let rules = (0..count).map(|number| {
        let mut entries = vec![("when".to_owned(), condition::draw(tape, scope))];
        more(tape, &mut entries);
        (format!("{prefix}{number}"), Yaml::Map(entries))
    });
    Yaml::Map(rules.collect())
}

pub(super) fn turnaround(tape: &mut Tape, scope: &Scope<'_>) -> Yaml {
    let phrase = |tape: &mut Tape| {
        let counted =
            ["2 business days", "5 – 7 Business Days", "48 hours on business days", "up to 60 days", "1 week"];
        let elapsed = ["24 hours", "none stated", "immediately"];
        if scope.has_calendar && tape.chance(60) { tape.pick(&counted) } else { tape.pick(&elapsed) }
    };
    // what is said beside a turnaround that takes time
    let clock = |tape: &mut Tape, word: &str| {
        let mut said: Vec<(&'static str, Yaml)> = Vec::new();
        if matches!(word, "none stated" | "immediately") {
            return said;
        }
        if tape.chance(30) {
            said.push(("pausable", Yaml::word(tape.pick(&["true", "false"]))));
        }
        if tape.chance(20) {
            said.push(("at risk", Yaml::word(tape.pick(&["50%", "80%"]))));
        }
        said
    };
    if tape.chance(60) {
        let word = phrase(tape);
        let said = clock(tape, word);
        if said.is_empty() {
            return Yaml::word(word);
        }
        return Yaml::map(std::iter::once(("within", Yaml::word(word))).chain(said));
    }
    let count = 1 + tape.below(3);
    let mut rows: Vec<Yaml> = Vec::new();
    for _ in 0..count {
        let (when, word) = (condition::draw(tape, scope), phrase(tape));
        let row = [("when", when), ("within", Yaml::word(word))];
        rows.push(Yaml::map(row.into_iter().chain(clock(tape, word))));
    }
    let word = phrase(tape);
    rows.push(Yaml::map(std::iter::once(("otherwise", Yaml::word(word))).chain(clock(tape, word))));
    Yaml::List(rows)
}
