//! Requests to payers.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::store::Reader;
use super::super::words::words;
use super::super::{AuthorizationId, Codes, Outcome, RequestId, StoreError, Units, stored_time};
use crate::time::Instant;

words! {
    /// Where a request stands.
    RequestState {
        /// Written down, not sent.
        Draft = "DRAFT",
        /// Sent; the payer has not determined.
        Submitted = "SUBMITTED",
        /// Sent back unread or unprocessed; it can be submitted again.
        Rejected = "REJECTED",
        /// Determined.
        Answered = "ANSWERED",
        /// Determined, and an appeal is with the payer.
        Appealed = "APPEALED",
        /// Nobody tries any more.
        GivenUp = "GIVEN_UP",
    }
}

words! {
    /// In what manner a request asks.
    Purpose {
        /// For the first time.
        Initial = "INITIAL",
        /// For a further period of what is authorized.
        Renewal = "RENEWAL",
        /// For longer, or for more, of what is authorized.
        Extension = "EXTENSION",
        /// Again, for something else than was denied or could not be taken.
        Revision = "REVISION",
        /// Again, for the same that was denied.
        Reconsideration = "RECONSIDERATION",
        /// To have a denial looked at again.
        Appeal = "APPEAL",
        /// The same, where that cannot wait.
        ImmediateAppeal = "IMMEDIATE_APPEAL",
    }
}

impl Purpose {
    /// Whether it asks for the first time.
    pub fn is_initial(&self) -> bool {
        *self == Purpose::Initial
    }

    /// Whether it is an appeal of a denial.
    pub fn is_appeal(self) -> bool {
        match self {
            Purpose::Appeal | Purpose::ImmediateAppeal => true,
            Purpose::Initial | Purpose::Renewal | Purpose::Extension | Purpose::Revision | Purpose::Reconsideration => {
                false
            }
        }
    }
}

/// A request to a payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// The authorization that it asks for.
    pub authorization: AuthorizationId,
    /// The trading partner it goes to; none if it goes out by telephone, fax or the payer's portal.
    pub partner: Option<String>,
    /// What the payer's answer is known by.
    pub trace: String,
    /// What it is known by if the answer has no trace.
    pub reference: String,
    /// Where it stands.
    pub state: RequestState,
    /// How many units it asks for.
    pub units: Units,
    /// The first day it asks for.
    pub first_day: NaiveDate,
    /// The last.
    pub last_day: NaiveDate,
    /// The procedure codes it asks for.
    pub codes: Codes,
    /// The internal approval that it rests on.
    pub approval: Option<String>,
    /// The payer's answer that stands.
    pub outcome: Option<Outcome>,
    /// Whether that answer gives something else than was asked for.
    pub modified: bool,
    /// Whether a rejected request can be corrected.
    pub correctable: bool,
    /// The payer's reasons.
    pub reasons: Vec<String>,
    /// How often it was submitted.
    pub attempts: u32,
    /// When it is to be submitted again.
    #[serde(serialize_with = "stored_time::maybe::serialize")]
    pub next_retry: Option<Instant>,
    /// When it was submitted first.
    #[serde(serialize_with = "stored_time::maybe::serialize")]
    pub submitted_at: Option<Instant>,
    /// When the payer's determination is due.
    #[serde(serialize_with = "stored_time::maybe::serialize")]
    pub due: Option<Instant>,
    /// The last day of an appeal.
    pub appeal_by: Option<NaiveDate>,
    /// The determination that stands.
    pub standing: Option<i64>,
    /// In what manner it asks.
    #[serde(skip_serializing_if = "Purpose::is_initial")]
    pub purpose: Purpose,
    /// The request that it corrects or appeals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<RequestId>,
    /// The payer's own number of its review, which later messages about it name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

impl Request {
    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Request, StoreError> {
        Ok(Request {
            id: RequestId(row.int()?),
            authorization: AuthorizationId(row.int()?),
            partner: Some(row.text()?).filter(|partner| !partner.is_empty()),
            trace: row.text()?,
            reference: row.text()?,
            state: row.word(RequestState::of)?,
            units: row.units()?,
            first_day: row.day()?,
            last_day: row.day()?,
            codes: row.codes()?,
            approval: row.maybe_text()?,
            outcome: row.maybe_word(Outcome::of)?,
            modified: row.yes()?,
            correctable: row.yes()?,
            reasons: serde_json::from_str(row.str()?)
                .map_err(|_| StoreError::damaged("the reasons of a request are no list"))?,
            attempts: u32::try_from(row.int()?).map_err(|_| StoreError::damaged("a request has too many attempts"))?,
            next_retry: row.maybe_instant()?,
            submitted_at: row.maybe_instant()?,
            due: row.maybe_instant()?,
            appeal_by: row.maybe_day()?,
            standing: row.maybe_int()?,
            purpose: row.word(Purpose::of)?,
            earlier: row.maybe_int()?.map(RequestId),
            review: row.maybe_text()?,
        })
    }
}
