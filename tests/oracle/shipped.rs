//! The shipped policies against the oracle, on random cases over the vocabulary that they share.

use std::path::Path;
use std::sync::Arc;

use proptest::test_runner::{TestCaseError, TestRunner};
use rulebook::diagnostic::Bag;
use rulebook::facts::{Case, Kind, Missing, Vocabulary};
use rulebook::policy::{Body, Library, Policy};
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::{Map, Value as Json, json};
use walkdir::WalkDir;

use super::properties::{config, readable};
use super::tape::{Tape, tapes};
use super::verdict::facts_read;
use super::{compare, interview};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");

fn library() -> Library {
    let files: Vec<_> = WalkDir::new(ROOT).sort_by_file_name().into_iter().map(Result::unwrap).collect();
    let is_policy = |path: &Path| {
        path.extension().is_some_and(|extension| ["yaml", "csv", "rhai"].iter().any(|known| extension == *known))
    };
    let sources = files.iter().map(walkdir::DirEntry::path).filter(|path| is_policy(path)).map(|path| {
        let relative = path.strip_prefix(ROOT).unwrap().to_str().unwrap();
        Arc::new(Source::new(relative, std::fs::read_to_string(path).unwrap()))
    });
    let mut bag = Bag::default();
    let library = Library::load(&sources.collect::<Vec<_>>(), &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "{:#?}", bag.into_sorted());
    library
}

/// A case that gives most of the facts that a policy reads.
fn draw(tape: &mut Tape, policy: &Policy) -> Case {
    let instants = ["2026-03-06T12:00:00-05:00", "2026-03-07T23:30:00-05:00", "2026-11-02T07:00:00Z"];
    let mut given = Map::new();
    for id in facts_read(policy) {
        let fact = policy.vocabulary.fact(id);
        let left_out = if fact.missing == Missing::Ask { 15 } else { 50 };
        if fact.formula.is_none() && !tape.chance(left_out) {
            given.insert(fact.name.clone(), value(tape, &policy.vocabulary, &fact.kind));
        }
    }
    let mut case = json!({ "at": tape.pick(&instants), "facts": given });
    if let Body::Exceptions(exceptions) = &policy.body
        && tape.chance(40)
    {
        case["type"] = exceptions.types[tape.below(exceptions.types.len())].name.as_str().into();
    }
    Case::from_json(&case.to_string(), &policy.vocabulary).unwrap()
}

/// A value near what the policies say.
fn value(tape: &mut Tape, vocabulary: &Vocabulary, kind: &Kind) -> Json {
    let zones: Vec<&str> = vocabulary.zones().names().collect();
    let texts = ["", "my LAWYER's", "Better\n business bureau", "lawsuits", "WODUNN", "ZBAL", "harassing", "defraud"];
    let dates = ["2026-01-02", "2025-12-31", "2025-12-30", "2025-09-07", "2025-09-06", "2026-03-06", "2026-08-27"];
    match kind {
        Kind::OneOf(words) => words[tape.below(words.len())].as_str().into(),
        Kind::Boolean => tape.chance(50).into(),
        Kind::Integer(_) => json!(tape.pick(&[0, 1, 2, 99, 100])),
        Kind::Decimal(_) => tape.pick(&["0", "0.00", "0.01", "12.50"]).into(),
        Kind::Text => tape.pick(&texts).into(),
        Kind::Duration => tape.pick(&["2 minutes", "121 seconds", "1 minute"]).into(),
        Kind::Date => tape.pick(&dates).into(),
        Kind::TimeZone => tape.pick(&zones).into(),
        Kind::Days => unreachable!("no case carries it"),
    }
}

/// The policies that decide by facts alone: requests are followed through events, which the oracle has none of.
fn decided_by_facts(library: &Library) -> Vec<(&Arc<Policy>, Program)> {
    let decided = library.policies().filter(|policy| !matches!(policy.body, Body::Approval(_)));
    decided.map(|policy| (policy, Program::compile(policy))).collect()
}

#[test]
fn the_shipped_policies_decide_and_explain_as_rule_by_rule() {
    let library = library();
    let policies = decided_by_facts(&library);
    assert!(policies.len() >= 3);
    let tried = TestRunner::new(config(256)).run(&tapes(120), |tape| {
        let mut tape = Tape::new(tape);
        let (policy, program) = &policies[tape.below(policies.len())];
        let case = compare::fitted(policy, &draw(&mut tape, policy), 200);
        for check in [compare::decision, compare::explanation, compare::monotony] {
            check(program, policy, &case)
                .map_err(|fault| TestCaseError::fail(format!("{fault}\n{}", readable(policy, &case))))?;
        }
        Ok(())
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}

#[test]
fn an_interview_by_the_shipped_policies_ends_where_the_whole_case_does() {
    let library = library();
    let policies = decided_by_facts(&library);
    let tried = TestRunner::new(config(64)).run(&tapes(120), |tape| {
        let mut tape = Tape::new(tape);
        let (policy, program) = &policies[tape.below(policies.len())];
        let case = draw(&mut tape, policy);
        interview::agrees(program, policy, &case)
            .map_err(|fault| TestCaseError::fail(format!("{fault}\n{}", readable(policy, &case))))
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}

/// A few cases only: each of their questions is asked several times over. With the many facts of an authorization that
/// takes minutes; drawn ones are held to the same in `properties`.
#[test]
fn whoever_goes_back_in_an_interview_by_the_shipped_policies_leaves_no_trace() {
    let library = library();
    let mut policies = decided_by_facts(&library);
    policies.retain(|(policy, _)| !matches!(policy.body, Body::Authorization(_)));
    let tried = TestRunner::new(config(6)).run(&tapes(120), |tape| {
        let mut tape = Tape::new(tape);
        let (policy, program) = &policies[tape.below(policies.len())];
        let case = draw(&mut tape, policy);
        interview::wavers(program, policy, &case, &mut tape)
            .map_err(|fault| TestCaseError::fail(format!("{fault}\n{}", readable(policy, &case))))
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}
