//! Holding a ledger to its histories.
//!
//! Every entry is sealed anew, in order; what a history says last of a thing is held against the thing's row; units used
//! against attachments; attachments, answers of payers and filed documents against what histories tell of them; contents
//! against their hashes; and what is kept for keys against its seals. Whoever can write the store *and* makes all hashes
//! anew is found only by an anchor.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::super::command::seal;
use super::super::record::document::Content;
use super::super::store::{Reader, Transaction};
use super::super::work::json;
use super::super::{
    Attachment, Authorization, Charge, Hash, Kind, Ledger, Member, Message, Request, StoreError, Transmission, columns,
    stored_time,
};
use super::anchor;
use super::entry::{Recorded, recorded};

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable word for it.
    pub word: &'static str,
    /// What it is about: a kind and an id.
    pub about: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    pub(super) fn new(word: &'static str, about: Option<(&str, &str)>, message: impl Into<String>) -> Finding {
        Finding { word, about: about.map(|(kind, id)| format!("{kind} `{id}`")), message: message.into() }
    }
}

/// What verifying came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many histories were read.
    pub histories: u64,
    /// How many entries.
    pub entries: u64,
    /// What is wrong; nothing, if all is as it was written.
    pub findings: Vec<Finding>,
}

/// Entries that are read at a time.
const PAGE: usize = 2_000;

impl Ledger {
    /// Holds everything in the ledger to its histories, and these to an anchor if one is given.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] if the store can't be read at all.
    pub fn verify(&mut self, since: Option<&Hash>) -> Result<Verified, StoreError> {
        let damage = self.check()?;
        self.read(|tx| {
            let mut verified = Verified { histories: 0, entries: 0, findings: Vec::new() };
            for line in &damage {
                verified.findings.push(Finding::new("damaged_pages", None, line.as_str()));
            }
            histories(tx, &mut verified)?;
            without_history(tx, &mut verified.findings)?;
            answers(tx, &mut verified.findings)?;
            control_numbers(tx, &mut verified.findings)?;
            if let Some(since) = since {
                anchor::since(tx, since, &mut verified.findings)?;
            }
            Ok(verified)
        })
    }
}

/// One history on the way through it.
struct Chain {
    kind: Kind,
    entity: String,
    seq: i64,
    hash: Option<Hash>,
    broken: bool,
    state: String,
    /// What its entries tell of attachments, of answers and of documents.
    attachments: Vec<String>,
    determinations: Vec<(Value, i64)>,
    filed: Vec<(String, String)>,
    charges: Vec<Value>,
}

fn histories(tx: &mut dyn Transaction, verified: &mut Verified) -> Result<(), StoreError> {
    let sql = concat!(
        "SELECT ",
        recorded!(),
        " FROM audit WHERE (kind, entity, seq) > (?1, ?2, ?3) ORDER BY kind, entity, seq LIMIT 2000"
    );
    let mut after = (String::new(), String::new(), 0);
    let mut chain: Option<Chain> = None;
    loop {
        let mut page = Vec::with_capacity(PAGE);
        tx.visit(sql, &[after.0.as_str().into(), after.1.as_str().into(), after.2.into()], &mut |row| {
            let mut keys = Reader::new(row);
            let keys = (keys.text()?, keys.text()?, keys.int()?);
            page.push((keys, Recorded::read(&mut Reader::new(row))));
            Ok(())
        })?;
        let last = page.len() < PAGE;
        for (keys, entry) in page {
            verified.entries += 1;
            after.clone_from(&keys);
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let message = format!("entry {} of its history is unreadable: {error}", keys.2);
                    verified.findings.push(Finding::new("unreadable_entry", Some((&keys.0, &keys.1)), message));
                    continue;
                }
            };
            if chain.as_ref().is_none_or(|chain| chain.kind != entry.kind || chain.entity != entry.entity) {
                if let Some(done) = chain.take() {
                    done.end(tx, &mut verified.findings)?;
                }
                verified.histories += 1;
                chain = Some(Chain::new(&entry));
            }
            if let Some(chain) = &mut chain {
                chain.take(tx, entry, &mut verified.findings)?;
            }
        }
        if last {
            break;
        }
    }
    match chain {
        Some(done) => done.end(tx, &mut verified.findings),
        None => Ok(()),
    }
}

