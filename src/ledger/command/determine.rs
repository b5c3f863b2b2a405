//! A payer's answer that came by telephone, letter or portal.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::super::record::determination::Determination;
use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{Entity, Error, Kind, RequestId};
use super::Command;
use super::settle::{Determined, determine};

/// Enters a payer's answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Determine {
    /// The request.
    pub request: RequestId,
    /// The answer.
    pub determination: Determination,
    /// The date on the payer's letter, where somebody gave one.
    pub on: Option<NaiveDate>,
    /// What shows it.
    pub document: Option<NewDocument>,
    /// Whether the originating charges are attached to what was approved.
    pub attach: bool,
}

#[derive(Serialize)]
struct Said<'a> {
    request: RequestId,
    determination: Determination,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<NaiveDate>,
    document: &'a Option<NewDocument>,
    attach: bool,
}

/// What the policy says of the answer is worked out anew each time, and no part of what a key stands for; neither is the
/// instant that is made of a date, since that of today is the one of the call.
impl Serialize for Determine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Determine { request, determination, on, document, attach } = self;
        let determination = Determination {
            issued: determination.issued.filter(|_| on.is_none()),
            denied_on: None,
            follow_up: None,
            appeal_by: None,
            next_retry: None,
            ..determination.clone()
        };
        Said { request: *request, determination, on: *on, document, attach: *attach }.serialize(serializer)
    }
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
