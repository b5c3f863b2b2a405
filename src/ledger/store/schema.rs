//! The tables, by versions.
//!
//! `{id}`, `{int}`, `{text}`, `{bytes}` and `{end}` are put in each store's words by [`Dialect::schema`]. Units are
//! ten-thousandths, instants seconds since 1970 in UTC, days text `YYYY-MM-DD`, yes and no 1 and 0. The partner of a request
//! that goes out by hand is empty: no partner is called so, and to allow NULL the table would have to be made anew.

use super::dialect::Dialect;

/// What brings a store from one version to the next; the first makes it out of nothing.
const MIGRATIONS: &[fn(Dialect) -> String] = &[first, second, third, fourth];

/// The version of a store that has had all migrations.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// What is still to be done to a store of that version.
pub(super) fn migrations(dialect: Dialect, version: i64) -> impl Iterator<Item = String> {
    let done = usize::try_from(version).unwrap_or(0);
    MIGRATIONS.iter().skip(done).map(move |migration| migration(dialect))
}

fn first(dialect: Dialect) -> String {
    // what is sent, received or written down stays as it is; what may change of a row is named
    let attachment = "old.reversed = 0 AND new.reversed = 1 AND old.id = new.id AND old.units = new.units \
        AND old.authorization_id = new.authorization_id AND old.charge = new.charge AND old.at = new.at \
        AND old.reverses IS NULL AND new.reverses IS NULL";
    let received = "old.id = new.id AND old.sha256 = new.sha256 AND old.bytes = new.bytes AND old.fault IS NOT NULL";
    let sent = "old.id = new.id AND old.sha256 = new.sha256 AND old.bytes = new.bytes AND old.partner = new.partner \
        AND old.control = new.control AND old.written_at IS NULL";
    let kept = [
        ("audit", None),
        ("answers", None),
        ("anchors", None),
        ("documents", None),
        ("filings", None),
        ("determinations", None),
        ("attachments", Some(attachment)),
        ("inbox", Some(received)),
        ("outbox", Some(sent)),
    ];
    let triggers: String = kept.iter().map(|(table, allowed)| dialect.keep(table, *allowed)).collect();
    format!("{}{triggers}", dialect.schema(FIRST))
}

/// Requests that follow on others, and authorizations that follow on others, to which a payer may give the same number.
fn second(dialect: Dialect) -> String {
    dialect.schema(SECOND)
}

/// Which of a message's answers a determination is, so that what fitted nothing can be applied later, and the rest only once.
fn third(dialect: Dialect) -> String {
    dialect.schema("ALTER TABLE determinations ADD COLUMN answer {int};")
}

/// Which request rests on an approval, since an approval serves once.
fn fourth(dialect: Dialect) -> String {
    dialect.schema("CREATE INDEX requests_by_approval ON requests (approval) WHERE approval IS NOT NULL;")
}

const SECOND: &str = "
ALTER TABLE requests ADD COLUMN purpose {text} NOT NULL DEFAULT 'INITIAL';
ALTER TABLE requests ADD COLUMN earlier {int} REFERENCES requests (id);
ALTER TABLE requests ADD COLUMN review {text};
ALTER TABLE authorizations ADD COLUMN renews {int} REFERENCES authorizations (id);
DROP INDEX authorizations_by_number;
CREATE UNIQUE INDEX authorizations_numbered_first ON authorizations (payer, number)
    WHERE number IS NOT NULL AND renews IS NULL;
CREATE INDEX authorizations_by_number ON authorizations (payer, number) WHERE number IS NOT NULL;
CREATE INDEX authorizations_that_renew ON authorizations (renews) WHERE renews IS NOT NULL;
";

