//! A ledger in a folder that its reader cannot write.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::command::{Folder, finish};

use super::clinic::{Clinic, response};

const READING: [&[&str]; 11] = [
    &["show", "1"],
    &["show", "--charge", "c1"],
    &["show", "--member", "m1"],
    &["show", "--request", "1"],
    &["list"],
    &["candidates", "c1", "--all"],
    &["alerts"],
    &["audit"],
    &["audit", "request", "1"],
    &["verify"],
    &["export"],
];

/// Somebody who may read a clinic's files, and write nothing. `None` where nobody can be made such a one.
struct Reader(Folder);

impl Reader {
    fn new(name: &str) -> Option<Reader> {
        let nobody = ["--reuid=nobody", "--clear-groups", "true"];
        if !Command::new("setpriv").args(nobody).status().is_ok_and(|done| done.success()) {
            eprintln!("SKIPPED: only root can become somebody who may not write");
            return None;
        }
        // the command lies where only its owner may look
        let folder = Folder::new(&format!("auth-reader-{name}"));
        fs::copy(env!("CARGO_BIN_EXE_rulebook"), folder.path().join("rulebook")).unwrap();
        Some(Reader(folder))
    }

    /// What a call answers to somebody who works in the clinic's folder.
    fn told(&self, clinic: &Clinic, call: &[&str]) -> String {
        let call = clinic.call(call);
        let mut command = Command::new("setpriv");
        command.args(["--reuid=nobody", "--clear-groups"]).arg(self.0.path().join("rulebook")).args(call.get_args());
        command.current_dir(clinic.folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let outcome = finish(command, "");
        assert_eq!(outcome.stderr, "", "{call:?}");
        outcome.stdout
    }

    #[track_caller]
    fn error(&self, clinic: &Clinic, call: &[&str]) -> Value {
        let told: Value = serde_json::from_str(&self.told(clinic, call)).unwrap();
        told["error"].clone()
    }
}

/// A clinic whose ledger lies in a folder of its own, with an answered request in it.
fn clinic(name: &str, store: &str) -> Clinic {
    let clinic = Clinic::on(name, store).by_rules_where("", "");
    let trace = clinic.submitted();
    clinic.folder.write("answer.x12", response(&trace, "20260302*0900", "HCR*A1*AUTH-5~"));
    clinic.json(&["receive", clinic.folder.path().join("answer.x12").to_str().unwrap(), "--attach"]);
    clinic
}

/// A folder that may be written, and its files, are closed; and open again for who deletes them.
fn close(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        fs::set_permissions(entry.unwrap().path(), Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(folder, Permissions::from_mode(0o555)).unwrap();
}

#[test]
fn a_ledger_is_read_where_nothing_can_be_written() {
    let Some(reader) = Reader::new("reads") else { return };
    let folder = Folder::new("auth-closed");
    // what means something else in the address of a file
    let store = folder.path().join("a ledger?mode=rw&%41#ä.ledger");
    let clinic = clinic("closed-reads", store.to_str().unwrap());
    let copy = clinic.folder.path().join("copy.ledger");
    fs::copy(&store, &copy).unwrap();
    let copy = clinic.with_store(copy.to_str().unwrap());
    close(folder.path());
    for call in READING {
        assert_eq!(reader.told(&clinic, call), finish(copy.call(call), "").stdout, "{call:?}");
    }
    assert_eq!(reader.error(&clinic, &["attach", "c1", "1"])["code"], "ledger_read_only");
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files, [store], "nothing is left beside it");
}

#[test]
fn a_ledger_whose_end_lies_beside_it_is_not_read_without_it() {
    let Some(reader) = Reader::new("refuses") else { return };
    let (own, closed) = (Folder::new("auth-unmerged-own"), Folder::new("auth-unmerged"));
    let clinic = clinic("closed-refuses", own.path().join("a.ledger").to_str().unwrap());
    // as whoever copies a ledger finds it while another call is in the middle of its work
    let other = rusqlite::Connection::open(own.path().join("a.ledger")).unwrap();
    other.execute_batch("PRAGMA wal_autocheckpoint = 0; SELECT count(*) FROM charges").unwrap();
    clinic.charge("c2", "2026-03-06", "1");
    for name in ["a.ledger", "a.ledger-wal"] {
        fs::copy(own.path().join(name), closed.path().join(name)).unwrap();
    }
    assert!(closed.path().join("a.ledger-wal").metadata().unwrap().len() > 0);
    close(closed.path());
    let store = closed.path().join("a.ledger").to_str().unwrap().to_owned();
    let there = clinic.with_store(&store);
    for call in READING {
        let error = reader.error(&there, call);
        assert_eq!(error["code"], "ledger_unmerged", "{call:?}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("what was written last lies in `{store}-wal`")), "{message}");
        assert!(error["help"].as_str().unwrap().contains("rulebook auth backup"), "{error}");
    }

    // both cures
    let moved = Folder::new("auth-unmerged-moved");
    for name in ["a.ledger", "a.ledger-wal"] {
        fs::copy(closed.path().join(name), moved.path().join(name)).unwrap();
        fs::set_permissions(moved.path().join(name), Permissions::from_mode(0o666)).unwrap();
    }
    fs::set_permissions(moved.path(), Permissions::from_mode(0o777)).unwrap();
    let copied = clinic.with_store(moved.path().join("a.ledger").to_str().unwrap());
    assert!(reader.told(&copied, &["show", "--charge", "c2"]).contains("\"c2\""));
    let backup = Folder::new("auth-unmerged-backup");
    let copy = backup.path().join("copy.ledger").to_str().unwrap().to_owned();
    clinic.json(&["backup", &copy]);
    close(backup.path());
    assert!(reader.told(&clinic.with_store(&copy), &["show", "--charge", "c2"]).contains("\"c2\""));
    drop(other);
}

#[test]
fn what_other_readers_left_beside_a_ledger_is_in_nobodys_way() {
    let Some(reader) = Reader::new("left") else { return };
    for gone in [None, Some("a.ledger-shm")] {
        let folder = Folder::new("auth-left");
        let clinic = clinic("closed-left", folder.path().join("a.ledger").to_str().unwrap());
        let known = finish(clinic.call(&["list"]), "").stdout;
        assert_eq!(folder.path().join("a.ledger-wal").metadata().unwrap().len(), 0);
        if let Some(gone) = gone {
            fs::remove_file(folder.path().join(gone)).unwrap();
        }
        close(folder.path());
        assert_eq!(reader.told(&clinic, &["list"]), known, "without {gone:?}");
    }
}
