//! A payer's answer that came by telephone, letter or portal.

use serde::{Serialize, Serializer};

use super::super::record::determination::Determination;
use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{Entity, Error, Kind, RequestId};
use super::Command;
use super::settle::{Determined, determine};

/// Enters a payer's answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Determine {
    /// The request.
    pub request: RequestId,
    /// The answer. What the policy says of it is worked out anew each time, and no part of what a key stands for.
    #[serde(serialize_with = "as_said")]
    pub determination: Determination,
    /// What shows it.
    pub document: Option<NewDocument>,
    /// Whether the originating charges are attached to what was approved.
    pub attach: bool,
}

fn as_said<S: Serializer>(answer: &Determination, serializer: S) -> Result<S::Ok, S::Error> {
    Determination { follow_up: None, appeal_by: None, next_retry: None, ..answer.clone() }.serialize(serializer)
}

impl Command for Determine {
    const NAME: &'static str = "determine";
    type Answer = Determined;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Determined, Error> {
        let determined = determine(work, self.request, &self.determination, None, self.attach)?;
        if let Some(document) = &self.document {
            let request = work.request(self.request)?;
            let entity = Entity::new(Kind::Request, request.id);
            work.file(document, &entity)?;
            work.note(entity, "file_document", document, &request)?;
        }
        Ok(determined)
    }
}
