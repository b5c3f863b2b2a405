//! Entering an authorization by hand.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{Authorization, AuthorizationId, Codes, Entity, Error, Kind, Units, columns, text};
use super::Command;

/// Enters an authorization that the payer gave by letter, fax, telephone or portal. It is active at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddAuthorization {
    /// Whom it is for.
    pub member: String,
    /// Whose it is.
    pub payer: String,
    /// The payer's number.
    pub number: String,
    /// The first day of service.
    pub first_day: NaiveDate,
    /// The last.
    pub last_day: NaiveDate,
    /// How many units.
    pub approved: Units,
    /// Which codes; empty if all.
    pub codes: Codes,
    /// What shows that the payer gave it.
    pub document: Option<NewDocument>,
}

/// An authorization was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorized {
    /// Its id.
    pub authorization: AuthorizationId,
}

impl Command for AddAuthorization {
    const NAME: &'static str = "add_authorization";
    type Answer = Authorized;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Authorized, Error> {
        text::short("payer", &self.payer)?;
        text::short("number", &self.number)?;
        text::period(self.first_day, self.last_day)?;
        work.member(&self.member)?;
        work.number_is_free(&self.payer, &self.number, None)?;
        let (first, last, codes) = (self.first_day.to_string(), self.last_day.to_string(), self.codes.stored());
        let sql = concat!(
            "INSERT INTO authorizations (member, payer, number, status, first_day, last_day, approved, used, modified, codes) \
             VALUES (?1, ?2, ?3, 'ACTIVE', ?4, ?5, ?6, 0, 0, ?7) RETURNING ",
            columns::authorization!()
        );
        let values = [
            self.member.as_str().into(),
            self.payer.as_str().into(),
            self.number.as_str().into(),
            first.as_str().into(),
            last.as_str().into(),
            self.approved.into(),
            codes.as_str().into(),
        ];
        let added = work.tx.one(sql, &values, Authorization::read)?;
        let entity = Entity::new(Kind::Authorization, added.id);
        if let Some(document) = &self.document {
            work.file(document, &entity)?;
        }
        work.note(entity, Self::NAME, &Detail { document: self.document.as_ref() }, &added)?;
        Ok(Authorized { authorization: added.id })
    }
}

#[derive(Serialize)]
struct Detail<'a> {
    document: Option<&'a NewDocument>,
}
