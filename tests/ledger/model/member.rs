//! Members, and what is known of them.

use super::told::Told;
use super::{Model, Word};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// As it was corrected; none if it is as it was entered.
    pub last_name: Option<u8>,
    pub born: Option<i32>,
    pub sex: Option<u8>,
    pub subscriber: Option<u8>,
}

impl Model {
    pub fn member(&self, member: u8) -> Result<&Member, Word> {
        self.members.get(&member).ok_or("unknown_member")
    }

    pub fn add_member(&mut self, member: u8) -> Result<Told, Word> {
        match self.members.insert(member, Member::default()) {
            None => Ok(Told::default()),
            Some(_) => Err("member_exists"),
        }
    }

    /// What is absent stays.
    pub fn amend_member(&mut self, member: u8, change: Member) -> Result<Told, Word> {
        let before = self.member(member)?.clone();
        let after = Member {
            last_name: change.last_name.or(before.last_name),
            born: change.born.or(before.born),
            sex: change.sex.or(before.sex),
            subscriber: change.subscriber.or(before.subscriber),
        };
        if after == before {
            return Err("nothing_to_change");
        }
        self.members.insert(member, after);
        Ok(Told::default())
    }
}
