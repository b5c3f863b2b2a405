//! Adding a charge.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{Charge, Entity, Error, Kind, Refusal, Units, codes, columns, text};
use super::Command;

/// Adds a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddCharge {
    /// The id that the organisation gave it.
    pub id: String,
    /// Whom it is for.
    pub member: String,
    /// Who is to pay.
    pub payer: String,
    /// The date of service.
    pub day: NaiveDate,
    /// The procedure code.
    pub code: String,
    /// How much of it, more than none.
    pub units: Units,
    /// Whether it needs an authorization, by the policy.
    pub auth_required: bool,
    /// What else is known of it, filed with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<NewDocument>,
}

/// A charge was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeAdded {
    /// The charge's id.
    pub charge: String,
    /// Whether it needs an authorization.
    pub auth_required: bool,
}

impl Command for AddCharge {
    const NAME: &'static str = "add_charge";
    type Answer = ChargeAdded;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<ChargeAdded, Error> {
        text::short("id", &self.id)?;
        text::short("payer", &self.payer)?;
        codes::checked(&self.code)?;
        text::day(self.day)?;
        if self.units == Units::ZERO {
            return Err(Refusal::NoUnits.into());
        }
        work.member(&self.member)?;
        let day = self.day.to_string();
        let sql = concat!(
            "INSERT INTO charges (",
            columns::charge!(),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, NULL, NULL) ON CONFLICT DO NOTHING RETURNING ",
            columns::charge!()
        );
        let values = [
            self.id.as_str().into(),
            self.member.as_str().into(),
            self.payer.as_str().into(),
            day.as_str().into(),
            self.code.as_str().into(),
            self.units.into(),
            self.auth_required.into(),
        ];
        let charge = work.tx.first(sql, &values, Charge::read)?;
        let charge = charge.ok_or_else(|| Refusal::ChargeExists { charge: self.id.clone() })?;
        let entity = Entity::new(Kind::Charge, &self.id);
        if let Some(document) = &self.document {
            work.file(document, &entity)?;
        }
        work.note(entity, Self::NAME, &self.document, &charge)?;
        Ok(ChargeAdded { charge: self.id.clone(), auth_required: self.auth_required })
    }
}
