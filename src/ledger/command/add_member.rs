//! Adding a member.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::store::Field;
use super::super::work::Work;
use super::super::{Entity, Error, Kind, Member, Refusal, columns, text};
use super::Command;

/// Adds a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddMember {
    /// The id that the organisation gave them.
    pub id: String,
    /// Their family name.
    pub last_name: String,
    /// Their other names.
    pub first_name: String,
    /// When they were born.
    pub born: Option<NaiveDate>,
    /// Their sex, in the payer's word.
    pub sex: Option<String>,
    /// The payer's identifier of them, if it is not their id.
    pub subscriber: Option<String>,
}

/// A member was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAdded {
    /// The member's id.
    pub member: String,
}

impl Command for AddMember {
    const NAME: &'static str = "add_member";
    type Answer = MemberAdded;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<MemberAdded, Error> {
        text::short("id", &self.id)?;
        text::short("last name", &self.last_name)?;
        text::short("first name", &self.first_name)?;
        text::maybe_short("sex", self.sex.as_deref())?;
        text::maybe_short("subscriber", self.subscriber.as_deref())?;
        self.born.map(text::day).transpose()?;
        let born = self.born.map(|day| day.to_string());
        let sql = concat!(
            "INSERT INTO members (",
            columns::member!(),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING RETURNING ",
            columns::member!()
        );
        let values = [
            self.id.as_str().into(),
            self.last_name.as_str().into(),
            self.first_name.as_str().into(),
            Field::maybe_text(born.as_deref()),
            Field::maybe_text(self.sex.as_deref()),
            Field::maybe_text(self.subscriber.as_deref()),
        ];
        let member = work.tx.first(sql, &values, Member::read)?;
        let member = member.ok_or_else(|| Refusal::MemberExists { member: self.id.clone() })?;
        work.note(Entity::new(Kind::Member, &self.id), Self::NAME, &(), &member)?;
        Ok(MemberAdded { member: self.id.clone() })
    }
}
