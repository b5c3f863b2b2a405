//! What alerts look at.

use chrono::NaiveDate;

use super::super::store::{Reader, Row};
use super::super::{AuthorizationId, Ledger, Outcome, Purpose, RequestId, Status, StoreError, Units};
use crate::time::Instant;

/// An authorization that is pending or active, or denied and not given up, or cancelled though charges are attached, with
/// what is known of its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// The ledger's number.
    pub id: AuthorizationId,
    /// Pending, active, denied, or cancelled.
    pub status: Status,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last.
    pub last_day: NaiveDate,
    /// What is approved.
    pub approved: Units,
    /// What is used.
    pub used: Units,
    /// When somebody is to ask the payer.
    pub follow_up: Option<NaiveDate>,
    /// The request, while it waits for an answer or was denied.
    pub request: Option<RequestId>,
    /// In what manner the request asks, while it waits for an answer.
    pub purpose: Option<Purpose>,
    /// The payer's answer that stands, while it waits for another.
    pub outcome: Option<Outcome>,
    /// Whether the payer takes a rejected request once it is corrected.
    pub correctable: bool,
    /// When a rejected request is to be sent again, by the policy.
    pub next_retry: Option<Instant>,
    /// The last day of an appeal of a denial that stands.
    pub appeal_by: Option<NaiveDate>,
    /// When the request was submitted, while it waits.
    pub submitted_at: Option<Instant>,
    /// When its determination is due, while it waits.
    pub due: Option<Instant>,
}

/// Turned round, since SQLite would look an `OR` up in a table of its own for every row.
const WATCHED: &str = "SELECT a.id, a.status, a.first_day, a.last_day, a.approved, a.used, a.follow_up, r.id, r.purpose, r.outcome, \
    r.correctable, r.next_retry, r.appeal_by, r.submitted_at, r.due FROM authorizations a LEFT JOIN requests r ON a.status <> 'ACTIVE' AND r.id = a.request_id \
    WHERE NOT (a.status <> 'ACTIVE' AND a.status <> 'PENDING' AND NOT (a.status = 'CANCELLED' AND a.used > 0) AND \
    NOT (a.status = 'DENIED' AND coalesce(r.state, '') IN ('SUBMITTED', 'REJECTED', 'ANSWERED')))";

impl Ledger {
    /// Every authorization that is pending or active, or denied and not given up (unappealed, or with an appeal at the payer
    /// or sent back), or cancelled though charges are attached, in no particular order; those that are over are among them, since only a policy knows what is to be
    /// noticed. Nothing is kept in memory.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn each_watched(&mut self, mut each: impl FnMut(Watched)) -> Result<(), StoreError> {
        self.read(|tx| {
            tx.visit(WATCHED, &[], &mut |row| {
                each(read(row)?);
                Ok(())
            })
        })
    }
}

fn read(row: &dyn Row) -> Result<Watched, StoreError> {
    let mut row = Reader::new(row);
    Ok(Watched {
        id: AuthorizationId(row.int()?),
        status: row.word(Status::of)?,
        first_day: row.day()?,
        last_day: row.day()?,
        approved: row.units()?,
        used: row.units()?,
        follow_up: row.maybe_day()?,
        request: row.maybe_int()?.map(RequestId),
        purpose: row.maybe_word(Purpose::of)?,
        outcome: row.maybe_word(Outcome::of)?,
        correctable: row.maybe_int()?.is_some_and(|yes| yes != 0),
        next_retry: row.maybe_instant()?,
        appeal_by: row.maybe_day()?,
        submitted_at: row.maybe_instant()?,
        due: row.maybe_instant()?,
    })
}
