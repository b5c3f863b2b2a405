//! Versions of a policy in time: the one in force decides.

use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::engine::decide_by;
use rulebook::facts::Case;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::render::decision;
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::Value as Json;

const VOCABULARY: &str = "vocabulary: v\nfacts:\n  topic: { one of: [bill, other], ask: \"What about?\" }\nroles: { clerk: Asks., lead: Decides., head: Decides. }\n";
const OTHER_WORDS: &str = "vocabulary: w\nfacts:\n  topic: { one of: [bill, other], ask: \"What about?\" }\n";
const CALENDAR: &str = "calendar: c\nzone: America/New_York\nhours: { monday to friday: 09:00-17:00 }\n";

fn file(name: &str, dates: &str, within: &str) -> (String, String) {
    let text = format!(
        "escalations: desk\ncalendar: c\nuses: [v]\n{dates}categories:\n  bill: {{ when: {{ topic: bill }}, turnaround: {within} }}\n"
    );
    (name.to_owned(), text)
}

fn load(files: &[(String, String)]) -> (Vec<Program>, Vec<String>) {
    let fixed = [("v.yaml", VOCABULARY), ("w.yaml", OTHER_WORDS), ("c.yaml", CALENDAR)];
    let fixed = fixed.map(|(name, text)| Arc::new(Source::new(name, text)));
    let own = files.iter().map(|(name, text)| Arc::new(Source::new(name.as_str(), text.as_str())));
    let mut bag = Bag::default();
    let library = Library::load(&fixed.into_iter().chain(own).collect::<Vec<_>>(), &Zones::embedded(), &mut bag);
    let programs = library.policies().map(Program::compile).collect();
    (programs, bag.into_sorted().iter().map(|found| found.code.to_string()).collect())
}

fn decided(versions: &[Program], at: &str) -> Json {
    let text = format!(r#"{{"at":"{at}","facts":{{"topic":"bill"}}}}"#);
    let case = Case::from_json(&text, &versions[0].policy().vocabulary).unwrap();
    match decide_by(versions, &case) {
        Ok(decided) => serde_json::from_str(&decision::json(&decided)).unwrap(),
        Err(fault) => Json::String(fault.code().name()),
    }
}

#[test]
fn files_of_one_name_with_dates_are_versions_and_the_one_in_force_decides() {
    let (versions, faults) = load(&[
        file("b.yaml", "effective: { from: 2026-01-01 }\n", "3 business days"),
        file("a.yaml", "effective: { from: 2025-01-01, to: 2025-12-31 }\n", "10 business days"),
    ]);
    assert_eq!(faults, Vec::<String>::new());
    for (at, within, from) in [
        // the dates are those of New York, whatever the offset in which a case is written
        ("2025-01-01T05:00:00Z", "10 business days", "2025-01-01"),
        ("2026-01-01T04:59:59Z", "10 business days", "2025-01-01"),
        ("2026-01-01T05:00:00Z", "3 business days", "2026-01-01"),
    ] {
        let decided = decided(&versions, at);
        assert_eq!(decided["turnaround"]["within"], within, "{at}");
        assert_eq!(decided["in_force"]["from"], from, "{at}");
    }
    assert_eq!(decided(&versions, "2025-01-01T04:59:59Z"), "not_in_force");
}

#[test]
fn a_policy_of_one_version_says_nothing_of_versions() {
    let (versions, _) = load(&[file("a.yaml", "effective: { from: 2025-01-01 }\n", "3 days")]);
    assert!(decided(&versions, "2026-01-01T05:00:00Z").get("in_force").is_none());
}

#[test]
fn two_files_of_which_one_has_no_dates_are_no_versions() {
    let (versions, faults) =
        load(&[file("a.yaml", "", "3 days"), file("b.yaml", "effective: { from: 2026-01-01 }\n", "3 days")]);
    assert!(versions.is_empty());
    assert_eq!(faults, ["RB214"]);
}

#[test]
fn a_fault_in_one_version_keeps_all_from_being_used() {
    let (versions, faults) = load(&[
        file("a.yaml", "effective: { to: 2025-12-31 }\n", "3 dayz"),
        file("b.yaml", "effective: { from: 2026-01-01 }\n", "3 days"),
    ]);
    assert!(versions.is_empty(), "cases of 2025 would seem to have no rules");
    assert_eq!(faults.len(), 1);
}

#[test]
fn versions_that_use_other_words_are_refused() {
    let (name, text) = file("b.yaml", "effective: { from: 2026-01-01 }\n", "3 days");
    let (versions, faults) =
        load(&[file("a.yaml", "effective: { to: 2025-12-31 }\n", "3 days"), (name, text.replace("[v]", "[w]"))]);
    assert!(versions.is_empty());
    assert_eq!(faults, ["RB319"]);
}

#[test]
fn an_approval_is_decided_by_the_version_of_its_submission_until_it_is_resubmitted() {
    let version = |name: &str, dates: &str, role: &str| {
        let text = format!(
            "approval: desk\ncalendar: c\nuses: [v]\neffective: {{ {dates} }}\nrequested by: clerk\nlevels:\n  only: {{ role: {role} }}\non denial: return to requester\nrequester may: [resubmit]\n"
        );
        (name.to_owned(), text)
    };
    let (versions, faults) =
        load(&[version("a.yaml", "to: 2025-12-31", "lead"), version("b.yaml", "from: 2026-01-01", "head")]);
    assert_eq!(faults, Vec::<String>::new());
    let may_act = |events: &str| {
        let text = format!(r#"{{"at":"2026-02-01T12:00:00Z","facts":{{}},"events":[{events}]}}"#);
        let case = Case::from_json(&text, &versions[0].policy().vocabulary).unwrap();
        let decided: Json = serde_json::from_str(&decision::json(&decide_by(&versions, &case).unwrap())).unwrap();
        (decided["may_act"][0]["role"].as_str().unwrap_or_default().to_owned(), decided["in_force"].to_string())
    };
    let submit = r#"{"id":"1","at":"2025-12-30T12:00:00Z","type":"submit","by":{"id":"ann","roles":["clerk"]}}"#;
    let (role, in_force) = may_act(submit);
    assert_eq!((role.as_str(), in_force.as_str()), ("lead", r#"{"to":"2025-12-31"}"#));
    let denied = r#"{"id":"2","at":"2026-01-05T12:00:00Z","type":"deny","by":{"id":"lee","roles":["lead"]}}"#;
    let again = r#"{"id":"3","at":"2026-01-06T12:00:00Z","type":"resubmit","by":{"id":"ann","roles":["clerk"]}}"#;
    let (role, in_force) = may_act(&[submit, denied, again].join(","));
    assert_eq!((role.as_str(), in_force.as_str()), ("head", r#"{"from":"2026-01-01"}"#));
}
