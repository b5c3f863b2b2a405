//! Holding a ledger to its histories.
//!
//! Every entry is sealed anew, in order; what a history says last of a thing is held against the thing's row; units used
//! against attachments; attachments, answers of payers and filed documents against what histories tell of them; contents
//! against their hashes; and what is kept for keys against its seals. Whoever can write the store *and* makes all hashes
//! anew is found only by an anchor.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::store::{Reader, Transaction};
use super::super::{Hash, Kind, Ledger, StoreError};
use super::anchor;
use super::chain::Chain;
use super::entry::{Recorded, recorded};
use super::finding::Finding;

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
            verified
                .findings
                .extend(damage.pages.iter().map(|line| Finding::new("damaged_pages", None, line.as_str())));
            verified
                .findings
                .extend(damage.schema.iter().map(|line| Finding::new("changed_schema", None, line.as_str())));
            if damage.lacks_tables {
                return Ok(verified);
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

fn histories(tx: &mut dyn Transaction, verified: &mut Verified) -> Result<(), StoreError> {
    let sql = concat!(
        "SELECT ",
        recorded!(),
        ", n FROM audit WHERE (kind, entity, seq) > (?1, ?2, ?3) ORDER BY kind, entity, seq LIMIT 2000"
    );
    let mut after = (String::new(), String::new(), 0);
    let mut chain: Option<Chain> = None;
    loop {
        let mut page = Vec::with_capacity(PAGE);
        tx.visit(sql, &[after.0.as_str().into(), after.1.as_str().into(), after.2.into()], &mut |row| {
            let mut keys = Reader::new(row);
            let keys = (keys.text()?, keys.text()?, keys.int()?);
            let mut reader = Reader::new(row);
            page.push((keys, Recorded::read(&mut reader).and_then(|entry| Ok((entry, reader.int()?)))));
            Ok(())
        })?;
        let last = page.len() < PAGE;
        for (keys, entry) in page {
            verified.entries += 1;
            after.clone_from(&keys);
            let (entry, place) = match entry {
                Ok(found) => found,
                Err(error) => {
                    let message = format!("entry {} of its history is unreadable: {error}", keys.2);
                    verified.findings.push(Finding::new("unreadable_entry", Some((&keys.0, &keys.1)), message));
                    continue;
                }
            };
            if chain.as_ref().is_none_or(|chain| !chain.goes_on_with(&entry)) {
                if let Some(done) = chain.take() {
                    done.end(tx, &mut verified.findings)?;
                }
                verified.histories += 1;
                chain = Some(Chain::new(&entry));
            }
            if let Some(chain) = &mut chain {
                chain.take(tx, entry, place, &mut verified.findings)?;
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
    for hash in tx.all("SELECT sha256 FROM documents ORDER BY sha256", &[], |row| Ok(row.hash()))? {
        let hash = match hash {
            Ok(hash) => hash,
            Err(error) => {
                findings.push(Finding::new("unreadable_document", None, format!("a document is unreadable: {error}")));
                continue;
            }
        };
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
