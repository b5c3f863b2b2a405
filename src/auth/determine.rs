//! Payers' answers that came by telephone, letter or portal.

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
    /// What shows it.
    pub document: Option<NewDocument>,
    /// Whether originating charges are attached to what is approved.
    pub attach: bool,
}

impl Desk<'_> {
    /// Enters a payer's answer to a request; it counts as one that came as a message.
    ///
    /// # Errors
    /// A scope that is lacking, or what the ledger refuses: a request that never went out among it.
    pub fn determine(&self, ledger: &mut Ledger, new: NewDetermination) -> Result<Answer<Determined>, AuthError> {
        self.permit_as("determine", Command::Receive)?;
        let NewDetermination { request: id, mut determination, document, attach } = new;
        let request = self.request(ledger, id)?;
        determination.modified = determination.outcome == Outcome::Approved && differs(&determination, &request);
        let determination = self.timed(Some(&request), determination)?;
        Ok(ledger.run(self.act(), &Determine { request: id, determination, document, attach })?)
    }

    /// An answer with what the policy says of when to do something about it.
    pub(super) fn timed(
        &self,
        request: Option<&Request>,
        mut determination: Determination,
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
        let deadlines = self.deadlines(&facts.into_case(), determination.outcome)?;
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
