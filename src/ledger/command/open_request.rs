//! Writing down a request to a payer.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::store::Field;
use super::super::work::{Work, json};
use super::super::{
    Authorization, AuthorizationId, Codes, Entity, Error, Kind, Purpose, Refusal, Request, RequestId, Status,
    StoreError, Units, columns, text,
};
use super::basis::{Basis, Placed, When, not_granted};
use super::{Command, amend};

/// Writes down a request, and the pending authorization that it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenRequest {
    /// Whom it is for.
    pub member: String,
    /// The payer.
    pub payer: String,
    /// The trading partner through whom the payer is asked; none if that is done by telephone, fax or portal.
    pub partner: Option<String>,
    /// What it follows on.
    #[serde(rename = "again")]
    pub basis: Basis,
    /// How many units.
    pub units: Units,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last.
    pub last_day: NaiveDate,
    /// Which codes.
    pub codes: Codes,
    /// The charges that it is for, if any.
    pub charges: BTreeSet<String>,
    /// What is done if an open request asks for one of them already.
    #[serde(skip_serializing_if = "Asking::is_once")]
    pub asking: Asking,
    /// The internal approval that it rests on.
    pub approval: Option<String>,
    /// What the answer is to be known by; made up if absent.
    pub trace: Option<String>,
    /// What the answer is known by if it has no trace; made up if absent.
    pub reference: Option<String>,
    /// What is to go with it.
    pub documents: Vec<NewDocument>,
}

/// Whether a charge may be asked for that an open request asks for already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    /// Only if the new request follows on that one.
    #[default]
    Once,
    /// On purpose: the payer may grant it twice.
    AlthoughAsked,
}

impl Asking {
    fn is_once(&self) -> bool {
        *self == Asking::Once
    }
}

/// A request was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestOpened {
    /// The request.
    pub request: RequestId,
    /// The authorization that it asks for.
    pub authorization: AuthorizationId,
    /// What the answer is known by.
    pub trace: String,
    /// What it is known by if it has no trace.
    pub reference: String,
    /// In what manner it asks.
    #[serde(default = "initial", skip_serializing_if = "Purpose::is_initial")]
    pub purpose: Purpose,
}

/// What was answered for a key before there were others.
fn initial() -> Purpose {
    Purpose::Initial
}

impl Command for OpenRequest {
    const NAME: &'static str = "open_request";
    type Answer = RequestOpened;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<RequestOpened, Error> {
        self.check(work)?;
        let Placed { mut pending, purpose, earlier, when } = self.place(work)?;
        self.charges_go_with(work, &pending)?;
        self.stands_alone(work, pending.id)?;
        let request = self.write_down(work, pending.id, purpose, earlier)?;
        let placed = when == When::Opened;
        if placed {
            pending.request = Some(request.id);
            pending = amend::allow(work, &pending)?;
        }
        for charge in &self.charges {
            let values = [request.id.0.into(), charge.as_str().into()];
            work.tx.execute("INSERT INTO originating (request_id, charge) VALUES (?1, ?2)", &values)?;
        }
        let entity = Entity::new(Kind::Request, request.id);
        for document in &self.documents {
            work.file(document, &entity)?;
        }
        if placed {
            work.note(Entity::new(Kind::Authorization, pending.id), Self::NAME, &request.id, &pending)?;
        }
        work.note(entity, Self::NAME, self, &request)?;
        Ok(RequestOpened {
            request: request.id,
            authorization: pending.id,
            trace: request.trace,
            reference: request.reference,
            purpose,
        })
    }
}

impl OpenRequest {
    fn check(&self, work: &mut Work<'_>) -> Result<(), Error> {
        text::short("payer", &self.payer)?;
        for (what, text) in [
            ("partner", &self.partner),
            ("approval", &self.approval),
            ("trace", &self.trace),
            ("reference", &self.reference),
        ] {
            text::maybe_short(what, text.as_deref())?;
        }
        text::period(self.first_day, self.last_day)?;
        if self.units == Units::ZERO {
            return Err(Refusal::NoUnits.into());
        }
        work.member(&self.member)?;
        for charge in &self.charges {
            work.charge(charge)?;
        }
        for trace in [&self.trace, &self.reference].into_iter().flatten() {
            let sql = "SELECT id FROM requests WHERE partner = ?1 AND (trace = ?2 OR reference = ?2)";
            if work.tx.first(sql, &[self.stored_partner(), trace.as_str().into()], |row| row.int())?.is_some() {
                return Err(Refusal::TraceTaken { trace: trace.clone() }.into());
            }
        }
        Ok(())
    }

