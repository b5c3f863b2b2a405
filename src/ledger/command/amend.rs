//! Changing what an authorization allows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::store::Field;
use super::super::work::Work;
use super::super::{Authorization, AuthorizationId, Codes, Entity, Error, Kind, Refusal, Status, Units, columns, text};
use super::Command;

/// Changes what an authorization allows; what is absent stays. A payer may cut below what is used: the authorization is
/// then over-used, and serves no further charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amend {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The payer's number.
    pub number: Option<String>,
    /// How many units are approved.
    pub approved: Option<Units>,
    /// The first day.
    pub first_day: Option<NaiveDate>,
    /// The last.
    pub last_day: Option<NaiveDate>,
    /// The covered codes; empty if all.
    pub codes: Option<Codes>,
    /// What shows that the payer changed it.
    pub document: Option<NewDocument>,
}

impl Amend {
    /// A change of nothing yet.
    pub fn new(authorization: AuthorizationId) -> Amend {
        Amend {
            authorization,
            number: None,
            approved: None,
            first_day: None,
            last_day: None,
            codes: None,
            document: None,
        }
    }
}

/// An authorization was amended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amended {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// What is approved now.
    pub approved: Units,
    /// What is used.
    pub used: Units,
    /// Whether more is used than approved.
    pub over_used: bool,
}

impl Command for Amend {
    const NAME: &'static str = "amend";
    type Answer = Amended;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Amended, Error> {
        let before = work.authorization(self.authorization)?;
        match before.status {
            Status::Active => {}
            status @ (Status::Pending | Status::Denied | Status::Cancelled | Status::NotRequired) => {
                return Err(Refusal::WrongStatus { authorization: before.id, status }.into());
            }
        }
        let mut after = before.clone();
        if let Some(number) = &self.number {
            text::short("number", number)?;
            work.number_is_free(&before.payer, number, Some(before.id))?;
            after.number = Some(number.clone());
        }
        after.approved = self.approved.unwrap_or(after.approved);
        after.first_day = self.first_day.unwrap_or(after.first_day);
        after.last_day = self.last_day.unwrap_or(after.last_day);
        after.codes = self.codes.clone().unwrap_or(after.codes);
        text::period(after.first_day, after.last_day)?;
        if after == before {
            return Err(Refusal::NothingToChange.into());
        }
        let stored = allow(work, &after)?;
        let entity = Entity::new(Kind::Authorization, stored.id);
        if let Some(document) = &self.document {
            work.file(document, &entity)?;
        }
        work.note(entity, Self::NAME, self, &stored)?;
        Ok(Amended {
            authorization: stored.id,
            approved: stored.approved,
            used: stored.used,
            over_used: stored.over_used(),
        })
    }
}

/// Stores what an authorization allows; its row is held. What is used of it is no part of that.
pub(super) fn allow(work: &mut Work<'_>, after: &Authorization) -> Result<Authorization, Error> {
    let (first, last, codes) = (after.first_day.to_string(), after.last_day.to_string(), after.codes.stored());
    let follow_up = after.follow_up.map(|day| day.to_string());
    let sql = concat!(
        "UPDATE authorizations SET number = ?2, status = ?3, first_day = ?4, last_day = ?5, approved = ?6, modified = ?7, \
         follow_up = ?8, request_id = ?9, codes = ?10 WHERE id = ?1 RETURNING ",
        columns::authorization!()
    );
    let values = [
        after.id.0.into(),
        Field::maybe_text(after.number.as_deref()),
        after.status.word().into(),
        first.as_str().into(),
        last.as_str().into(),
        after.approved.into(),
        after.modified.into(),
        Field::maybe_text(follow_up.as_deref()),
        Field::maybe_int(after.request.map(|request| request.0)),
        codes.as_str().into(),
    ];
    Ok(work.tx.one(sql, &values, Authorization::read)?)
}
