//! Correcting what is known of a member.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::store::Field;
use super::super::work::Work;
use super::super::{Entity, Error, Kind, Member, Refusal, columns, text};
use super::Command;

/// Corrects what is known of a member; what is absent stays. What was sent stays as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmendMember {
    /// The member's id, which stays.
    pub id: String,
    /// Their family name.
    pub last_name: Option<String>,
    /// Their other names.
    pub first_name: Option<String>,
    /// When they were born.
    pub born: Option<NaiveDate>,
    /// Their sex, in the payer's word.
    pub sex: Option<String>,
    /// The payer's identifier of them.
    pub subscriber: Option<String>,
}

/// A member was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAmended {
    /// The member's id.
    pub member: String,
}

impl Command for AmendMember {
    const NAME: &'static str = "amend_member";
    type Answer = MemberAmended;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<MemberAmended, Error> {
        text::maybe_short("last name", self.last_name.as_deref())?;
        text::maybe_short("first name", self.first_name.as_deref())?;
        text::maybe_short("sex", self.sex.as_deref())?;
        text::maybe_short("subscriber", self.subscriber.as_deref())?;
        self.born.map(text::day).transpose()?;
        let before = work.member(&self.id)?;
        let born = self.born.map(|day| day.to_string());
        // what is absent is left as the row has it, not as it was read: two may correct different things at once
        let sql = concat!(
            "UPDATE members SET last_name = coalesce(?2, last_name), first_name = coalesce(?3, first_name), \
             born = coalesce(?4, born), sex = coalesce(?5, sex), subscriber = coalesce(?6, subscriber) \
             WHERE id = ?1 RETURNING ",
            columns::member!()
        );
        let values = [
            self.id.as_str().into(),
            Field::maybe_text(self.last_name.as_deref()),
            Field::maybe_text(self.first_name.as_deref()),
            Field::maybe_text(born.as_deref()),
            Field::maybe_text(self.sex.as_deref()),
            Field::maybe_text(self.subscriber.as_deref()),
        ];
        let after = work.tx.one(sql, &values, Member::read)?;
        if after == before {
            return Err(Refusal::NothingToChange.into());
        }
        work.note(Entity::new(Kind::Member, &self.id), Self::NAME, self, &after)?;
        Ok(MemberAmended { member: self.id.clone() })
    }
}
