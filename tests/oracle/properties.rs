//! Random policies and cases: the engine says what the oracle says.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use rulebook::facts::Case;
use rulebook::policy::Policy;
use rulebook::program::Program;

use super::compare;
use super::generate::{Family, Scenario, scenarios};
use super::interview;
use super::tape::{Tape, tapes};

type Check = fn(&Program, &Policy, &Case) -> Result<(), String>;

/// How many scenarios are tried; `ORACLE_CASES` asks for more.
pub fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("ORACLE_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}

/// Completions that are gone through by case.
const MOST: usize = 600;

#[track_caller]
fn assert_everywhere(family: Family, check: Check) {
    assert_in(256, family, check);
}

/// The same in so many scenarios, unless `ORACLE_CASES` says otherwise.
#[track_caller]
fn assert_in(most: u32, family: Family, check: Check) {
    let tried = TestRunner::new(config(most)).run(&scenarios(family), |scenario: Scenario| {
        let policy: Arc<Policy> = scenario.policy();
        let program = Program::compile(&policy);
        for case in scenario.cases(&policy) {
            let case = compare::fitted(&policy, &case, MOST);
            check(&program, &policy, &case)
                .map_err(|fault| TestCaseError::fail(format!("{fault}\n{}", readable(&policy, &case))))?;
        }
        Ok(())
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}

/// A case as its facts.
pub fn readable(policy: &Policy, case: &Case) -> String {
    let given = policy.vocabulary.facts().filter_map(|(id, fact)| {
        let value = case.value(id)?.text(&fact.kind);
        Some(format!("  {}: {value:?}\n", fact.name))
    });
    format!("for the case at {} (type {:?}) with\n{}", case.at_text(), case.wanted_type(), given.collect::<String>())
}

#[test]
fn exceptions_are_decided_as_rule_by_rule() {
    assert_everywhere(Family::Exceptions, compare::decision);
}

#[test]
fn escalations_are_decided_as_rule_by_rule() {
    assert_everywhere(Family::Escalations, compare::decision);
}

#[test]
fn tables_are_decided_as_row_by_row() {
    assert_everywhere(Family::Table, compare::decision);
}

#[test]
fn long_tables_are_decided_as_row_by_row() {
    assert_in(64, Family::LongTable, compare::decision);
}

#[test]
fn tables_are_explained_as_their_rows_stand() {
    assert_everywhere(Family::Table, compare::explanation);
}

#[test]
fn a_decision_by_a_table_outlasts_whatever_else_is_learnt() {
    assert_everywhere(Family::Table, compare::monotony);
}

#[test]
fn authorizations_are_decided_as_section_by_section() {
    assert_everywhere(Family::Authorization, compare::decision);
}

#[test]
fn authorizations_are_explained_as_their_rules_stand() {
    assert_everywhere(Family::Authorization, compare::explanation);
}

#[test]
fn a_decision_on_an_authorization_outlasts_whatever_else_is_learnt() {
    assert_everywhere(Family::Authorization, compare::monotony);
}

#[test]
fn an_interview_on_an_authorization_ends_where_the_whole_case_does() {
    assert_everywhere(Family::Authorization, interview::agrees);
}

#[test]
fn exceptions_are_explained_as_their_rules_stand() {
    assert_everywhere(Family::Exceptions, compare::explanation);
}

#[test]
fn escalations_are_explained_as_their_rules_stand() {
    assert_everywhere(Family::Escalations, compare::explanation);
}

#[test]
fn a_decision_on_exceptions_outlasts_whatever_else_is_learnt() {
    assert_everywhere(Family::Exceptions, compare::monotony);
}

#[test]
fn a_decision_on_escalations_outlasts_whatever_else_is_learnt() {
    assert_everywhere(Family::Escalations, compare::monotony);
}

#[test]
fn an_interview_on_exceptions_ends_where_the_whole_case_does() {
    assert_everywhere(Family::Exceptions, interview::agrees);
}

#[test]
fn an_interview_on_escalations_ends_where_the_whole_case_does() {
    assert_everywhere(Family::Escalations, interview::agrees);
}

#[track_caller]
fn assert_wavering_leaves_no_trace(family: Family) {
    let tried = TestRunner::new(config(128)).run(&(scenarios(family), tapes(120)), |(scenario, tape)| {
        let policy: Arc<Policy> = scenario.policy();
        let program = Program::compile(&policy);
        let mut tape = Tape::new(tape);
        for case in scenario.cases(&policy) {
            interview::wavers(&program, &policy, &case, &mut tape)
                .map_err(|fault| TestCaseError::fail(format!("{fault}\n{}", readable(&policy, &case))))?;
        }
        Ok(())
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}

#[test]
fn whoever_goes_back_in_an_interview_on_exceptions_leaves_no_trace() {
    assert_wavering_leaves_no_trace(Family::Exceptions);
}

#[test]
fn whoever_goes_back_in_an_interview_on_escalations_leaves_no_trace() {
    assert_wavering_leaves_no_trace(Family::Escalations);
}

#[test]
fn whoever_goes_back_in_an_interview_on_a_table_leaves_no_trace() {
    assert_wavering_leaves_no_trace(Family::Table);
}
