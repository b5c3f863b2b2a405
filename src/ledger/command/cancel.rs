//! Taking an authorization back by hand.

use serde::{Deserialize, Serialize};

use super::super::work::Work;
use super::super::{AuthorizationId, Entity, Error, Kind, Refusal, Status};
use super::{Command, amend, settle};

/// Takes an authorization back that is pending or active. Attached charges stay attached, and are flagged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cancel {
    /// The authorization.
    pub authorization: AuthorizationId,
}

/// An authorization was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The charges that were flagged.
    pub flagged: Vec<String>,
}

impl Command for Cancel {
    const NAME: &'static str = "cancel";
    type Answer = Cancelled;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Cancelled, Error> {
        let mut after = work.authorization(self.authorization)?;
        match after.status {
            Status::Pending | Status::Active => after.status = Status::Cancelled,
            status @ (Status::Denied | Status::Cancelled | Status::NotRequired) => {
                return Err(Refusal::WrongStatus { authorization: after.id, status }.into());
            }
        }
        let stored = amend::allow(work, &after)?;
        work.note(Entity::new(Kind::Authorization, stored.id), Self::NAME, &(), &stored)?;
        let flagged = settle::flag(work, stored.id, Status::Cancelled, Self::NAME)?;
        Ok(Cancelled { authorization: stored.id, flagged })
    }
}
