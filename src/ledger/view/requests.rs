//! Requests to payers.

use chrono::NaiveDate;
use serde::Deserialize;

use super::super::record::document::Filing;
use super::super::{AuthorizationId, Charge, Entity, Ledger, Request, RequestId, StoreError, columns};
use crate::time::Instant;

impl Ledger {
    /// A request.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn request(&mut self, id: RequestId) -> Result<Option<Request>, StoreError> {
        let sql = concat!("SELECT ", columns::request!(), " FROM requests WHERE id = ?1");
        self.read(|tx| tx.first(sql, &[id.0.into()], Request::read))
    }

    /// The requests for an authorization, oldest first.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn requests(&mut self, authorization: AuthorizationId) -> Result<Vec<Request>, StoreError> {
        let sql = concat!("SELECT ", columns::request!(), " FROM requests WHERE authorization_id = ?1 ORDER BY id");
        self.read(|tx| tx.all(sql, &[authorization.0.into()], Request::read))
    }

    /// When the payer's answer that stands came in.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn answered_at(&mut self, request: &Request) -> Result<Option<Instant>, StoreError> {
        let Some(standing) = request.standing else { return Ok(None) };
        let sql = "SELECT at FROM determinations WHERE id = ?1";
        self.read(|tx| tx.first(sql, &[standing.into()], |row| row.instant()))
    }

    /// The date of the denial that stands, from which the period for its appeal counts. Nothing of one that was entered by
    /// an earlier release, which counted from when it came in.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn denied_on(&mut self, request: RequestId) -> Result<Option<NaiveDate>, StoreError> {
        #[derive(Deserialize)]
        struct Denial {
            denied_on: Option<NaiveDate>,
        }
        let sql = "SELECT d.content FROM requests r JOIN determinations d ON d.id = r.standing WHERE r.id = ?1";
        let found = self.read(|tx| {
            tx.first(sql, &[request.0.into()], |row| {
                serde_json::from_str(row.str()?).map_err(|_| StoreError::damaged("the content of an answer is no JSON"))
            })
        })?;
        Ok(found.and_then(|Denial { denied_on }| denied_on))
    }

    /// The request to a partner that an answer with this trace or reference is for.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn request_by_trace(&mut self, partner: &str, trace: &str) -> Result<Option<Request>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns::request!(),
            " FROM requests WHERE partner = ?1 AND (trace = ?2 OR reference = ?2) ORDER BY trace = ?2 DESC LIMIT 1"
        );
        self.read(|tx| tx.first(sql, &[partner.into(), trace.into()], Request::read))
    }

    /// The charges from which a request came: offered for attaching once it is approved.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn originating(&mut self, request: RequestId) -> Result<Vec<Charge>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns::charge!(),
            " FROM charges WHERE id IN (SELECT charge FROM originating WHERE request_id = ?1) ORDER BY day, id"
        );
        self.read(|tx| tx.all(sql, &[request.0.into()], Charge::read))
    }

    /// The requests that came from a charge, oldest first.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn requests_from(&mut self, charge: &Charge) -> Result<Vec<Request>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns::request!(),
            " FROM requests WHERE authorization_id IN (SELECT a.id FROM authorizations a WHERE a.member = ?2) \
             AND EXISTS (SELECT 1 FROM originating o WHERE o.request_id = requests.id AND o.charge = ?1) ORDER BY id"
        );
        self.read(|tx| tx.all(sql, &[charge.id.as_str().into(), charge.member.as_str().into()], Request::read))
    }

    /// The requests whose next attempt is due, longest due first.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn requests_to_retry(&mut self, at: Instant) -> Result<Vec<Request>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns::request!(),
            " FROM requests WHERE next_retry IS NOT NULL AND next_retry <= ?1 ORDER BY next_retry, id"
        );
        self.read(|tx| tx.all(sql, &[at.into()], Request::read))
    }

    /// The documents that are filed with something, in the order in which they were.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn filings(&mut self, entity: &Entity) -> Result<Vec<Filing>, StoreError> {
        let sql = "SELECT name, sha256 FROM filings WHERE kind = ?1 AND entity = ?2 ORDER BY id";
        let values = [entity.kind.word().into(), entity.id.as_str().into()];
        self.read(|tx| tx.all(sql, &values, |row| Ok(Filing { name: row.text()?, sha256: row.hash()? })))
    }
}
