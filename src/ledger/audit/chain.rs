//! One history, held to what it tells of.
//!
//! Its entries are sealed anew, in order; then the thing's row, and what belongs to it, are held to what they told.

use serde_json::Value;

use super::super::command::seal;
use super::super::record::document::Content;
use super::super::store::{Reader, Transaction};
use super::super::work::json;
use super::super::{
    Attachment, Authorization, Charge, Hash, Kind, Member, Message, Request, StoreError, Transmission, columns,
    stored_time,
};
use super::difference::{Told, differences};
use super::entry::Recorded;
use super::finding::Finding;

/// One history on the way through it.
pub(super) struct Chain {
    kind: Kind,
    entity: String,
    seq: i64,
    /// Where its last entry stands among those of all histories.
    place: i64,
    hash: Option<Hash>,
    broken: bool,
    state: String,
    /// What its entries tell of attachments, of answers and of documents.
    attachments: Vec<String>,
    determinations: Vec<(Value, i64)>,
    filed: Vec<(String, String)>,
    charges: Vec<Value>,
}

impl Chain {
    /// The history that begins with an entry, before that entry is taken.
    pub fn new(first: &Recorded) -> Chain {
        Chain {
            kind: first.kind,
            entity: first.entity.clone(),
            seq: 0,
            place: 0,
            hash: None,
            broken: false,
            state: String::new(),
            attachments: Vec::new(),
            determinations: Vec::new(),
            filed: Vec::new(),
            charges: Vec::new(),
        }
    }

    fn finding(&self, word: &'static str, message: impl Into<String>) -> Finding {
        Finding::new(word, Some((self.kind.word(), &self.entity)), message)
    }

    /// Whether an entry belongs to this history.
    pub fn goes_on_with(&self, entry: &Recorded) -> bool {
        self.kind == entry.kind && self.entity == entry.entity
    }

    /// Takes the next entry, which stands in that place among those of all histories.
    pub fn take(
        &mut self,
        tx: &mut dyn Transaction,
        entry: Recorded,
        place: i64,
        findings: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        self.seq += 1;
        // once a history is broken, all that follows would be told again
        if !self.broken && entry.seq != self.seq {
            self.broken = true;
            findings.push(self.finding("missing_entry", format!("entry {} of its history is gone", self.seq)));
        }
        if !self.broken && entry.sealed(self.hash.as_ref()) != entry.hash {
            self.broken = true;
            findings.push(
                self.finding("changed_entry", format!("entry {} of its history is not what was written", entry.seq)),
            );
        }
        if !self.broken && place <= self.place {
            self.broken = true;
            findings.push(
                self.finding(
                    "moved_entry",
                    format!("entry {} of its history stands before the one before it", entry.seq),
                ),
            );
        }
        if let Some(key) = &entry.key {
            self.kept(tx, key, entry.answered.as_ref(), findings)?;
        }
        let detail: Value = serde_json::from_str(&entry.detail).unwrap_or(Value::Null);
        match (self.kind, entry.operation.as_str()) {
            (Kind::Authorization, "attach" | "reverse") => self.attachments.push(entry.detail.clone()),
            (Kind::Request, "determine") => self.determinations.push((detail.clone(), entry.at.unix())),
            (Kind::Request, "open_request") => {
                self.charges = detail.get("charges").and_then(Value::as_array).cloned().unwrap_or_default();
            }
            _ => {}
        }
        if self.kind != Kind::Document {
            documents(&detail, &mut self.filed);
        }
        (self.seq, self.place, self.hash, self.state) = (entry.seq, place, Some(entry.hash), entry.state);
        Ok(())
    }

    /// Whether what is kept for a key is what the entry was sealed with.
    fn kept(
        &self,
        tx: &mut dyn Transaction,
        key: &str,
        answered: Option<&Hash>,
        findings: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let sql = "SELECT command, answer FROM answers WHERE key = ?1";
        let kept = tx.first(sql, &[key.into()], |row| Ok(seal(&row.hash()?, row.str()?)))?;
        if kept.as_ref() != answered {
            findings.push(
                self.finding("changed_answer", format!("what is kept for the key `{key}` is not what was written")),
            );
        }
        Ok(())
    }

