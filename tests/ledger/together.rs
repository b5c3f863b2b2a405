//! Many attach to one authorization, or ask for the same, at the same time.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Barrier;

use rulebook::ledger::{Asking, Attach, AuthorizationId, Error, Ledger, OpenRequest, Reverse, Units};

use super::children;
use super::commands::request;
use super::store::*;

const PROCESSES: u32 = 4;
const CHARGES: u32 = 50;

/// Attaches the charges of one process; every third is reversed and attached again.
pub fn attach_all(ledger: &mut Ledger, process: u32) {
    for number in 0..CHARGES {
        let attach = Attach { charge: format!("x{process}-{number}"), authorization: AuthorizationId(1) };
        match ledger.run(act(), &attach) {
            Ok(answer) if number % 3 == 0 => {
                ledger.done(&Reverse { attachment: answer.value.attachment });
                // another process may have taken the units meanwhile
                say(&attach.charge, ledger.run(act(), &attach).map(|_| ()));
            }
            done => say(&attach.charge, done.map(|_| ())),
        }
    }
}

fn say(charge: &str, done: Result<(), Error>) {
    match done {
        Ok(()) => println!("attached {charge}"),
        Err(Error::Refused(refusal)) => println!("{} {charge}", refusal.word()),
        Err(Error::Store(error)) => panic!("{error}"),
    }
}

/// Of all charges of half a unit each, so many units are allowed.
fn all_at_once(store: &Store, approved: &str, expected: usize) {
    let mut ledger = store.open();
    ledger.done(&member("m"));
    let id = ledger.done(&authorization("A-1", approved)).authorization;
    for process in 0..PROCESSES {
        for number in 0..CHARGES {
            ledger.done(&charge(&format!("x{process}-{number}"), "0.5"));
        }
    }
    let mut children: Vec<_> =
        (0..PROCESSES).map(|process| children::start("attach", &store.address, process)).collect();
    children.iter_mut().for_each(|(child, _)| children::begin(child));
    let mut attached = BTreeSet::new();
    let mut refused = 0;
    for (mut child, mut said) in children {
        let mut text = String::new();
        said.read_to_string(&mut text).unwrap();
        assert!(child.wait().unwrap().success());
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("attached", charge)) => assert!(attached.insert(charge.to_owned()), "twice: {line}"),
                Some(("not_enough_units", _)) => refused += 1,
                _ => {}
            }
        }
    }
    assert_eq!(attached.len() + refused, (PROCESSES * CHARGES) as usize);
    let authorization = ledger.auth(id);
    assert!(authorization.used <= authorization.approved);
    let open: Vec<_> = ledger.attachments(id).unwrap().into_iter().filter(|row| row.open()).collect();
    // what was told to the processes is what is there: none lost, none doubled
    assert_eq!(open.iter().map(|row| row.charge.clone()).collect::<BTreeSet<_>>(), attached);
    let sum = open.iter().fold(Units::ZERO, |sum, row| sum.checked_add(row.units).unwrap());
    assert_eq!(sum, authorization.used);
    assert_eq!(open.len(), expected, "every allowed unit is used");
    ledger.sound();
}

#[test]
fn never_too_many_units_are_used_and_all_that_are_allowed() {
    for store in Store::each() {
        all_at_once(&store, "40", 80);
    }
}

#[test]
fn nothing_is_lost_where_there_is_enough() {
    for store in Store::each() {
        all_at_once(&store, "1000", 200);
    }
}

#[test]
fn stores_are_made_by_whoever_comes_first() {
    for store in Store::each() {
        let children: Vec<_> = (0..6)
            .map(|_| {
                let address = store.address.clone();
                std::thread::spawn(move || drop(open(&address)))
            })
            .collect();
        children.into_iter().for_each(|child| child.join().unwrap());
        store.open().sound();
    }
}

/// What becomes of a request that several people write down at the same time.
fn asked_at_once(store: &Store, request: &OpenRequest) -> Vec<&'static str> {
    let begin = Barrier::new(6);
    let ask = || {
        let mut ledger = store.open();
        begin.wait();
        match ledger.run(act(), request) {
            Ok(_) => "done",
            Err(Error::Refused(refusal)) => refusal.word(),
            Err(Error::Store(error)) => panic!("{error}"),
        }
    };
    let mut words: Vec<_> = std::thread::scope(|scope| {
        let people: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
        people.into_iter().map(|person| person.join().unwrap()).collect()
    });
    words.sort_unstable();
    words
}

#[test]
fn of_many_who_ask_for_a_charge_or_by_an_approval_at_once_one_asks() {
    for store in Store::each() {
        let mut ledger = store.open();
        ledger.done(&member("m"));
        ledger.done(&charge("c", "1"));
        let charged = OpenRequest { asking: Asking::Once, ..request() };
        assert_eq!(asked_at_once(&store, &charged), [&["already_asked"; 5][..], &["done"]].concat());
        let approved = OpenRequest { approval: Some("therapy 7".into()), charges: BTreeSet::new(), ..request() };
        assert_eq!(asked_at_once(&store, &approved), [&["approval_used"; 5][..], &["done"]].concat());
        ledger.sound();
    }
}
