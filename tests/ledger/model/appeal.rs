//! Appeals: what they have stand as appealed.

use super::op::{Follows, Message, Opening};
use super::told::{Made, Told};
use super::{Filed, Model, Word, check};

impl Model {
    pub fn appeal(
        &mut self,
        id: i64,
        day: i32,
        document: Option<u8>,
        message: Option<&Message>,
        made: &Made,
    ) -> Result<Told, Word> {
        let denied = self.request(id)?.clone();
        check(denied.state != "ANSWERED" || !denied.is_denied(), "wrong_state")?;
        check(denied.appeal_by.is_some_and(|by| by < day), "appeal_too_late")?;
        let authorization = self.authorization(denied.authorization)?;
        check(authorization.request.is_some_and(|newest| newest != id), "not_newest")?;
        let party = authorization.party;
        self.asked(id).state = "APPEALED";
        self.file(Filed::Request(id), document);
        let Some(message) = message else { return Ok(Told::default()) };
        let opening = Opening {
            party,
            follows: Follows::Appeals { request: id, immediate: message.immediate },
            units: denied.units,
            days: denied.days,
            codes: denied.codes,
            charges: denied.charges,
            by_hand: denied.by_hand,
            although_asked: true,
            approval: denied.approval,
            trace: None,
            reference: None,
            trial: None,
            documents: message.documents.clone(),
        };
        self.open(&opening, made)?;
        self.send(made.request, message.letter, made.transmission)
    }

    /// The denials that a request appeals, the nearest first.
    pub fn appealed_by(&self, id: i64) -> Vec<i64> {
        let row = &self.requests[&id];
        match row.earlier.filter(|_| row.is_appeal()) {
            None => Vec::new(),
            Some(earlier) => [vec![earlier], self.appealed_by(earlier)].concat(),
        }
    }

    /// Has what a request appeals stand as appealed, or as answered again.
    pub fn stand(&mut self, id: i64, to: Word) {
        let from = if to == "APPEALED" { "ANSWERED" } else { "APPEALED" };
        for earlier in self.appealed_by(id) {
            let row = self.asked(earlier);
            if row.state == from && row.is_denied() {
                row.state = to;
            }
        }
    }
}
