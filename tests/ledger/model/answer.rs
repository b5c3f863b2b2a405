//! What payers answer, and what comes of it.

use std::collections::{BTreeMap, BTreeSet};

use rulebook::ledger::Outcome;

use super::op::{Address, Answer};
use super::told::{Came, Made, Terms, Told};
use super::{Filed, Model, Word, check};

/// A content that was received: whether it could be read, and the places of the answers that were applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    pub faulty: bool,
    pub applied: BTreeSet<usize>,
}

fn settles(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Approved | Outcome::Denied | Outcome::Cancelled | Outcome::NotRequired)
}

impl Model {
    /// Each content is taken once, and each of its answers is applied once.
    pub fn receive(
        &mut self,
        content: u8,
        faulty: bool,
        answers: &[(Address, Answer)],
        attach: bool,
        made: &Made,
    ) -> Result<Told, Word> {
        let known = self.contents.get(&content).cloned();
        // what could not be read before, and can be now, is as good as new
        let again = known.as_ref().is_some_and(|known| !known.faulty || faulty);
        check(faulty && !answers.is_empty(), "faulty_message")?;
        let mut stored = match known {
            Some(known) if again => known,
            Some(_) | None => Content { faulty, applied: BTreeSet::new() },
        };
        let mut told = Told { yes: again, ..Told::default() };
        for (place, (address, answer)) in answers.iter().enumerate() {
            if stored.applied.contains(&place) {
                continue;
            }
            let came = self.addressee(address).ok_or("no_request").and_then(|id| {
                let before = self.clone();
                self.determine(id, answer, attach, made).inspect_err(|_| *self = before)
            });
            match came {
                Ok(came) => {
                    stored.applied.insert(place);
                    told.determined.push(came);
                }
                Err(word) => told.unmatched.push((place, word)),
            }
        }
        self.contents.insert(content, stored);
        Ok(told)
    }

    /// The request that has the trace; else the reference; else the one that lay in our message of that number. A partner
    /// answers nothing that did not go to it.
    fn addressee(&self, address: &Address) -> Option<i64> {
        let mut sent = self.requests.iter().filter(|(_, row)| !row.by_hand);
        let by_trace = sent.clone().find(|(_, row)| Some(&row.trace) == address.trace.as_ref());
        let by_reference = sent.find(|(_, row)| Some(&row.reference) == address.reference.as_ref());
        let by_control = self.transmissions.values().find(|row| Some(row.control) == address.control);
        by_trace.or(by_reference).map(|(id, _)| *id).or(by_control.map(|row| row.request))
    }

    /// An answer by telephone or letter, with what shows it.
    pub fn answer(
        &mut self,
        id: i64,
        answer: &Answer,
        document: Option<u8>,
        attach: bool,
        made: &Made,
    ) -> Result<Told, Word> {
        let came = self.determine(id, answer, attach, made)?;
        self.file(Filed::Request(id), document);
        Ok(Told { determined: vec![came], ..Told::default() })
    }

    fn determine(&mut self, id: i64, answer: &Answer, attach: bool, made: &Made) -> Result<Came, Word> {
        let row = self.request(id)?.clone();
        // nobody answers what nobody was asked
        check(row.attempts == 0, "wrong_state")?;
        let days = (answer.first.unwrap_or(row.days.0), answer.last.unwrap_or(row.days.1));
        check(days.0 > days.1, "period_backwards")?;
        if let Some(number) = answer.number {
            let payer = self.authorizations[&row.authorization].party.payer;
            self.number_is_free(payer, number, Some(row.authorization))?;
        }
        self.arrived += 1;
        let rank = Some((settles(answer.outcome), answer.issued.unwrap_or(0), self.arrived));
        let stands = rank > row.standing;
        let counts = stands && self.counts(id);
        if stands {
            self.settle(id, answer, rank);
            match self.requests[&id].state {
                "SUBMITTED" if counts => self.stand(id, "APPEALED"),
                "SUBMITTED" | "APPEALED" => {}
                _ => self.stand(id, "ANSWERED"),
            }
        }
        let mut came = Came {
            request: id,
            authorization: row.authorization,
            stands: counts,
            status: self.authorizations[&row.authorization].status,
            flagged: BTreeSet::new(),
            attached: BTreeSet::new(),
            not_attached: BTreeMap::new(),
            offered: BTreeSet::new(),
            modified: None,
        };
        if counts {
            let asked = Terms { units: row.units, days: row.days, codes: row.codes.clone() };
            self.decide(answer, days, asked, &row.charges, &mut came);
            if answer.outcome == Outcome::Approved {
                self.serve(&row.charges, attach, made, &mut came);
            }
        }
        Ok(came)
    }

