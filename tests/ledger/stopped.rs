//! A server that stops in the middle of everything.

use std::time::Duration;

use rulebook::ledger::{Attach, AuthorizationId, Error, Ledger, Reverse, StoreError};

use super::children;
use super::server::Server;
use super::store::*;

/// Attaches and reverses one charge for ever, each by a key of its own.
pub fn alternate(ledger: &mut Ledger, _: u32) {
    for number in 0.. {
        let attach = Attach { charge: "c".into(), authorization: AuthorizationId(1) };
        let key = format!("a{number}");
        let done = ledger.run(keyed(&key), &attach).and_then(|answer| {
            let key = format!("r{number}");
            ledger.run(keyed(&key), &Reverse { attachment: answer.value.attachment })
        });
        match done {
            Ok(_) => {}
            Err(Error::Store(StoreError::Lost)) => return println!("lost after {number}"),
            Err(error) => return println!("{error:?}"),
        }
    }
}

#[test]
fn a_server_that_stops_midway_leaves_nothing_half_done() {
    let Some(mut server) = Server::start("") else { return };
    let address = server.database();
    let store = Store { address: address.clone(), folder: Folder::new() };
    let (ledger, id) = one_of_each(&store, "5");
    drop(ledger);
    let (mut child, mut said) = children::start("alternate", &address, 0);
    children::begin(&mut child);
    std::thread::sleep(Duration::from_millis(300));
    server.stop_at_once();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut said, &mut text).unwrap();
    assert!(child.wait().unwrap().success());
    let line = text.lines().find(|line| line.starts_with("lost after")).unwrap_or_else(|| panic!("{text}"));
    let number: u32 = line.rsplit(' ').next().unwrap().parse().unwrap();
    let error = Ledger::open(&address, rulebook::ledger::Access::Write).err().unwrap();
    assert!(matches!(error.word(), "ledger_not_opened" | "ledger_lost"), "{error}");

    server.start_again();
    let mut ledger = open(&address);
    ledger.sound();
    // what the child did not hear of is done by now, or is done now; either way once
    let attach = Attach { charge: "c".into(), authorization: id };
    let attached = ledger.run(keyed(&format!("a{number}")), &attach).unwrap().value;
    ledger.run(keyed(&format!("r{number}")), &Reverse { attachment: attached.attachment }).unwrap();
    let rows = ledger.attachments(id).unwrap();
    assert_eq!(rows.len(), 2 * (number as usize + 1));
    assert_eq!(ledger.auth(id).used, rulebook::ledger::Units::ZERO);
    ledger.sound();
}
