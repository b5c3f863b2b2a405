//! Which authorizations somebody must look after.

use crate::engine::authorization::FieldValue;
use crate::ledger::{AuthorizationId, Ledger, Outcome, Watched};
use crate::policy::{Command, Field};

use super::course::alert_name;
use super::facts::Facts;
use super::{AuthError, Desk};

/// What has to be noticed of an authorization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The alerts that hold, as the policy names them.
    pub alerts: Vec<String>,
    /// What is to be done.
    pub actions: Vec<String>,
}

impl Desk<'_> {
    /// Every alert of today, in the order of the authorizations.
    ///
    /// # Errors
    /// A scope that is lacking, or a store that fails.
    pub fn alerts(&self, ledger: &mut Ledger) -> Result<Vec<Notice>, AuthError> {
        self.permit(Command::Alerts)?;
        let mut notices = Vec::new();
        let mut fault = None;
        ledger.each_watched(self.today(), |watched| {
            if fault.is_none() {
                match self.notice(&watched) {
                    Ok(notice) => notices.extend(notice),
                    Err(error) => fault = Some(error),
                }
            }
        })?;
        if let Some(fault) = fault {
            return Err(fault);
        }
        notices.sort_by_key(|notice| notice.authorization);
        Ok(notices)
    }

    fn notice(&self, watched: &Watched) -> Result<Option<Notice>, AuthError> {
        let case = self.watched(watched)?.into_case();
        let holding = self.policy.alerts(&case)?.holding;
        if holding.is_empty() {
            return Ok(None);
        }
        let mut actions: Vec<String> = Vec::new();
        for action in holding.iter().flat_map(|alert| &alert.actions) {
            if !actions.contains(action) {
                actions.push(action.clone());
            }
        }
        let alerts = holding.into_iter().map(alert_name).collect();
        Ok(Some(Notice { authorization: watched.id, alerts, actions }))
    }

    fn watched(&self, watched: &Watched) -> Result<Facts<'_>, AuthError> {
        let facts = self
            .facts()?
            .word(Field::Status, watched.status.word())?
            .date(Field::FirstDay, watched.first_day)?
            .date(Field::LastDay, watched.last_day)?
            .units(Field::Approved, watched.approved)?
            .units(Field::Used, watched.used)?;
        let facts = match watched.follow_up {
            Some(day) => facts.date(Field::FollowUpOn, day)?,
            None => facts,
        };
        let overdue = watched.due.is_some_and(|due| due < self.at);
        let facts = match (watched.outcome, watched.submitted_at) {
            (Some(outcome), _) => facts.outcome(outcome, false)?,
            (None, Some(at)) => facts.field(Field::SubmittedOn, FieldValue::Date(self.zone().local_date(at)))?,
            (None, None) => facts,
        };
        let decided = matches!(watched.outcome, Some(Outcome::Approved | Outcome::Denied));
        Ok(facts.truth(Field::Overdue, overdue && !decided)?)
    }
}
