//! Trying again later, or no more.

use serde::{Deserialize, Serialize};

use super::super::store::Field;
use super::super::work::Work;
use super::super::{Entity, Error, Kind, Refusal, Request, RequestId, RequestState, columns, stored_time, text};
use super::Command;
use crate::time::Instant;

/// Notes that an attempt failed, and when the next is due, by the policy; never, if that is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Postpone {
    /// The request.
    pub request: RequestId,
    /// What went wrong.
    pub error: String,
    /// When to submit it again.
    #[serde(serialize_with = "stored_time::maybe::serialize")]
    pub until: Option<Instant>,
}

/// An attempt failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postponed {
    /// The request.
    pub request: RequestId,
    /// Where it stands.
    pub state: RequestState,
    /// How often it was submitted.
    pub attempts: u32,
}

impl Command for Postpone {
    const NAME: &'static str = "postpone";
    type Answer = Postponed;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Postponed, Error> {
        text::short("error", &self.error)?;
        let request = work.request(self.request)?;
        let state = match (request.state, self.until) {
            (RequestState::Draft | RequestState::Submitted | RequestState::Rejected, None) => RequestState::GivenUp,
            (state @ (RequestState::Draft | RequestState::Submitted | RequestState::Rejected), Some(_)) => state,
            (state @ (RequestState::Answered | RequestState::Appealed | RequestState::GivenUp), _) => {
                return Err(Refusal::WrongState { request: request.id, state }.into());
            }
        };
        let sql =
            concat!("UPDATE requests SET state = ?2, next_retry = ?3 WHERE id = ?1 RETURNING ", columns::request!());
        let values = [request.id.0.into(), state.word().into(), Field::maybe_instant(self.until)];
        let request = work.tx.one(sql, &values, Request::read)?;
        work.note(Entity::new(Kind::Request, request.id), Self::NAME, self, &request)?;
        Ok(Postponed { request: request.id, state, attempts: request.attempts })
    }
}
