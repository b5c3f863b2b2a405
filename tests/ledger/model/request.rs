//! Requests to payers, and the messages that hold them.

use std::collections::BTreeSet;

use rulebook::ledger::Outcome;

use super::op::Letter;
use super::told::Told;
use super::{Model, Word, check};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub authorization: i64,
    pub charges: BTreeSet<u8>,
    pub by_hand: bool,
    pub approval: Option<u8>,
    pub units: i64,
    pub days: (i32, i32),
    pub codes: BTreeSet<u8>,
    pub trace: String,
    pub reference: String,
    pub purpose: Word,
    /// What it corrects or appeals.
    pub earlier: Option<i64>,
    pub state: Word,
    pub attempts: u32,
    pub next_retry: Option<i64>,
    pub due: Option<i64>,
    pub outcome: Option<Outcome>,
    pub modified: bool,
    pub correctable: bool,
    pub appeal_by: Option<i32>,
    pub review: Option<u8>,
    /// Whether the answer that stands settles it, when that was issued, and its place among those that arrived.
    pub standing: Option<(bool, i64, usize)>,
}

impl Request {
    pub fn is_appeal(&self) -> bool {
        ["APPEAL", "IMMEDIATE_APPEAL"].contains(&self.purpose)
    }

    pub fn is_denied(&self) -> bool {
        self.outcome == Some(Outcome::Denied)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmission {
    pub request: i64,
    pub control: u32,
    pub written: bool,
}

impl Model {
    pub fn request(&self, id: i64) -> Result<&Request, Word> {
        self.requests.get(&id).ok_or("unknown_request")
    }

    pub fn asked(&mut self, id: i64) -> &mut Request {
        self.requests.get_mut(&id).unwrap()
    }

    pub fn submit(&mut self, id: i64, anew: bool, letter: Letter, made: i64) -> Result<Told, Word> {
        self.may_go_out(id, anew)?;
        self.send(id, letter, made)
    }

    /// Notes that what no message carries was asked.
    pub fn send_by_hand(&mut self, id: i64, anew: bool, due: Option<i64>) -> Result<Told, Word> {
        check(!self.request(id)?.by_hand, "wrong_way")?;
        self.may_go_out(id, anew)?;
        self.go_out(id, due)?;
        Ok(Told::default())
    }

    fn may_go_out(&self, id: i64, anew: bool) -> Result<(), Word> {
        let row = self.request(id)?;
        match row.state {
            "DRAFT" | "REJECTED" => Ok(()),
            // it is the year's second of March, nine o'clock
            "SUBMITTED" => check(!anew && row.next_retry.is_none_or(|next| next > 0), "already_sent"),
            _ => Err("wrong_state"),
        }
    }

    /// Writes its message down.
    pub fn send(&mut self, id: i64, letter: Letter, made: i64) -> Result<Told, Word> {
        check(self.request(id)?.by_hand, "wrong_way")?;
        self.go_out(id, letter.due)?;
        check(!letter.writable, "unwritable")?;
        self.control += 1;
        let control = self.control;
        assert!(self.transmissions.insert(made, Transmission { request: id, control, written: false }).is_none());
        Ok(Told { control: Some(control), ..Told::default() })
    }

    /// The payer has it, in whatever way, and what it corrects or appeals makes way for it.
    fn go_out(&mut self, id: i64, due: Option<i64>) -> Result<(), Word> {
        self.take_place(id)?;
        self.stand(id, "APPEALED");
        let row = self.asked(id);
        (row.state, row.next_retry, row.due) = ("SUBMITTED", None, row.due.or(due));
        row.attempts += 1;
        Ok(())
    }

    /// What corrects another request, or asks for the same once more, is the request for its authorization once it is sent.
    fn take_place(&mut self, id: i64) -> Result<(), Word> {
        let row = self.requests[&id].clone();
        let newest = self.authorizations[&row.authorization].request;
        if row.state != "DRAFT" || newest == Some(id) {
            return Ok(());
        }
        match row.earlier {
            None => {
                self.in_status(row.authorization, &["PENDING", "DENIED", "CANCELLED"])?;
            }
            Some(earlier) => {
                check(newest.is_some_and(|newest| newest != earlier), "not_newest")?;
                self.can_be_corrected(earlier)?;
                if self.requests[&earlier].state == "REJECTED" {
                    self.give_up(earlier);
                }
            }
        }
        let authorization = self.grant(row.authorization);
        authorization.request = Some(id);
        if !row.is_appeal() {
            (authorization.status, authorization.follow_up) = ("PENDING", None);
            (authorization.days, authorization.codes) = (row.days, row.codes);
        }
        Ok(())
    }

    /// Of what was denied, or rejected in a way that can be corrected, while the payer has granted nothing.
    pub fn can_be_corrected(&self, id: i64) -> Result<(), Word> {
        let row = self.request(id)?;
        match row.state {
            "ANSWERED" if row.is_denied() => {}
            "REJECTED" => check(!row.correctable, "not_correctable")?,
            _ => return Err("wrong_state"),
        }
        self.in_status(row.authorization, &["PENDING", "DENIED", "CANCELLED"]).map(|_| ())
    }

    pub fn give_up(&mut self, id: i64) {
        let row = self.asked(id);
        (row.state, row.next_retry) = ("GIVEN_UP", None);
    }

    pub fn mark_written(&mut self, id: i64) -> Result<Told, Word> {
        let row = self.transmissions.get_mut(&id).ok_or("unknown_transmission")?;
        Ok(Told { yes: std::mem::replace(&mut row.written, true), ..Told::default() })
    }

    /// What was never asked for is cancelled.
    pub fn withdraw(&mut self, id: i64) -> Result<Told, Word> {
        check(self.request(id)?.state != "DRAFT", "wrong_state")?;
        self.give_up(id);
        let authorization = self.requests[&id].authorization;
        let mut others = self.requests.values().filter(|row| row.authorization == authorization);
        let asked = others.any(|row| row.state == "DRAFT" || row.attempts > 0);
        let authorization = self.grant(authorization);
        if authorization.status == "PENDING" && !asked {
            authorization.status = "CANCELLED";
        }
        Ok(Told { word: Some(authorization.status), ..Told::default() })
    }
}
