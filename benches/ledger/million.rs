//! Candidates and alerts among a million authorizations.

use std::hint::black_box;
use std::path::Path;

use chrono::{Days, NaiveDate};
use criterion::Criterion;
use rulebook::ledger::{Access, Ledger};
use rusqlite::{Connection, params};

use super::desk::{CODE, PAYER, day, desk, instant, program};

/// Authorizations of one member.
const EACH: usize = 10;

/// At this instant half of the periods are over.
const MIDDLE: &str = "2026-03-02T10:00:00-05:00";
/// At this instant none is.
const BEGINNING: &str = "2025-03-02T10:00:00-05:00";

pub fn measure(criterion: &mut Criterion, folder: &Path, rows: usize) {
    let file = folder.join("million.ledger");
    drop(Ledger::open(file.to_str().unwrap(), Access::Write).unwrap());
    fill(&file, rows);
    let mut ledger = Ledger::open(file.to_str().unwrap(), Access::Read).unwrap();
    let program = program();
    let mut group = criterion.benchmark_group("ledger");
    let today = desk(&program, MIDDLE);
    let found = today.candidates(&mut ledger, "c0", true).unwrap();
    println!("ledger: {rows} authorizations, the charge's member has {}", found.len());
    group.bench_function("candidates", |bench| {
        bench.iter(|| today.candidates(&mut ledger, black_box("c0"), false).unwrap().len());
    });
    for (name, at) in [("alerts/half are over", MIDDLE), ("alerts/none is over", BEGINNING)] {
        let desk = desk(&program, at);
        println!("ledger/{name}: {} of {rows} have alerts", desk.alerts(&mut ledger).unwrap().len());
        group.bench_function(name, |bench| bench.iter(|| desk.alerts(&mut ledger).unwrap().len()));
    }
    group.finish();
}

/// Writes rows into the tables. Periods are half a year long and end within a year before and after the middle; used is
/// up to 95 % of what is approved, and of one in a thousand more; one in fifty is pending, some of those past their
/// follow-up or their time.
fn fill(file: &Path, rows: usize) {
    let mut connection = Connection::open(file).unwrap();
    connection
        .execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -200000;")
        .unwrap();
    let tx = connection.transaction().unwrap();
    let first = day("2025-03-02");
    let on = |offset: usize| -> NaiveDate { first.checked_add_days(Days::new(offset as u64)).unwrap() };
    let submitted = instant("2026-02-20T10:00:00-05:00").unix();
    {
        let mut member =
            tx.prepare("INSERT INTO members (id, last_name, first_name) VALUES (?1, 'RUIZ', 'EVA')").unwrap();
        for number in 0..rows.div_ceil(EACH) {
            member.execute([format!("m{number}")]).unwrap();
        }
        let sql = "INSERT INTO authorizations (id, member, payer, number, status, first_day, last_day, approved, used, \
                   modified, follow_up, request_id, codes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12)";
        let mut authorization = tx.prepare(sql).unwrap();
        let sql = "INSERT INTO requests (id, authorization_id, partner, state, units, first_day, last_day, codes, outcome, \
                   modified, correctable, reasons, attempts, submitted_at, due) \
                   VALUES (?1, ?1, 'hub', 'SUBMITTED', 100000, ?2, ?3, '', ?4, 0, 0, '[]', 1, ?5, ?6)";
        let mut request = tx.prepare(sql).unwrap();
        for number in 0..rows {
            // a member's authorizations lie apart in the file and in time, as they do where they came one after the other
            let member = format!("m{}", number % rows.div_ceil(EACH));
            let last = number * 7_919 % 730;
            let (begins, ends) = (on(last).checked_sub_days(Days::new(180)).unwrap().to_string(), on(last).to_string());
            let pending = number % 50 == 7;
            let used = match number {
                _ if pending => 0,
                _ if number % 1_000 == 3 => 130_000,
                _ => number * 7_907 % 95_000 / 100 * 100,
            };
            let (status, approved) = if pending { ("PENDING", 0) } else { ("ACTIVE", 100_000) };
            let follow_up = (pending && number % 100 == 7).then(|| on(360 + number / 100 % 9).to_string());
            let id = i64::try_from(number).unwrap() + 1;
            authorization
                .execute(params![
                    id,
                    member,
                    PAYER,
                    (!pending).then(|| format!("A-{number}")),
                    status,
                    begins,
                    ends,
                    approved,
                    i64::try_from(used).unwrap(),
                    follow_up,
                    pending.then_some(id),
                    if number % 3 == 0 { String::new() } else { format!(",{CODE},97112,97530,") },
                ])
                .unwrap();
            if pending {
                let due = submitted + i64::try_from(number / 50 % 20).unwrap() * 86_400;
                request
                    .execute(params![id, begins, ends, follow_up.is_some().then_some("PENDED"), submitted, due])
                    .unwrap();
            }
        }
        let sql = "INSERT INTO charges (id, member, payer, day, code, units, auth_required, validated) \
                   VALUES ('c0', 'm0', ?1, '2026-03-02', ?2, 10000, 1, 0)";
        tx.execute(sql, [PAYER, CODE]).unwrap();
    }
    tx.commit().unwrap();
    connection.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
}