    /// The partner as its column has it, which is empty where there is none.
    fn stored_partner(&self) -> Field<'_> {
        self.partner.as_deref().unwrap_or_default().into()
    }

    /// A new authorization, of which `renews` is the one that it renews or extends.
    pub(super) fn pend(
        &self,
        work: &mut Work<'_>,
        renews: Option<AuthorizationId>,
    ) -> Result<Authorization, StoreError> {
        let (first, last, codes) = (self.first_day.to_string(), self.last_day.to_string(), self.codes.stored());
        let sql = concat!(
            "INSERT INTO authorizations (member, payer, status, first_day, last_day, approved, used, modified, codes, \
             renews) VALUES (?1, ?2, 'PENDING', ?3, ?4, 0, 0, 0, ?5, ?6) RETURNING ",
            columns::authorization!()
        );
        let values = [
            self.member.as_str().into(),
            self.payer.as_str().into(),
            first.as_str().into(),
            last.as_str().into(),
            codes.as_str().into(),
            Field::maybe_int(renews.map(|renews| renews.0)),
        ];
        work.tx.one(sql, &values, Authorization::read)
    }

    fn charges_go_with(&self, work: &mut Work<'_>, pending: &Authorization) -> Result<(), Error> {
        for id in &self.charges {
            let charge = work.charge(id)?;
            if charge.member != pending.member {
                return Err(Refusal::OtherMember { charge: charge.id, authorization: pending.id }.into());
            }
            if charge.payer != pending.payer {
                return Err(Refusal::OtherPayer { charge: charge.id, authorization: pending.id }.into());
            }
        }
        Ok(())
    }

    /// What is attached to it stays attached, and flagged.
    pub(super) fn pend_again(&self, mut pending: Authorization) -> Result<Authorization, Refusal> {
        self.may_ask_again(&pending)?;
        pending.status = Status::Pending;
        (pending.first_day, pending.last_day) = (self.first_day, self.last_day);
        pending.codes = self.codes.clone();
        pending.follow_up = None;
        Ok(pending)
    }

    /// Refuses to ask for what the payer allows, or for what is another's.
    pub(super) fn may_ask_again(&self, known: &Authorization) -> Result<(), Refusal> {
        not_granted(known)?;
        self.is_of(known)
    }

    fn write_down(
        &self,
        work: &mut Work<'_>,
        authorization: AuthorizationId,
        purpose: Purpose,
        earlier: Option<RequestId>,
    ) -> Result<Request, StoreError> {
        let (first, last, codes) = (self.first_day.to_string(), self.last_day.to_string(), self.codes.stored());
        let sql = "INSERT INTO requests (authorization_id, partner, state, units, first_day, last_day, codes, approval, \
                   modified, correctable, reasons, attempts, purpose, earlier) \
                   VALUES (?1, ?2, 'DRAFT', ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, 0, ?9, ?10) RETURNING id";
        let values = [
            authorization.0.into(),
            self.stored_partner(),
            self.units.into(),
            first.as_str().into(),
            last.as_str().into(),
            codes.as_str().into(),
            Field::maybe_text(self.approval.as_deref()),
            Field::Text(&json(&Vec::<String>::new())?),
            purpose.word().into(),
            Field::maybe_int(earlier.map(|earlier| earlier.0)),
        ];
        let id = work.tx.one(sql, &values, |row| row.int())?;
        let made_up = || format!("R{id:08}");
        let trace = self.trace.clone().unwrap_or_else(made_up);
        let reference = self.reference.clone().unwrap_or_else(made_up);
        let sql =
            concat!("UPDATE requests SET trace = ?2, reference = ?3 WHERE id = ?1 RETURNING ", columns::request!());
        work.tx.one(sql, &[id.into(), trace.as_str().into(), reference.as_str().into()], Request::read)
    }
}
