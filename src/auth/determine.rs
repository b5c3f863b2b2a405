//! Payers' answers that came by telephone, letter or portal.

use chrono::NaiveDate;

use crate::engine::authorization::FieldValue;
use crate::ledger::{Answer, Determination, Determine, Determined, Ledger, NewDocument, Outcome, Request, RequestId};
use crate::policy::{Command, Field};

use super::response::PROCESSING_DELAY;
use super::{AuthError, Desk};

/// A payer's answer as somebody heard or read it.
#[derive(Debug, Clone)]
pub struct NewDetermination {
    /// The request.
    pub request: RequestId,
    /// The answer, before the policy says when to do something about it.
    pub determination: Determination,
    /// The date on the payer's letter, if somebody gives it; else the answer was given when it was issued, or today.
    pub on: Option<NaiveDate>,
    /// What shows it.
    pub document: Option<NewDocument>,
    /// Whether originating charges are attached to what is approved.
    pub attach: bool,
}

impl Desk<'_> {
    /// Enters a payer's answer to a request; it counts as one that came as a message.
    ///
    /// # Errors
    /// A scope that is lacking, a date that lies ahead or before the request went out, or what the ledger refuses: a request
    /// that never went out among it.
    pub fn determine(&self, ledger: &mut Ledger, new: NewDetermination) -> Result<Answer<Determined>, AuthError> {
        self.permit_as("determine", Command::Receive)?;
        let NewDetermination { request: id, mut determination, on, document, attach } = new;
        let request = self.request(ledger, id)?;
        determination.modified = determination.outcome == Outcome::Approved && differs(&determination, &request);
        let day = on.or(determination.issued.map(|issued| self.zone().local_date(issued)));
        if let Some(day) = day {
            self.possible(day, &request)?;
        }
        if let Some(on) = on {
            determination.issued = Some(self.end_of(on).min(self.at));
        }
        let determination = self.timed(Some(&request), determination, day)?;
        Ok(ledger.run(self.act(), &Determine { request: id, determination, on, document, attach })?)
    }

    /// Refuses a day on which no answer to a request can have been given.
    fn possible(&self, day: NaiveDate, request: &Request) -> Result<(), AuthError> {
        let today = self.today();
        if day > today {
            return Err(AuthError::Call {
                message: format!("an answer of {day} lies ahead of today, {today}"),
                help: "give the date on the payer's letter; `--at` says when it is now".to_owned(),
            });
        }
        match self.sent_on(request) {
            Some(sent) if day < sent => Err(AuthError::Call {
                message: format!("an answer of {day} comes before request {}, which went out on {sent}", request.id),
                help: "give the date on the payer's letter, and see that it answers this request".to_owned(),
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// The day on which a request went out first.
    fn sent_on(&self, request: &Request) -> Option<NaiveDate> {
        request.submitted_at.map(|at| self.zone().local_date(at))
    }

    /// An answer with what the policy says of when to do something about it. `day` is the payer's date of it, if there is
    /// one: a denial is of a day between that on which the request went out and today, whatever the payer's clock shows.
    pub(super) fn timed(
        &self,
        request: Option<&Request>,
        mut determination: Determination,
        day: Option<NaiveDate>,
    ) -> Result<Determination, AuthError> {
        let mut facts = self.facts()?;
        if let Some(request) = request {
            let attempts = rust_decimal::Decimal::from(request.attempts);
            facts = facts.number(Field::Attempts, attempts)?.purpose(request.purpose)?;
        }
        facts = if is_delay(&determination) {
            facts.field(Field::Error, FieldValue::Word(PROCESSING_DELAY))?
        } else {
            facts.outcome(determination.outcome, determination.correctable)?
        };
        let today = self.today();
        let sent = request.and_then(|request| self.sent_on(request));
        let day = day.unwrap_or(today).max(sent.unwrap_or(NaiveDate::MIN)).min(today);
        let deadlines = self.deadlines(&facts.into_case(), determination.outcome, day)?;
        determination.denied_on = Some(day).filter(|_| determination.outcome == Outcome::Denied);
        determination.follow_up = deadlines.follow_up;
        determination.appeal_by = deadlines.appeal_by;
        determination.next_retry = deadlines.next_retry;
        Ok(determination)
    }
}

/// Whether the payer could not decide yet, and wants the request again.
fn is_delay(determination: &Determination) -> bool {
    determination.outcome == Outcome::Rejected
        && determination.reasons.first().is_some_and(|reason| reason == PROCESSING_DELAY)
}

/// Whether something else was approved than was asked for.
pub(super) fn differs(determination: &Determination, request: &Request) -> bool {
    determination.units.is_some_and(|units| units != request.units)
        || determination.first_day.is_some_and(|day| day != request.first_day)
        || determination.last_day.is_some_and(|day| day != request.last_day)
        || determination.codes.as_ref().is_some_and(|codes| *codes != request.codes)
}
