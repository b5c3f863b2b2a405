//! Bad input is refused: with the right code, at the exact place, with a cure.
//!
//! `refusals/*.yaml` hold one fault each and say in their first lines which is expected where; `refusals/cases` hold
//! cases by the policy that they are put to, their code in the file's name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rulebook::diagnostic::{Bag, Code, Diagnostic, MOST_A_FILE, sort};
use rulebook::engine::decide;
use rulebook::facts::{Case, Unreadable, Vocabulary};
use rulebook::policy::{Library, read_cases};
use rulebook::program::Program;
use rulebook::render::decision::unreadable;
use rulebook::render::{diagnostics, page};
use rulebook::source::Source;
use rulebook::time::Zones;

/// The policies that cases are put to.
const POLICIES: [&str; 3] = ["patient-billing", "support-services", "service-authorization"];
const SHIPPED: [&str; 3] = ["rules/vocabulary.yaml", "rules/calendars/us-business.yaml", "rules/hooks/codes.rhai"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(path: &str) -> Arc<Source> {
    Arc::new(Source::new(path, fs::read_to_string(root().join(path)).expect(path)))
}

/// The files of a folder with one of these extensions, as paths from the project's root.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect(folder).map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    paths.sort();
    paths.iter().map(|path| format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap())).collect()
}

fn stem(path: &str) -> &str {
    Path::new(path).file_stem().unwrap().to_str().unwrap()
}

/// What a header line such as `# expect: RB204 at 12:9` says.
fn headers(text: &str, key: &str) -> Vec<String> {
    let lines = text.lines().take_while(|line| line.starts_with("# "));
    lines.filter_map(|line| line.strip_prefix(&format!("# {key}: "))).map(str::to_owned).collect()
}

/// Every fault of these files, those that only a compiled policy shows among them.
fn faults(sources: &[Arc<Source>]) -> Vec<Diagnostic> {
    let mut bag = Bag::default();
    let library = Library::load(sources, &Zones::embedded(), &mut bag);
    let mut found = bag.into_sorted();
    found.extend(library.policies().flat_map(|policy| Program::compile(policy).findings()));
    sort(&mut found);
    found
}

/// Loads a text together with the shipped vocabulary and calendar.
fn faults_of(text: &str) -> Vec<Diagnostic> {
    let mut sources: Vec<Arc<Source>> = SHIPPED.iter().map(|path| source(path)).collect();
    sources.push(Arc::new(Source::new("sample.yaml", text)));
    faults(&sources)
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|found| found.code.page().code).collect()
}

#[track_caller]
pub fn snapshot(name: &str, content: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots/refusals",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, content);
    });
}

