//! How fast both readers are on the same files, in one run, each doing all that it does: ours splits and checks.

use std::hint::black_box;
use std::time::{Duration, Instant};

use rulebook::x12::{Document, check};
use rulebook_differential::theirs;

#[path = "../../../benches/messages/mod.rs"]
mod messages;

/// The best of several rounds in megabytes a second: what else the machine does only slows a round down.
fn speed(file: &str, read: impl Fn(&str) -> usize) -> f64 {
    let begun = Instant::now();
    let mut best = Duration::MAX;
    let mut rounds = 0;
    while rounds < 3 || begun.elapsed() < Duration::from_secs(4) {
        let round = Instant::now();
        black_box(read(black_box(file)));
        best = best.min(round.elapsed());
        rounds += 1;
    }
    #[allow(clippy::cast_precision_loss)]
    let bytes = file.len() as f64;
    bytes / best.as_secs_f64() / 1e6
}

fn main() {
    for (name, file) in [("requests", messages::requests()), ("responses", messages::responses())] {
        let ours = speed(&file, |file| check(&Document::read(file.as_bytes())).transactions().count());
        let other = speed(&file, |file| theirs(file).map_or(0, |read| read.functional_group.len()));
        println!(
            "{name} ({} bytes): rulebook {ours:.0} MB/s, x12-types {other:.1} MB/s, {:.0} times",
            file.len(),
            ours / other
        );
    }
}
