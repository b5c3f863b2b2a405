//! A policy's version: the fingerprint of everything it reads.

use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::source::Source;

/// SHA-256 over the relative path and the text, with LF line ends, of each source in the order of their paths. Lengths
/// go in before contents, so that no two sets of files run together into the same bytes.
pub(super) fn of(sources: &[Arc<Source>]) -> String {
    let mut sources: Vec<&Arc<Source>> = sources.iter().collect();
    sources.sort_by(|a, b| a.relative().cmp(b.relative()));
    sources.dedup_by(|a, b| a.relative() == b.relative());
    let mut hash = Sha256::new();
    for source in sources {
        for part in [source.relative(), &source.normalized()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hash.finalize().iter().fold("sha256:".to_owned(), |mut text, byte| {
        // writing to a string cannot fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}
