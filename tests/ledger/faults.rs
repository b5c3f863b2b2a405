//! Full disks, files that can't be written, locks, damage, and things that are no ledger.

use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rulebook::ledger::{Access, Attach, Ledger, Limits, NewDocument, StoreError};

use super::store::*;

fn refused_to_open(store: &str, access: Access) -> StoreError {
    match Ledger::open(store, access) {
        Ok(_) => panic!("`{store}` is opened"),
        Err(error) => error,
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_done() {
    let store = Store::file();
    let (ledger, _) = one_of_each(&store, "1000");
    drop(ledger);
    let path = store.folder.file("ledger");
    let pages = std::fs::metadata(&path).unwrap().len() / 4096;
    let limits = Limits { pages: Some(pages as u32 + 12), ..Limits::default() };
    let mut ledger = Ledger::open_file(&path, Access::Write, limits).unwrap();
    let mut stored = 0;
    let full = loop {
        let mut add = authorization(&format!("B-{stored}"), "1");
        add.document = Some(NewDocument { name: "letter".into(), bytes: format!("{stored:08000}").into_bytes() });
        match ledger.run(act(), &add) {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(full.word(), "ledger_full");
    assert_eq!(full.to_string(), "the ledger can't be written: the disk is full");
    assert!(stored > 0);
    drop(ledger);
    let mut ledger = store.open();
    ledger.sound();
    assert!(ledger.authorizations_by_number(&format!("B-{stored}")).unwrap().is_empty());
    ledger.done(&authorization("B-again", "1"));
}

#[test]
fn a_ledger_that_is_only_read_is_not_written() {
    for store in Store::each() {
        let (ledger, id) = one_of_each(&store, "3");
        drop(ledger);
        let mut ledger = Ledger::open(&store.address, Access::Read).unwrap();
        ledger.sound();
        let error = ledger.run(act(), &Attach { charge: "c".into(), authorization: id }).unwrap_err();
        assert_eq!(error.word(), "ledger_read_only");
        assert_eq!(error.to_string(), "the ledger can't be written: it is read-only");
        assert_eq!(store.open().auth(id).used, units("0"));
    }
}

/// No test by itself: tries to write as somebody who may not.
#[test]
fn child_that_may_not_write() {
    let Ok(address) = std::env::var("RULEBOOK_LEDGER_READ_ONLY") else { return };
    let word = match Ledger::open(&address, Access::Write) {
        Ok(mut ledger) => ledger.run(act(), &member("n")).unwrap_err().word(),
        Err(error) => error.word(),
    };
    println!("said {word}");
}

/// No test by itself: reads as somebody who may not write, before and after the other wrote.
#[test]
fn child_that_may_only_read() {
    let Ok(address) = std::env::var("RULEBOOK_LEDGER_ONLY_READ") else { return };
    let mut ledger = Ledger::open(&address, Access::Read).unwrap();
    assert!(ledger.member("m").unwrap().is_some());
    println!("said read");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    println!("said {}", ledger.member("m").unwrap_err().word());
}

/// Has a child's test run by somebody who may read the store's folder and file, but not write them; `None` where nobody
/// can be made such a one. The child's binary lies in the folder that is returned.
fn closed(store: &Store, child: &str, variable: &str) -> Option<(Command, Folder)> {
    use std::os::unix::fs::PermissionsExt;
    let nobody = ["--reuid=nobody", "--clear-groups"];
    if !Command::new("setpriv").args(nobody).arg("true").status().is_ok_and(|done| done.success()) {
        eprintln!("SKIPPED: only root can become somebody who may not write");
        return None;
    }
    let readable = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    readable(&store.folder.file("ledger"), 0o444);
    readable(store.folder.path(), 0o555);
    // the binary lies where only its owner may look
    let copy = Folder::new();
    readable(copy.path(), 0o755);
    std::fs::copy(std::env::current_exe().unwrap(), copy.file("tests")).unwrap();
    let mut command = Command::new("setpriv");
    command.args(nobody).arg(copy.file("tests")).args([child, "--exact", "--nocapture"]).env(variable, &store.address);
    Some((command, copy))
}

#[test]
fn a_file_that_may_not_be_written_says_so() {
    let store = Store::file();
    let (ledger, _) = one_of_each(&store, "3");
    drop(ledger);
    let child = "ledger::faults::child_that_may_not_write";
    let Some((mut command, _copy)) = closed(&store, child, "RULEBOOK_LEDGER_READ_ONLY") else { return };
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(said.contains("said ledger_read_only"), "{said}");
}

#[test]
fn who_cannot_be_seen_reading_is_told_that_another_wrote() {
    let store = Store::file();
    let (ledger, _) = one_of_each(&store, "3");
    drop(ledger);
    let child = "ledger::faults::child_that_may_only_read";
    let Some((mut command, _copy)) = closed(&store, child, "RULEBOOK_LEDGER_ONLY_READ") else { return };
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said = || said.find_map(|line| line.split_once("said ").map(|(_, word)| word.to_owned())).unwrap();
    assert_eq!(said(), "read");
    // whoever writes last puts what was written into the file itself
    store.open().done(&member("n"));
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    assert_eq!(said(), "ledger_locked");
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_locked_ledger_is_waited_for_and_then_said_to_be_locked() {
    let store = Store::file();
    let (ledger, id) = one_of_each(&store, "3");
    drop(ledger);
    let other = rusqlite::Connection::open(&store.address).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let wait = |milliseconds| Limits { wait: Duration::from_millis(milliseconds), ..Limits::default() };
    let path = store.folder.file("ledger");
    let mut ledger = Ledger::open_file(&path, Access::Write, wait(50)).unwrap();
    let attach = Attach { charge: "c".into(), authorization: id };
    let error = ledger.run(act(), &attach).unwrap_err();
    assert_eq!(error.word(), "ledger_locked");
    assert_eq!(error.to_string(), "the ledger is locked by another process");
    // readers don't wait for writers
    assert_eq!(ledger.auth(id).used, units("0"));

    let letting_go = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(150));
        other.execute_batch("COMMIT").unwrap();
    });
    let mut patient = Ledger::open_file(&path, Access::Write, wait(10_000)).unwrap();
    patient.done(&attach);
    letting_go.join().unwrap();
}

#[test]
fn a_locked_row_on_a_server_is_waited_for() {
    let Some(store) = Store::on_server() else { return };
    let (mut ledger, id) = one_of_each(&store, "3");
    let mut other = postgres::Client::connect(&store.address, postgres::NoTls).unwrap();
    other.batch_execute("BEGIN; UPDATE authorizations SET used = 20000").unwrap();
    let letting_go = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(150));
        other.batch_execute("COMMIT").unwrap();
        other.batch_execute("BEGIN; UPDATE authorizations SET used = 0").unwrap();
        std::thread::sleep(Duration::from_millis(100));
        other.batch_execute("ROLLBACK").unwrap();
    });
    // the guard looks at what the other left behind
    assert_eq!(ledger.attach("c", id).used, units("3"));
    letting_go.join().unwrap();
}

