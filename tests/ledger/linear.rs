//! Small histories of several threads at once: whatever the ledger answered, it could have answered to one after another
//! (Herlihy and Wing 1990).

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use rulebook::ledger::Ledger;

use super::histories::corner::Corner;
use super::model::op::{Amendment, NewAuthorization, Party};
use super::model::{Made, Model, Op};
use super::store::*;

/// A command, when it began and ended, and what was answered.
#[derive(Debug, Clone)]
struct Event {
    op: Op,
    began: u64,
    ended: u64,
    answer: Result<Made, &'static str>,
}

/// What a thread does to two authorizations and three charges; attachments are named by their charge.
#[derive(Debug, Clone, Copy)]
enum Step {
    Attach(u8, usize),
    Reverse(u8),
    Cut(usize, i64),
    Cancel(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0u8..3, 0usize..2).prop_map(|(charge, to)| Step::Attach(charge, to)),
        2 => (0u8..3).prop_map(Step::Reverse),
        1 => (0usize..2, 0i64..4).prop_map(|(which, units)| Step::Cut(which, units * 10_000)),
        1 => (0usize..2).prop_map(Step::Cancel),
    ]
}

const THREADS: usize = 3;

/// Runs the steps of all threads at once.
fn events(address: &str, corner: &Corner, authorizations: &[i64], steps: &[Vec<Step>]) -> Vec<Event> {
    let clock = AtomicU64::new(0);
    let barrier = Barrier::new(steps.len());
    let (clock, barrier) = (&clock, &barrier);
    std::thread::scope(|scope| {
        let threads: Vec<_> = steps
            .iter()
            .map(|steps| {
                scope.spawn(move || {
                    let mut ledger = open(address);
                    barrier.wait();
                    let mut events = Vec::new();
                    for step in steps {
                        let op = match *step {
                            Step::Attach(charge, to) => Op::Attach { charge, authorization: authorizations[to] },
                            // which attachment it is, is looked up before, as a person would
                            Step::Reverse(charge) => match ledger.attachment_of(&corner.charge(charge)).unwrap() {
                                Some(row) => Op::Reverse { attachment: row.id.0 },
                                None => continue,
                            },
                            Step::Cut(which, units) => Op::Amend(Amendment {
                                authorization: authorizations[which],
                                approved: Some(units),
                                ..Amendment::default()
                            }),
                            Step::Cancel(which) => Op::Cancel { authorization: authorizations[which] },
                        };
                        let began = clock.fetch_add(1, Ordering::SeqCst);
                        let answer = corner.run(&mut ledger, &op, None);
                        let ended = clock.fetch_add(1, Ordering::SeqCst);
                        let answer = answer.map(|said| said.made).map_err(|error| error.word());
                        events.push(Event { op, began, ended, answer });
                    }
                    events
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Whether some order of the commands, in which none comes before another that had ended when it began, gives these
/// answers and this end.
fn linear(model: &Model, left: &[Event], end: &dyn Fn(&Model) -> bool) -> bool {
    if left.is_empty() {
        return end(model);
    }
    let first_end = left.iter().map(|event| event.ended).min().unwrap();
    left.iter().enumerate().filter(|(_, event)| event.began < first_end).any(|(at, event)| {
        let mut next = model.clone();
        let made = event.answer.clone().unwrap_or_default();
        if next.run(&event.op, &made).err() != event.answer.as_ref().err().copied() {
            return false;
        }
        let rest: Vec<Event> =
            left.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, e)| e.clone()).collect();
        linear(&next, &rest, end)
    })
}

fn one(address: &str, ledger: &mut Ledger, corner: &Corner, steps: &[Vec<Step>]) {
    corner.settle_in(ledger);
    let mut model = Model::new();
    let mut make = |op: Op| {
        let made = corner.run(ledger, &op, None).unwrap().made;
        model.run(&op, &made).unwrap();
        made.authorization
    };
    let mut authorizations = Vec::new();
    for number in 0..2 {
        let (party, codes) = (Party::default(), BTreeSet::new());
        let new = NewAuthorization { party, number, approved: 20_000, days: (0, 60), codes, document: None };
        authorizations.push(make(Op::AddAuthorization(new)));
    }
    for charge in 0..3 {
        make(Op::AddCharge { charge, party: Party::default(), units: 10_000, day: 9, code: 0, required: true });
    }
    let events = events(address, corner, &authorizations, steps);
    let used: Vec<i64> = authorizations
        .iter()
        .map(|id| ledger.auth(rulebook::ledger::AuthorizationId(*id)).used.ten_thousandths())
        .collect();
    let end = |model: &Model| authorizations.iter().zip(&used).all(|(id, used)| model.authorizations[id].used == *used);
    assert!(linear(&model, &events, &end), "no order gives these answers: {events:#?}");
}

/// `HISTORIES` says how many, ten times fewer than of the others.
#[test]
fn answers_at_the_same_time_are_those_of_some_order() {
    let histories: u32 = std::env::var("HISTORIES").map_or(400, |histories| histories.parse().unwrap()) / 10;
    for store in Store::each() {
        let mut ledger = store.open();
        let config = Config { cases: histories, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
        let state = std::cell::RefCell::new((&mut ledger, 0));
        let steps = proptest::collection::vec(proptest::collection::vec(step(), 1..4), THREADS);
        runner
            .run(&steps, |steps| {
                let (ledger, number) = &mut *state.borrow_mut();
                *number += 1;
                one(&store.address, ledger, &Corner { name: format!("l{number}") }, &steps);
                Ok(())
            })
            .unwrap();
        ledger.sound();
    }
}