impl Chain {
    fn new(first: &Recorded) -> Chain {
        Chain {
            kind: first.kind,
            entity: first.entity.clone(),
            seq: 0,
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

    /// Takes the next entry.
    fn take(
        &mut self,
        tx: &mut dyn Transaction,
        entry: Recorded,
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
        (self.seq, self.hash, self.state) = (entry.seq, Some(entry.hash), entry.state);
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
    fn end(self, tx: &mut dyn Transaction, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        match state(tx, self.kind, &self.entity) {
            Ok(Some(state)) if state == self.state => {}
            Ok(Some(_)) => {
                findings.push(self.finding("changed_state", "it is not what its history says last"));
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
        let sql =
            "SELECT id, message_id, issued, at, outcome, content FROM determinations WHERE request_id = ?1 ORDER BY id";
        let rows = tx.all(sql, &[id.into()], |row| {
            let (number, message, issued, at) = (row.int()?, row.maybe_int()?, row.instant()?, row.int()?);
            let (outcome, content) = (row.text()?, row.text()?);
            Ok((number, message, stored_time::text(issued), at, outcome, content))
        })?;
        let told = self.determinations.iter().map(|(detail, at)| {
            let part = |name: &str| detail.get(name).cloned().unwrap_or(Value::Null);
            let content = part("content");
            let issued = content.get("issued").and_then(Value::as_str).map(str::to_owned);
            let issued = issued.or_else(|| crate::time::Instant::from_unix(*at).map(stored_time::text));
            let outcome = content.get("outcome").and_then(Value::as_str).unwrap_or_default().to_owned();
            let number = part("determination").as_i64().unwrap_or(0);
            (number, part("message").as_i64(), issued.unwrap_or_default(), *at, outcome, content.to_string())
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

/// Things that no history tells of.
fn without_history(tx: &mut dyn Transaction, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let tables = [
        (Kind::Member, "members"),
        (Kind::Charge, "charges"),
        (Kind::Authorization, "authorizations"),
        (Kind::Request, "requests"),
        (Kind::Message, "inbox"),
        (Kind::Transmission, "outbox"),
    ];
    for (kind, table) in tables {
        let sql = format!(
            "SELECT CAST(id AS TEXT) FROM {table} WHERE NOT EXISTS \
             (SELECT 1 FROM audit WHERE kind = ?1 AND entity = CAST({table}.id AS TEXT)) ORDER BY id"
        );
        for id in tx.all(&sql, &[kind.word().into()], |row| row.text())? {
            findings.push(Finding::new("no_history", Some((kind.word(), &id)), "no history tells of it"));
        }
    }
    for hash in tx.all("SELECT sha256 FROM documents ORDER BY sha256", &[], |row| row.hash())? {
        let (kind, id) = (Kind::Document.word(), hash.to_string());
        let sql = "SELECT seq FROM audit WHERE kind = ?1 AND entity = ?2 AND seq = 1";
        if tx.first(sql, &[kind.into(), id.as_str().into()], |row| row.int())?.is_none() {
            findings.push(Finding::new("no_history", Some((kind, &id)), "no history tells of it"));
        }
    }
    let strays = [
        (
            "attachments",
            "SELECT CAST(id AS TEXT) FROM attachments WHERE NOT EXISTS (SELECT 1 FROM audit WHERE kind = 'authorization' AND entity = CAST(attachments.authorization_id AS TEXT)) ORDER BY id",
        ),
        (
            "determinations",
            "SELECT CAST(id AS TEXT) FROM determinations WHERE NOT EXISTS (SELECT 1 FROM audit WHERE kind = 'request' AND entity = CAST(determinations.request_id AS TEXT)) ORDER BY id",
        ),
        (
            "filings",
            "SELECT CAST(id AS TEXT) FROM filings WHERE NOT EXISTS (SELECT 1 FROM audit WHERE audit.kind = filings.kind AND audit.entity = filings.entity) ORDER BY id",
        ),
    ];
    for (table, sql) in strays {
        for id in tx.all(sql, &[], |row| row.text())? {
            findings.push(Finding::new("no_history", Some((table, &id)), "it belongs to nothing"));
        }
    }
    Ok(())
}

/// Answers that were kept without anything having been done.
fn answers(tx: &mut dyn Transaction, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let mut sealed: BTreeMap<String, bool> = BTreeMap::new();
    for key in tx.all("SELECT key FROM answers", &[], |row| row.text())? {
        sealed.insert(key, false);
    }
    tx.visit("SELECT key FROM audit WHERE key IS NOT NULL", &[], &mut |row| {
        if let Some(seen) = sealed.get_mut(Reader::new(row).str()?) {
            *seen = true;
        }
        Ok(())
    })?;
    for (key, _) in sealed.iter().filter(|(_, seen)| !**seen) {
        findings.push(Finding::new("no_history", Some(("key", key)), "no history tells of what is kept for it"));
    }
    Ok(())
}

/// Partners whose next control number is not the one after their last message's.
fn control_numbers(tx: &mut dyn Transaction, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let sql = "SELECT id FROM partners WHERE control <> \
               coalesce((SELECT max(control) FROM outbox WHERE outbox.partner = partners.id), 0) ORDER BY id";
    for partner in tx.all(sql, &[], |row| row.text())? {
        let message = "its control number is not that of the last message to it";
        findings.push(Finding::new("control_number", Some(("partner", &partner)), message));
    }
    Ok(())
}
