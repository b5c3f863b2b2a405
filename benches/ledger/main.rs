//! What the ledger costs: attaching beside the same writes made by hand, candidates and alerts among a million.
//!
//! The two sides of a ratio take turns within one run, so that whatever else the machine does slows both. Run by
//! `cargo bench --bench ledger`, and `cargo bench --bench ledger -- alerts` for one part of it.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench may stop on a fault"
)]

mod bare;
mod desk;
mod million;
mod pgbench;
mod race;
#[path = "../../tests/ledger/server.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod server;

use std::path::PathBuf;
use std::time::Duration;

use criterion::Criterion;

/// A folder on the disk that builds are on, since a folder for temporary files may be in memory.
fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("ledger-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test`, and `--test` after `cargo bench`, only want to see it run
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let whole = has("--bench") && !has("--test");
    let wanted = |part: &str| {
        let names: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
        names.is_empty() || names.iter().any(|name| part.contains(name.as_str()) || name.starts_with(part))
    };
    let folder = folder();
    if wanted("ledger/attach/sqlite") {
        bare::race(&folder, if whole { 2_000 } else { 20 });
    }
    if wanted("ledger/attach/postgres") {
        pgbench::race(if whole { 4_000 } else { 20 });
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(10))
        .configure_from_args();
    if wanted("ledger/candidates") || wanted("ledger/alerts") {
        million::measure(&mut criterion, &folder, if whole { 1_000_000 } else { 1_000 });
    }
    criterion.final_summary();
    std::fs::remove_dir_all(&folder).unwrap();
}
