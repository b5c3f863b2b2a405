//! Random policies and events: the engine says what the model says, and keeps its promises.

use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};

use super::answer::engine;
use super::events::Request;
use super::generate;
use super::model::{Rules, standing};
use super::plan::Pair;
use crate::oracle::tape::{Tape, tapes};

type Check = fn(&Pair<'_>, &Rules<'_>, &Request) -> Result<(), String>;

/// Tries a check on many requests; `PROPTEST_CASES` says how many.
#[track_caller]
fn assert_everywhere(check: Check) {
    let config = Config { failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let tried = TestRunner::new(config).run(&(tapes(140), tapes(260)), |(policy, events)| {
        let plan = generate::plan(&mut Tape::new(policy));
        let pair = plan.load();
        let rules = Rules::of(&pair);
        let request = generate::request(&mut Tape::new(events), &rules);
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
    assert_everywhere(|pair, rules, request| {
        let (expected, came) = (standing(rules, request), engine(pair, request));
        if expected == came { Ok(()) } else { Err(format!("the model says {expected:#?}\nthe engine says {came:#?}")) }
    });
}

/// What random requests come to, so that nobody takes agreement on drafts for agreement.
#[test]
fn the_requests_get_everywhere() {
    let seen = std::cell::RefCell::new(std::collections::BTreeMap::<String, usize>::new());
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 1500, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    runner
        .run(&(tapes(140), tapes(260)), |(policy, events)| {
            let plan = generate::plan(&mut Tape::new(policy));
            let pair = plan.load();
            let rules = Rules::of(&pair);
            let request = generate::request(&mut Tape::new(events), &rules);
            let standing = standing(&rules, &request);
            let mut seen = seen.borrow_mut();
            let mut note = |what: String| *seen.entry(what).or_default() += 1;
            note(format!("state {} {}", standing.state, standing.closed));
            note(format!("level {}", standing.level));
            note(format!("round {}", standing.round));
            note(format!("history {}", standing.history.len()));
            if !standing.blocked.is_empty() {
                note("blocked".to_owned());
            }
            for refused in &standing.refused {
                note(format!("refused {}", refused.split(": ").nth(1).unwrap()));
            }
            for line in &standing.history {
                note(format!("line {}", line.split(' ').nth(3).unwrap().trim_matches(',')));
                if line.contains("instead_of") {
                    note("instead".to_owned());
                }
                for word in ["notify", "reassign", "escalate"] {
                    if line.contains(word) {
                        note(word.to_owned());
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    panic!("{:#?}", seen.borrow());
}
