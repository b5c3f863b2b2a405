//! Documents, known by their content.

use serde::{Serialize, Serializer};

use super::super::{Hash, Refusal, text};

/// A document that is to be stored: a letter, a fax, a picture of a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// What people call it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl NewDocument {
    /// How many bytes a ledger takes of one document, or of one message.
    pub const LARGEST: usize = 16 * 1024 * 1024;

    /// The name of its content.
    pub fn hash(&self) -> Hash {
        Hash::of(&self.bytes)
    }

    pub(in crate::ledger) fn check(&self) -> Result<(), Refusal> {
        text::short("name of a document", &self.name)?;
        if self.bytes.len() > NewDocument::LARGEST {
            return Err(Refusal::DocumentTooLarge { name: self.name.clone() });
        }
        Ok(())
    }
}

/// In histories and in what a key stands for, its hash speaks for its content.
impl Serialize for NewDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Filed { name: &self.name, sha256: self.hash() }.serialize(serializer)
    }
}

/// A document as histories name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::ledger) struct Filed<'a> {
    pub(in crate::ledger) name: &'a str,
    pub(in crate::ledger) sha256: Hash,
}

/// What histories say of a document's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::ledger) struct Content {
    pub(in crate::ledger) sha256: Hash,
    pub(in crate::ledger) length: usize,
}

/// A document that belongs to something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filing {
    /// What people call it.
    pub name: String,
    /// The hash of its content.
    pub sha256: Hash,
}
