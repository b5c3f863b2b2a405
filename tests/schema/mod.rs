//! JSON Schemas: those in the project are those that the command writes, they know every key of the readers, and a
//! validator that knows nothing of Rulebook accepts by them what is right and refuses much of what is wrong.

mod validator;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rulebook::diagnostic::Bag;
use rulebook::facts::CASE_KEYS;
use rulebook::policy::{Library, Policy, decision_keys};
use rulebook::schema;
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::Value;

use crate::command::run;
use crate::docs::{Page, Section, accepted, root, update};
use crate::oracle::{Family, scenarios};

use validator::{Answer, Batch};

/// The schemas in the project, with the calls that write them.
const COMMITTED: [(&str, &[&str]); 2] =
    [("rules/.schema/policy.json", &["schema", "policy"]), ("rules/.schema/case.json", &["schema", "case"])];

/// The files of a folder and those below it with one of these extensions, as paths from the project's root.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if root().join(&path).is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A folder's files as a library that must be sound.
fn library(files: &[(String, String)]) -> Library {
    let sources: Vec<Arc<Source>> =
        files.iter().map(|(path, text)| Arc::new(Source::new(path.as_str(), text.clone()))).collect();
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    assert!(!bag.has_errors(), "{}", rulebook::render::diagnostics::text(&bag.into_sorted(), false));
    library
}

fn cases_of(library: &Library, name: &str) -> Value {
    let versions = library.policies().filter(|policy| policy.name == name);
    schema::cases_of(&versions.map(|policy| &**policy).collect::<Vec<&Policy>>())
}

fn shipped() -> Library {
    let paths = ["yaml", "csv", "rhai"].into_iter().flat_map(|extension| files("rules", extension));
    library(&paths.map(|path| (path.strip_prefix("rules/").unwrap().to_owned(), text(&path))).collect::<Vec<_>>())
}

#[test]
fn committed_schemas_are_what_the_command_writes() {
    for (path, call) in COMMITTED {
        let written = run(call);
        assert_eq!((written.status, written.stderr.as_str()), (Some(0), ""), "{call:?}");
        assert_eq!(run(call).stdout, written.stdout, "{call:?} writes the same every time");
        if update() {
            fs::create_dir_all(root().join(path).parent().unwrap()).unwrap();
            fs::write(root().join(path), &written.stdout).unwrap();
        }
        let same = fs::read_to_string(root().join(path)).unwrap_or_default() == written.stdout;
        assert!(same, "{path} is out of date: `rulebook {} --output {path}` writes it", call.join(" "));
    }
}

#[test]
fn every_shipped_file_names_its_schema() {
    let named = |path: &str, schema: &str| {
        let up = "../".repeat(path.matches('/').count());
        let from = match schema.strip_prefix("rules/").filter(|_| path.starts_with("rules/")) {
            Some(rest) => format!("{}{rest}", up.strip_prefix("../").unwrap()),
            None => format!("{up}{schema}"),
        };
        let line = format!("# yaml-language-server: $schema={from}\n");
        assert!(text(path).starts_with(&line), "{path} does not begin with\n{line}");
    };
    let rules = files("rules", "yaml");
    assert!(rules.len() > 8, "{rules:?}");
    rules.iter().for_each(|path| named(path, "rules/.schema/policy.json"));
    files("examples", "yaml").iter().for_each(|path| named(path, "rules/.schema/case.json"));
}

