//! What payers answer, as it is applied: whoever reads messages makes these of them.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::words::words;
use super::super::{Codes, Refusal, Units, stored_time, text};
use crate::time::Instant;

words! {
    /// What a payer answered.
    Outcome {
        /// Yes, if need be with other units or days.
        Approved = "APPROVED",
        /// No.
        Denied = "DENIED",
        /// Taken back.
        Cancelled = "CANCELLED",
        /// None is needed.
        NotRequired = "NOT_REQUIRED",
        /// Not yet.
        Pended = "PENDED",
        /// Not in writing.
        CallPayer = "CALL_PAYER",
        /// The request was not processed.
        Rejected = "REJECTED",
        /// Something that a person has to read.
        Unclear = "UNCLEAR",
    }
}

impl Outcome {
    /// Whether it settles the request, and so supersedes what was issued before. What settles nothing never does.
    pub fn is_final(self) -> bool {
        match self {
            Outcome::Approved | Outcome::Denied | Outcome::Cancelled | Outcome::NotRequired => true,
            Outcome::Pended | Outcome::CallPayer | Outcome::Rejected | Outcome::Unclear => false,
        }
    }
}

/// A payer's answer to one request.
///
/// Of the answers to a request that settle it, the one issued last stands; of those issued at the same time, and of those
/// that do not say when, the one that arrived last. What settles nothing stands only until something does, whatever the
/// order in which they arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Determination {
    /// What was answered.
    pub outcome: Outcome,
    /// Whether something else was approved than was asked for.
    pub modified: bool,
    /// Whether a rejected request can be corrected.
    pub correctable: bool,
    /// The payer's number of the authorization.
    pub number: Option<String>,
    /// The approved units; those asked for, if absent.
    pub units: Option<Units>,
    /// The first day; the one asked for, if absent.
    pub first_day: Option<NaiveDate>,
    /// The last day; the one asked for, if absent.
    pub last_day: Option<NaiveDate>,
    /// The covered codes; those asked for, if absent.
    pub codes: Option<Codes>,
    /// The payer's reasons.
    pub reasons: Vec<String>,
    /// The payer's own number of its review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// When the payer issued it.
    #[serde(serialize_with = "stored_time::maybe::serialize")]
    pub issued: Option<Instant>,
    /// The date of a denial, from which the period for an appeal counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denied_on: Option<NaiveDate>,
    /// When somebody is to ask the payer, by the policy.
    pub follow_up: Option<NaiveDate>,
    /// The last day of an appeal, by the policy.
    pub appeal_by: Option<NaiveDate>,
    /// When the request is to be submitted again, by the policy.
    #[serde(serialize_with = "stored_time::maybe::serialize")]
    pub next_retry: Option<Instant>,
}

impl Determination {
    /// An answer that says nothing else.
    pub fn new(outcome: Outcome) -> Determination {
        Determination {
            outcome,
            modified: false,
            correctable: false,
            number: None,
            units: None,
            first_day: None,
            last_day: None,
            codes: None,
            reasons: Vec::new(),
            review: None,
            issued: None,
            denied_on: None,
            follow_up: None,
            appeal_by: None,
            next_retry: None,
        }
    }

    pub(in crate::ledger) fn check(&self) -> Result<(), Refusal> {
        text::maybe_short("number", self.number.as_deref())?;
        text::maybe_short("number of the review", self.review.as_deref())?;
        [self.first_day, self.last_day, self.denied_on, self.follow_up, self.appeal_by]
            .into_iter()
            .flatten()
            .try_for_each(|day| text::day(day).map(|_| ()))
    }
}
