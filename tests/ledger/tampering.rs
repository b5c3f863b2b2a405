//! Whatever is changed behind the ledger's back is found.

use rulebook::ledger::{
    Act, Addressed, Amend, Attach, Attempt, Determination, Hash, Ledger, NewDocument, OpenRequest, Outcome, Receive,
    Submit,
};

use super::commands::{request, write};
use super::store::*;

/// Does something to a store behind the ledger's back.
pub fn change(address: &str, sql: &str) {
    try_to_change(address, sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn try_to_change(address: &str, sql: &str) -> Result<(), String> {
    if address.starts_with("postgres://") {
        let mut client = postgres::Client::connect(address, postgres::NoTls).unwrap();
        client
            .batch_execute(sql)
            .map_err(|error| error.as_db_error().map_or(error.to_string(), |db| db.message().to_owned()))
    } else {
        let connection = rusqlite::Connection::open(address).unwrap();
        connection.execute_batch(sql).map_err(|error| error.to_string())
    }
}

/// Takes away what keeps rows from being changed, as somebody would who can write the store.
fn disarm(address: &str) {
    let tables =
        ["audit", "answers", "anchors", "documents", "filings", "determinations", "attachments", "inbox", "outbox"];
    for table in tables {
        let sql = if address.starts_with("postgres://") {
            format!("ALTER TABLE {table} DISABLE TRIGGER ALL")
        } else {
            format!("DROP TRIGGER {table}_kept; DROP TRIGGER {table}_stays")
        };
        change(address, &sql);
    }
}

/// Changes what is kept, and makes all look untouched afterwards.
fn change_unseen(address: &str, sql: &str) {
    if address.starts_with("postgres://") {
        return change(address, &format!("SET session_replication_role = replica; {sql}"));
    }
    let connection = rusqlite::Connection::open(address).unwrap();
    let mut statement =
        connection.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").unwrap();
    let triggers: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    drop(statement);
    drop(connection);
    disarm(address);
    change(address, &format!("{sql}; {}", triggers.join("; ")));
}

/// A ledger in which something of everything has happened.
fn lived(store: &Store) -> Ledger {
    let (mut ledger, id) = one_of_each(store, "9");
    ledger.run(keyed("k"), &Attach { charge: "c".into(), authorization: id }).unwrap();
    ledger.done(&charge("d", "2"));
    ledger.attach("d", id);
    let document = Some(NewDocument { name: "letter".into(), bytes: b"ten".to_vec() });
    ledger.done(&Amend { approved: Some(units("10")), document, ..Amend::new(id) });
    ledger.done(&charge("e", "1"));
    let held = ledger.attach("e", id).attachment;
    ledger.done(&rulebook::ledger::Reverse { attachment: held });
    let request = ledger.done(&OpenRequest { approval: Some("therapy-ana".into()), ..request() }).request;
    ledger.done(&Submit { request, attempt: Attempt::Anew, due: None, write: &write });
    ledger.done(&Receive {
        partner: "hub".into(),
        name: "in".into(),
        bytes: b"pended".to_vec(),
        fault: None,
        answers: vec![Addressed {
            trace: Some("R00000001".into()),
            reference: None,
            control: None,
            determination: Determination::new(Outcome::Pended),
        }],
        attach: false,
    });
    ledger.sound();
    ledger
}

/// Changes, each with the word by which it is found.
const CHANGES: &[(&str, &str)] = &[
    ("UPDATE audit SET actor = 'bob' WHERE kind = 'charge' AND entity = 'c' AND seq = 1", "changed_entry"),
    ("UPDATE audit SET at = at + 1 WHERE kind = 'charge' AND entity = 'c' AND seq = 2", "changed_entry"),
    ("UPDATE audit SET operation = 'reverse' WHERE kind = 'charge' AND entity = 'c' AND seq = 2", "changed_entry"),
    ("UPDATE audit SET policy = 'sha256:q' WHERE kind = 'member' AND seq = 1", "changed_entry"),
    ("UPDATE audit SET reason = NULL WHERE kind = 'member' AND seq = 1", "changed_entry"),
    ("UPDATE audit SET reason = '' WHERE kind = 'member' AND seq = 1", "changed_entry"),
    ("UPDATE audit SET key = NULL WHERE key = 'k'", "changed_entry"),
    ("UPDATE audit SET detail = replace(detail, '1', '2') WHERE operation = 'attach'", "changed_entry"),
    ("UPDATE audit SET state = replace(state, 'm', 'n') WHERE kind = 'authorization' AND seq = 1", "changed_entry"),
    (
        "UPDATE audit SET hash = (SELECT hash FROM audit WHERE kind = 'member') WHERE kind = 'charge' AND seq = 1",
        "changed_entry",
    ),
    ("UPDATE audit SET seq = 9 WHERE kind = 'authorization' AND entity = '1' AND seq = 2", "missing_entry"),
    (
        "UPDATE audit SET seq = 99 WHERE kind = 'authorization' AND entity = '1' AND seq = 2; \
         UPDATE audit SET seq = 2 WHERE kind = 'authorization' AND entity = '1' AND seq = 3; \
         UPDATE audit SET seq = 3 WHERE kind = 'authorization' AND entity = '1' AND seq = 99",
        "changed_entry",
    ),
    ("UPDATE audit SET entity = 'm2' WHERE kind = 'member'", "changed_entry"),
    ("UPDATE audit SET kind = 'person' WHERE kind = 'member'", "unreadable_entry"),
    ("DELETE FROM audit WHERE kind = 'authorization' AND entity = '1' AND seq = 1", "missing_entry"),
    ("DELETE FROM audit WHERE kind = 'authorization' AND entity = '1' AND seq = 3", "missing_entry"),
    ("DELETE FROM audit WHERE kind = 'authorization' AND entity = '1' AND seq = 6", "changed_state"),
    ("DELETE FROM audit WHERE kind = 'member'", "no_history"),
    ("DELETE FROM audit WHERE kind = 'document'", "no_history"),
    ("UPDATE authorizations SET approved = approved + 1 WHERE id = 1", "changed_state"),
    ("UPDATE authorizations SET used = used - 10000 WHERE id = 1", "units_disagree"),
    ("UPDATE authorizations SET codes = ',97110,' WHERE id = 1", "changed_state"),
    ("UPDATE authorizations SET number = 'A-2' WHERE id = 1", "changed_state"),
    ("UPDATE charges SET auth_required = 1 WHERE id = 'c'", "changed_state"),
    ("UPDATE charges SET units = 1 WHERE id = 'c'", "changed_state"),
    ("UPDATE members SET first_name = 'Ana'", "changed_state"),
    ("UPDATE requests SET approval = NULL", "changed_state"),
    ("UPDATE requests SET attempts = 0", "changed_state"),
    ("UPDATE requests SET purpose = 'APPEAL'", "changed_state"),
    ("UPDATE authorizations SET renews = 1 WHERE id = 2", "changed_state"),
    ("INSERT INTO members (id, last_name, first_name) VALUES ('ghost', 'A', 'B')", "no_history"),
    ("UPDATE attachments SET units = 20000 WHERE id = 1", "units_disagree"),
    (
        "UPDATE attachments SET units = 20000 WHERE id = 1; UPDATE attachments SET units = 10000 WHERE id = 2",
        "changed_attachments",
    ),
    ("UPDATE attachments SET at = at - 86400 WHERE id = 1", "changed_attachments"),
    ("UPDATE attachments SET reversed = 0 WHERE id = 3", "changed_attachments"),
    ("UPDATE attachments SET reversed = 1 WHERE id = 1", "changed_attachments"),
    ("DELETE FROM attachments WHERE id = 2", "changed_attachments"),
    (
        "INSERT INTO attachments (authorization_id, charge, units, at, reversed) VALUES (1, 'e', 10000, 0, 0); \
         UPDATE authorizations SET used = used + 10000 WHERE id = 1",
        "changed_attachments",
    ),
    ("UPDATE answers SET answer = replace(answer, '9', '8')", "changed_answer"),
    ("UPDATE answers SET command = (SELECT sha256 FROM documents)", "changed_answer"),
    ("DELETE FROM answers", "changed_answer"),
    ("INSERT INTO answers (key, command, answer, at) SELECT 'forged', sha256, '{}', 0 FROM documents", "no_history"),
    ("UPDATE documents SET bytes = (SELECT bytes FROM inbox)", "changed_content"),
    ("UPDATE filings SET name = 'other'", "changed_filings"),
    ("DELETE FROM filings", "changed_filings"),
    ("UPDATE filings SET entity = '7'", "no_history"),
    ("UPDATE inbox SET bytes = (SELECT bytes FROM documents)", "changed_content"),
    ("UPDATE inbox SET partner = 'other'", "changed_state"),
    ("UPDATE outbox SET bytes = (SELECT bytes FROM documents)", "changed_content"),
    ("UPDATE outbox SET control = 7", "control_number"),
    ("UPDATE partners SET control = 0", "control_number"),
    ("UPDATE determinations SET outcome = 'APPROVED'", "changed_determinations"),
    ("UPDATE determinations SET issued = issued - 60", "changed_determinations"),
    ("UPDATE determinations SET content = replace(content, 'PENDED', 'DENIED')", "changed_determinations"),
    ("UPDATE audit SET n = n + 1000 WHERE kind = 'authorization' AND seq = 1", "moved_entry"),
    ("DELETE FROM originating", "changed_charges"),
    ("UPDATE originating SET charge = 'd'", "changed_charges"),
];

#[test]
fn every_change_is_found_for_what_it_is() {
    let unchanged = Store::file();
    drop(lived(&unchanged));
    for (number, (sql, word)) in CHANGES.iter().enumerate() {
        let file = unchanged.folder.file(&format!("changed-{number}"));
        open(&unchanged.address).backup(&file).unwrap();
        let address = file.to_str().unwrap();
        disarm(address);
        change(address, sql);
        found(&mut open(address), sql, word);
    }
}

#[test]
fn every_change_is_found_on_a_server() {
    let Some(store) = Store::on_server() else { return };
    drop(lived(&store));
    // a database can be copied while nobody is connected to it
    let name = store.address.trim_start_matches("postgres:///").split('?').next().unwrap();
    let server = store.address.replace(&format!("/{name}?"), "/postgres?");
    for (number, (sql, word)) in CHANGES.iter().enumerate() {
        let copy = format!("{name}_{number}");
        change(&server, &format!("CREATE DATABASE {copy} TEMPLATE {name}"));
        let address = store.address.replace(&format!("/{name}?"), &format!("/{copy}?"));
        disarm(&address);
        change(&address, sql);
        found(&mut open(&address), sql, word);
    }
}

#[track_caller]
fn found(ledger: &mut Ledger, sql: &str, word: &str) {
    let findings = ledger.verify(None).unwrap().findings;
    assert!(findings.iter().any(|finding| finding.word == word), "{sql}\nnot {word}: {findings:#?}");
}

#[test]
fn the_store_itself_refuses_to_change_what_was_written() {
    for store in Store::each() {
        drop(lived(&store));
        for sql in [
            "UPDATE audit SET actor = 'bob'",
            "DELETE FROM audit",
            "UPDATE answers SET answer = '{}'",
            "DELETE FROM answers",
            "DELETE FROM documents",
            "UPDATE filings SET name = 'other'",
            "UPDATE determinations SET outcome = 'APPROVED'",
            "DELETE FROM attachments",
            "UPDATE attachments SET units = units * 2",
            "UPDATE attachments SET reversed = 0",
            "UPDATE inbox SET bytes = (SELECT bytes FROM documents)",
            "UPDATE outbox SET control = 7",
            "DELETE FROM outbox",
        ] {
            let error = try_to_change(&store.address, sql).expect_err(sql);
            assert!(error.contains("is only added to"), "{sql}: {error}");
        }
        store.open().sound();
    }
}

#[test]
fn checks_hold_whoever_writes() {
    for store in Store::each() {
        let (ledger, _) = one_of_each(&store, "1");
        drop(ledger);
        for sql in [
            "UPDATE authorizations SET used = -1",
            "UPDATE authorizations SET approved = -1",
            "UPDATE authorizations SET status = 'EXPIRED'",
            "UPDATE charges SET units = 0",
        ] {
            try_to_change(&store.address, sql).expect_err(sql);
        }
    }
}

#[test]
fn an_anchor_finds_what_verifying_alone_cannot() {
    for store in Store::each() {
        let mut ledger = lived(&store);
        let anchor = ledger.anchor(act()).unwrap();
        ledger.done(&charge("later", "1"));
        assert_eq!(ledger.verify(Some(&anchor.hash)).unwrap().findings, []);
        assert_eq!(ledger.verify(Some(&Hash::of(b"?"))).unwrap().findings[0].word, "anchor_gone");

        // the newest entry of a history, with all that it did: nothing is left of it
        change_unseen(
            &store.address,
            "DELETE FROM audit WHERE kind = 'charge' AND entity = 'e'; DELETE FROM audit WHERE kind = 'authorization' AND \
             entity = '1' AND seq > 4; DELETE FROM attachments WHERE reverses IS NOT NULL; \
             DELETE FROM attachments WHERE charge = 'e'; DELETE FROM charges WHERE id = 'e'",
        );
        ledger.sound();
        let findings = ledger.verify(Some(&anchor.hash)).unwrap().findings;
        let words: Vec<_> = findings.iter().map(|finding| (finding.word, finding.about.as_deref().unwrap())).collect();
        assert_eq!(words, [("cut_off", "authorization `1`"), ("cut_off", "charge `e`")]);
    }
}

#[test]
fn an_anchor_finds_histories_that_changed_places() {
    for store in Store::each() {
        let mut ledger = lived(&store);
        let anchor = ledger.anchor(act()).unwrap();
        // the last entry of one history comes to stand behind that of another
        change_unseen(
            &store.address,
            "UPDATE audit SET n = n + 1000 WHERE kind = 'charge' AND entity = 'd' AND seq = 2",
        );
        ledger.sound();
        let findings = ledger.verify(Some(&anchor.hash)).unwrap().findings;
        assert_eq!(findings.iter().map(|finding| finding.word).collect::<Vec<_>>(), ["moved_entry"]);
    }
}

#[test]
fn tables_and_triggers_that_are_not_as_they_were_made_are_found() {
    for (sql, message) in [
        ("DROP TRIGGER audit_kept", "the trigger `audit_kept` is gone"),
        ("CREATE TABLE notes (text TEXT)", "the table `notes` is not one of a ledger's"),
        (
            "DROP TRIGGER audit_kept; CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT 1; END",
            "the trigger `audit_kept` is not as it was made",
        ),
        ("DROP TABLE audit", "the table `audit` is gone"),
    ] {
        let store = Store::file();
        let mut ledger = lived(&store);
        change(&store.address, sql);
        let findings = ledger.verify(None).unwrap().findings;
        assert!(
            findings.iter().any(|finding| finding.word == "changed_schema" && finding.message == message),
            "{sql}: {findings:#?}"
        );
    }
}

#[test]
fn what_was_changed_of_a_thing_is_told() {
    let store = Store::file();
    let mut ledger = lived(&store);
    change(&store.address, "UPDATE charges SET units = 70000, code = '97112' WHERE id = 'd'");
    let findings = ledger.verify(None).unwrap().findings;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(
        findings[0].message,
        "its code is 97112, and its history says 97110; its units is 7, and its history says 2"
    );
}

#[test]
fn an_anchor_finds_a_history_that_was_written_anew() {
    let (honest, forged) = (Store::file(), Store::file());
    let anchor = lived(&honest).anchor(act()).unwrap();
    // all hashes are right: the same things were done, by somebody else
    let mut ledger = forged.open();
    ledger.run(Act { actor: "bob", ..act() }, &member("m")).unwrap();
    ledger.done(&charge("c", "1"));
    drop(ledger);
    let sql = format!(
        "ATTACH '{}' AS forged; DELETE FROM audit WHERE kind = 'member'; INSERT INTO audit SELECT * FROM forged.audit \
         WHERE kind = 'member'; DETACH forged",
        forged.address
    );
    change_unseen(&honest.address, &sql.replace("SELECT *", "SELECT n + 1000, kind, entity, seq, at, actor, operation, policy, reason, key, answered, detail, state, hash"));
    let mut ledger = honest.open();
    ledger.sound();
    let findings = ledger.verify(Some(&anchor.hash)).unwrap().findings;
    assert_eq!(findings.iter().map(|finding| finding.word).collect::<Vec<_>>(), ["rewritten"]);
}
