//! What a table of a thousand rows costs: to load, to check, and a case by it.

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros write functions; a bench may stop on a fault")]

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};

use rulebook::diagnostic::Bag;
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::{Library, Policy};
use rulebook::program::Program;
use rulebook::render::decision;
use rulebook::source::Source;
use rulebook::time::Zones;

const ROWS: usize = 1000;

/// Ten regions, ten services, ten stretches of a number: each row is for one of each.
fn files(hit: &str) -> Vec<Arc<Source>> {
    let words = |name: &str| (0..10).map(|number| format!("{name}{number}")).collect::<Vec<_>>().join(", ");
    let vocabulary = format!(
        "vocabulary: v\nfacts:\n  place.region: {{ one of: [{}] }}\n  job.service: {{ one of: [{}] }}\n  job.units: {{ type: integer }}\n",
        words("r"),
        words("s")
    );
    let table = format!(
        "table: fees\ninputs: [place.region, job.service, job.units]\noutputs: {{ fee: {{ type: decimal }} }}\nhit: {hit}\nrows from: fees.csv\n"
    );
    let mut sheet = "name,place.region,job.service,job.units,fee\n".to_owned();
    for row in 0..ROWS {
        let from = row % 10 * 5;
        writeln!(sheet, "n{row},r{},s{},{from} to {},{row}.50", row / 100, row / 10 % 10, from + 4).unwrap();
    }
    let named = [("v.yaml", vocabulary), ("fees.yaml", table), ("fees.csv", sheet)];
    named.map(|(path, text)| Arc::new(Source::new(path, text))).to_vec()
}

fn load(files: &[Arc<Source>]) -> Arc<Policy> {
    let mut bag = Bag::default();
    let library = Library::load(files, &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "the table has no faults");
    Arc::clone(library.policy("fees").unwrap())
}

fn tables(criterion: &mut Criterion) {
    let given = r#"{"id":"t1","at":"2026-09-03T11:15:00-04:00","facts":{"place":{"region":"r7"},"job":{"service":"s3","units":21}}}"#;
    let lacking =
        r#"{"id":"t2","at":"2026-09-03T11:15:00-04:00","facts":{"place":{"region":"r7"},"job":{"service":"s3"}}}"#;
    for hit in ["first", "unique", "collect"] {
        let files = files(hit);
        let policy = load(&files);
        let program = Program::compile(&policy);
        let mut group = criterion.benchmark_group(format!("{ROWS} rows, {hit}"));
        for (name, text) in [("all given", given), ("a fact missing", lacking)] {
            let case = Case::from_json(text, &policy.vocabulary).unwrap();
            group.bench_function(format!("{name}, prepared"), |bench| {
                bench.iter(|| decide(black_box(&program), black_box(&case)).unwrap());
            });
            group.bench_function(format!("{name}, text to text"), |bench| {
                bench.iter(|| {
                    let case = Case::from_json(black_box(text), &policy.vocabulary).unwrap();
                    decision::json(&decide(&program, &case).unwrap())
                });
            });
        }
        group.sample_size(10);
        group.bench_function("load", |bench| bench.iter(|| load(black_box(&files))));
        group.bench_function("compile and check", |bench| {
            bench.iter(|| assert!(Program::compile(black_box(&policy)).findings().is_empty()));
        });
        group.finish();
    }
}

criterion_group!(benches, tables);
criterion_main!(benches);
