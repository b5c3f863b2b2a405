//! The policies, tests and examples that come with the project: sound, green, and no rule without a test.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::engine::approval::Act;
use rulebook::engine::decide;
use rulebook::facts::{Case, Missing, Value, Vocabulary};
use rulebook::policy::{
    Approval, Authorization, Body, Category, Condition, ExceptionType, Library, Suite, TableRow, read_cases,
};
use rulebook::program::{KeywordIndex, Program};
use rulebook::render::{decision, diagnostics};
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::Value as Json;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // what begins with a dot is no policy
    paths.retain(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('.'));
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn source(path: &Path) -> Arc<Source> {
    let shown = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    let relative = shown.strip_prefix("rules/").unwrap_or(&shown).to_owned();
    Arc::new(Source::within(shown, relative, std::fs::read_to_string(path).unwrap()))
}

/// All of `rules/`, in which nothing may be wrong.
fn library() -> Library {
    let sources: Vec<Arc<Source>> = files(&root().join("rules")).iter().map(|path| source(path)).collect();
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    let found = bag.into_sorted();
    assert!(found.is_empty(), "{}", diagnostics::text(&found, false));
    library
}

#[test]
fn policies_have_no_faults() {
    for policy in library().policies() {
        let found = Program::compile(policy).findings();
        assert!(found.is_empty(), "{}", diagnostics::text(&found, false));
    }
}

#[test]
fn facts_that_are_asked_for_have_a_question_and_the_others_say_what_they_are() {
    for policy in library().policies() {
        for (_, fact) in policy.vocabulary.facts() {
            let told = if fact.missing == Missing::Ask { &fact.ask } else { &fact.description };
            assert!(told.is_some(), "`{}` has no words for people", fact.name);
        }
    }
}

#[test]
fn check_is_clean() {
    let output = Command::new(env!("CARGO_BIN_EXE_rulebook"))
        .args(["check", "--deny", "warnings"])
        .current_dir(root())
        .output()
        .expect("rulebook runs");
    let text = String::from_utf8(output.stdout).unwrap() + std::str::from_utf8(&output.stderr).unwrap();
    // how many files there are is no concern of this test
    let (_, verdict) = text.split_once(" files, ").expect("the summary counts files");
    snapshot("check", &format!("{verdict}exit code {}\n", output.status.code().unwrap()));
}

