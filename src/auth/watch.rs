//! Which authorizations somebody must look after.

use std::panic::resume_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use chrono::NaiveDate;

use crate::engine::authorization::{FieldValue, Watch};
use crate::facts::Fault;
use crate::ledger::{AuthorizationId, Ledger, Outcome, RequestId, StoreError, Watched};
use crate::policy::{Command, Field};

use super::course::alert_name;
use super::facts::{answered, manner};
use super::response::PROCESSING_DELAY;
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
    /// Until when a denial that stands can be appealed.
    pub appeal: Option<AppealPeriod>,
}

/// The period in which a denial can be appealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppealPeriod {
    /// The request that was denied.
    pub request: RequestId,
    /// The last day.
    pub by: NaiveDate,
    /// The date of the denial, from which it counts; unknown of one that was entered by an earlier release.
    pub denied_on: Option<NaiveDate>,
}

/// Rows that are handed over together.
const TOGETHER: usize = 1_024;
/// How often that many may wait to be looked at.
const WAITING: usize = 8;

/// Hands every watched row over, until nobody takes them any more.
fn read(ledger: &mut Ledger, to: &SyncSender<Vec<Watched>>) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(TOGETHER);
    let mut taken = true;
    ledger.each_watched(|watched| {
        rows.push(watched);
        if rows.len() == TOGETHER {
            let full = std::mem::replace(&mut rows, Vec::with_capacity(TOGETHER));
            taken = taken && to.send(full).is_ok();
        }
    })?;
    // nobody takes them where the policy could not be asked, which is told there
    if taken {
        drop(to.send(rows));
    }
    Ok(())
}

/// Whether an answer leaves the next step to the payer.
fn waits(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Pended | Outcome::CallPayer | Outcome::Unclear => true,
        Outcome::Approved | Outcome::Denied | Outcome::Cancelled | Outcome::NotRequired | Outcome::Rejected => false,
    }
}

impl Desk<'_> {
    /// Every alert of today, in the order of the authorizations.
    ///
    /// # Errors
    /// A scope that is lacking, or a store that fails.
    pub fn alerts(&self, ledger: &mut Ledger) -> Result<Vec<Notice>, AuthError> {
        self.permit(Command::Alerts)?;
        let mut watch = Watch::new(&self.policy, self.facts()?.into_case());
        let mut notices = Vec::new();
        let rows_of = &mut *ledger;
        // reading a row takes about as long as asking the policy about it, so both go on at the same time
        thread::scope(|scope| -> Result<(), AuthError> {
            let (sender, rows) = sync_channel(WAITING);
            let reading = scope.spawn(move || read(rows_of, &sender));
            for watched in rows.into_iter().flatten() {
                notices.extend(self.notice(&mut watch, &watched)?);
            }
            reading.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            Ok(())
        })?;
        for appeal in notices.iter_mut().filter_map(|notice| notice.appeal.as_mut()) {
            appeal.denied_on = ledger.denied_on(appeal.request)?;
        }
        notices.sort_by_key(|notice| notice.authorization);
        Ok(notices)
    }

    fn notice(&self, watch: &mut Watch<'_, '_>, watched: &Watched) -> Result<Option<Notice>, Fault> {
        self.tell(watch, watched)?;
        let holding = watch.alerts()?.holding;
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
        let by = watched.appeal_by.filter(|by| watched.outcome == Some(Outcome::Denied) && *by >= self.today());
        let appeal = watched.request.zip(by).map(|(request, by)| AppealPeriod { request, by, denied_on: None });
        Ok(Some(Notice { authorization: watched.id, alerts, actions, appeal }))
    }

    /// Tells all that is known of an authorization and its request. The answer settles when a request went out, and
    /// whether the payer is late.
    fn tell(&self, watch: &mut Watch<'_, '_>, watched: &Watched) -> Result<(), Fault> {
        let date = |day: Option<NaiveDate>| day.map(FieldValue::Date);
        let truth = |truth: bool| Some(FieldValue::Truth(truth));
        let rejected = watched.outcome == Some(Outcome::Rejected);
        // the payer could not decide yet, and is asked again
        let delayed = rejected && watched.next_retry.is_some();
        let answer = watched.outcome.filter(|_| !delayed).map(answered);
        let sent = watched.submitted_at.filter(|_| watched.outcome.is_none());
        let overdue = watched.due.is_some_and(|due| due < self.at) && watched.outcome.is_none_or(waits);
        let appeal_by = watched.appeal_by.filter(|_| watched.outcome == Some(Outcome::Denied));
        watch.tell(Field::Status, Some(FieldValue::Word(watched.status.word())))?;
        watch.tell(Field::FirstDay, date(Some(watched.first_day)))?;
        watch.tell(Field::LastDay, date(Some(watched.last_day)))?;
        watch.tell(Field::Approved, Some(FieldValue::Number(watched.approved.decimal())))?;
        watch.tell(Field::Used, Some(FieldValue::Number(watched.used.decimal())))?;
        watch.tell(Field::FollowUpOn, date(watched.follow_up))?;
        watch.tell(Field::Purpose, watched.purpose.map(|purpose| FieldValue::Word(manner(purpose))))?;
        watch.tell(Field::Outcome, answer.map(|(word, _)| FieldValue::Word(word)))?;
        watch.tell(Field::CallPayer, answer.and_then(|(_, call)| truth(call)))?;
        watch.tell(Field::Correctable, answer.and_then(|_| truth(rejected && watched.correctable)))?;
        watch.tell(Field::Error, delayed.then_some(FieldValue::Word(PROCESSING_DELAY)))?;
        watch.tell(Field::AppealBy, date(appeal_by))?;
        watch.tell(Field::SubmittedOn, date(sent.map(|at| self.zone().local_date(at))))?;
        watch.tell(Field::Overdue, truth(overdue))
    }
}