    /// Holds the thing to what its history says last.
    pub fn end(self, tx: &mut dyn Transaction, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        match state(tx, self.kind, &self.entity) {
            Ok(Some(state)) if state == self.state => {}
            Ok(Some(state)) => {
                let told = differences(&self.state, &state).into_iter().map(|found| {
                    let (field, is, says) = (found.field.replace('_', " "), Told(&found.after), Told(&found.before));
                    format!("its {field} is {is}, and its history says {says}")
                });
                let told: Vec<String> = told.collect();
                let unlike = "it is not written as its history says last".to_owned();
                let message = if told.is_empty() { unlike } else { told.join("; ") };
                findings.push(self.finding("changed_state", message));
            }
            Ok(None) => findings.push(self.finding("missing_state", "it is gone, and its history is there")),
            Err(StoreError::Damaged { why }) => findings.push(self.finding("changed_state", why)),
            Err(error) => return Err(error),
        }
        match self.kind {
            Kind::Authorization => self.attachments(tx, findings)?,
            Kind::Request => self.determinations(tx, findings)?,
            Kind::Document => self.content(tx, "SELECT bytes, sha256 FROM documents WHERE sha256 = ?1", findings)?,
            Kind::Message => self.content(tx, "SELECT bytes, sha256 FROM inbox WHERE id = ?1", findings)?,
            Kind::Transmission => self.content(tx, "SELECT bytes, sha256 FROM outbox WHERE id = ?1", findings)?,
            Kind::Charge | Kind::Member => {}
        }
        let sql = "SELECT name, sha256 FROM filings WHERE kind = ?1 AND entity = ?2 ORDER BY id";
        let filed = tx.all(sql, &[self.kind.word().into(), self.entity.as_str().into()], |row| {
            Ok((row.text()?, row.hash()?.to_string()))
        })?;
        if filed != self.filed {
            findings.push(
                self.finding("changed_filings", "the documents filed with it are not those that its history names"),
            );
        }
        Ok(())
    }

    fn number(&self) -> i64 {
        self.entity.parse().unwrap_or(0)
    }

    fn attachments(&self, tx: &mut dyn Transaction, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let id = self.number();
        let sql =
            concat!("SELECT ", columns::attachment!(), " FROM attachments WHERE authorization_id = ?1 ORDER BY id");
        let rows = tx.all(sql, &[id.into()], |row| Ok(Attachment::read(row)))?;
        let rows: Result<Vec<Attachment>, StoreError> = rows.into_iter().collect();
        let Ok(rows) = rows else {
            findings.push(self.finding("changed_attachments", "its attachments are unreadable"));
            return Ok(());
        };
        let texts: Result<Vec<String>, StoreError> = rows.iter().map(json).collect();
        if texts? != self.attachments {
            findings.push(self.finding("changed_attachments", "its attachments are not those that its history names"));
        }
        for attachment in &rows {
            if attachment.reversed != rows.iter().any(|row| row.reverses == Some(attachment.id)) {
                let message = format!("attachment {} is taken back and holds units, or neither", attachment.id);
                findings.push(self.finding("changed_attachments", message));
            }
        }
        let sum: i64 = rows
            .iter()
            .map(|row| if row.reverses.is_some() { -row.units.ten_thousandths() } else { row.units.ten_thousandths() })
            .sum();
        let used = tx.first("SELECT used FROM authorizations WHERE id = ?1", &[id.into()], |row| row.int())?;
        if used.is_some_and(|used| used != sum) {
            findings.push(self.finding("units_disagree", "its used units are not the sum of its attachments"));
        }
        Ok(())
    }

