//! Histories in short.

use serde_json::{Value, json};

use crate::auth::Desk;
use crate::ledger::Recorded;

use super::super::look::when;
use super::rows::Rows;
use super::stamp;

/// How many of the latest changes people see.
const LATEST: usize = 6;

pub(super) fn rows(desk: &Desk<'_>, history: &[Recorded], rows: &mut Rows) {
    let left_out = history.len().saturating_sub(LATEST);
    if let (Some(entry), true) = (history.first(), left_out > 0) {
        let all = format!("`rulebook auth audit {} {}` shows all", entry.kind.word(), entry.entity);
        rows.row("history", &format!("{left_out} earlier changes: {all}"));
    }
    for entry in history.iter().skip(left_out) {
        let reason = entry.reason.as_ref().map(|reason| format!("; \"{reason}\"")).unwrap_or_default();
        let what = entry.operation.replace('_', " ");
        rows.row("history", &format!("{}  {what} by {}{reason}", when(desk, entry.at), entry.actor));
    }
}

pub(super) fn json(desk: &Desk<'_>, history: &[Recorded]) -> Value {
    let entries = history.iter().map(|entry| {
        json!({
            "seq": entry.seq, "at": stamp(desk, entry.at), "operation": entry.operation, "actor": entry.actor,
            "reason": entry.reason,
        })
    });
    entries.collect()
}
