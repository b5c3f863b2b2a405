//! What watching authorizations costs: filling a case from a row, the alerts of a row, and whole decisions.

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros write functions; a bench may stop on a fault")]

use std::hint::black_box;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rust_decimal::Decimal;

use rulebook::diagnostic::Bag;
use rulebook::engine::authorization::{Desk, FieldValue, clear, fill};
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::{Field, Library};
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::Zones;

const ROWS: usize = 10_000;

fn program() -> Program {
    let files = [
        "vocabulary.yaml",
        "calendars/us-business.yaml",
        "hooks/codes.rhai",
        "approvals/service-authorization.yaml",
        "authorizations/service.yaml",
    ];
    let source = |path: &str| {
        let text = std::fs::read_to_string(format!("{}/rules/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        Arc::new(Source::new(path, text))
    };
    let mut bag = Bag::default();
    let library = Library::load(&files.map(source), &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "the policy has no faults");
    Program::compile(library.policy("service").unwrap())
}

/// An authorization as a ledger has it.
struct Row {
    last_day: NaiveDate,
    approved: Decimal,
    used: Decimal,
    follow_up_on: Option<NaiveDate>,
}

/// Rows of which one in ten ends soon, one in seven is nearly used up, and one in twenty is pended.
fn rows() -> Vec<Row> {
    let start = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let day = |offset: usize| start.checked_add_days(Days::new(offset as u64)).unwrap();
    let row = |number: usize| Row {
        last_day: day(number % 140),
        approved: Decimal::new(100_000, 4),
        used: Decimal::new((number * 7_919 % 95_000) as i64, 4),
        follow_up_on: number.is_multiple_of(20).then(|| day(number % 9)),
    };
    (0..ROWS).map(row).collect()
}

fn told(program: &Program, case: &mut Case, row: &Row) {
    fill(program, case, Field::LastDay, FieldValue::Date(row.last_day)).unwrap();
    fill(program, case, Field::Approved, FieldValue::Number(row.approved)).unwrap();
    fill(program, case, Field::Used, FieldValue::Number(row.used)).unwrap();
    match row.follow_up_on {
        Some(day) => {
            fill(program, case, Field::Outcome, FieldValue::Word("PENDED")).unwrap();
            fill(program, case, Field::FollowUpOn, FieldValue::Date(day)).unwrap();
        }
        None => {
            clear(program, case, Field::Outcome).unwrap();
            clear(program, case, Field::FollowUpOn).unwrap();
        }
    }
}

fn authorizations(criterion: &mut Criterion) {
    let program = program();
    let rows = rows();
    let mut blank = Case::from_json(r#"{"at":"2026-03-02T10:00:00-05:00"}"#, &program.policy().vocabulary).unwrap();
    fill(&program, &mut blank, Field::Status, FieldValue::Word("ACTIVE")).unwrap();
    let desk = Desk::new(&program, &blank).unwrap();
    let mut group = criterion.benchmark_group("authorizations");
    group.throughput(Throughput::Elements(ROWS as u64));
    let prepared: Vec<Case> = rows
        .iter()
        .map(|row| {
            let mut case = blank.clone();
            told(&program, &mut case, row);
            case
        })
        .collect();
    let count = |cases: &[Case]| cases.iter().map(|case| desk.alerts(case).unwrap().holding.len()).sum::<usize>();
    assert!(count(&prepared) > ROWS / 10, "some rows are to be noticed");
    group.bench_function("alerts, prepared", |bench| bench.iter(|| count(black_box(&prepared))));
    group.bench_function("alerts, from rows", |bench| {
        bench.iter(|| {
            let mut case = blank.clone();
            let noticed = |row: &Row| {
                told(&program, &mut case, row);
                desk.alerts(&case).unwrap().holding.len()
            };
            black_box(&rows).iter().map(noticed).sum::<usize>()
        });
    });
    group.finish();
    let charge = r#"{"at":"2026-03-02T10:00:00-05:00","facts":{"charge":{"auth_required":true,"units":1},"service":{"date":"2026-03-02"},
        "auth":{"status":"ACTIVE","first_day":"2026-01-01","last_day":"2026-06-30","approved":24,"used":21,"covers_code":true}}}"#;
    let case = Case::from_json(&charge.replace('\n', ""), &program.policy().vocabulary).unwrap();
    let mut group = criterion.benchmark_group("one charge");
    group.bench_function("decide", |bench| bench.iter(|| decide(black_box(&program), black_box(&case)).unwrap()));
    group.bench_function("serving", |bench| bench.iter(|| desk.serving(black_box(&case)).unwrap()));
    group.finish();
}

criterion_group!(benches, authorizations);
criterion_main!(benches);
