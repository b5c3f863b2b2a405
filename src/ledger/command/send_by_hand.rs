//! Noting that a request went out by telephone, fax or the payer's portal.

use serde::{Deserialize, Serialize};

use super::super::work::Work;
use super::super::{Entity, Error, Kind, Refusal, RequestId};
use super::Command;
use super::submit::{Attempt, gone_out, make_way, may_go_out};
use crate::time::Instant;

/// Notes that a request without a partner went out: as for one that is submitted, the payer's answer is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SendByHand {
    /// The request.
    pub request: RequestId,
    /// What is done if it has gone out before.
    #[serde(skip_serializing_if = "Attempt::is_when_due")]
    pub attempt: Attempt,
    /// When the payer's determination is due, by the policy.
    #[serde(skip)]
    pub due: Option<Instant>,
}

/// A request went out by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentByHand {
    /// The request.
    pub request: RequestId,
}

impl Command for SendByHand {
    const NAME: &'static str = "send_by_hand";
    type Answer = SentByHand;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<SentByHand, Error> {
        let request = work.request(self.request)?;
        if request.partner.is_some() {
            return Err(Refusal::WrongWay { request: request.id }.into());
        }
        may_go_out(&request, self.attempt, work.act.at)?;
        make_way(work, &request)?;
        let request = gone_out(work, request.id, self.due)?;
        work.note(Entity::new(Kind::Request, request.id), Self::NAME, self, &request)?;
        Ok(SentByHand { request: request.id })
    }
}
