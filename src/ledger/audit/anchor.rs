//! Anchors: what histories were at a moment, as one hash that is kept elsewhere.

use std::fmt::Write;

use super::super::store::Transaction;
use super::super::{Act, Error, Hash, Ledger, StoreError};
use super::finding::Finding;

/// The heads of all histories at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The hash over all of them: to be kept where whoever writes the ledger can't write.
    pub hash: Hash,
    /// How many histories there were.
    pub heads: usize,
}

impl Ledger {
    /// Notes the last entry of every history, and gives the hash over them. Given back to [`Ledger::verify`] later, it finds
    /// what was cut off or written anew since.
    ///
    /// # Errors
    ///
    /// An [`Error`].
    pub fn anchor(&mut self, act: Act<'_>) -> Result<Anchor, Error> {
        act.check()?;
        self.write(|tx| {
            let sql = "SELECT kind, entity, seq, hash, n FROM audit a WHERE seq = \
                       (SELECT max(seq) FROM audit b WHERE b.kind = a.kind AND b.entity = a.entity) ORDER BY kind, entity";
            let mut text = String::new();
            let mut heads = 0;
            tx.visit(sql, &[], &mut |row| {
                let mut row = super::super::store::Reader::new(row);
                let (kind, entity, seq) = (row.text()?, row.text()?, row.int()?);
                let (hash, place) = (row.hash()?, row.int()?);
                heads += 1;
                // ids have no tabs or line ends: nothing with such a sign is taken
                writeln!(text, "{kind}\t{entity}\t{seq}\t{hash}\t{place}").map_err(|_| StoreError::damaged("an entry is too long"))
            })?;
            let hash = Hash::of(text.as_bytes());
            let sql = "INSERT INTO anchors (hash, at, heads) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            tx.execute(sql, &[(&hash).into(), act.at.into(), text.as_str().into()])?;
            Ok(Anchor { hash, heads })
        })
    }
}

/// What was cut off or written anew since an anchor.
pub(super) fn since(tx: &mut dyn Transaction, anchor: &Hash, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let heads = tx.first("SELECT heads FROM anchors WHERE hash = ?1", &[anchor.into()], |row| row.text())?;
    let Some(heads) = heads.filter(|heads| Hash::of(heads.as_bytes()) == *anchor) else {
        findings.push(Finding::new(
            "anchor_gone",
            None,
            format!("the anchor `{anchor}` is not in this ledger, or is not what it was"),
        ));
        return Ok(());
    };
    for head in heads.lines() {
        let mut parts = head.split('\t');
        let (Some(kind), Some(entity), Some(seq), Some(hash)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let seq: i64 = seq.parse().map_err(|_| StoreError::damaged("an anchor is unreadable"))?;
        // anchors of earlier releases do not say where the entry stood
        let place: Option<i64> = parts.next().and_then(|place| place.parse().ok());
        let sql = "SELECT hash, n FROM audit WHERE kind = ?1 AND entity = ?2 AND seq = ?3";
        let found = tx.first(sql, &[kind.into(), entity.into(), seq.into()], |row| Ok((row.hash()?, row.int()?)))?;
        match found {
            Some((found, stands)) if found.to_string() == hash => {
                if place.is_some_and(|place| place != stands) {
                    let message =
                        format!("entry {seq} of its history was moved among those of others since the anchor");
                    findings.push(Finding::new("moved_entry", Some((kind, entity)), message));
                }
            }
            Some(_) => findings.push(Finding::new(
                "rewritten",
                Some((kind, entity)),
                format!("entry {seq} of its history was written anew since the anchor"),
            )),
            None => findings.push(Finding::new(
                "cut_off",
                Some((kind, entity)),
                format!("its history had {seq} entries at the anchor, and has fewer"),
            )),
        }
    }
    Ok(())
}
