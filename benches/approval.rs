//! What it costs to follow a request through ten events: from a case already read, and from text to text.

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros write functions; a bench may stop on a fault")]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};

use rulebook::diagnostic::Bag;
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::render::decision;
use rulebook::source::Source;
use rulebook::time::Zones;

fn program() -> Program {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"));
    let names = ["vocabulary.yaml", "calendars/us-business.yaml", "approvals/service-authorization.yaml"];
    let sources = names.map(|name| Arc::new(Source::new(name, std::fs::read_to_string(root.join(name)).unwrap())));
    let library = Library::load(&sources, &Zones::embedded(), &mut Bag::default());
    Program::compile(library.policy("service-authorization").unwrap())
}

/// A request that is denied twice, by each level, and approved in the end.
fn request() -> String {
    let mut events = String::new();
    let steps = [
        ("submit", "ana", "clinician"),
        ("deny", "sam", "clinician_supervisor"),
        ("modify", "ana", "clinician"),
        ("resubmit", "ana", "clinician"),
        ("approve", "sam", "clinician_supervisor"),
        ("deny", "fay", "financial_manager"),
        ("resubmit", "ana", "clinician"),
        ("approve", "sue", "clinician_supervisor"),
        ("approve", "sue", "financial_manager"),
        ("approve", "fay", "financial_manager"),
    ];
    for (number, (kind, id, role)) in (10..).zip(steps) {
        let comma = if events.is_empty() { "" } else { "," };
        events += &format!(
            r#"{comma}{{"id":"e{number}","at":"2026-11-{number}T10:00:00-05:00","type":"{kind}","by":{{"id":"{id}","roles":["{role}"]}}}}"#
        );
    }
    format!(
        r#"{{"id":"r1","at":"2026-11-30T10:00:00-05:00","facts":{{"request":{{"needs_fiscal_review":true}}}},"events":[{events}]}}"#
    )
}

fn ten_events(criterion: &mut Criterion) {
    let (program, text) = (program(), request());
    let vocabulary = &program.policy().vocabulary;
    let case = Case::from_json(&text, vocabulary).unwrap();
    assert_eq!(decide(&program, &case).unwrap().answer.outcome, "approved");
    let mut group = criterion.benchmark_group("approval, ten events");
    group.bench_function("prepared", |bench| bench.iter(|| decide(black_box(&program), black_box(&case)).unwrap()));
    group.bench_function("text to text", |bench| {
        bench.iter(|| {
            let case = Case::from_json(black_box(&text), vocabulary).unwrap();
            decision::json(&decide(&program, &case).unwrap())
        });
    });
    group.finish();
}

criterion_group!(benches, ten_events);
criterion_main!(benches);
