//! Saying when the payer is to be asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::work::Work;
use super::super::{AuthorizationId, Entity, Error, Kind, Refusal, text};
use super::{Command, amend};

/// Sets, or takes away, the day on which somebody is to ask the payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetFollowUp {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The day.
    pub on: Option<NaiveDate>,
}

/// A follow-up was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpSet {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The day.
    pub on: Option<NaiveDate>,
}

impl Command for SetFollowUp {
    const NAME: &'static str = "set_follow_up";
    type Answer = FollowUpSet;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<FollowUpSet, Error> {
        let mut after = work.authorization(self.authorization)?;
        if after.follow_up == self.on {
            return Err(Refusal::NothingToChange.into());
        }
        after.follow_up = self.on.map(text::day).transpose()?;
        let stored = amend::allow(work, &after)?;
        work.note(Entity::new(Kind::Authorization, stored.id), Self::NAME, self, &stored)?;
        Ok(FollowUpSet { authorization: stored.id, on: stored.follow_up })
    }
}
