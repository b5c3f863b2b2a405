//! Entries of histories.
//!
//! Each thing has a history of its own, numbered from 1. An entry's hash is taken over the hash of the entry before it and
//! over all that the entry says, each part with its length before it; so no entry can be changed, removed or moved without
//! every later hash of that history being made anew.

use serde::Serialize;

use super::super::store::{Reader, Transaction};
use super::super::{Act, Entity, Hash, Kind, StoreError, stored_time};
use crate::time::Instant;

/// A change that is to be written down.
pub(in crate::ledger) struct Entry {
    pub(in crate::ledger) entity: Entity,
    pub(in crate::ledger) operation: &'static str,
    pub(in crate::ledger) detail: String,
    pub(in crate::ledger) state: String,
}

/// A change as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// What kind of thing changed.
    pub kind: Kind,
    /// Which of them.
    pub entity: String,
    /// The number of the change in the history of that thing.
    pub seq: i64,
    /// When.
    #[serde(serialize_with = "stored_time::serialize")]
    pub at: Instant,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub operation: String,
    /// The version of the policy by which it was done.
    pub policy: String,
    /// Why.
    pub reason: Option<String>,
    /// The idempotency key.
    pub key: Option<String>,
    /// What seals the command and the answer that are kept for the key.
    pub answered: Option<Hash>,
    /// What it was about, as JSON.
    pub detail: String,
    /// The thing after the change, as JSON.
    pub state: String,
    /// The hash of the entry.
    pub hash: Hash,
}

macro_rules! recorded {
    () => {
        "kind, entity, seq, at, actor, operation, policy, reason, key, answered, detail, state, hash"
    };
}
pub(in crate::ledger) use recorded;

impl Recorded {
    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Recorded, StoreError> {
        Ok(Recorded {
            kind: row.word(Kind::of)?,
            entity: row.text()?,
            seq: row.int()?,
            at: row.instant()?,
            actor: row.text()?,
            operation: row.text()?,
            policy: row.text()?,
            reason: row.maybe_text()?,
            key: row.maybe_text()?,
            answered: row.maybe_hash()?,
            detail: row.text()?,
            state: row.text()?,
            hash: row.hash()?,
        })
    }

    /// The hash that it must have after an entry of that hash.
    pub(in crate::ledger) fn sealed(&self, before: Option<&Hash>) -> Hash {
        let at = self.at.unix().to_be_bytes();
        let seq = self.seq.to_be_bytes();
        Hash::of_parts([
            Some(b"rulebook ledger 1".as_slice()),
            before.map(Hash::bytes),
            Some(self.kind.word().as_bytes()),
            Some(self.entity.as_bytes()),
            Some(&seq),
            Some(&at),
            Some(self.actor.as_bytes()),
            Some(self.operation.as_bytes()),
            Some(self.policy.as_bytes()),
            self.reason.as_deref().map(str::as_bytes),
            self.key.as_deref().map(str::as_bytes),
            self.answered.as_ref().map(Hash::bytes),
            Some(self.detail.as_bytes()),
            Some(self.state.as_bytes()),
        ])
    }
}

/// Adds an entry to the history of a thing. Whoever adds holds that thing's row, so nobody else adds meanwhile.
pub(in crate::ledger) fn append(
    tx: &mut dyn Transaction,
    act: Act<'_>,
    entry: &Entry,
    answered: Option<&Hash>,
) -> Result<(), StoreError> {
    let kind = entry.entity.kind.word();
    let id = entry.entity.id.as_str();
    let last = tx.first(
        "SELECT seq, hash FROM audit WHERE kind = ?1 AND entity = ?2 ORDER BY seq DESC LIMIT 1",
        &[kind.into(), id.into()],
        |row| Ok((row.int()?, row.hash()?)),
    )?;
    let mut recorded = Recorded {
        kind: entry.entity.kind,
        entity: entry.entity.id.clone(),
        seq: last.as_ref().map_or(0, |(seq, _)| *seq) + 1,
        at: act.at,
        actor: act.actor.to_owned(),
        operation: entry.operation.to_owned(),
        policy: act.policy.to_owned(),
        reason: act.reason.map(str::to_owned),
        key: act.key.map(str::to_owned),
        answered: answered.copied(),
        detail: entry.detail.clone(),
        state: entry.state.clone(),
        hash: Hash::of(b""),
    };
    recorded.hash = recorded.sealed(last.as_ref().map(|(_, hash)| hash));
    insert(tx, &recorded)
}

fn insert(tx: &mut dyn Transaction, entry: &Recorded) -> Result<(), StoreError> {
    use super::super::store::Field;
    tx.execute(
        concat!(
            "INSERT INTO audit (",
            recorded!(),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
        ),
        &[
            entry.kind.word().into(),
            entry.entity.as_str().into(),
            entry.seq.into(),
            entry.at.into(),
            entry.actor.as_str().into(),
            entry.operation.as_str().into(),
            entry.policy.as_str().into(),
            Field::maybe_text(entry.reason.as_deref()),
            Field::maybe_text(entry.key.as_deref()),
            entry.answered.as_ref().map_or(Field::Null, Field::from),
            entry.detail.as_str().into(),
            entry.state.as_str().into(),
            (&entry.hash).into(),
        ],
    )?;
    Ok(())
}
