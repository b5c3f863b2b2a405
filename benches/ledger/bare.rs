//! Attaching in a file, beside the same writes by bare rusqlite.
//!
//! Both files begin as copies of one ledger. The bare side makes every write that the ledger makes, hashes included, and
//! reads nothing but the ends of the two histories: it checks no refusal and knows each charge already. Afterwards its
//! file passes `verify`, which shows that nothing is left out.

use std::path::Path;
use std::time::Instant;

use rulebook::ledger::{Access, Attach, AuthorizationId, Ledger};
use rusqlite::{Connection, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::desk::{ACTOR, AT, CODE, PAYER, POLICY, act, enter, instant};
use super::race::{Runner, tell};

/// Attachments that one side makes before it is the other's turn.
const TURN: u32 = 20;

pub fn race(folder: &Path, attachments: u32) {
    let (ours, theirs) = (folder.join("ours.ledger"), folder.join("bare.ledger"));
    let mut ledger = Ledger::open(ours.to_str().unwrap(), Access::Write).unwrap();
    let authorization = enter(&mut ledger, attachments);
    ledger.backup(&theirs).unwrap();
    let mut bare = Bare::open(&theirs);
    let (mut first, mut second) = (Runner::default(), Runner::default());
    for turn in 0..attachments / TURN {
        let numbers = turn * TURN..(turn + 1) * TURN;
        let begun = Instant::now();
        for number in numbers.clone() {
            attach(&mut ledger, authorization, number);
        }
        first.add(TURN, begun.elapsed());
        let begun = Instant::now();
        for number in numbers {
            bare.attach(number);
        }
        second.add(TURN, begun.elapsed());
    }
    drop(bare);
    for file in [&ours, &theirs] {
        let mut ledger = Ledger::open(file.to_str().unwrap(), Access::Write).unwrap();
        assert!(ledger.verify(None).unwrap().findings.is_empty(), "the writes are not the same");
        let used = ledger.authorization(authorization).unwrap().unwrap().used;
        assert_eq!(used.ten_thousandths(), i64::from(attachments) * 10_000);
    }
    tell("ledger/attach/sqlite", &first, "bare rusqlite", &second);
}

pub fn attach(ledger: &mut Ledger, authorization: AuthorizationId, number: u32) {
    let key = format!("k{number}");
    ledger.run(act(Some(&key)), &Attach { charge: format!("c{number}"), authorization }).unwrap();
}

struct Bare {
    connection: Connection,
}

const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
    PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;";

const USE: &str = "UPDATE authorizations SET used = used + ?1 WHERE id = ?2 AND used + ?1 <= approved AND status = 'ACTIVE' \
    AND first_day <= ?3 AND last_day >= ?3 AND (codes = '' OR replace(codes, ?4, '') <> codes) AND member = ?5 AND payer = ?6 \
    RETURNING used, approved";

const ENTRY: &str = "INSERT INTO audit (kind, entity, seq, at, actor, operation, policy, reason, key, answered, detail, \
    state, hash) VALUES (?1, ?2, ?3, ?4, ?5, 'attach', ?6, NULL, ?7, ?8, ?9, ?10, ?11)";

impl Bare {
    fn open(file: &Path) -> Bare {
        let connection = Connection::open(file).unwrap();
        connection.execute_batch(SETTINGS).unwrap();
        connection.set_prepared_statement_cache_capacity(32);
        Bare { connection }
    }

    fn attach(&mut self, number: u32) {
        let at = instant(AT).unix();
        let (charge, key) = (format!("c{number}"), format!("k{number}"));
        let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        let values = params![10_000, 1, "2026-03-05", format!(",{CODE},"), "m1", PAYER];
        let (used, approved): (i64, i64) =
            tx.prepare_cached(USE).unwrap().query_row(values, |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let sql =
            "INSERT INTO attachments (authorization_id, charge, units, at, reversed) VALUES (1, ?1, 10000, ?2, 0)";
        tx.prepare_cached(sql).unwrap().execute(params![charge, at]).unwrap();
        let attachment = tx.last_insert_rowid();
        let sql = "UPDATE charges SET auth_required = 0, validated = 0, flag = NULL, authorization_id = 1 \
                   WHERE id = ?1 AND authorization_id IS NULL";
        assert_eq!(tx.prepare_cached(sql).unwrap().execute([&charge]).unwrap(), 1);
        let (used, approved) = (used / 10_000, approved / 10_000);
        let answer = format!(
            r#"{{"attachment":{attachment},"authorization":1,"number":"A-77","used":"{used}","approved":"{approved}"}}"#
        );
        let command = format!(r#"{{"charge":"{charge}","authorization":1}}"#);
        let command = hash(&[Some(b"attach"), Some(ACTOR.as_bytes()), None, Some(command.as_bytes())]);
        let answered = hash(&[Some(&command), Some(answer.as_bytes())]);
        let detail = format!(
            r#"{{"id":{attachment},"authorization":1,"charge":"{charge}","units":"1","at":"2026-03-02T14:00:00+00:00","reverses":null}}"#
        );
        let states = [
            (
                "authorization",
                "1",
                format!(
                    r#"{{"id":1,"member":"m1","payer":"{PAYER}","number":"A-77","status":"ACTIVE","first_day":"2026-03-01","last_day":"2026-05-31","approved":"{approved}","used":"{used}","modified":false,"follow_up":null,"request":null,"codes":["{CODE}","97112"]}}"#
                ),
            ),
            (
                "charge",
                charge.as_str(),
                format!(
                    r#"{{"id":"{charge}","member":"m1","payer":"{PAYER}","day":"2026-03-05","code":"{CODE}","units":"1","auth_required":false,"validated":false,"flag":null,"authorization":1}}"#
                ),
            ),
        ];
        for (kind, entity, state) in states {
            let sql = "SELECT seq, hash FROM audit WHERE kind = ?1 AND entity = ?2 ORDER BY seq DESC LIMIT 1";
            let (seq, before): (i64, [u8; 32]) = tx
                .prepare_cached(sql)
                .unwrap()
                .query_row([kind, entity], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap();
            let seq = seq + 1;
            let sealed = hash(&[
                Some(b"rulebook ledger 1"),
                Some(&before),
                Some(kind.as_bytes()),
                Some(entity.as_bytes()),
                Some(&seq.to_be_bytes()),
                Some(&at.to_be_bytes()),
                Some(ACTOR.as_bytes()),
                Some(b"attach"),
                Some(POLICY.as_bytes()),
                None,
                Some(key.as_bytes()),
                Some(&answered),
                Some(detail.as_bytes()),
                Some(state.as_bytes()),
            ]);
            let values = params![kind, entity, seq, at, ACTOR, POLICY, key, answered, detail, state, sealed];
            tx.prepare_cached(ENTRY).unwrap().execute(values).unwrap();
        }
        let sql = "INSERT INTO answers (key, command, answer, at) VALUES (?1, ?2, ?3, ?4)";
        tx.prepare_cached(sql).unwrap().execute(params![key, command, answer, at]).unwrap();
        tx.commit().unwrap();
    }
}

/// A hash over parts, as histories take it.
fn hash(parts: &[Option<&[u8]>]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        match part {
            None => hash.update([0]),
            Some(bytes) => {
                hash.update([1]);
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
        }
    }
    hash.finalize().into()
}
