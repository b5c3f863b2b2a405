//! Authorizations: how much a payer allows, when and of what.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::store::Reader;
use super::super::words::words;
use super::super::{AuthorizationId, Codes, RequestId, StoreError, Units};

words! {
    /// The status that is stored. Whether one is expired or exhausted is a view: see [`Authorization::view`].
    Status {
        /// Requested; the payer has not determined.
        Pending = "PENDING",
        /// Charges can be attached.
        Active = "ACTIVE",
        /// The payer said no.
        Denied = "DENIED",
        /// Taken back.
        Cancelled = "CANCELLED",
        /// The payer said that none is needed.
        NotRequired = "NOT_REQUIRED",
    }
}

words! {
    /// What people see: the stored status, or how an active authorization has come to its end.
    View {
        /// See [`Status::Pending`].
        Pending = "PENDING",
        /// See [`Status::Active`].
        Active = "ACTIVE",
        /// See [`Status::Denied`].
        Denied = "DENIED",
        /// See [`Status::Cancelled`].
        Cancelled = "CANCELLED",
        /// See [`Status::NotRequired`].
        NotRequired = "NOT_REQUIRED",
        /// Active, and its last day lies before the asking date.
        Expired = "EXPIRED",
        /// Active, and as much is used as was approved, or more.
        Exhausted = "EXHAUSTED",
    }
}

/// An authorization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authorization {
    /// The ledger's own number.
    pub id: AuthorizationId,
    /// Whom it is for.
    pub member: String,
    /// Whose it is.
    pub payer: String,
    /// The payer's number, once there is one.
    pub number: Option<String>,
    /// Its stored status.
    pub status: Status,
    /// The first day of service that it serves.
    pub first_day: NaiveDate,
    /// The last.
    pub last_day: NaiveDate,
    /// How many units the payer approved; none while pending.
    pub approved: Units,
    /// How many units the attached charges have. May exceed what is approved, if the payer cut it.
    pub used: Units,
    /// Whether the payer approved something else than was asked for.
    pub modified: bool,
    /// When somebody is to ask the payer.
    pub follow_up: Option<NaiveDate>,
    /// The request that it rests on; none if it was entered by hand.
    pub request: Option<RequestId>,
    /// Which procedure codes it covers.
    pub codes: Codes,
    /// The one that it renews or extends, if any. The payer may give both the same number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<AuthorizationId>,
}

impl Authorization {
    /// What is left, if not more is used than approved.
    pub fn remaining(&self) -> Option<Units> {
        self.approved.checked_sub(self.used)
    }

    /// Whether more is used than approved.
    pub fn over_used(&self) -> bool {
        self.used > self.approved
    }

    /// What people see on a date. A charge of last month is still served by what expired yesterday.
    pub fn view(&self, on: NaiveDate) -> View {
        match self.status {
            Status::Pending => View::Pending,
            Status::Active if self.last_day < on => View::Expired,
            Status::Active if self.used >= self.approved => View::Exhausted,
            Status::Active => View::Active,
            Status::Denied => View::Denied,
            Status::Cancelled => View::Cancelled,
            Status::NotRequired => View::NotRequired,
        }
    }

    pub(in crate::ledger) fn read(row: &mut Reader<'_>) -> Result<Authorization, StoreError> {
        Ok(Authorization {
            id: AuthorizationId(row.int()?),
            member: row.text()?,
            payer: row.text()?,
            number: row.maybe_text()?,
            status: row.word(Status::of)?,
            first_day: row.day()?,
            last_day: row.day()?,
            approved: row.units()?,
            used: row.units()?,
            modified: row.yes()?,
            follow_up: row.maybe_day()?,
            request: row.maybe_int()?.map(RequestId),
            codes: row.codes()?,
            renews: row.maybe_int()?.map(AuthorizationId),
        })
    }
}
