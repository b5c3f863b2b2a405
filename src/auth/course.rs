//! What comes next for an authorization and its request, and by when.

use chrono::NaiveDate;

use crate::engine::authorization::{Known, Renewal, renewal};
use crate::facts::Case;
use crate::ledger::{Authorization, Ledger, Outcome, Request, RequestState, Status};
use crate::policy::{Field, Move};
use crate::time::Instant;

use super::{AuthError, Desk};

/// What comes next, by the policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Course {
    /// What the move is called.
    pub title: Option<String>,
    /// What is to be done: of several, a person chooses.
    pub actions: Vec<String>,
    /// What is to be known.
    pub notes: Vec<String>,
    /// By when, if the move has a time; not of what is repeated where the ledger says when it is next.
    pub due: Option<Instant>,
    /// The date of the denial from which that counts.
    pub denied_on: Option<NaiveDate>,
    /// By when the authorization is to be renewed.
    pub renewal: Option<Renewal>,
    /// What has to be noticed.
    pub alerts: Vec<String>,
}

/// When something is to be done about an answer, by the policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Deadlines {
    /// When somebody is to ask the payer.
    pub follow_up: Option<NaiveDate>,
    /// The last day of an appeal.
    pub appeal_by: Option<NaiveDate>,
    /// When the request is to be sent again.
    pub next_retry: Option<Instant>,
}

impl<'r> Desk<'r> {
    /// What comes next for an authorization.
    pub(super) fn course(
        &self,
        ledger: &mut Ledger,
        authorization: &Authorization,
        request: Option<&Request>,
    ) -> Result<Course, AuthError> {
        // of a charge that is served today: what has ended is to be replaced
        let facts = self.facts()?.authorization(authorization, None)?;
        let facts = match request {
            Some(request) => {
                // whether any charge that it was made for still lacks one, and can have this one if it is active
                let active = authorization.status == Status::Active;
                let mut lacks = false;
                for charge in ledger.originating(request.id)?.iter().filter(|charge| charge.auth_required) {
                    lacks = lacks || !active || self.candidate(charge, authorization.clone())?.serves != Some(false);
                }
                facts.request(request, self.zone(), self.at)?.truth(Field::Issue, lacks)?
            }
            None => facts,
        };
        let case = facts.into_case();
        let mut course = Course { renewal: renewal(self.rules.program, &case)?, ..Course::default() };
        if let Some(step) = self.step(&case)? {
            course.title = step.captions.title.clone();
            course.actions.clone_from(&step.actions);
            course.notes.clone_from(&step.notes);
            let kept = authorization.follow_up.is_some() || request.is_some_and(|request| request.next_retry.is_some());
            let denied = request.filter(|request| request.state == RequestState::Answered);
            let appeal_by = denied.and_then(|request| request.appeal_by).filter(|_| step.allowed.is_some());
            // an appeal has the last day that the ledger keeps; what is repeated, the ledger says when as well; else it counts
            // from the answer on which it rests
            match (appeal_by, request) {
                (Some(day), Some(request)) => {
                    course.due = Some(self.end_of(day));
                    course.denied_on = ledger.denied_on(request.id)?;
                }
                (None, _) if step.repeats.is_some() && kept => {}
                (None, Some(request)) => {
                    course.due = self.due(step, ledger.answered_at(request)?.unwrap_or(self.at))?;
                }
                (_, None) => course.due = self.due(step, self.at)?,
            }
        }
        course.alerts = self.policy.alerts(&case)?.holding.into_iter().map(alert_name).collect();
        Ok(course)
    }

    /// What is to be done about an answer, and when: a follow-up of what is pending, an appeal of a denial, another try of
    /// what is repeated. An appeal counts from the day on which the payer denied, the others from now.
    pub(super) fn deadlines(
        &self,
        case: &Case,
        outcome: Outcome,
        denied_on: NaiveDate,
    ) -> Result<Deadlines, AuthError> {
        let Some(step) = self.step(case)? else { return Ok(Deadlines::default()) };
        let from = if outcome == Outcome::Denied { self.zone().start_of(denied_on) } else { self.at };
        let Some(due) = self.due(step, from)? else { return Ok(Deadlines::default()) };
        let day = self.zone().local_date(due);
        Ok(match outcome {
            Outcome::Pended | Outcome::CallPayer | Outcome::Unclear => {
                Deadlines { follow_up: Some(day), ..Deadlines::default() }
            }
            Outcome::Denied => Deadlines { appeal_by: Some(day), ..Deadlines::default() },
            Outcome::Rejected if step.repeats.is_some() => Deadlines { next_retry: Some(due), ..Deadlines::default() },
            Outcome::Rejected | Outcome::Approved | Outcome::Cancelled | Outcome::NotRequired => Deadlines::default(),
        })
    }

    /// The move that comes next, unless what is not known leaves it open.
    fn step(&self, case: &Case) -> Result<Option<&'r Move>, AuthError> {
        Ok(match self.policy.next(case)? {
            Known::Known(step) => step,
            Known::Open(_) => None,
        })
    }

    /// The last second of a day.
    pub(super) fn end_of(&self, day: NaiveDate) -> Instant {
        let next = self.zone().start_of(day.succ_opt().unwrap_or(day));
        next.checked_add(-1).unwrap_or(next)
    }

    /// When a move is due that is counted from an instant.
    fn due(&self, step: &Move, from: Instant) -> Result<Option<Instant>, AuthError> {
        let Some(allowed) = &step.allowed else { return Ok(None) };
        let due = allowed.within.due(self.calendar, from).map_err(|_| AuthError::Call {
            message: format!("{} from then lies beyond the calendar", allowed.within),
            help: "correct the instant".to_owned(),
        })?;
        Ok(Some(due.limit))
    }
}

/// What an alert is called.
pub(super) fn alert_name(alert: &crate::policy::Alert) -> String {
    alert.captions.title.clone().unwrap_or_else(|| alert.name.clone())
}
