//! Filing a document with something.

use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{AuthorizationId, Entity, Error, Kind, RequestId};
use super::Command;

/// Files a document with an authorization or a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileDocument {
    /// What it is filed with.
    pub with: FiledWith,
    /// The document.
    pub document: NewDocument,
}

/// What a document is filed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FiledWith {
    /// An authorization.
    Authorization(AuthorizationId),
    /// A request.
    Request(RequestId),
}

/// A document was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The hash of its content, by which it is kept.
    pub sha256: String,
}

impl Command for FileDocument {
    const NAME: &'static str = "file_document";
    type Answer = Filed;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Filed, Error> {
        match self.with {
            FiledWith::Authorization(id) => {
                let authorization = work.authorization(id)?;
                let entity = Entity::new(Kind::Authorization, id);
                work.file(&self.document, &entity)?;
                work.note(entity, Self::NAME, self, &authorization)?;
            }
            FiledWith::Request(id) => {
                let request = work.request(id)?;
                let entity = Entity::new(Kind::Request, id);
                work.file(&self.document, &entity)?;
                work.note(entity, Self::NAME, self, &request)?;
            }
        }
        Ok(Filed { sha256: self.document.hash().to_string() })
    }
}
