//! Everything that a ledger holds, as JSON lines.

use std::io;

use serde_json::{Map, Value, json};

use super::store::{Reader, Row};
use super::{Ledger, StoreError, hash, stored_time};

/// What a column means.
#[derive(Clone, Copy)]
enum As {
    Text,
    Int,
    YesNo,
    Units,
    /// Units that are given back are negative.
    Change,
    Instant,
    Hex,
    Codes,
    Json,
}

/// A table, the columns by which its rows are ordered, and its columns with how each is written.
type Table = (&'static str, &'static str, &'static [(&'static str, As)]);

/// The tables and their columns; the first one, or two, of each give its order.
const TABLES: &[Table] = {
    use As::{Change, Codes, Hex, Instant, Int, Json, Text, Units, YesNo};
    &[
        (
            "members",
            "id",
            &[
                ("id", Text),
                ("last_name", Text),
                ("first_name", Text),
                ("born", Text),
                ("sex", Text),
                ("subscriber", Text),
            ],
        ),
        (
            "charges",
            "id",
            &[
                ("id", Text),
                ("member", Text),
                ("payer", Text),
                ("day", Text),
                ("code", Text),
                ("units", Units),
                ("auth_required", YesNo),
                ("validated", YesNo),
                ("flag", Text),
                ("authorization_id", Int),
            ],
        ),
        (
            "authorizations",
            "id",
            &[
                ("id", Int),
                ("member", Text),
                ("payer", Text),
                ("number", Text),
                ("status", Text),
                ("first_day", Text),
                ("last_day", Text),
                ("approved", Units),
                ("used", Units),
                ("modified", YesNo),
                ("follow_up", Text),
                ("request_id", Int),
                ("codes", Codes),
                ("renews", Int),
            ],
        ),
        (
            "attachments",
            "id",
            &[
                ("id", Int),
                ("authorization_id", Int),
                ("charge", Text),
                ("units", Change),
                ("at", Instant),
                ("reverses", Int),
                ("reversed", YesNo),
            ],
        ),
        ("documents", "sha256", &[("sha256", Hex), ("bytes", Hex)]),
        ("filings", "id", &[("id", Int), ("kind", Text), ("entity", Text), ("name", Text), ("sha256", Hex)]),
        (
            "requests",
            "id",
            &[
                ("id", Int),
                ("authorization_id", Int),
                ("partner", Text),
                ("trace", Text),
                ("reference", Text),
                ("state", Text),
                ("units", Units),
                ("first_day", Text),
                ("last_day", Text),
                ("codes", Codes),
                ("approval", Text),
                ("outcome", Text),
                ("modified", YesNo),
                ("correctable", YesNo),
                ("reasons", Json),
                ("attempts", Int),
                ("next_retry", Instant),
                ("submitted_at", Instant),
                ("due", Instant),
                ("appeal_by", Text),
                ("standing", Int),
                ("purpose", Text),
                ("earlier", Int),
                ("review", Text),
            ],
        ),
        ("originating", "request_id, charge", &[("request_id", Int), ("charge", Text)]),
        (
            "inbox",
            "id",
            &[
                ("id", Int),
                ("partner", Text),
                ("name", Text),
                ("sha256", Hex),
                ("at", Instant),
                ("fault", Text),
                ("bytes", Hex),
            ],
        ),
        (
            "determinations",
            "id",
            &[
                ("id", Int),
                ("request_id", Int),
                ("message_id", Int),
                ("issued", Instant),
                ("at", Instant),
                ("outcome", Text),
                ("content", Json),
                ("answer", Int),
            ],
        ),
        ("partners", "id", &[("id", Text), ("control", Int)]),
        (
            "outbox",
            "id",
            &[
                ("id", Int),
                ("partner", Text),
                ("control", Int),
                ("request_id", Int),
                ("name", Text),
                ("sha256", Hex),
                ("at", Instant),
                ("written_at", Instant),
                ("bytes", Hex),
            ],
        ),
        ("answers", "key", &[("key", Text), ("command", Hex), ("answer", Json), ("at", Instant)]),
        (
            "audit",
            "n",
            &[
                ("n", Int),
                ("kind", Text),
                ("entity", Text),
                ("seq", Int),
                ("at", Instant),
                ("actor", Text),
                ("operation", Text),
                ("policy", Text),
                ("reason", Text),
                ("key", Text),
                ("answered", Hex),
                ("detail", Json),
                ("state", Json),
                ("hash", Hex),
            ],
        ),
        ("anchors", "hash", &[("hash", Hex), ("at", Instant), ("heads", Text)]),
    ]
};

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written.
    #[error("the export can't be written: {0}")]
    Written(io::Error),
}

impl Ledger {
    /// Writes everything down as it is at one moment: one JSON object a line, `table` first, tables and rows in a fixed
    /// order, so that the same ledger gives the same bytes. Bytes are hexadecimal digits. Tells how many lines there are.
    ///
    /// # Errors
    ///
    /// An [`ExportError`] if the store fails or `out` does.
    pub fn export(&mut self, out: &mut dyn io::Write) -> Result<u64, ExportError> {
        let mut lines = 0;
        let mut failed = None;
        let read = self.read(|tx| {
            for (table, order, columns) in TABLES {
                let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
                let sql = format!("SELECT {} FROM {table} ORDER BY {order}", names.join(", "));
                tx.visit(&sql, &[], &mut |row| {
                    let line = line(table, columns, row)?;
                    lines += 1;
                    writeln!(out, "{line}").map_err(|error| {
                        failed = Some(error);
                        StoreError::Other { why: "the export can't be written".to_owned() }
                    })
                })?;
            }
            Ok(())
        });
        match (read, failed) {
            (_, Some(error)) => Err(ExportError::Written(error)),
            (Err(error), None) => Err(error.into()),
            (Ok(()), None) => Ok(lines),
        }
    }
}

fn line(table: &str, columns: &[(&str, As)], row: &dyn Row) -> Result<Value, StoreError> {
    let mut reader = Reader::new(row);
    let mut line = Map::new();
    line.insert("table".to_owned(), table.into());
    for (name, meaning) in columns {
        line.insert((*name).to_owned(), value(*meaning, &mut reader)?);
    }
    Ok(Value::Object(line))
}

fn value(meaning: As, row: &mut Reader<'_>) -> Result<Value, StoreError> {
    Ok(match meaning {
        As::Text => json!(row.maybe_str()?),
        As::Int => json!(row.maybe_int()?),
        As::YesNo => json!(row.yes()?),
        As::Units => json!(row.units()?),
        As::Change => json!(row.change()?),
        As::Instant => json!(row.maybe_instant()?.map(stored_time::text)),
        As::Hex => json!(row.maybe_bytes()?.map(hash::hexadecimal)),
        As::Codes => json!(row.codes()?),
        As::Json => serde_json::from_str(row.str()?).map_err(|_| StoreError::damaged("a column holds no JSON"))?,
    })
}
