# The verbs that people use; `just` lists them.

# List the verbs.
default:
    @just --list

# Everything that decides whether a change lands.
ci:
    bash .ci/run

# All tests.
test *ARGS:
    cargo test {{ARGS}}

# The shipped policies: their faults, then their tests.
rules:
    cargo run --quiet -- check --deny warnings
    cargo run --quiet -- test

# Accept what the snapshots and the documentation's examples do not agree with; review the difference.
accept:
    cargo run --quiet -- test --accept
    INSTA_UPDATE=always UPDATE_DOCS=1 cargo test --test main

# What the tests of the schemas need: a validator and a YAML loader, under target/.
schema-tools:
    python3 -m pip install --quiet --target target/tools/schema --requirement tests/schema/requirements.txt

# What a test of messages needs: another reader of X12, under target/.
x12-tools:
    python3 -m pip install --quiet --target target/tools/x12 --requirement tests/x12/requirements.txt

# Feed the reader of messages whatever comes to mind, for so many seconds.
fuzz SECONDS="60":
    sh fuzz/run.sh {{SECONDS}}

# Our reader of messages beside another one: do they agree, and how fast are they.
differential:
    cargo test --manifest-path tests/differential/Cargo.toml
    cargo bench --manifest-path tests/differential/Cargo.toml

# Write the shipped schemas anew.
schemas:
    cargo run --quiet -- schema policy --output rules/.schema/policy.json
    cargo run --quiet -- schema case --output rules/.schema/case.json

# What a decision and a deadline cost.
bench:
    cargo bench
