//! The piece of work on which other engines were measured, beside hand-written code for the same in one run.
//!
//! Each figure is the time of one case, decisions A and B together, averaged over ten thousand.

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros write functions; a bench may stop on a fault")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::{Deserialize, Serialize};

use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::render::decision;

#[path = "../tests/peers/work.rs"]
mod work;

/// A case as somebody would type it for this work alone.
#[derive(Deserialize)]
struct Given<'c> {
    #[serde(borrow)]
    facts: Facts<'c>,
}

#[derive(Deserialize)]
struct Facts<'c> {
    #[serde(borrow)]
    job: Job<'c>,
}

#[derive(Deserialize)]
struct Job<'c> {
    severity: &'c str,
    denial: &'c str,
    addressed: bool,
    charges: bool,
}

/// An answer as somebody would type it for this work alone.
#[derive(Serialize)]
struct Answer<'c> {
    reason: &'c str,
    severity: &'c str,
}

/// What reading and writing JSON costs alone, with typed structs and hardly a decision between them.
fn json_alone(text: &str) -> String {
    let given: Given<'_> = serde_json::from_str(text).unwrap();
    let job = given.facts.job;
    let reason = match (job.addressed, job.denial, job.charges) {
        (false, _, _) | (_, "full", _) => "NA",
        (_, "partial", _) => "PCD",
        (_, _, true) => "NCC",
        (_, _, false) => "none",
    };
    serde_json::to_string(&Answer { reason, severity: job.severity }).unwrap()
}

fn peers(criterion: &mut Criterion) {
    let Some(folder) = work::folder() else {
        eprintln!("SKIPPED: ../shared/peers is absent");
        return;
    };
    let work = work::Work::load(&folder);
    let read = |text: &String| Case::from_json(text, &work.triage.policy().vocabulary).unwrap();
    let prepared: Vec<Case> = work.cases.iter().map(read).collect();
    let mut group = criterion.benchmark_group("peers");
    group.sample_size(20).throughput(Throughput::Elements(work.cases.len() as u64));
    group.bench_function("prepared", |bench| {
        bench.iter(|| {
            for case in &prepared {
                black_box(decide(&work.follow_up, black_box(case)).unwrap());
                black_box(decide(&work.triage, black_box(case)).unwrap());
            }
        });
    });
    group.bench_function("text to text", |bench| {
        let mut out = String::new();
        bench.iter(|| {
            for text in &work.cases {
                out.clear();
                let case = read(black_box(text));
                decision::write_json(&decide(&work.follow_up, &case).unwrap(), &mut out);
                decision::write_json(&decide(&work.triage, &case).unwrap(), &mut out);
                black_box(&out);
            }
        });
    });
    group.bench_function("JSON alone, by typed structs", |bench| {
        bench.iter(|| {
            for text in &work.cases {
                black_box(json_alone(black_box(text)));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, peers);
criterion_main!(benches);
