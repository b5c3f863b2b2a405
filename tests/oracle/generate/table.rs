//! Random tables, their rows in the policy or in a sheet beside it.

use super::super::tape::Tape;
use super::super::yaml::Yaml;
use super::condition::{Scope, matcher};
use super::vocabulary::{Fact, Type, scalars};

/// The types that outputs have, each with the ways to collect it and values that fit.
const OUTPUTS: [(&str, &[&str], &[&str]); 7] = [
    ("one of: [low, high, none]", &["list", "count"], &["low", "high", "none"]),
    ("type: boolean", &["list", "count"], &["true", "false", "none"]),
    ("type: integer", &["sum", "min", "max", "list"], &["1", "-2", "40", "none"]),
    ("type: decimal", &["sum", "min", "max", "count"], &["1", "0.10", "-2.25", "1.0", "none"]),
    ("type: duration", &["sum", "max"], &["90 seconds", "2 minutes", "none"]),
    ("type: date", &["min", "max", "list"], &["2026-03-06", "1999-12-31", "none"]),
    ("type: text", &["list"], &["\"a, b\"", "letter", "none"]),
];

/// The keys of a table, and the text of its sheet. Its rows are there several `times` over.
pub fn draw(tape: &mut Tape, scope: &Scope<'_>, times: usize) -> (Vec<(String, Yaml)>, Option<String>) {
    let inputs: Vec<&Fact> = tape.some(&scope.facts.iter().collect::<Vec<_>>(), 4);
    let hit = tape.pick(&["first", "unique", "collect"]);
    let count = 1 + tape.below(3);
    let outputs: Vec<_> = (0..count).map(|_| tape.pick(&OUTPUTS)).collect();
    let declared = outputs.iter().enumerate().map(|(number, (kind, ways, _))| {
        let collect = if hit == "collect" { format!(", collect: {}", tape.pick(ways)) } else { String::new() };
        (format!("o{number}"), Yaml::word(format!("{{ {kind}{collect} }}")))
    });
    let declared: Vec<(String, Yaml)> = declared.collect();
    let is_count = |number: usize| declared[number].1.flow().contains("collect: count");
    let count = 1 + tape.below(6);
    let rows: Vec<Vec<Yaml>> = (0..count)
        .map(|_| {
            let asked = inputs.iter().map(|fact| input(tape, scope, fact)).collect::<Vec<_>>();
            let given = outputs.iter().map(|(_, _, cells)| Yaml::word(tape.pick(cells))).collect();
            [asked, given].concat()
        })
        .collect();
    let rows: Vec<Vec<Yaml>> = (0..times).flat_map(|_| rows.iter().cloned()).collect();
    let columns: Vec<&str> =
        inputs.iter().map(|fact| fact.name.as_str()).chain(declared.iter().map(|(name, _)| name.as_str())).collect();
    let names: Vec<&str> = inputs.iter().map(|fact| fact.name.as_str()).collect();
    let mut entries = vec![
        ("table".to_owned(), Yaml::word("p")),
        ("inputs".to_owned(), Yaml::words(&names)),
        ("hit".to_owned(), Yaml::word(hit)),
    ];
    let mut text = None;
    match tape.below(3) {
        0 => {
            let named = (0..).map(|number| format!("r{number}")).zip(rows.into_iter().map(Yaml::List));
            entries.push(("rows".to_owned(), Yaml::Map(named.collect())));
        }
        1 => entries.push(("rows".to_owned(), Yaml::List(rows.into_iter().map(Yaml::List).collect()))),
        _ => {
            entries.push(("rows from".to_owned(), Yaml::word("rows.csv")));
            text = Some(sheet(tape, &columns, &rows));
        }
    }
    if tape.chance(40) {
        let given = (0..outputs.len()).filter(|number| !is_count(*number));
        let given: Vec<(String, Yaml)> =
            given.map(|number| (format!("o{number}"), Yaml::word(tape.pick(outputs[number].2)))).collect();
        if !given.is_empty() {
            entries.push(("default".to_owned(), Yaml::Map(given)));
        }
    }
    entries.push(("outputs".to_owned(), Yaml::Map(declared)));
    (entries, text)
}

/// What a row asks of a fact: nothing, often a plain value, or any matcher.
fn input(tape: &mut Tape, scope: &Scope<'_>, fact: &Fact) -> Yaml {
    match tape.below(10) {
        0..=3 => Yaml::word("any"),
        4 | 5 if !matches!(fact.kind, Type::Text) => Yaml::word(tape.pick(&scalars(fact.kind))),
        _ => matcher(tape, scope, fact),
    }
}

/// The rows as CSV, the columns turned around now and then.
fn sheet(tape: &mut Tape, columns: &[&str], rows: &[Vec<Yaml>]) -> String {
    let named = tape.chance(50);
    let turned = tape.chance(30);
    let line = |name: String, cells: Vec<String>| {
        let mut cells: Vec<String> = named.then_some(name).into_iter().chain(cells).collect();
        if turned {
            cells.reverse();
        }
        cells.join(",") + if turned { "\r\n" } else { "\n" }
    };
    let mut text = "# in order, mind\n".to_owned();
    text += &line("name".to_owned(), columns.iter().map(|name| (*name).to_owned()).collect());
    for (number, row) in rows.iter().enumerate() {
        text += &line(format!("r {number}"), row.iter().map(cell).collect());
    }
    text
}

fn cell(yaml: &Yaml) -> String {
    let text = match yaml {
        Yaml::Scalar(text) => text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text).to_owned(),
        Yaml::List(_) | Yaml::Map(_) => yaml.flow(),
    };
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { format!(" {text}") }
}