#[test]
fn every_file_is_refused_where_it_says() {
    let mut wrong = String::new();
    for path in files("tests/refusals", "yaml") {
        let file = source(&path);
        let mut sources: Vec<Arc<Source>> = SHIPPED.iter().map(|path| source(path)).collect();
        sources.extend(headers(file.text(), "with").iter().map(|path| source(path)));
        sources.push(Arc::clone(&file));
        let found = faults(&sources);
        let mut expected = headers(file.text(), "expect");
        let mut actual: Vec<String> = found
            .iter()
            .map(|found| match &found.place {
                Some(place) if place.source.path() == path => format!("{} at {}", found.code, place.position()),
                Some(place) => format!("{} at {place}", found.code),
                None => format!("{} nowhere", found.code),
            })
            .collect();
        expected.sort();
        actual.sort();
        let code = stem(&path).split('-').next().unwrap();
        if expected != actual || !expected.iter().any(|line| line.starts_with(code)) {
            wrong += &format!("{path}: expected {expected:?}, found {actual:?}\n");
        }
        for fault in found.iter().filter(|fault| fault.help.as_ref().is_none_or(String::is_empty)) {
            wrong += &format!("{path}: no cure for: {}\n", fault.message);
        }
        snapshot(stem(&path), &diagnostics::text(&found, false));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What a case comes to under a policy of the shipped rules.
struct Shipped {
    library: Library,
}

impl Shipped {
    fn load() -> Shipped {
        let mut sources: Vec<Arc<Source>> = SHIPPED.iter().map(|path| source(path)).collect();
        sources.push(source("rules/escalations/patient-billing.yaml"));
        sources.push(source("rules/exceptions/support-services.yaml"));
        sources.push(source("rules/approvals/service-authorization.yaml"));
        let mut bag = Bag::default();
        let library = Library::load(&sources, &Zones::embedded(), &mut bag);
        assert!(bag.is_empty(), "{}", diagnostics::text(&bag.into_sorted(), false));
        Shipped { library }
    }

    fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.library.policy("patient-billing").unwrap().vocabulary
    }

    fn fault(&self, policy: &str, text: &str) -> Option<Unreadable> {
        let policy = self.library.policy(policy).unwrap();
        self.decided(policy.name.as_str(), Case::from_json(text, &policy.vocabulary))
    }

    fn decided(&self, policy: &str, case: Result<Case, Unreadable>) -> Option<Unreadable> {
        let program = Program::compile(self.library.policy(policy).unwrap());
        let decided =
            case.and_then(|case| decide(&program, &case).map(drop).map_err(|fault| Unreadable::of(None, fault)));
        decided.err()
    }
}

#[test]
fn every_case_is_refused_with_its_cure() {
    let shipped = Shipped::load();
    for policy in POLICIES {
        let folder = format!("tests/refusals/cases/{policy}");
        for path in files(&folder, "json") {
            let text = fs::read_to_string(root().join(&path)).unwrap();
            check_case(&path, shipped.fault(policy, text.trim_end()));
        }
    }
    for path in files("tests/refusals/cases/yaml", "yaml") {
        let mut bag = Bag::default();
        let mut cases = read_cases(&source(&path), shipped.vocabulary(), &mut bag);
        assert!(bag.is_empty() && cases.len() == 1, "{path}");
        check_case(&path, shipped.decided("patient-billing", cases.remove(0).1));
    }
}

fn check_case(path: &str, fault: Option<Unreadable>) {
    let fault = fault.unwrap_or_else(|| panic!("{path} is not refused"));
    let code = stem(path).split('-').next().unwrap();
    assert_eq!(fault.fault.code().page().code, code, "{path}: {}", fault.fault);
    assert!(fault.fault.advice().is_some(), "{path} has no cure: {}", fault.fault);
    let shown: serde_json::Value = serde_json::from_str(&unreadable(&fault, 1)).expect(path);
    let kind = if path.ends_with(".yaml") { "case-yaml" } else { "case" };
    snapshot(&format!("{kind}-{}", stem(path)), &serde_json::to_string_pretty(&shown["error"]).unwrap());
}

#[test]
fn long_and_deep_cases_are_refused_shortly() {
    let shipped = Shipped::load();
    let at = "\"at\": \"2026-05-12T02:30:00Z\"";
    for (text, code) in [
        (format!("{{{at}, \"facts\": {{\"message.text\": \"{}\"}}}}", "x".repeat(70_000)), "RB508"),
        ("[".repeat(5_000), "RB502"),
        (format!("{{{at}, \"note\": {}", "[".repeat(5_000)), "RB501"),
        (format!("{{{at}, \"facts\": {}", "{\"job\":".repeat(5_000)), "RB501"),
        (format!("{{{at}, \"facts\": {}1{}", "{\"job\":".repeat(5_000), "}".repeat(5_001)), "RB507"),
        (format!("{{{at}, \"facts\": {{\"account.balance\": {}{}}}}}", "[".repeat(5_000), "]".repeat(5_000)), "RB508"),
        (format!("{{{at}, \"facts\": {{\"account.balance\": {}}}}}", "9".repeat(100_000)), "RB508"),
        (format!("{{{at}, \"facts\": {{\"{}\": 1}}}}", "a.".repeat(100_000)), "RB507"),
        (format!("{{{at}, \"{}\": 1}}", "a".repeat(100_000)), "RB503"),
        (format!("{{\"at\": \"{}\"}}", "2026-05-12".repeat(10_000)), "RB505"),
    ] {
        let fault = shipped.fault("patient-billing", &text).expect(code);
        assert_eq!(fault.fault.code().page().code, code, "{}", fault.fault);
        assert!(fault.fault.message().len() < 1_000, "{code}: {} bytes", fault.fault.message().len());
        assert!(fault.fault.value_json().is_none_or(|value| value.len() < 1_000), "{code}");
    }
}

#[test]
fn what_looks_strange_and_is_right_is_accepted() {
    let shipped = Shipped::load();
    let at = "\"at\": \"2026-05-12T02:30:00Z\"";
    for facts in [
        "{\"account.balance\": 12.50, \"message.text\": \"a\\u0000b \\ud83d\\ude00\"}",
        "{\"account.balance\": \"12.50\"}",
        "{\"account.balance\": null, \"account\": null, \"job\": {\"severity\": null}}",
        "{\"attempts\": {\"unresolved\": 9223372036854775807}}",
        "{\"contact\\u002ewaited\": \"PT2M1S\"}",
    ] {
        let text = format!("{{{at}, \"facts\": {facts}, \"received\": \"2026-05-11T22:30:00-04:00\"}}");
        let fault = shipped.fault("patient-billing", &text);
        assert!(fault.is_none(), "{facts}: {}", fault.unwrap().fault);
    }
}

#[test]
fn words_that_yaml_tools_convert_mean_what_was_written() {
    let words = ["NO", "yes", "017", "1e3", "12", "20:00", "null", "~", "0x1F", "1_000", "2026-05-12", ".5", "True"];
    let vocabulary = format!(
        "vocabulary: sample\nfacts:\n  claim.word: {{ one of: [{}] }}\n  claim.text: {{ type: text }}\n",
        words.join(", ")
    );
    let mut policy = "escalations: sample\nuses: [sample]\ncategories:\n".to_owned();
    for (number, word) in words.iter().enumerate() {
        for fact in ["word", "text"] {
            policy += &format!(
                "  {fact} {number}: {{ when: {{ claim.{fact}: {word} }}, turnaround: none stated, notes: [{word}] }}\n"
            );
        }
    }
    let sources = [Source::new("v.yaml", vocabulary), Source::new("p.yaml", policy)].map(Arc::new);
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "{}", diagnostics::text(&bag.into_sorted(), false));
    let policy = library.policy("sample").unwrap();
    let program = Program::compile(policy);
    for (number, word) in words.iter().enumerate() {
        let text = format!(
            "{{\"at\": \"2026-05-12T02:30:00Z\", \"facts\": {{\"claim.word\": \"{word}\", \"claim.text\": \"{word}\"}}}}"
        );
        let case = Case::from_json(&text, &policy.vocabulary).expect(word);
        let decision = rulebook::render::decision::json(&decide(&program, &case).expect(word));
        let decision: serde_json::Value = serde_json::from_str(&decision).unwrap();
        assert_eq!(decision["category"], format!("word {number}"), "{decision}");
        assert_eq!(decision["also"][0], format!("text {number}"), "{decision}");
        assert_eq!(decision["notes"][0], *word);
    }
}

