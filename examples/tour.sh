#!/bin/sh
# Decides the example cases, interviews somebody who answers from a file, and explains one case. Run it from the project's root: sh examples/tour.sh
set -eu

# Prints a command, then what it writes. Exit code 3 says that some case waits for a fact, which is no failure here.
show() {
    printf '\n$ %s\n\n' "$*"
    "$@" || [ $? -eq 3 ]
}

cargo build --release --quiet
PATH="${CARGO_TARGET_DIR:-target}/release:$PATH"

show rulebook eval auth-job-follow-up examples/jobs.yaml --format text
show rulebook eval patient-billing examples/billing.ndjson --format text
show rulebook eval service examples/authorizations.yaml --format text
show rulebook ask auth-job-follow-up --at 2026-12-01T23:10:00-05:00 --format text < examples/answers.txt
show rulebook explain patient-billing examples/billing.ndjson --case bill-not-settled --format text
show rulebook approval service-authorization examples/requests.yaml
