//! What a hook costs beside the matcher that says the same, and what a policy pays for hooks that it does not ask.

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros write functions; a bench may stop on a fault")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};

use rulebook::diagnostic::Bag;
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::Zones;

const VOCABULARY: &str = "vocabulary: v
facts:
  order.code: { type: text, if missing: no match }
  order.open: { type: boolean, default: false }
";

fn sources(test: &str) -> Vec<Arc<Source>> {
    let policy = format!(
        "escalations: p\ncategories:\n  c:\n    when: {{ order.open: true, order.code: {test} }}\n    turnaround: none stated\n"
    );
    vec![Arc::new(Source::new("v.yaml", VOCABULARY)), Arc::new(Source::new("p.yaml", policy))]
}

fn program(test: &str) -> Program {
    let mut bag = Bag::default();
    let library = Library::load(&sources(test), &Zones::embedded(), &mut bag);
    Program::compile(library.policy("p").unwrap())
}

fn hooks(criterion: &mut Criterion) {
    let matcher = "{ starts with: WO- }";
    let script = r#"{ rhai: 'value.starts_with("WO-")' }"#;
    let form = r#"{ rhai: 'let n = 0; for c in value { if c in "0123456789" { n += 1; } } n == 4' }"#;
    for (name, test, open) in [
        ("hook/a matcher", matcher, true),
        ("hook/a script that says the same", script, true),
        ("hook/a script with a loop", form, true),
        ("hook/a script that is not asked", script, false),
    ] {
        let program = program(test);
        let text = format!(r#"{{"at":"2026-05-12T09:00:00Z","facts":{{"order.code":"WO-1234","order.open":{open}}}}}"#);
        let case = Case::from_json(&text, &program.policy().vocabulary).unwrap();
        criterion.bench_function(name, |bench| bench.iter(|| decide(&program, black_box(&case)).map(drop)));
    }
    criterion.bench_function("hook/loading a policy with one", |bench| {
        let (sources, zones) = (sources(script), Zones::embedded());
        bench.iter(|| Library::load(&sources, &zones, &mut Bag::default()));
    });
}

criterion_group!(benches, hooks);
criterion_main!(benches);
