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
