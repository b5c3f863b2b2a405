#!/usr/bin/env sh
# Fuzzes the reader of 278 messages for the given number of seconds (60 if none is given), without a nightly toolchain: the
# flags ask the compiler for the counters that libFuzzer reads.
set -eu
cd "$(dirname "$0")"
mkdir -p corpus artifacts
flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
flags="$flags -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
flags="$flags -Ccodegen-units=1 --cfg fuzzing"
host="$(rustc -vV | sed -n 's/^host: //p')"
# a target is named so that build scripts and macros are built without the counters
RUSTFLAGS="$flags" cargo build --release --target "$host"
exec "target/$host/release/x12" corpus -dict=x12.dict -max_len=4096 -artifact_prefix=artifacts/ \
    -max_total_time="${1:-60}" -print_final_stats=1
