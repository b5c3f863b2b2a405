//! Attaching on a PostgreSQL server, beside the same statements by pgbench.
//!
//! One connection each, on one server with its settings as installed, each on a database of its own with the same rows.
//! Every statement that the ledger sends is in pgbench's script, prepared as the ledger prepares it, with texts of the
//! same length; what the ledger does beside, such as hashing, pgbench need not do.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rulebook::ledger::{Access, Ledger};

use super::bare::attach;
use super::desk::{ACTOR, AT, CODE, PAYER, POLICY, enter, instant};
use super::race::{Runner, tell};
use super::server::Server;

/// Attachments that one side makes before it is the other's turn.
const TURN: u32 = 500;

pub fn race(attachments: u32) {
    if Command::new("pgbench").arg("--version").output().is_err() {
        println!("ledger/attach/postgres: SKIPPED, since pgbench is not installed (apt-get install postgresql)");
        return;
    }
    let Some(server) = Server::start("") else { return };
    let turn = TURN.min(attachments);
    let (ours, theirs) = (server.database(), server.database());
    let mut ledger = Ledger::open(&ours, Access::Write).unwrap();
    let authorization = enter(&mut ledger, attachments);
    enter(&mut Ledger::open(&theirs, Access::Write).unwrap(), attachments);
    let script = std::env::temp_dir().join(format!("rulebook-pgbench-{}.sql", std::process::id()));
    std::fs::write(&script, statements()).unwrap();
    let (mut first, mut second) = (Runner::default(), Runner::default());
    for turns in 0..attachments / turn {
        let begun = Instant::now();
        for number in turns * turn..(turns + 1) * turn {
            attach(&mut ledger, authorization, number);
        }
        first.add(turn, begun.elapsed());
        second.add(turn, pgbench(&theirs, &script, turns * turn, turn));
    }
    std::fs::remove_file(&script).unwrap();
    assert!(ledger.verify(None).unwrap().findings.is_empty());
    let mut other = Ledger::open(&theirs, Access::Read).unwrap();
    assert_eq!(other.attachments(authorization).unwrap().len(), ledger.attachments(authorization).unwrap().len());
    tell("ledger/attach/postgres", &first, "pgbench", &second);
}

/// Runs pgbench from a charge on; tells how long its transactions took, without connecting.
fn pgbench(database: &str, script: &Path, first: u32, count: u32) -> Duration {
    let output = Command::new("pgbench")
        .args(["--no-vacuum", "--protocol=prepared", "--client=1"])
        .args(["--transactions", &count.to_string(), "--define", &format!("n={}", i64::from(first) - 1), "--file"])
        .arg(script)
        .arg(database)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")).unwrap();
    let rate: f64 = rate.split_whitespace().next().unwrap().parse().unwrap();
    Duration::from_secs_f64(f64::from(count) / rate)
}

const ATTACHMENT: &str = "id, authorization_id, charge, units, at, reverses, reversed";
const AUTHORIZATION: &str =
    "id, member, payer, number, status, first_day, last_day, approved, used, modified, follow_up, request_id, codes";
const CHARGE: &str = "id, member, payer, day, code, units, auth_required, validated, flag, authorization_id";

/// A text within which pgbench sees no variable.
fn plain(text: &str) -> String {
    text.replace(':', ";")
}

/// The statements of an attachment, one after the other.
fn statements() -> String {
    let at = instant(AT).unix();
    let hash = format!("'\\x{}'", "a7".repeat(32));
    // `c` and a number as texts of SQL
    let (charge, key) = ("'c' || :n::bigint", "'k' || :n::bigint");
    let detail = r#"{"id":1000,"authorization":1,"charge":"c1000","units":"1","at":"2026-03-02T14:00:00+00:00","reverses":null}"#;
    let held = format!(
        r#"{{"id":1,"member":"m1","payer":"{PAYER}","number":"A-77","status":"ACTIVE","first_day":"2026-03-01","last_day":"2026-05-31","approved":"100000","used":"1000","modified":false,"follow_up":null,"request":null,"codes":["{CODE}","97112"]}}"#
    );
    let cleared = format!(
        r#"{{"id":"c1000","member":"m1","payer":"{PAYER}","day":"2026-03-05","code":"{CODE}","units":"1","auth_required":false,"validated":false,"flag":null,"authorization":1}}"#
    );
    let mut sql = format!(
        "\\set n :n + 1
BEGIN;
SELECT command, answer FROM answers WHERE key = {key};
SELECT {CHARGE} FROM charges WHERE id = {charge};
UPDATE authorizations SET used = used + 10000 WHERE id = 1 AND used + 10000 <= approved AND status = 'ACTIVE' AND first_day <= '2026-03-05' AND last_day >= '2026-03-05' AND (codes = '' OR replace(codes, ',{CODE},', '') <> codes) AND member = 'm1' AND payer = '{PAYER}' RETURNING {AUTHORIZATION};
INSERT INTO attachments (authorization_id, charge, units, at, reversed) VALUES (1, {charge}, 10000, {at}, 0) RETURNING {ATTACHMENT};
UPDATE charges SET auth_required = 0, validated = 0, flag = NULL, authorization_id = 1 WHERE id = {charge} AND authorization_id IS NULL RETURNING {CHARGE};
"
    );
    let (policy, detail) = (plain(POLICY), plain(detail));
    for (kind, entity, seq, state) in
        [("authorization", "'1'", ":n::bigint + 2", plain(&held)), ("charge", charge, "2", plain(&cleared))]
    {
        write!(
            sql,
            "SELECT seq, hash FROM audit WHERE kind = '{kind}' AND entity = {entity} ORDER BY seq DESC LIMIT 1;
INSERT INTO audit (kind, entity, seq, at, actor, operation, policy, reason, key, answered, detail, state, hash) VALUES ('{kind}', {entity}, {seq}, {at}, '{ACTOR}', 'attach', '{policy}', NULL, {key}, {hash}, '{detail}', '{state}', {hash});
"
        )
        .unwrap();
    }
    let answer = plain(r#"{"attachment":1000,"authorization":1,"number":"A-77","used":"1000","approved":"100000"}"#);
    write!(sql, "INSERT INTO answers (key, command, answer, at) VALUES ({key}, {hash}, '{answer}', {at});\nCOMMIT;\n")
        .unwrap();
    sql
}
