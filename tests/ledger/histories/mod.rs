//! Thousands of histories of all commands, drawn at random, held to the model after each command.

pub mod corner;
mod draft;
mod said;
mod sameness;

use std::collections::{BTreeMap, BTreeSet};

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use rulebook::ledger::{Error, Ledger, Refusal};

use super::model::{Model, Op};
use super::store::*;
use corner::Corner;
use draft::{Draft, draft};
use sameness::{guard_and_verdict_agree, same};

/// How often each kind of command was done and each refusal given.
#[derive(Debug, Default)]
struct Tally {
    done: BTreeMap<(&'static str, &'static str), usize>,
    refused: BTreeMap<&'static str, usize>,
    /// How often a charge was refused since another request asks for it: a word that other refusals have too.
    asked: usize,
    /// How often it was noted that a request by hand was made once more since that was due.
    retried: usize,
    /// How often a command was repeated by its key.
    repeated: usize,
}

/// Goes through a history on the ledger and in the model.
fn history(ledger: &mut Ledger, name: String, drafts: &[Draft], tally: &mut Tally) {
    let corner = Corner { name };
    corner.settle_in(ledger);
    let mut model = Model::new();
    let mut answers: BTreeMap<u8, String> = BTreeMap::new();
    for draft in drafts {
        let op = draft.op(&model);
        let before = model.clone();
        let step = std::panic::AssertUnwindSafe(|| {
            step(ledger, &corner, &mut model, &op, draft.key, &mut answers, tally);
        });
        if let Err(fault) = std::panic::catch_unwind(step) {
            eprintln!("at {op:?}\n{before:#?}");
            std::panic::resume_unwind(fault);
        }
    }
    same(ledger, &corner, &model);
}

/// Does one command on both, and compares what is told and what can be seen then.
fn step(
    ledger: &mut Ledger,
    corner: &Corner,
    model: &mut Model,
    op: &Op,
    key: Option<u8>,
    answers: &mut BTreeMap<u8, String>,
    tally: &mut Tally,
) {
    if let Op::Attach { charge, authorization } = op {
        guard_and_verdict_agree(ledger, corner, model, *charge, *authorization);
    }
    let replay = key.map_or(Ok(false), |key| model.keyed(key, op));
    let ran = corner.run(ledger, op, key).map_err(|error| {
        tally.asked += usize::from(matches!(error, Error::Refused(Refusal::ChargeAsked { .. })));
        error.word()
    });
    match (replay, ran) {
        (Ok(true), Ok(said)) => {
            assert!(said.replayed);
            assert_eq!(Some(&said.text), answers.get(&key.unwrap()));
            tally.repeated += 1;
        }
        (Ok(true), Err(word)) => panic!("what was done by the key is refused: {word}"),
        (Err(expected), ran) => {
            assert_eq!(ran.err(), Some(expected));
            *tally.refused.entry(expected).or_default() += 1;
        }
        (Ok(false), Err(word)) => {
            assert_eq!(model.run(op, &Default::default()).err(), Some(word));
            *tally.refused.entry(word).or_default() += 1;
        }
        (Ok(false), Ok(mut said)) => {
            assert!(!said.replayed);
            said.made.attachments = corner.attachments(ledger);
            assert_eq!(model.run(op, &said.made), Ok(said.told));
            *tally.done.entry(op.kind()).or_default() += 1;
            if let Op::SendByHand { request, anew: false, .. } = op {
                tally.retried += usize::from(model.requests[request].attempts > 1);
            }
            if let Some(key) = key {
                model.remember(key, op);
                answers.insert(key, said.text);
            }
            same(ledger, corner, model);
        }
    }
}

/// The files of the ledger's commands.
fn commands() -> BTreeSet<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ledger/command");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let commands = files.filter(|file| std::fs::read_to_string(file).unwrap().contains("impl Command for "));
    commands.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// The refusals that a history can come to: others are about the words of a command alone, or about what takes too long.
fn refusals() -> BTreeSet<&'static str> {
    let alone = [
        "bad_text",
        "bad_code",
        "too_many_codes",
        "bad_day",
        "document_too_large",
        "message_too_large",
        "no_control_number",
    ];
    Refusal::WORDS.iter().copied().filter(|word| !alone.contains(word)).collect()
}

/// `HISTORIES` says how many.
#[test]
fn histories_go_as_in_the_model() {
    let histories: u32 = std::env::var("HISTORIES").map_or(400, |histories| histories.parse().unwrap());
    let stores = [Some(Store::within(Folder::in_memory())), Store::on_server()];
    for store in stores.into_iter().flatten() {
        let server = store.address.starts_with("postgres");
        let histories = if server { histories / 8 } else { histories };
        let mut ledger = store.open();
        let (mut number, mut tally) = (0, Tally::default());
        let config = Config { cases: histories, failure_persistence: None, ..Config::default() };
        // the same histories every time
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[78; 32]);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let counts = std::cell::RefCell::new((&mut ledger, &mut number, &mut tally));
        runner
            .run(&proptest::collection::vec(draft(), 10..80), |drafts| {
                let (ledger, number, tally) = &mut *counts.borrow_mut();
                **number += 1;
                history(ledger, format!("h{number}"), &drafts, tally);
                Ok(())
            })
            .unwrap();
        ledger.sound();
        let done: usize = tally.done.values().sum();
        eprintln!("{histories} histories, {done} commands done: {tally:?}");
        assert!(done > histories as usize * 5, "most commands are refused: {done}");
        // fewer histories need not come to everything
        if !server && histories >= 400 {
            let drawn: BTreeSet<String> = tally.done.keys().map(|(file, _)| (*file).to_owned()).collect();
            assert_eq!(drawn, commands(), "each command is drawn, and done at least once");
            for way in ["", "anew", "renews", "extends", "corrects", "appeals"] {
                for command in ["open_request", "open_sendable"] {
                    assert!(tally.done.contains_key(&(command, way)), "no request that {way}");
                }
            }
            assert!(tally.repeated > 0 && tally.asked > 0 && tally.retried > 0);
            assert!(tally.asked < tally.refused["already_asked"], "no period is asked for twice");
            assert_eq!(tally.refused.keys().copied().collect::<BTreeSet<_>>(), refusals());
        }
    }
}