    fn determinations(&self, tx: &mut dyn Transaction, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let id = self.number();
        let sql = "SELECT id, message_id, issued, at, outcome, content, answer FROM determinations WHERE request_id = ?1 ORDER BY id";
        let rows = tx.all(sql, &[id.into()], |row| {
            let (number, message, issued, at) = (row.int()?, row.maybe_int()?, row.instant()?, row.int()?);
            let (outcome, content, place) = (row.text()?, row.text()?, row.maybe_int()?);
            Ok(((number, message, place), stored_time::text(issued), at, outcome, content))
        })?;
        let told = self.determinations.iter().map(|(detail, at)| {
            let part = |name: &str| detail.get(name).cloned().unwrap_or(Value::Null);
            let content = part("content");
            let issued = content.get("issued").and_then(Value::as_str).map(str::to_owned);
            let issued = issued.or_else(|| crate::time::Instant::from_unix(*at).map(stored_time::text));
            let outcome = content.get("outcome").and_then(Value::as_str).unwrap_or_default().to_owned();
            let number = part("determination").as_i64().unwrap_or(0);
            let known = (number, part("message").as_i64(), part("answer").as_i64());
            (known, issued.unwrap_or_default(), *at, outcome, content.to_string())
        });
        if !told.eq(rows) {
            findings.push(
                self.finding("changed_determinations", "the payer's answers are not those that its history names"),
            );
        }
        let sql = "SELECT charge FROM originating WHERE request_id = ?1 ORDER BY charge";
        let charges = tx.all(sql, &[id.into()], |row| Ok(Value::from(row.text()?)))?;
        if charges != self.charges {
            findings
                .push(self.finding("changed_charges", "its originating charges are not those that its history names"));
        }
        Ok(())
    }

    fn content(&self, tx: &mut dyn Transaction, sql: &str, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let same = |row: &mut Reader<'_>| Ok(Hash::of(row.bytes()?) == row.hash()?);
        let same = match self.kind {
            Kind::Document => match Hash::parse(&self.entity) {
                Some(hash) => tx.first(sql, &[(&hash).into()], same)?,
                None => None,
            },
            _ => tx.first(sql, &[self.number().into()], same)?,
        };
        if same == Some(false) {
            findings.push(self.finding("changed_content", "its bytes are not those of its hash"));
        }
        Ok(())
    }
}

/// The documents that a history's entry names: every `{ name, sha256 }` in it.
fn documents(detail: &Value, found: &mut Vec<(String, String)>) {
    match detail {
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
            match (fields.len(), text("name"), text("sha256")) {
                (2, Some(name), Some(sha256)) => found.push((name, sha256)),
                _ => fields.values().for_each(|value| documents(value, found)),
            }
        }
        Value::Array(values) => values.iter().for_each(|value| documents(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A thing as histories write it, made of its row.
fn state(tx: &mut dyn Transaction, kind: Kind, id: &str) -> Result<Option<String>, StoreError> {
    macro_rules! row {
        ($record:ident, $columns:ident, $table:literal, $id:expr) => {{
            let sql = concat!("SELECT ", columns::$columns!(), " FROM ", $table, " WHERE id = ?1");
            tx.first(sql, &[$id], |row| json(&$record::read(row)?))
        }};
    }
    let number: i64 = id.parse().unwrap_or(0);
    match kind {
        Kind::Member => row!(Member, member, "members", id.into()),
        Kind::Charge => row!(Charge, charge, "charges", id.into()),
        Kind::Authorization => row!(Authorization, authorization, "authorizations", number.into()),
        Kind::Request => row!(Request, request, "requests", number.into()),
        Kind::Message => row!(Message, message, "inbox", number.into()),
        Kind::Transmission => row!(Transmission, transmission, "outbox", number.into()),
        Kind::Document => {
            let Some(hash) = Hash::parse(id) else { return Ok(None) };
            let sql = "SELECT sha256, bytes FROM documents WHERE sha256 = ?1";
            tx.first(sql, &[(&hash).into()], |row| json(&Content { sha256: row.hash()?, length: row.bytes()?.len() }))
        }
    }
}
