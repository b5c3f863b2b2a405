//! Taking a request back that was not sent.

use serde::{Deserialize, Serialize};

use super::super::work::Work;
use super::super::{AuthorizationId, Entity, Error, Kind, Refusal, RequestId, RequestState, Status};
use super::basis::give_up;
use super::{Command, amend};

/// Takes a request back that was written down and not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdraw {
    /// The request.
    pub request: RequestId,
}

/// A request was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The request.
    pub request: RequestId,
    /// The authorization that it asked for.
    pub authorization: AuthorizationId,
    /// Its status now: cancelled, if the payer was never asked for it.
    pub status: Status,
}

impl Command for Withdraw {
    const NAME: &'static str = "withdraw";
    type Answer = Withdrawn;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Withdrawn, Error> {
        let request = work.request(self.request)?;
        if request.state != RequestState::Draft {
            return Err(Refusal::WrongState { request: request.id, state: request.state }.into());
        }
        let mut known = work.authorization(request.authorization)?;
        give_up(work, request.id, Self::NAME)?;
        let sql = "SELECT id FROM requests WHERE authorization_id = ?1 AND (state = 'DRAFT' OR attempts > 0)";
        let asked = work.tx.first(sql, &[known.id.0.into()], |row| row.int())?.is_some();
        if known.status == Status::Pending && !asked {
            // else it would wait for ever, and keep others from asking for the same period
            known.status = Status::Cancelled;
            known = amend::allow(work, &known)?;
            work.note(Entity::new(Kind::Authorization, known.id), Self::NAME, &request.id, &known)?;
        }
        Ok(Withdrawn { request: request.id, authorization: known.id, status: known.status })
    }
}
