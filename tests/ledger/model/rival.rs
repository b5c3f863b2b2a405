//! What keeps a request from standing beside others.

use super::op::{Follows, Opening};
use super::request::Request;
use super::{Model, Word, check};

impl Request {
    /// Whether somebody still has to send or to answer it: a rejected one only if it is sent again by itself.
    fn is_open(&self) -> bool {
        match self.state {
            "DRAFT" | "SUBMITTED" | "APPEALED" => true,
            "REJECTED" => self.next_retry.is_some(),
            _ => false,
        }
    }
}

impl Model {
    /// An approval of the house serves one authorization, and of that one request at a time unless one follows on the other;
    /// who gave a request up has its approval back.
    pub fn approval_is_free(&self, new: &Opening, authorization: Option<i64>) -> Result<(), Word> {
        let rests = |row: &&Request| row.approval.is_some() && row.approval == new.approval && row.state != "GIVEN_UP";
        let again = |row: &Request| Some(row.authorization) == authorization;
        let taken = |row: &Request| match new.follows {
            Follows::Nothing | Follows::Renews(_) | Follows::Extends(_) => true,
            Follows::Anew(_) => !again(row) || row.is_open(),
            Follows::Corrects(_) | Follows::Appeals { .. } => !again(row),
        };
        check(self.requests.values().filter(rests).any(taken), "approval_used")
    }

    /// A charge is asked for once, but by what follows on the request that asks for it.
    pub fn charges_are_free(&self, new: &Opening, authorization: Option<i64>) -> Result<(), Word> {
        let followed = match new.follows {
            Follows::Nothing | Follows::Anew(_) => None,
            Follows::Renews(id) | Follows::Extends(id) => Some(id),
            Follows::Corrects(_) | Follows::Appeals { .. } => authorization,
        };
        let asks = |row: &Request| !row.charges.is_disjoint(&new.charges) && Some(row.authorization) != followed;
        let asked = self.requests.values().any(|row| row.is_open() && asks(row));
        check(asked && !new.although_asked, "already_asked")
    }
}
