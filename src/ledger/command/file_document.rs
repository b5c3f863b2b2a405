//! Filing a document with something.

use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{AuthorizationId, Entity, Error, Kind, RequestId};
use super::Command;

/// Files a document with an authorization, or with a request if that is given as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileDocument {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The request.
    pub request: Option<RequestId>,
    /// The document.
    pub document: NewDocument,
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
        match self.request {
            None => {
                let authorization = work.authorization(self.authorization)?;
                let entity = Entity::new(Kind::Authorization, authorization.id);
                work.file(&self.document, &entity)?;
                work.note(entity, Self::NAME, self, &authorization)?;
            }
            Some(request) => {
                let request = work.request(request)?;
                let entity = Entity::new(Kind::Request, request.id);
                work.file(&self.document, &entity)?;
                work.note(entity, Self::NAME, self, &request)?;
            }
        }
        Ok(Filed { sha256: self.document.hash().to_string() })
    }
}
