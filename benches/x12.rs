//! How fast messages are read and checked.

mod messages;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rulebook::x12::{Document, Response, check, to_json, verdict};

fn read(criterion: &mut Criterion) {
    for (name, text) in [("requests", messages::requests()), ("responses", messages::responses())] {
        let bytes = text.as_bytes();
        assert!(check(&Document::read(bytes)).is_sound(), "the file has faults");
        let mut group = criterion.benchmark_group("x12");
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("split/{name}"), |bench| {
            bench.iter(|| Document::read(black_box(bytes)).segments().len())
        });
        group.bench_function(format!("split and check/{name}"), |bench| {
            bench.iter(|| check(&Document::read(black_box(bytes))).count());
        });
        group.bench_function(format!("to JSON/{name}"), |bench| {
            bench.iter(|| to_json(&Document::read(black_box(bytes))).len())
        });
        group.finish();
    }
}

fn decide(criterion: &mut Criterion) {
    let text = messages::responses();
    let document = Document::read(text.as_bytes());
    let checked = check(&document);
    let all: Vec<_> = checked.transactions().collect();
    let mut transactions = all.iter().copied().cycle();
    criterion.bench_function("x12/a verdict", |bench| {
        bench.iter(|| transactions.next().and_then(Response::read).map(|response| verdict(&response).outcome));
    });
}

criterion_group!(benches, read, decide);
criterion_main!(benches);