#[test]
fn a_fault_of_one_file_is_not_repeated_by_those_that_use_it() {
    let shipped: Vec<String> =
        ["rules/escalations/patient-billing.yaml", "rules/escalations/patient-billing.tests.yaml"]
            .iter()
            .chain(&SHIPPED)
            .map(|path| (*path).to_owned())
            .collect();
    for (path, words, instead, expected) in [
        ("rules/vocabulary.yaml", "vocabulary: casework\n", "vocabulary: casework\n\tx\n", vec!["RB110"]),
        ("rules/vocabulary.yaml", "vocabulary: casework\n", "vocabulary: casework\nfacts: [\n", vec!["RB101"]),
        ("rules/vocabulary.yaml", "    one of: [phone, email, chat, mail]", "    type: words", vec!["RB301"]),
        ("rules/vocabulary.yaml", "  attach_proof:", "  attach.proof:", vec!["RB215", "RB206"]),
        ("rules/calendars/us-business.yaml", "zone: America/New_York", "zone: [", vec!["RB101"]),
        ("rules/calendars/us-business.yaml", "America/New_York", "America/NewYork", vec!["RB209"]),
        ("rules/escalations/patient-billing.yaml", "categories:\n", "categories: &c\n", vec!["RB104"]),
    ] {
        let sources: Vec<Arc<Source>> = shipped
            .iter()
            .map(|name| {
                let file = source(name);
                if name != path {
                    return file;
                }
                assert!(file.text().contains(words), "{path} does not hold {words:?}");
                Arc::new(Source::new(path, file.text().replacen(words, instead, 1)))
            })
            .collect();
        let faults = faults(&sources);
        let (mut found, shown) = (codes(&faults), diagnostics::text(&faults, false));
        found.dedup();
        assert!(found.iter().all(|code| expected.contains(code)), "{words:?}: {found:?}\n{shown}");
    }
}

