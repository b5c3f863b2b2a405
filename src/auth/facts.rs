//! What the ledger knows, as a case for the policy.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::engine::authorization::{FieldValue, fill};
use crate::facts::{Case, CaseBuilder, Fault, Raw};
use crate::ledger::{Authorization, Charge, Outcome, Purpose, Request, RequestState, Units};
use crate::policy::Field;
use crate::program::Program;
use crate::time::{Instant, Zone};

use super::response::PROCESSING_DELAY;

/// A case under construction, filled field by field.
pub(super) struct Facts<'p> {
    program: &'p Program,
    case: Case,
}

impl<'p> Facts<'p> {
    /// A case of which nothing but the instant is known.
    pub fn at(program: &'p Program, at: Instant) -> Result<Facts<'p>, Fault> {
        let mut text = String::new();
        at.format(0, &mut text);
        let mut builder = CaseBuilder::new(&program.policy().vocabulary);
        builder.set_key("at", &Raw::Text(text.into()))?;
        Ok(Facts { program, case: builder.finish()? })
    }

    /// The finished case.
    pub fn into_case(self) -> Case {
        self.case
    }

    /// Takes what somebody says of facts that no ledger has: `name` and `value`.
    pub fn say(mut self, said: &[(String, String)]) -> Result<Facts<'p>, Fault> {
        let vocabulary = Arc::clone(&self.program.policy().vocabulary);
        for (name, value) in said {
            let id = vocabulary.fact_id(name).ok_or_else(|| Fault::unknown_fact(name, &vocabulary))?;
            if let Some(value) = vocabulary.fact(id).read(&Raw::Plain(value), vocabulary.zones())? {
                self.case = self.case.with(id, Some(value));
            }
        }
        Ok(self)
    }

    /// Fills in one field; one that the policy does not read is left out.
    pub fn field(mut self, field: Field, value: FieldValue<'_>) -> Result<Facts<'p>, Fault> {
        fill(self.program, &mut self.case, field, value)?;
        Ok(self)
    }

    /// Fills in what is known of an authorization, for a charge of this code.
    pub fn authorization(self, authorization: &Authorization, code: Option<&str>) -> Result<Facts<'p>, Fault> {
        let known = self
            .word(Field::Status, authorization.status.word())?
            .date(Field::FirstDay, authorization.first_day)?
            .date(Field::LastDay, authorization.last_day)?
            .units(Field::Approved, authorization.approved)?
            .units(Field::Used, authorization.used)?
            .truth(Field::Modified, authorization.modified)?
            .maybe_date(Field::FollowUpOn, authorization.follow_up)?;
        match code {
            Some(code) => known.truth(Field::CoversCode, authorization.codes.cover(code)),
            None => Ok(known),
        }
    }

    /// Fills in what is known of a charge.
    pub fn charge(self, charge: &Charge) -> Result<Facts<'p>, Fault> {
        self.word(Field::Member, &charge.member)?
            .word(Field::Payer, &charge.payer)?
            .date(Field::DateOfService, charge.day)?
            .word(Field::Code, &charge.code)?
            .units(Field::Units, charge.units)?
            .truth(Field::Issue, charge.auth_required)
    }

    /// Fills in what is known of a request to a payer. `zone` is that in which its dates are read.
    pub fn request(self, request: &Request, zone: &Zone, now: Instant) -> Result<Facts<'p>, Fault> {
        // what is appealed by letter is with the payer again
        let answered =
            request.outcome.filter(|_| !matches!(request.state, RequestState::Draft | RequestState::Appealed));
        let sent = request.submitted_at.filter(|_| request.state != RequestState::Rejected);
        let waiting = request.state == RequestState::Submitted;
        let overdue = waiting && request.due.is_some_and(|due| due < now);
        let known = self
            .number(Field::Attempts, Decimal::from(request.attempts))?
            .purpose(request.purpose)?
            .maybe_date(Field::SubmittedOn, sent.map(|at| zone.local_date(at)))?
            .truth(Field::Overdue, overdue)?;
        let Some(outcome) = answered else { return Ok(known) };
        let known = match outcome {
            // the payer could not decide yet, and is asked again
            Outcome::Rejected if request.next_retry.is_some() => return known.word(Field::Error, PROCESSING_DELAY),
            Outcome::Denied => known.maybe_date(Field::AppealBy, request.appeal_by)?,
            Outcome::Rejected
            | Outcome::Approved
            | Outcome::Cancelled
            | Outcome::NotRequired
            | Outcome::Pended
            | Outcome::CallPayer
            | Outcome::Unclear => known,
        };
        known.outcome(outcome, request.correctable)
    }

    /// Fills in in what manner a request asks.
    pub fn purpose(self, purpose: Purpose) -> Result<Facts<'p>, Fault> {
        self.word(Field::Purpose, manner(purpose))
    }

    /// Fills in what a payer answered.
    pub fn outcome(self, outcome: Outcome, correctable: bool) -> Result<Facts<'p>, Fault> {
        let (word, call) = answered(outcome);
        let known = self.word(Field::Outcome, word)?.truth(Field::CallPayer, call)?;
        known.truth(Field::Correctable, outcome == Outcome::Rejected && correctable)
    }

    pub fn word(self, field: Field, word: &str) -> Result<Facts<'p>, Fault> {
        self.field(field, FieldValue::Word(word))
    }

    pub fn date(self, field: Field, date: NaiveDate) -> Result<Facts<'p>, Fault> {
        self.field(field, FieldValue::Date(date))
    }

    pub fn truth(self, field: Field, truth: bool) -> Result<Facts<'p>, Fault> {
        self.field(field, FieldValue::Truth(truth))
    }

    pub fn units(self, field: Field, units: Units) -> Result<Facts<'p>, Fault> {
        self.number(field, units.decimal())
    }

    pub fn number(self, field: Field, number: Decimal) -> Result<Facts<'p>, Fault> {
        self.field(field, FieldValue::Number(number))
    }

    fn maybe_date(self, field: Field, date: Option<NaiveDate>) -> Result<Facts<'p>, Fault> {
        match date {
            Some(date) => self.date(field, date),
            None => Ok(self),
        }
    }
}

/// The manner in which a request asks, in the policy's words.
pub(super) fn manner(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Initial => "initial",
        Purpose::Renewal => "renewal",
        Purpose::Extension => "extension",
        Purpose::Revision | Purpose::Reconsideration => "correction",
        Purpose::Appeal | Purpose::ImmediateAppeal => "appeal",
    }
}

/// A payer's answer in the policy's words, and whether the payer is to be called.
pub(super) fn answered(outcome: Outcome) -> (&'static str, bool) {
    match outcome {
        Outcome::Approved => ("APPROVED", false),
        Outcome::Denied => ("DENIED", false),
        Outcome::Cancelled => ("CANCELLED", false),
        Outcome::NotRequired => ("NOT_REQUIRED", false),
        Outcome::Pended => ("PENDED", false),
        // what a person has to read is settled by asking
        Outcome::CallPayer | Outcome::Unclear => ("PENDED", true),
        Outcome::Rejected => ("REJECTED", false),
    }
}