    /// Whether what is answered to a request holds for its authorization: there is no newer one, but for appeals of it of which
    /// the last is not decided.
    fn counts(&self, id: i64) -> bool {
        let Some(newest) = self.authorizations[&self.requests[&id].authorization].request else { return false };
        let decided = self.requests[&newest].outcome.is_some_and(settles);
        newest == id || !decided && self.appealed_by(newest).contains(&id)
    }

    fn settle(&mut self, id: i64, answer: &Answer, rank: Option<(bool, i64, usize)>) {
        // while an appeal of it is with the payer, a denial is appealed, however often the payer sends it
        let appeals = |other: i64| self.requests[&other].state == "SUBMITTED" && self.appealed_by(other).contains(&id);
        let appealed = answer.outcome == Outcome::Denied && self.requests.keys().any(|other| appeals(*other));
        let row = self.asked(id);
        row.state = match answer.outcome {
            _ if appealed => "APPEALED",
            outcome if settles(outcome) => "ANSWERED",
            Outcome::Rejected => "REJECTED",
            _ => "SUBMITTED",
        };
        (row.standing, row.outcome) = (rank, Some(answer.outcome));
        (row.modified, row.correctable) = (answer.modified, answer.correctable);
        (row.next_retry, row.appeal_by) = (answer.next_retry, answer.appeal_by);
        row.review = answer.review.or(row.review);
    }

    /// What becomes of the authorization, and of the charges with it.
    fn decide(&mut self, answer: &Answer, days: (i32, i32), asked: Terms, charges: &BTreeSet<u8>, came: &mut Came) {
        let row = self.grant(came.authorization);
        let before = row.status;
        row.follow_up = answer.follow_up.or(row.follow_up.filter(|_| !settles(answer.outcome)));
        row.number = answer.number.or(row.number);
        match answer.outcome {
            Outcome::Approved => {
                (row.status, row.approved, row.days) = ("ACTIVE", answer.units.unwrap_or(asked.units), days);
                (row.codes, row.modified) = (answer.codes.clone().unwrap_or(asked.codes.clone()), answer.modified);
                let granted = Terms { units: row.approved, days, codes: row.codes.clone() };
                came.modified = answer.modified.then_some((granted, asked));
            }
            Outcome::Denied => row.status = "DENIED",
            Outcome::Cancelled => row.status = "CANCELLED",
            Outcome::NotRequired => row.status = "NOT_REQUIRED",
            _ => {}
        }
        came.status = row.status;
        if before == "NOT_REQUIRED" && came.status != before {
            self.excuse(charges, false);
        }
        match came.status {
            "DENIED" | "CANCELLED" => came.flagged = self.flag(came.authorization, came.status),
            "ACTIVE" => self.clear(came.authorization),
            "NOT_REQUIRED" => self.excuse(charges, true),
            _ => {}
        }
    }

    /// The charges from which the request came are attached to what was approved, or offered.
    fn serve(&mut self, charges: &BTreeSet<u8>, attach: bool, made: &Made, came: &mut Came) {
        for charge in charges {
            let number = made.attachments.get(charge).copied().unwrap_or(-i64::from(*charge));
            match self.obstacle(*charge, came.authorization) {
                Ok(()) if attach => {
                    self.attach(*charge, came.authorization, number).unwrap();
                    came.attached.insert(*charge);
                }
                Ok(()) => {
                    came.offered.insert(*charge);
                }
                Err(_) if !attach || self.charges[charge].authorization == Some(came.authorization) => {}
                Err(word) => {
                    came.not_attached.insert(*charge, word);
                }
            }
        }
    }
}