#[test]
fn every_policy_has_tests_and_all_of_them_pass() {
    let library = library();
    let tested: BTreeSet<&str> = library.suites().iter().map(|suite| suite.policy.name.as_str()).collect();
    let policies: BTreeSet<&str> = library.policies().map(|policy| policy.name.as_str()).collect();
    assert_eq!(tested, policies);
    let mut failures = Vec::new();
    for suite in library.suites() {
        let program = Program::compile(&suite.policy);
        for case in &suite.cases {
            let decided = decided(&program, &case.case);
            for mismatch in case.expect.iter().flat_map(|expect| expect.mismatches(&decided)) {
                let actual = mismatch.actual.as_deref().unwrap_or("(nothing)");
                let (key, expected, place) = (mismatch.key, mismatch.expected, mismatch.place);
                failures.push(format!("{place} {}: {key} is {actual}, expected {expected}", case.name));
            }
            let accepted = root().join("snapshots").join(&suite.policy.name).join(format!("{}.snap", case.name));
            if case.snapshot && !accepted.is_file() {
                failures.push(format!("{} {}: no snapshot is accepted", case.place, case.name));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn decided(program: &Program, case: &Case) -> Json {
    let decision = decide(program, case).unwrap_or_else(|fault| panic!("{fault}"));
    serde_json::from_str(&decision::json(&decision)).unwrap()
}

/// A rule that is added to a policy without a test fails here, by its id.
#[test]
fn every_rule_is_exercised_by_a_test() {
    let library = library();
    let mut untested = Vec::new();
    for suite in library.suites() {
        let mut coverage = Coverage::of(suite);
        match &suite.policy.body {
            Body::Escalations(escalations) => {
                escalations.categories.iter().for_each(|category| coverage.category(category));
            }
            Body::Exceptions(exceptions) => exceptions.types.iter().for_each(|kind| coverage.exception(kind)),
            Body::Table(table) => table.rows.iter().chain(table.default.as_deref()).for_each(|row| coverage.row(row)),
            Body::Approval(approval) => coverage.approval(approval),
            Body::Authorization(policy) => coverage.authorization(policy),
        }
        untested.extend(coverage.untested.iter().map(|what| format!("{}: {what}", suite.policy.name)));
    }
    assert!(untested.is_empty(), "no test exercises\n  {}", untested.join("\n  "));
}

/// The decisions of a policy's tests, and what they leave out.
struct Coverage {
    decisions: Vec<Json>,
    untested: Vec<String>,
}

impl Coverage {
    fn of(suite: &Suite) -> Coverage {
        let program = Program::compile(&suite.policy);
        let decisions = suite.cases.iter().map(|case| decided(&program, &case.case)).collect();
        Coverage { decisions, untested: Vec::new() }
    }

    /// Demands a decision of this kind.
    fn demand(&mut self, what: String, found: impl Fn(&Json) -> bool) {
        if !self.decisions.iter().any(found) {
            self.untested.push(what);
        }
    }

    /// Demands a decision with this outcome that rests on a rule.
    fn rests(&mut self, outcome: &str, rule: &str) {
        self.demand(format!("`{rule}` with the outcome {outcome}"), |decision| {
            decision["outcome"] == outcome && rests_on(decision, "rule", rule)
        });
    }

    /// Every level is entered, passed over and lapses; every state is reached, by every type of event.
    fn approval(&mut self, approval: &Approval) {
        let happens = |decision: &Json, key: &str, value: &str, level: Option<&str>| {
            let lines = decision["history"].as_array().into_iter().flatten();
            lines.into_iter().any(|line| line[key] == value && level.is_none_or(|level| line["level"] == level))
        };
        for level in &approval.levels {
            let mut wanted = vec!["entered", "approve", "deny", "return"];
            wanted.extend((level.rule.when != Condition::Always).then_some("skipped"));
            wanted.extend((!level.lapses.is_empty()).then_some("lapsed"));
            for word in wanted {
                let what = format!("`{word}` at the level `{}`", level.name);
                self.demand(what, |decision| happens(decision, "type", word, Some(&level.name)));
            }
        }
        for act in Act::ALL {
            self.demand(format!("`{}`", act.word()), |decision| happens(decision, "type", act.word(), None));
        }
        for state in ["draft", "pending", "returned", "approved", "closed"] {
            self.demand(format!("the state {state}"), |decision| decision["state"] == state);
        }
    }

    /// Every row, paper, requirement, move and alert counts in some test, and every outcome comes about.
    fn authorization(&mut self, policy: &Authorization) {
        for outcome in ["required", "not_required", "ask_payer", "documents_needed", "satisfied"] {
            self.demand(format!("the outcome {outcome}"), |decision| decision["outcome"] == outcome);
        }
        for row in &policy.required {
            self.demand(format!("`{}`", row.rule.id), |decision| rests_on(decision, "rule", &row.rule.id));
        }
        let papers = policy.documents.iter().chain(&policy.forms).map(|paper| &paper.requirement);
        for requirement in papers.chain(&policy.before) {
            self.rests("required", &requirement.rule.id);
            self.rests("documents_needed", &requirement.rule.id);
        }
        for requirement in &policy.serves {
            let id = &requirement.rule.id;
            self.rests("satisfied", id);
            self.demand(format!("`{id}` not met"), |decision| {
                decision["not_served"].as_array().is_some_and(|unmet| unmet.iter().any(|one| one["rule"] == **id))
            });
        }
        for step in &policy.next {
            self.demand(format!("`{}`", step.rule.id), |decision| decision["next"]["name"] == *step.name);
        }
        for row in &policy.determination {
            let place = row.rule.place.to_string();
            self.demand(format!("`determination` at {place}"), |decision| rests_on(decision, "place", &place));
        }
        for alert in &policy.alerts {
            self.demand(format!("`{}`", alert.rule.id), |decision| {
                decision["alerts"].as_array().is_some_and(|alerts| alerts.iter().any(|one| one["name"] == *alert.name))
            });
        }
    }

    fn category(&mut self, category: &Category) {
        let name = &category.name;
        self.demand(format!("the category `{name}`, escalated"), |decision| {
            decision["outcome"] == "escalate" && decision["category"] == **name
        });
        for scenario in &category.scenarios {
            self.rests("escalate", &scenario.rule.id);
        }
        for redirect in &category.redirects {
            self.rests("redirect", &redirect.rule.id);
        }
        for requirement in &category.requires {
            let id = &requirement.rule.id;
            self.rests("escalate", id);
            self.rests("not_ready", id);
        }
        for row in &category.turnaround {
            let place = row.rule.place.to_string();
            let id = &row.rule.id;
            // the last row holds by its own words, and then is no ground
            let otherwise = row.rule.when == rulebook::policy::Condition::Always;
            self.demand(format!("`{id}` at {place}"), |decision| {
                let chosen = decision["outcome"] == "escalate" && decision["category"] == **name;
                chosen && if otherwise { !rests_on(decision, "rule", id) } else { rests_on(decision, "place", &place) }
            });
        }
    }

    fn row(&mut self, row: &TableRow) {
        let place = row.rule.place.to_string();
        self.demand(format!("`{}` at {place}", row.rule.id), |decision| rests_on(decision, "place", &place));
    }

    fn exception(&mut self, kind: &ExceptionType) {
        let name = &kind.name;
        self.demand(format!("the type `{name}`, created"), |decision| {
            decision["outcome"] == "create_exception" && decision["exception"]["type"] == **name
        });
        for reason in &kind.reasons {
            self.rests("create_exception", &reason.rule.id);
        }
        if let Some(rule) = &kind.may_create {
            self.rests("create_exception", &rule.id);
            self.rests("not_permitted", &rule.id);
        }
        for window in &kind.windows {
            self.rests("create_exception", &window.rule.id);
            self.rests(&window.otherwise, &window.rule.id);
        }
    }
}

/// Whether a ground of a decision has this rule or place.
fn rests_on(decision: &Json, key: &str, value: &str) -> bool {
    decision["because"].as_array().is_some_and(|grounds| grounds.iter().any(|ground| ground[key] == value))
}

#[test]
fn every_keyword_is_found_by_a_test() {
    let library = library();
    for suite in library.suites() {
        let program = Program::compile(&suite.policy);
        for (fact, _) in suite.policy.vocabulary.facts() {
            let texts: Vec<&str> = suite
                .cases
                .iter()
                .filter_map(|case| match case.case.value(fact) {
                    Some(Value::Text(text)) => Some(text.as_ref()),
                    _ => None,
                })
                .collect();
            for keyword in program.keyword_lists(fact).into_iter().flatten() {
                let name = keyword.to_string();
                let index = KeywordIndex::new(&[vec![keyword]]);
                let found = texts.iter().any(|text| {
                    let mut hit = false;
                    index.hits(text, &mut |_| hit = true);
                    hit
                });
                assert!(found, "no test of `{}` mentions `{name}`", suite.policy.name);
            }
        }
    }
}

#[test]
fn example_jobs() {
    let library = library();
    let policy = library.policy("auth-job-follow-up").unwrap();
    let mut bag = Bag::default();
    let cases = read_cases(&source(&root().join("examples/jobs.yaml")), &policy.vocabulary, &mut bag);
    assert!(!bag.has_errors());
    let cases: Vec<Case> = cases.into_iter().map(|(_, case)| case.expect("the case can be read")).collect();
    snapshot("jobs", &decisions(&Program::compile(policy), &cases));
}

#[test]
fn example_billing() {
    let library = library();
    let policy = library.policy("patient-billing").unwrap();
    snapshot("billing", &decisions(&Program::compile(policy), &billing(&policy.vocabulary)));
}

#[test]
fn example_authorizations() {
    let library = library();
    let policy = library.policy("service").unwrap();
    let mut bag = Bag::default();
    let cases = read_cases(&source(&root().join("examples/authorizations.yaml")), &policy.vocabulary, &mut bag);
    assert!(!bag.has_errors());
    let cases: Vec<Case> = cases.into_iter().map(|(_, case)| case.expect("the case can be read")).collect();
    snapshot("authorizations", &decisions(&Program::compile(policy), &cases));
}

fn billing(vocabulary: &Arc<Vocabulary>) -> Vec<Case> {
    let text = std::fs::read_to_string(root().join("examples/billing.ndjson")).unwrap();
    text.lines().map(|line| Case::from_json(line, vocabulary).expect("the case can be read")).collect()
}

/// Decisions as text, one below the other.
fn decisions(program: &Program, cases: &[Case]) -> String {
    let texts: Vec<String> = cases.iter().map(|case| decision::text(&decide(program, case).unwrap(), false)).collect();
    texts.join("\n")
}

/// Holds a text against `snapshots/examples/`. Lines and columns are left out of places: they change with every edit.
fn snapshot(name: &str, text: &str) {
    let mut parts = text.split(".yaml:");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str(".yaml");
        shown.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/examples");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}