const FIRST: &str = "
CREATE TABLE members (
    id {text} NOT NULL PRIMARY KEY,
    last_name {text} NOT NULL,
    first_name {text} NOT NULL,
    born {text},
    sex {text},
    subscriber {text}
{end};

CREATE TABLE authorizations (
    id {id},
    member {text} NOT NULL REFERENCES members (id),
    payer {text} NOT NULL,
    number {text},
    status {text} NOT NULL CHECK (status IN ('PENDING', 'ACTIVE', 'DENIED', 'CANCELLED', 'NOT_REQUIRED')),
    first_day {text} NOT NULL,
    last_day {text} NOT NULL,
    approved {int} NOT NULL CHECK (approved >= 0),
    used {int} NOT NULL CHECK (used >= 0),
    modified {int} NOT NULL CHECK (modified IN (0, 1)),
    follow_up {text},
    request_id {int},
    codes {text} NOT NULL,
    CHECK (first_day <= last_day)
{end};
CREATE INDEX authorizations_of_member ON authorizations (member);
CREATE UNIQUE INDEX authorizations_by_number ON authorizations (payer, number) WHERE number IS NOT NULL;
CREATE INDEX authorizations_open ON authorizations (last_day) WHERE status IN ('ACTIVE', 'PENDING');

CREATE TABLE charges (
    id {text} NOT NULL PRIMARY KEY,
    member {text} NOT NULL REFERENCES members (id),
    payer {text} NOT NULL,
    day {text} NOT NULL,
    code {text} NOT NULL,
    units {int} NOT NULL CHECK (units > 0),
    auth_required {int} NOT NULL CHECK (auth_required IN (0, 1)),
    validated {int} NOT NULL CHECK (validated IN (0, 1)),
    flag {text},
    authorization_id {int} REFERENCES authorizations (id)
{end};
CREATE INDEX charges_of_member ON charges (member);

CREATE TABLE attachments (
    id {id},
    authorization_id {int} NOT NULL REFERENCES authorizations (id),
    charge {text} NOT NULL REFERENCES charges (id),
    units {int} NOT NULL CHECK (units <> 0),
    at {int} NOT NULL,
    reverses {int} UNIQUE REFERENCES attachments (id),
    reversed {int} NOT NULL CHECK (reversed IN (0, 1)),
    CHECK ((reverses IS NULL) = (units > 0))
{end};
CREATE UNIQUE INDEX attachments_open ON attachments (charge) WHERE reverses IS NULL AND reversed = 0;
CREATE INDEX attachments_of_authorization ON attachments (authorization_id, id);

CREATE TABLE documents (
    sha256 {bytes} NOT NULL PRIMARY KEY,
    bytes {bytes} NOT NULL
{end};

CREATE TABLE filings (
    id {id},
    kind {text} NOT NULL,
    entity {text} NOT NULL,
    name {text} NOT NULL,
    sha256 {bytes} NOT NULL REFERENCES documents (sha256)
{end};
CREATE INDEX filings_of_entity ON filings (kind, entity);

CREATE TABLE requests (
    id {id},
    authorization_id {int} NOT NULL REFERENCES authorizations (id),
    partner {text} NOT NULL,
    trace {text},
    reference {text},
    state {text} NOT NULL,
    units {int} NOT NULL CHECK (units > 0),
    first_day {text} NOT NULL,
    last_day {text} NOT NULL,
    codes {text} NOT NULL,
    approval {text},
    outcome {text},
    modified {int} NOT NULL CHECK (modified IN (0, 1)),
    correctable {int} NOT NULL CHECK (correctable IN (0, 1)),
    reasons {text} NOT NULL,
    attempts {int} NOT NULL CHECK (attempts >= 0),
    next_retry {int},
    submitted_at {int},
    due {int},
    appeal_by {text},
    standing {int},
    CHECK (first_day <= last_day)
{end};
CREATE INDEX requests_of_authorization ON requests (authorization_id);
CREATE UNIQUE INDEX requests_by_trace ON requests (partner, trace);
CREATE UNIQUE INDEX requests_by_reference ON requests (partner, reference);
CREATE INDEX requests_to_retry ON requests (next_retry) WHERE next_retry IS NOT NULL;

CREATE TABLE originating (
    request_id {int} NOT NULL REFERENCES requests (id),
    charge {text} NOT NULL REFERENCES charges (id),
    PRIMARY KEY (request_id, charge)
{end};

CREATE TABLE inbox (
    id {id},
    partner {text} NOT NULL,
    name {text} NOT NULL,
    sha256 {bytes} NOT NULL UNIQUE,
    at {int} NOT NULL,
    fault {text},
    bytes {bytes} NOT NULL
{end};

CREATE TABLE determinations (
    id {id},
    request_id {int} NOT NULL REFERENCES requests (id),
    message_id {int} REFERENCES inbox (id),
    issued {int},
    at {int} NOT NULL,
    outcome {text} NOT NULL,
    content {text} NOT NULL
{end};
CREATE INDEX determinations_of_request ON determinations (request_id, id);

CREATE TABLE partners (
    id {text} NOT NULL PRIMARY KEY,
    control {int} NOT NULL CHECK (control BETWEEN 0 AND 999999999)
{end};

CREATE TABLE outbox (
    id {id},
    partner {text} NOT NULL REFERENCES partners (id),
    control {int} NOT NULL,
    request_id {int} NOT NULL REFERENCES requests (id),
    name {text} NOT NULL,
    sha256 {bytes} NOT NULL,
    at {int} NOT NULL,
    written_at {int},
    bytes {bytes} NOT NULL,
    UNIQUE (partner, control)
{end};
CREATE INDEX outbox_waiting ON outbox (id) WHERE written_at IS NULL;
CREATE INDEX outbox_of_request ON outbox (request_id);

CREATE TABLE answers (
    key {text} NOT NULL PRIMARY KEY,
    command {bytes} NOT NULL,
    answer {text} NOT NULL,
    at {int} NOT NULL
{end};

CREATE TABLE audit (
    n {id},
    kind {text} NOT NULL,
    entity {text} NOT NULL,
    seq {int} NOT NULL CHECK (seq > 0),
    at {int} NOT NULL,
    actor {text} NOT NULL,
    operation {text} NOT NULL,
    policy {text} NOT NULL,
    reason {text},
    key {text},
    answered {bytes},
    detail {text} NOT NULL,
    state {text} NOT NULL,
    hash {bytes} NOT NULL,
    UNIQUE (kind, entity, seq)
{end};

CREATE TABLE anchors (
    hash {bytes} NOT NULL PRIMARY KEY,
    at {int} NOT NULL,
    heads {text} NOT NULL
{end};
";