#[test]
fn a_damaged_page_is_told_and_not_believed() {
    let store = Store::file();
    let (mut ledger, id) = one_of_each(&store, "1000");
    for number in 0..200 {
        ledger.done(&charge(&format!("x{number}"), "1"));
        ledger.attach(&format!("x{number}"), id);
    }
    drop(ledger);
    let path = store.folder.file("ledger");
    let whole = std::fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    let (mut told, mut silent) = (0, Vec::new());
    // the first page tells what the file is
    for page in 1..pages {
        let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        file.write_all(&[0xa5; 4096]).unwrap();
        drop(file);
        let outcome = Ledger::open(&store.address, Access::Read).map(|mut ledger| ledger.verify(None));
        match outcome {
            Ok(Ok(verified)) if verified.findings.is_empty() => silent.push(page),
            Ok(Ok(_)) => told += 1,
            Ok(Err(error)) | Err(error) => {
                assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
                assert_eq!(error.help(), "stop writing to it, keep a copy, and go back to the latest backup");
                told += 1;
            }
        }
        std::fs::write(&path, &whole).unwrap();
    }
    assert_eq!(silent, [] as [usize; 0], "{told} of {pages} damaged pages were told of");
    store.open().sound();
}

#[test]
fn what_is_no_ledger_is_left_alone() {
    let folder = Folder::new();
    let path = |name: &str| folder.file(name).to_str().unwrap().to_owned();
    for access in [Access::Read, Access::Write] {
        std::fs::write(folder.file("text"), "units: 12\n".repeat(100)).unwrap();
        let error = refused_to_open(&path("text"), access);
        assert_eq!(error.word(), "not_a_ledger");
        assert_eq!(std::fs::read_to_string(folder.file("text")).unwrap(), "units: 12\n".repeat(100));

        let other = rusqlite::Connection::open(folder.file("other")).unwrap();
        other.execute_batch("CREATE TABLE IF NOT EXISTS song (title TEXT)").unwrap();
        drop(other);
        assert_eq!(refused_to_open(&path("other"), access).word(), "not_a_ledger");
    }
    let absent = refused_to_open(&path("absent"), Access::Read);
    assert_eq!(absent.to_string(), format!("there is no ledger `{}`", path("absent")));
    assert!(!folder.file("absent").exists());
    assert_eq!(refused_to_open(&path("no/folder"), Access::Write).word(), "ledger_not_opened");
}

#[test]
fn a_ledger_of_a_later_release_is_refused() {
    for store in Store::each() {
        drop(store.open());
        let server = store.address.starts_with("postgres://");
        let later = if server { "UPDATE rulebook_ledger SET version = 99" } else { "PRAGMA user_version = 99" };
        super::tampering::change(&store.address, later);
        for access in [Access::Read, Access::Write] {
            let error = refused_to_open(&store.address, access);
            assert_eq!(error.word(), "newer_ledger");
            assert!(error.to_string().contains("has version 99, and this release reads up to 4"), "{error}");
        }
    }
}

#[test]
fn a_database_of_something_else_is_left_alone() {
    let Some(store) = Store::on_server() else { return };
    assert_eq!(refused_to_open(&store.address, Access::Read).word(), "no_ledger");
    super::tampering::change(&store.address, "CREATE TABLE song (title TEXT)");
    assert_eq!(refused_to_open(&store.address, Access::Write).word(), "not_a_ledger");
}

#[test]
fn a_server_is_not_backed_up_from_here() {
    let Some(store) = Store::on_server() else { return };
    let error = store.open().backup(&store.folder.file("copy")).unwrap_err();
    assert_eq!(error.help(), "use the server's own `pg_dump`, which is safe while others write");
}

#[test]
fn an_address_is_told_without_its_password() {
    let error = refused_to_open("postgres://ana:secret@nowhere.invalid/auth?connect_timeout=2", Access::Read);
    assert_eq!(error.word(), "ledger_not_opened");
    assert!(!error.to_string().contains("secret"), "{error}");
    let error = refused_to_open("postgres:///auth?user=ana&password=secret&host=/nowhere", Access::Read);
    assert!(!error.to_string().contains("secret"), "{error}");
}
