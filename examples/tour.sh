#!/bin/sh
# Decides the example cases, interviews somebody who answers from a file, explains one case, and takes an authorization from
# request to attachment. Run it from the project's root: sh examples/tour.sh
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

# A ledger of its own, in a folder that is gone afterwards.
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
at=2026-03-02T10:00:00-05:00
auth() {
    printf '\n$ rulebook auth %s\n\n' "$*"
    rulebook auth --store "$desk/ledger" --as ana:authorization_coordinator --at "$at" "$@"
}

auth member m1 --last-name RUIZ --first-name EVA --born 1980-02-03
auth charge c1 --member m1 --payer example-health-plan --on 2026-03-05 --code 97110 --units 2
auth request --charge c1 --units 12 --to 2026-05-31 --diagnosis M54.5 --fact documents.supporting=true
auth submit 1 --outbox "$desk/outbox"
show rulebook x12 show "$desk/outbox/example-clearinghouse/example-clearinghouse-000000001.x12"
at=2026-03-04T15:00:00-05:00
auth receive examples/authorization-answer.x12 --attach
auth validate c1
auth show 1
auth verify
