//! Tables: sheets are read as spreadsheets write them, and large ones within bounds.

use std::sync::Arc;

use proptest::prelude::*;
use rulebook::diagnostic::{Bag, Code, Diagnostic, sort};
use rulebook::engine::{Decision, decide};
use rulebook::facts::Case;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::render::{decision, diagnostics};
use rulebook::source::Source;
use rulebook::time::Zones;

const VOCABULARY: &str = "vocabulary: v
facts:
  person.line: { one of: [public, private, none], ask: \"?\" }
  person.note: { type: text, if missing: no match }
  job.units: { type: integer, ask: \"?\" }
  job.price: { type: decimal, ask: \"?\" }
";

/// A table over a sheet, with every fault that `check` would find.
fn load(inputs: &str, hit: &str, sheet: &str) -> (Library, Vec<Diagnostic>) {
    let table = format!(
        "table: t\ninputs: [{inputs}]\noutputs: {{ out: {{ type: text }} }}\nhit: {hit}\nrows from: sheets/rows.csv\n"
    );
    let files = [("v.yaml", VOCABULARY), ("fees/t.yaml", &table), ("fees/sheets/rows.csv", sheet)];
    let sources = files.map(|(path, text)| Arc::new(Source::new(path, text)));
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    let mut found = bag.into_sorted();
    found.extend(library.policies().flat_map(|policy| Program::compile(policy).findings()));
    sort(&mut found);
    (library, found)
}

fn program(inputs: &str, hit: &str, sheet: &str) -> Program {
    let (library, found) = load(inputs, hit, sheet);
    assert!(found.is_empty(), "{}", diagnostics::text(&found, false));
    Program::compile(library.policy("t").unwrap())
}

/// What a case comes to, as a few words of its decision.
fn decided(program: &Program, facts: &str, tell: fn(&Decision<'_>) -> String) -> String {
    let text = format!("{{\"at\": \"2026-03-02T10:00:00Z\", \"facts\": {facts}}}");
    let case = Case::from_json(&text, &program.policy().vocabulary).expect("the case can be read");
    tell(&decide(program, &case).expect("the case can be decided"))
}

/// The output, with the place of the row that gives it.
fn given(decided: &Decision<'_>) -> String {
    let json: serde_json::Value = serde_json::from_str(&decision::json(decided)).unwrap();
    format!("{} {}", json["outputs"]["out"].as_str().unwrap_or("-"), json["because"][0]["place"].as_str().unwrap())
}

#[test]
fn a_sheet_is_read_as_spreadsheets_write_it() {
    let sheet = "\u{feff}out,job.units,person.line,name\r\n\
                 \"Sorry, \"\"no\"\"\",at most 2,any,few\r\n\
                 \r\n\
                 # a comment, with \"a quote\r\n\
                 \"two\nlines\" ,3 to 5,\"[public, private]\",\r\n\
                 ,any,any,rest";
    let (_, found) = load("person.line, job.units", "first", sheet);
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::EmptyCell]);
    let program = program("person.line, job.units", "first", &sheet.replace("\r\n,any", "\r\nlast,any"));
    let tell = |facts: &str| decided(&program, facts, given);
    assert_eq!(tell("{\"job.units\": 2}"), "Sorry, \"no\" fees/sheets/rows.csv:2:31");
    assert_eq!(tell("{\"job.units\": 3, \"person.line\": \"public\"}"), "two\nlines fees/sheets/rows.csv:5:1");
    assert_eq!(tell("{\"job.units\": 3, \"person.line\": \"none\"}"), "last fees/sheets/rows.csv:7:14");
}

/// Rows and columns that a spreadsheet leaves empty say nothing, and change nothing but the numbers of lines.
#[test]
fn empty_rows_and_columns_of_a_spreadsheet_are_passed_over() {
    let plain = "person.line,job.units,out\npublic,at most 2,few\nany,any,many\n";
    let exported = "\u{feff}person.line,job.units,out,,\r\n\r\npublic, \"at most 2\" ,\t\"few\",,\r\n,,,,\r\n , ,,,\r\nany,any,many,,\r\n,,,,\r\n";
    let (plain, exported) =
        (program("person.line, job.units", "first", plain), program("person.line, job.units", "first", exported));
    for line in ["public", "private", "none"] {
        for units in [1, 2, 3] {
            let facts = format!("{{\"person.line\": \"{line}\", \"job.units\": {units}}}");
            let output = |program| decided(program, &facts, given).split(' ').next().unwrap().to_owned();
            assert_eq!(output(&plain), output(&exported), "{facts}");
        }
    }
    assert_eq!(
        decided(&exported, "{\"person.line\": \"none\", \"job.units\": 3}", given),
        "many fees/sheets/rows.csv:6:1"
    );
}

/// A file that cannot be read has been told of, and is not missing as well.
#[test]
fn a_sheet_that_cannot_be_read_is_not_called_unknown() {
    let folder = crate::command::Folder::new("sheet-in-another-encoding");
    folder.write("v.yaml", VOCABULARY);
    folder.write(
        "t.yaml",
        "table: t\ninputs: [person.line]\noutputs: { out: { type: text } }\nhit: first\nrows from: t.csv\n",
    );
    folder.write("t.csv", b"person.line,out\nany,caf\xe9\n");
    let outcome = crate::command::check(folder.path());
    assert_eq!(outcome.status, Some(1));
    assert!(outcome.stdout.starts_with("error[RB003]"), "{}", outcome.stdout);
    assert_eq!(outcome.stdout.matches("error[").count(), 1, "{}", outcome.stdout);
}

#[test]
fn the_sheet_belongs_to_the_version() {
    let version = |sheet: &str| program("job.units", "first", sheet).policy().version.clone();
    let one = version("job.units,out\n1,a\n");
    assert_eq!(one, version("job.units,out\r\n1,a\r\n"));
    assert_ne!(one, version("job.units,out\n1,b\n"));
}

#[test]
fn a_conflict_tells_of_all_rows_that_may_be_part_of_it() {
    let sheet = "job.units,person.line,person.note,out,name\n\
                 any,any,{ mentions: red },a,one\n\
                 any,public,{ mentions: hat },b,two\n\
                 any,\"[private, none]\",{ mentions: hats },c,three\n";
    let program = program("job.units, person.line, person.note", "unique", sheet);
    let rows = |decided: &Decision<'_>| {
        let rows: Vec<&str> = decided.conflict().iter().map(|hit| hit.rule).collect();
        assert!(decided.is_unsettled() && !decided.is_undetermined());
        format!("{} {}", decided.answer.outcome, rows.join(" "))
    };
    let all = decided(&program, "{\"person.note\": \"a red hat, or two hats\"}", rows);
    assert_eq!(all, "conflict rows.one rows.two rows.three");
    let two = decided(&program, "{\"person.note\": \"red hats\", \"person.line\": \"none\"}", rows);
    assert_eq!(two, "conflict rows.one rows.three");
}

/// Ten thousand rows, each for a stretch of one number and of another.
#[test]
fn the_largest_table_is_loaded_checked_and_asked_within_bounds() {
    let mut sheet = "job.units,job.price,out\n".to_owned();
    for row in 0..10_000 {
        sheet += &format!("{} to {},at least {}.5,x{row}\n", row / 4 * 10, row / 4 * 10 + 5, row % 4);
    }
    let program = program("job.units, job.price", "collect", &sheet);
    let outcome = |decided: &Decision<'_>| {
        format!(
            "{} {}",
            decided.answer.outcome,
            decided.open.as_ref().map(|open| open.needs.join(" ")).unwrap_or_default()
        )
    };
    assert_eq!(decided(&program, "{\"job.units\": 12341, \"job.price\": 2}", outcome), "found ");
    assert_eq!(decided(&program, "{\"job.units\": 12341}", outcome), "undetermined job.price");
    assert_eq!(decided(&program, "{\"job.units\": 7}", outcome), "no_row ");
    let (_, found) = load("job.units, job.price", "collect", &(sheet + "any,any,y\n"));
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::TooManyNodes]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text beside a table is read, or refused within its own lines.
    #[test]
    fn any_sheet_is_read_or_refused_in_its_place(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                ",", ",", ",", "\n", "\n", "\r\n", "\"", "\"\"", "[", "]", "{", "}", " ", "#", "any", "none", "job.units",
                "out", "name", "at least 2", "é", "\u{2028}", ":", "- ", "&a", "*a", "\t", "mentions: x",
            ]),
            0..40,
        ),
        headed in any::<bool>(),
    ) {
        let head = if headed { "job.units,out\n" } else { "" };
        let (_, found) = load("job.units", "first", &format!("{head}{}", pieces.concat()));
        for fault in &found {
            let place = fault.place.as_ref().expect("every fault has a place");
            let text = place.source.text();
            prop_assert!(text.get(place.span.start..place.span.end).is_some(), "{fault:?}");
            prop_assert!(fault.help.as_ref().is_some_and(|help| !help.is_empty()));
        }
        diagnostics::text(&found, false);
    }
}
