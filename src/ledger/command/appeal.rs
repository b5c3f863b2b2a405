//! Appealing a denial.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{Entity, Error, Kind, Outcome, Refusal, Request, RequestId, RequestState, columns};
use super::Command;

/// Notes that a denied request is being appealed. The authorization stays denied until the payer says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Appeal {
    /// The request.
    pub request: RequestId,
    /// The date of the appeal.
    pub on: NaiveDate,
    /// The letter.
    pub document: Option<NewDocument>,
}

/// A denial is being appealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appealed {
    /// The request.
    pub request: RequestId,
}

impl Command for Appeal {
    const NAME: &'static str = "appeal";
    type Answer = Appealed;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Appealed, Error> {
        let request = work.request(self.request)?;
        let denied = request.state == RequestState::Answered && request.outcome == Some(Outcome::Denied);
        if !denied {
            return Err(Refusal::WrongState { request: request.id, state: request.state }.into());
        }
        if let Some(by) = request.appeal_by.filter(|by| *by < self.on) {
            return Err(Refusal::AppealTooLate { request: request.id, by }.into());
        }
        let sql = concat!("UPDATE requests SET state = 'APPEALED' WHERE id = ?1 RETURNING ", columns::request!());
        let request = work.tx.one(sql, &[request.id.0.into()], Request::read)?;
        let entity = Entity::new(Kind::Request, request.id);
        if let Some(document) = &self.document {
            work.file(document, &entity)?;
        }
        work.note(entity, Self::NAME, self, &request)?;
        Ok(Appealed { request: request.id })
    }
}
