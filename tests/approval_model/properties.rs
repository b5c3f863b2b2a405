//! Random policies and events: the engine says what the model says, and keeps what it promises without any model.

use std::collections::BTreeSet;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use super::answer::{answer, engine};
use super::events::Request;
use super::generate;
use super::model::{Rules, standing};
use super::plan::Pair;
use super::promises;
use crate::oracle::tape::{Tape, tapes};

type Check<'c> = &'c dyn Fn(&Pair<'_>, &Rules<'_>, &Request) -> Result<(), String>;

/// Requests drawn event by event, each being mostly what could come next.
fn sensible(tape: &mut Tape, rules: &Rules<'_>) -> Request {
    generate::request(tape, rules)
}

/// Tries a check on many requests; `PROPTEST_CASES` says how many.
#[track_caller]
fn assert_everywhere(draw: fn(&mut Tape, &Rules<'_>) -> Request, check: Check<'_>) {
    let config = Config { failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    tried(&mut TestRunner::new(config), draw, check);
}

#[track_caller]
fn tried(runner: &mut TestRunner, draw: fn(&mut Tape, &Rules<'_>) -> Request, check: Check<'_>) {
    let tried = runner.run(&(tapes(140), tapes(260)), |(policy, events)| {
        let plan = generate::plan(&mut Tape::new(policy));
        let pair = plan.load();
        let rules = Rules::of(&pair);
        let request = draw(&mut Tape::new(events), &rules);
        check(&pair, &rules, &request)
            .map_err(|fault| TestCaseError::fail(format!("{fault}\n{}\n{}", plan.yaml(), request.readable())))
    });
    match tried {
        Ok(()) => {}
        Err(TestError::Fail(fault, _)) => panic!("{fault}"),
        Err(aborted) => panic!("{aborted}"),
    }
}

#[test]
fn the_engine_says_what_the_model_says() {
    assert_everywhere(sensible, &|pair, rules, request| {
        let (expected, came) = (standing(rules, request), engine(pair, request));
        if expected == came { Ok(()) } else { Err(format!("the model says {expected:#?}\nthe engine says {came:#?}")) }
    });
}

#[test]
fn nothing_is_approved_without_every_level_that_it_needs() {
    assert_everywhere(sensible, &|pair, _, request| promises::every_level(pair.plan, request, &answer(pair, request)));
}

#[test]
fn nobody_decides_what_is_theirs_or_decides_twice() {
    assert_everywhere(sensible, &|pair, _, request| promises::separate(pair.plan, &answer(pair, request)));
}

#[test]
fn what_happened_so_far_stays_as_it_was() {
    assert_everywhere(sensible, &|pair, _, request| promises::prefixes(pair, request));
}

#[test]
fn refused_events_may_as_well_not_be_there() {
    assert_everywhere(sensible, &|pair, _, request| promises::without_refused(pair, request));
}

#[test]
fn whatever_is_sent_nothing_panics() {
    assert_everywhere(generate::anything, &|pair, _, request| {
        promises::is_answered(pair, request);
        Ok(())
    });
}

/// So that nobody takes agreement on drafts for agreement.
#[test]
fn the_requests_get_everywhere() {
    let config = Config { cases: 1000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let seen = std::cell::RefCell::new(BTreeSet::new());
    tried(&mut runner, sensible, &|_, rules, request| {
        let standing = standing(rules, request);
        let mut seen = seen.borrow_mut();
        seen.insert(format!("{} {}", standing.state, standing.closed).trim_end().to_owned());
        seen.insert(format!("round {}", standing.round));
        seen.insert(format!("level {}", standing.level));
        seen.extend((!standing.blocked.is_empty()).then(|| "blocked".to_owned()));
        seen.extend(standing.refused.iter().filter_map(|line| Some(line.split_once(": ")?.1.to_owned())));
        for word in ["instead_of", "notify", "reassign", "escalate", "skipped"] {
            seen.extend(standing.history.iter().any(|line| line.contains(word)).then(|| word.to_owned()));
        }
        Ok(())
    });
    let wanted = "draft,pending,undetermined,returned,approved,denied,closed withdrawn,closed by_requester,closed cap,\
        closed deadline,round 4,level fourth,blocked,instead_of,notify,reassign,escalate,skipped,\
        duplicate_id,unknown_type,misplaced_key,no_delegate,own_delegate,bad_period,after_case,time_runs_backwards,\
        wrong_state,not_in_force,not_the_requester,not_allowed,wrong_role,not_named,own_request,already_voted,\
        already_decided_a_level,role_has_decided";
    let seen = seen.into_inner();
    let missed: Vec<&str> = wanted.split(',').filter(|what| !seen.contains(*what)).collect();
    assert!(missed.is_empty(), "no request comes to {missed:?}");
}
