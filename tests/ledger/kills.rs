//! Processes that are killed at any moment: what was done is done once, what was not is not.

use std::io::Read;
use std::time::Duration;

use rulebook::ledger::{
    Addressed, Attach, Attempt, AuthorizationId, Determination, Ledger, MarkWritten, OpenRequest, Outcome, Receive,
    RequestId, Submit,
};

use super::children;
use super::commands::{request, write};
use super::store::*;

/// Steps of a round; each attaches, submits and receives.
const STEPS: u32 = 25;
/// Rounds on one store.
const ROUNDS: u32 = 5;

/// Does the steps from a number on, each command by a key of its own, and counts those that had been done.
fn steps_from(ledger: &mut Ledger, first: u32) -> u32 {
    let mut done_before = 0;
    for step in first..first + STEPS {
        let (attach, submit, mark, receive) =
            (format!("a{step}"), format!("s{step}"), format!("w{step}"), format!("r{step}"));
        let charge = Attach { charge: format!("c{step}"), authorization: AuthorizationId(1) };
        done_before += u32::from(ledger.run(keyed(&attach), &charge).unwrap().replayed);
        let request = RequestId(i64::from(step) + 1);
        let submitted =
            ledger.run(keyed(&submit), &Submit { request, attempt: Attempt::Anew, due: None, write: &write }).unwrap();
        done_before += u32::from(submitted.replayed);
        let written = MarkWritten { transmission: submitted.value.transmission };
        done_before += u32::from(ledger.run(keyed(&mark), &written).unwrap().replayed);
        let message = Receive {
            partner: "hub".into(),
            name: format!("in{step}"),
            bytes: format!("answer {step}").into_bytes(),
            fault: None,
            answers: vec![Addressed {
                trace: Some(format!("T{step}")),
                reference: None,
                control: None,
                determination: Determination::new(Outcome::Approved),
            }],
            attach: true,
        };
        done_before += u32::from(ledger.run(keyed(&receive), &message).unwrap().replayed);
    }
    done_before
}

/// What the child does until it is killed.
pub fn steps(ledger: &mut Ledger, first: u32) {
    steps_from(ledger, first);
    println!("finished");
}

/// Numbers that look random and are the same each time (Steele, Lea and Flood 2014: SplitMix).
pub fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Kills so many children on a store; tells how many were killed in the middle of their steps.
fn rounds(store: &Store, seed: &mut u64) -> u32 {
    let mut ledger = store.open();
    let steps = STEPS * ROUNDS;
    ledger.done(&member("m"));
    ledger.done(&authorization("A-1", "1000000"));
    for step in 0..steps {
        ledger.done(&charge(&format!("c{step}"), "1"));
        ledger.done(&charge(&format!("o{step}"), "1"));
        let trace = Some(format!("T{step}"));
        ledger.done(&OpenRequest { charges: [format!("o{step}")].into(), trace, ..request() });
    }
    let mut midway = 0;
    // how long the steps take on this machine, measured on the round before
    let mut whole = Duration::from_millis(200);
    for round in 0..ROUNDS {
        let first = round * STEPS;
        let (mut child, mut said) = children::start("steps", &store.address, first);
        children::begin(&mut child);
        std::thread::sleep(whole.mul_f64((random(seed) % 1_000) as f64 / 1_000.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut text = String::new();
        said.read_to_string(&mut text).unwrap();

        let mut ledger = store.open();
        ledger.sound();
        let began = std::time::Instant::now();
        let before = steps_from(&mut ledger, first);
        if before == 0 {
            whole = began.elapsed();
        }
        midway += u32::from(before > 0 && before < 4 * STEPS);
        let done = i64::from(first + STEPS);
        // each exactly once: one attachment a step, one message a request, no control number left out
        assert_eq!(ledger.auth(AuthorizationId(1)).used.ten_thousandths(), done * 10_000);
        assert_eq!(ledger.attachments(AuthorizationId(1)).unwrap().len() as i64, done);
        for step in first..first + STEPS {
            let id = RequestId(i64::from(step) + 1);
            let sent = ledger.transmissions(id).unwrap();
            assert_eq!(sent.len(), 1);
            assert_eq!(sent[0].control, step + 1);
            let request = ledger.request(id).unwrap().unwrap();
            assert_eq!((request.attempts, request.outcome), (1, Some(Outcome::Approved)));
            assert_eq!(ledger.attachments(request.authorization).unwrap().len(), 1);
        }
        ledger.sound();
    }
    midway
}

/// `KILLS` says how often, on each kind of store.
#[test]
fn what_was_killed_is_finished_by_its_keys() {
    let kills: u32 = std::env::var("KILLS").map_or(ROUNDS, |kills| kills.parse().unwrap());
    let mut seed = 278;
    for kind in Store::each().iter().map(|store| store.address.starts_with("postgres")) {
        let mut midway = 0;
        for _ in 0..kills.div_ceil(ROUNDS) {
            let store = if kind { Store::on_server().unwrap() } else { Store::file() };
            midway += rounds(&store, &mut seed);
        }
        eprintln!("killed {} times, {midway} of them midway", kills.div_ceil(ROUNDS) * ROUNDS);
    }
}