/// The keys of all maps in a schema.
fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::Object(properties)) = entries.get("properties") {
                found.extend(properties.keys().cloned());
            }
            entries.values().for_each(|value| keys(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What the readers take, read from their code, is what the schemas know: neither gains a key without the other.
#[test]
fn schemas_know_the_keys_of_the_readers_and_no_others() {
    let nothing = library(&[]);
    let mut known = BTreeSet::new();
    keys(&schema::policy(&nothing), &mut known);
    let taken = accepted::keys();
    let missing: Vec<&String> = taken.difference(&known).collect();
    assert!(missing.is_empty(), "the schema of policies has no key {missing:?}");
    let mut elsewhere: BTreeSet<String> = decision_keys().map(str::to_owned).collect();
    elsewhere.extend(accepted::operators());
    elsewhere.extend(["any of", "all of", "not"].map(str::to_owned));
    elsewhere.extend(accepted::keys_of_events());
    let unknown: Vec<&String> = known.difference(&taken).filter(|key| !elsewhere.contains(*key)).collect();
    assert!(unknown.is_empty(), "no reader takes {unknown:?}");
    let missing: Vec<String> = accepted::operators().difference(&known).cloned().collect();
    assert!(missing.is_empty(), "the schema of policies has no matcher {missing:?}");
    let cases = schema::cases(&nothing);
    let of_a_case: Vec<&String> = cases["$defs"]["case"]["properties"].as_object().unwrap().keys().collect();
    let wanted: BTreeSet<&str> = CASE_KEYS.into_iter().collect();
    assert_eq!(of_a_case.into_iter().map(String::as_str).collect::<BTreeSet<_>>(), wanted);
}

#[test]
fn every_shipped_file_is_accepted() {
    let library = shipped();
    let mut batch = Batch::of_checked_schemas();
    batch.schema("policy", schema::policy(&library));
    batch.schema("tests", schema::tests(&library));
    batch.schema("case", schema::cases(&library));
    for path in files("rules", "yaml") {
        batch.yaml(&path, "policy", &text(&path));
        if path.ends_with(".tests.yaml") {
            batch.yaml(&format!("{path} as tests"), "tests", &text(&path));
        }
    }
    for (path, policy) in [
        ("examples/jobs.yaml", "auth-job-follow-up"),
        ("examples/billing.ndjson", "patient-billing"),
        ("examples/authorizations.yaml", "service"),
    ] {
        batch.schema(policy, cases_of(&library, policy));
        for (schema, whose) in [("case", "any policy"), (policy, policy)] {
            if path.ends_with(".yaml") {
                batch.yaml(&format!("{path} for {whose}"), schema, &text(path));
            }
            for (number, line) in text(path).lines().enumerate().filter(|_| path.ends_with(".ndjson")) {
                batch.json(&format!("{path}:{number} for {whose}"), schema, line);
            }
        }
    }
    batch.accepted();
}

#[test]
fn every_file_of_the_pages_is_accepted() {
    let mut batch = Batch::default();
    for page in Page::all() {
        for number in page.sections() {
            let section = Section::new(&page, number);
            let files = section.texts();
            if files.is_empty() {
                continue;
            }
            let name = format!("{}, section {number}", page.path.display());
            let library = library(&files);
            batch.schema(&name, schema::policy(&library));
            batch.schema(&format!("cases of {name}"), schema::cases(&library));
            for (at, (path, text)) in files.iter().enumerate().filter(|(_, (path, _))| path.ends_with(".yaml")) {
                batch.yaml(&format!("{name}: {path}, file {at}"), &name, text);
            }
            for block in section.cases() {
                let (place, schema) = (page.place(block), format!("cases of {name}"));
                match block.is("json") {
                    true => batch.json(&place, &schema, &block.text),
                    false => batch.yaml(&place, &schema, &block.text),
                }
            }
        }
    }
    batch.accepted();
}

/// Files that are written as oddly as the readers allow.
#[test]
fn what_looks_strange_and_is_right_is_accepted() {
    let files: Vec<(String, String)> =
        files("tests/schema/strange", "yaml").into_iter().map(|path| (path.clone(), text(&path))).collect();
    let library = library(&files);
    let mut batch = Batch::default();
    batch.schema("policy", schema::policy(&library));
    files.iter().for_each(|(path, text)| batch.yaml(path, "policy", text));
    batch.accepted();
}

/// What one vocabulary calls a fact another may call a group of facts.
#[test]
fn words_of_several_vocabularies_stand_side_by_side() {
    let files = [
        ("a.yaml", "vocabulary: a\nfacts: { claim: { type: boolean, ask: \"Claim?\" } }\n"),
        ("b.yaml", "vocabulary: b\nfacts: { claim.open: { type: boolean, ask: \"Open?\" } }\n"),
    ];
    let library = library(&files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let mut batch = Batch::default();
    batch.schema("case", schema::cases(&library));
    for facts in [r#"{"claim": true}"#, r#"{"claim": {"open": true}}"#, r#"{"claim.open": null}"#] {
        batch.json(facts, "case", &format!(r#"{{"at": "2026-05-12T02:30:00Z", "facts": {facts}}}"#));
    }
    batch.accepted();
}

/// Policies and cases drawn at random for the oracle: whatever the readers take, the schemas take.
#[test]
fn what_is_drawn_at_random_is_accepted() {
    let mut batch = Batch::default();
    let mut runner = TestRunner::deterministic();
    for family in [Family::Exceptions, Family::Escalations, Family::Table, Family::Authorization] {
        let drawn = scenarios(family);
        for number in 0..12 {
            let scenario = drawn.new_tree(&mut runner).unwrap().current();
            let files: Vec<(String, String)> =
                scenario.files.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).collect();
            let library = library(&files);
            let name = format!("{family:?} {number}");
            batch.schema(&name, schema::policy(&library));
            batch.schema(&format!("cases of {name}"), cases_of(&library, "p"));
            for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".yaml")) {
                batch.yaml(&format!("{name}: {path}\n{text}"), &name, text);
            }
            for (case, text) in scenario.cases.iter().enumerate() {
                batch.json(&format!("{name}: case {case}\n{text}"), &format!("cases of {name}"), text);
            }
        }
    }
    batch.accepted();
}

/// Which of the refusals a schema sees stands in a snapshot, so that none of them is lost unseen.
#[test]
fn much_of_what_is_wrong_is_refused() {
    let library = shipped();
    let mut batch = Batch::default();
    batch.schema("policy", schema::policy(&library));
    for path in fs::read_dir(root().join("tests/refusals")).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = format!("policy {}", path.file_stem().unwrap().to_str().unwrap());
            batch.yaml(&name, "policy", &fs::read_to_string(&path).unwrap());
        }
    }
    for path in files("tests/refusals/cases", "json").into_iter().chain(files("tests/refusals/cases", "yaml")) {
        let stem = Path::new(&path).file_stem().unwrap().to_str().unwrap();
        let policy = Path::new(&path).parent().unwrap().file_name().unwrap().to_str().unwrap();
        let policy = if policy == "yaml" { "patient-billing" } else { policy };
        let schema = format!("cases of {policy}");
        batch.schema(&schema, cases_of(&library, policy));
        match path.ends_with(".json") {
            true => batch.json(&format!("case {stem}"), &schema, &text(&path)),
            false => batch.yaml(&format!("case {stem}, in YAML"), &schema, &text(&path)),
        }
    }
    let Some(answers) = batch.held() else { return };
    let all = answers.len();
    let named = |wanted: fn(&Answer) -> bool| {
        let names: Vec<&str> =
            answers.iter().filter(|(_, answer)| wanted(answer)).map(|(name, _)| name.as_str()).collect();
        format!("{} of {all}\n{}\n", names.len(), names.join("\n"))
    };
    let refused = named(|answer| matches!(answer, Answer::Refused(_)));
    let unread = named(|answer| *answer == Answer::Unread);
    let missed = named(|answer| *answer == Answer::Accepted);
    let shown = format!("REFUSED {refused}\nNO YAML OR JSON {unread}\nLEFT TO `rulebook check` {missed}");
    insta::with_settings!({
        snapshot_path => "../../snapshots/schema",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("refusals", shown);
    });
}
