//! What a decision costs: of each kind, from a case already read and from text to text; and what loading the rules costs.

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

/// Two hundred bytes in which no keyword stands.
const MESSAGE: &str = "Good morning, I was told in March that the laboratory would send me a bill for the test, and I \
                       have paid what it said. Now there is another letter. Could somebody please look at the account?";

fn sources() -> Vec<Arc<Source>> {
    fn walk(folder: &Path, found: &mut Vec<Arc<Source>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "rhai") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push(Arc::new(Source::new(path.display().to_string(), text)));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")), &mut found);
    found
}

fn program(name: &str) -> Program {
    let mut bag = Bag::default();
    let library = Library::load(&sources(), &Zones::embedded(), &mut bag);
    Program::compile(library.policy(name).unwrap())
}

/// A case on one line, as a stream has it.
fn billing() -> String {
    format!(
        r#"{{"id":"b1","at":"2026-09-03T11:15:00-04:00","facts":{{"request":{{"topic":"itemized_bill","raised_by":"patient"}},"contact":{{"channel":"phone"}},"account":{{"paid_in_full":true,"on_hold":false,"status":"open"}},"payment":{{"visible":true}},"insurance":{{"line":"commercial"}},"message":{{"text":"{MESSAGE}"}}}}}}"#
    )
}

fn job(severity: &str) -> String {
    format!(
        r#"{{"id":"j1","at":"2026-05-12T02:30:00+00:00","facts":{{"agent":{{"department":"authorizations"}},"customer":{{"time_zone":"America/New_York"}},"job":{{"severity":"{severity}","determination":"not_addressed"}}}}}}"#
    )
}

fn decisions(criterion: &mut Criterion) {
    let cases = [
        ("escalations", "patient-billing", billing()),
        ("exception, a window open", "auth-job-follow-up", job("medical_emergency")),
        ("exception, no window", "auth-job-follow-up", job("standard")),
        (
            "undetermined",
            "patient-billing",
            r#"{"at":"2026-09-03T11:15:00-04:00","facts":{"request.topic":"itemized_bill"}}"#.to_owned(),
        ),
    ];
    for (name, policy, text) in cases {
        let program = program(policy);
        let vocabulary = &program.policy().vocabulary;
        let case = Case::from_json(&text, vocabulary).unwrap();
        let mut group = criterion.benchmark_group(name);
        group.bench_function("prepared", |bench| bench.iter(|| decide(black_box(&program), black_box(&case)).unwrap()));
        group.bench_function("text to case", |bench| {
            bench.iter(|| Case::from_json(black_box(&text), vocabulary).unwrap());
        });
        group.bench_function("text to text", |bench| {
            let mut out = String::new();
            bench.iter(|| {
                out.clear();
                let case = Case::from_json(black_box(&text), vocabulary).unwrap();
                decision::write_json(&decide(&program, &case).unwrap(), &mut out);
                out.len()
            });
        });
        group.finish();
    }
}

fn loading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    group.bench_function("load and check", |bench| {
        bench.iter(|| {
            let mut bag = Bag::default();
            let library = Library::load(&sources(), &Zones::embedded(), &mut bag);
            let findings: usize = library.policies().map(|policy| Program::compile(policy).findings().len()).sum();
            assert!(bag.is_empty() && findings == 0, "the shipped rules have no faults");
        });
    });
    group.finish();
}

criterion_group!(benches, decisions, loading);
criterion_main!(benches);