#[test]
fn a_policy_with_a_fault_in_its_yaml_or_a_name_of_another_is_not_used() {
    let policy =
        |name: &str| format!("escalations: {name}\ncategories:\n  c: {{ when: always, turnaround: none stated }}\n");
    let load = |texts: &[String]| {
        let files: Vec<Arc<Source>> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| Arc::new(Source::new(format!("{number}.yaml"), text.as_str())))
            .collect();
        Library::load(&files, &Zones::embedded(), &mut Bag::default()).policy("sample").is_some()
    };
    assert!(load(&[policy("sample")]));
    assert!(!load(&[policy("sample"), policy("sample")]));
    assert!(!load(&[format!("{}title: One\ntitle: Two\n", policy("sample"))]));
    let twice = "vocabulary: v\ntitle: One\ntitle: Two\n".to_owned();
    assert!(!load(&[policy("sample"), twice]));
}

#[test]
fn a_file_with_countless_faults_shows_the_first_of_them() {
    let found = faults_of(&format!("escalations: sample\n{}", "\tx\n".repeat(5_000)));
    assert_eq!(found.len(), MOST_A_FILE);
    let help = found.last().and_then(|last| last.help.clone()).unwrap_or_default();
    assert!(help.ends_with("\n4000 more faults of this file are not shown"), "{help}");
}

#[test]
fn every_code_has_a_refusal_and_a_page() {
    let mut covered: BTreeSet<String> = BTreeSet::new();
    let folders = ["tests/refusals", "tests/refusals/cases/yaml"].map(|folder| files(folder, "yaml"));
    let cases = POLICIES.map(|policy| files(&format!("tests/refusals/cases/{policy}"), "json"));
    for path in folders.iter().chain(&cases).flatten() {
        covered.extend(stem(path).split('-').next().map(str::to_owned));
    }
    covered.extend(super::files::CODES.iter().map(|code| (*code).to_owned()));
    covered.extend(super::x12::CODES.iter().map(|code| (*code).to_owned()));
    for code in Code::ALL {
        let facts = code.page();
        assert!(covered.remove(facts.code), "{code} has no refusal");
        assert!(page(*code, false).contains(facts.title), "{code} has no page");
        for text in [facts.title, facts.means, facts.example, facts.cure] {
            assert!(!text.trim().is_empty(), "{code}");
        }
    }
    assert!(covered.is_empty(), "refusals of codes that do not exist: {covered:?}");
}
