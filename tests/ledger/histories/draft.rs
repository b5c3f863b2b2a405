//! Commands drawn at random, for what there is by then.

use std::collections::BTreeSet;

use proptest::prelude::*;

use rulebook::ledger::Outcome;

use crate::ledger::model::op::{
    Address, Amendment, Answer, Follows, Letter, Message, NewAuthorization, Opening, Party,
};
use crate::ledger::model::{Authorization, Model, Op, Request};

/// What no ledger has a row of.
const NOTHING: i64 = 1 << 40;

/// A command whose particulars are thrown once it is known what there is.
#[derive(Debug, Clone)]
pub struct Draft {
    which: u8,
    throws: Vec<u16>,
    pub key: Option<u8>,
}

pub fn draft() -> impl Strategy<Value = Draft> {
    let throws = proptest::collection::vec(any::<u16>(), 48);
    let key = proptest::option::weighted(0.25, 0u8..8);
    (0u8..64, throws, key).prop_map(|(which, throws, key)| Draft { which, throws, key })
}

impl Draft {
    /// The command that it is.
    pub fn op(&self, model: &Model) -> Op {
        let mut dice = Dice { throws: self.throws.iter(), model };
        match self.key.and_then(|key| model.remembered(key)) {
            Some(first) if !dice.rarely(4) => first.clone(),
            Some(_) | None => {
                let which = dice.sensible(self.which);
                dice.op(which)
            }
        }
    }
}

struct Dice<'a> {
    throws: std::slice::Iter<'a, u16>,
    model: &'a Model,
}

impl Dice<'_> {
    /// A number below another one.
    fn below(&mut self, end: u16) -> u16 {
        self.throws.next().copied().unwrap_or(0) % end
    }

    fn number(&mut self, end: u8) -> u8 {
        u8::try_from(self.below(u16::from(end))).unwrap()
    }

    /// Once in so many times.
    fn rarely(&mut self, times: u16) -> bool {
        self.below(times) == times - 1
    }

    fn maybe<T>(&mut self, times: u16, thing: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.rarely(times).then(|| thing(self))
    }

    fn units(&mut self) -> i64 {
        let among = [10_000, 1, 5_000, 25_000, 20_000, i64::from(self.below(60_000)), 0];
        among[usize::from(self.below(13)) % among.len()]
    }

    fn day(&mut self) -> i32 {
        i32::from(self.below(70)) - 5
    }

    /// Mostly the same period, so that there is something to meet.
    fn days(&mut self) -> (i32, i32) {
        match self.below(8) {
            0 => (self.day(), self.day()),
            1 => (10, 50),
            _ => (0, 60),
        }
    }

    fn set(&mut self, most: u16, of: u8) -> BTreeSet<u8> {
        (0..self.below(most + 1)).map(|_| self.number(of)).collect()
    }

    /// Mostly the member and the payer that most is for.
    fn party(&mut self) -> Party {
        let member = if self.rarely(12) { 1 + self.number(2) } else { 0 };
        Party { member, payer: u8::from(self.rarely(12)) }
    }

    /// One of these, rather one that is liked, and in a while one that isn't there.
    fn one(&mut self, all: &[i64], liked: &[i64]) -> i64 {
        let ids = if liked.is_empty() || self.rarely(4) { all } else { liked };
        match u16::try_from(ids.len()) {
            Ok(number) if number > 0 && !self.rarely(24) => ids[usize::from(self.below(number))],
            _ => NOTHING,
        }
    }

    fn authorization(&mut self, status: &str) -> i64 {
        let rows = &self.model.authorizations;
        let liked: Vec<i64> = rows.iter().filter(|(_, row)| row.status == status).map(|(id, _)| *id).collect();
        self.one(&rows.keys().copied().collect::<Vec<_>>(), &liked)
    }

    /// Rather one of the charge's member and payer.
    fn serving(&mut self, charge: u8) -> i64 {
        let party = self.model.charges.get(&charge).map(|row| row.party);
        let rows = &self.model.authorizations;
        let serves = |row: &Authorization| row.status == "ACTIVE" && Some(row.party) == party && row.codes.len() != 1;
        let liked: Vec<i64> = rows.iter().filter(|(_, row)| serves(row)).map(|(id, _)| *id).collect();
        self.one(&rows.keys().copied().collect::<Vec<_>>(), &liked)
    }

    fn request(&mut self, liked: impl Fn(&Request) -> bool) -> i64 {
        let rows = &self.model.requests;
        let liked: Vec<i64> = rows.iter().filter(|(_, row)| liked(row)).map(|(id, _)| *id).collect();
        self.one(&rows.keys().copied().collect::<Vec<_>>(), &liked)
    }

    fn document(&mut self) -> u8 {
        self.number(4)
    }

    fn letter(&mut self) -> Letter {
        Letter { writable: !self.rarely(12), due: self.maybe(2, |dice| i64::from(dice.day())) }
    }

    /// Mostly, what there is nothing for gives way to what makes it.
    fn sensible(&mut self, which: u8) -> u8 {
        let model = self.model;
        let active = model.authorizations.values().any(|row| row.status == "ACTIVE");
        let any = |liked: &dyn Fn(&Request) -> bool| model.requests.values().any(liked);
        let unsent = any(&|row| ["DRAFT", "REJECTED"].contains(&row.state));
        let waits = any(&|row| ["SUBMITTED", "APPEALED"].contains(&row.state));
        let denied = any(&|row| row.state == "ANSWERED" && row.is_denied());
        match which {
            _ if self.rarely(12) => which,
            12..=23 if model.charges.len() < 3 => 3,
            10..=19 | 24..=25 | 30..=31 if !active => 9,
            20..=21 if model.attachments.is_empty() => 14,
            29 if model.authorizations.is_empty() => 26,
            32..=33 | 62 if !unsent && !denied => 26,
            34 | 61 if !any(&|row| row.state == "APPEALED") => 54,
            35..=41 | 59..=60 if !unsent => 26,
            42..=53 if !waits && unsent => 35,
            42..=53 if !waits => 26,
            54..=58 if !denied && waits => 49,
            _ => which,
        }
    }

    fn op(&mut self, which: u8) -> Op {
        let charge = self.charge();
        match which {
            0 => Op::AddMember { member: self.number(3) },
            1..=2 => Op::AmendMember {
                member: if self.rarely(6) { 1 + self.number(2) } else { 0 },
                last_name: self.maybe(2, |dice| dice.number(3)),
                born: self.maybe(3, Self::day),
                sex: self.maybe(3, |dice| dice.number(2)),
                subscriber: self.maybe(3, |dice| dice.number(3)),
            },
            3..=6 => Op::AddCharge {
                charge: self.number(6),
                party: self.party(),
                units: self.units(),
                day: self.day(),
                code: self.number(4),
                required: !self.rarely(4),
            },
            7..=9 => Op::AddAuthorization(NewAuthorization {
                party: self.party(),
                number: self.number(6),
                approved: self.units() * 3,
                days: self.days(),
                codes: if self.rarely(2) { self.set(3, 4) } else { BTreeSet::new() },
                document: self.maybe(3, Self::document),
            }),
            10..=11 => Op::Amend(Amendment {
                authorization: self.authorization("ACTIVE"),
                number: self.maybe(4, |dice| dice.number(6)),
                approved: if self.rarely(4) { Some(1) } else { self.maybe(2, Self::units) },
                first: self.maybe(6, Self::day),
                last: self.maybe(4, Self::day),
                codes: self.maybe(4, |dice| dice.set(3, 4)),
                document: self.maybe(3, Self::document),
            }),
            12..=19 => Op::Attach { charge, authorization: self.serving(charge) },
            20..=21 => {
                let rows = &self.model.attachments;
                let open: Vec<i64> =
                    rows.iter().filter(|(_, row)| row.reverses.is_none() && !row.reversed).map(|(id, _)| *id).collect();
                Op::Reverse { attachment: self.one(&rows.keys().copied().collect::<Vec<_>>(), &open) }
            }
            22..=23 => Op::Validate { charge },
            24 => Op::FollowUp { authorization: self.authorization("PENDING"), on: self.maybe(2, Self::day) },
            25 => Op::Cancel { authorization: self.authorization("ACTIVE") },
            26..=34 | 61..=62 => Op::Open(self.opening(which)),
            35..=41 => {
                let request = self.request(|row| ["DRAFT", "REJECTED"].contains(&row.state));
                self.sending(request)
            }
            // once more
            43 => {
                let request =
                    self.request(|row| row.state == "SUBMITTED" && row.next_retry.is_some_and(|next| next <= 0));
                self.sending(request)
            }
            42 => {
                let all: Vec<i64> = self.model.transmissions.keys().copied().collect();
                Op::MarkWritten { transmission: self.one(&all, &[]) }
            }
            44..=48 => {
                let faulty = self.rarely(12);
                let answers = match (faulty, self.below(6)) {
                    (true, 1..) | (false, 1) => 0,
                    (false, 0) => 2,
                    _ => 1,
                };
                Op::Receive {
                    content: self.number(12),
                    faulty,
                    answers: (0..answers).map(|_| (self.address(), self.answer())).collect(),
                    attach: self.rarely(2),
                }
            }
            49..=53 => Op::Determine {
                request: self.request(|row| ["SUBMITTED", "APPEALED"].contains(&row.state)),
                answer: self.answer(),
                document: self.maybe(3, Self::document),
                attach: self.rarely(2),
            },
            54..=58 => Op::Appeal {
                request: self.request(|row| row.state == "ANSWERED" && row.is_denied()),
                day: self.day(),
                document: self.maybe(3, Self::document),
                message: self.maybe(2, |dice| Message {
                    immediate: dice.rarely(3),
                    documents: dice.set(2, 4).into_iter().collect(),
                    letter: dice.letter(),
                }),
            },
            59..=60 => Op::Withdraw { request: self.request(|row| row.state == "DRAFT") },
            _ => Op::FileDocument {
                authorization: self.authorization("ACTIVE"),
                request: self.maybe(2, |dice| dice.request(|row| row.state == "DRAFT")),
                document: self.document(),
            },
        }
    }

    /// Mostly in the way in which the request goes out.
    fn sending(&mut self, request: i64) -> Op {
        let by_hand = self.model.requests.get(&request).is_some_and(|row| row.by_hand);
        let (anew, letter) = (!self.rarely(3), self.letter());
        match by_hand == self.rarely(16) {
            true => Op::Submit { request, anew, letter },
            false => Op::SendByHand { request, anew, due: letter.due },
        }
    }

    fn opening(&mut self, which: u8) -> Opening {
        let follows = match which {
            26..=28 => Follows::Nothing,
            29 => Follows::Anew(self.authorization("DENIED")),
            30 => Follows::Renews(self.authorization("ACTIVE")),
            31 => Follows::Extends(self.authorization("ACTIVE")),
            32..=33 | 62 => Follows::Corrects(self.request(|row| {
                row.state == "DRAFT" || row.state == "REJECTED" || row.state == "ANSWERED" && row.is_denied()
            })),
            _ => Follows::Appeals { request: self.request(|row| row.state == "APPEALED"), immediate: self.rarely(3) },
        };
        let earlier = match follows {
            Follows::Corrects(id) | Follows::Appeals { request: id, .. } => self.model.requests.get(&id),
            _ => None,
        };
        let followed = match follows {
            Follows::Anew(id) | Follows::Renews(id) | Follows::Extends(id) => Some(id),
            _ => earlier.map(|row| row.authorization),
        };
        let authorization = followed.and_then(|id| self.model.authorizations.get(&id));
        let known = authorization.filter(|_| !self.rarely(12)).map(|row| row.party);
        // a correction often asks for the same, in which case it is another kind of correction
        let same = earlier.filter(|_| !self.rarely(2));
        Opening {
            party: known.unwrap_or_else(|| self.party()),
            follows,
            units: same.map_or_else(|| self.units(), |row| row.units),
            days: same.map_or_else(|| self.days(), |row| row.days),
            codes: same
                .map_or_else(|| if self.rarely(2) { self.set(3, 4) } else { BTreeSet::new() }, |row| row.codes.clone()),
            charges: same.map_or_else(|| self.charges(followed), |row| row.charges.clone()),
            by_hand: self.rarely(4),
            although_asked: self.rarely(2),
            approval: self.maybe(3, |dice| dice.number(3)),
            trace: self.maybe(8, |dice| format!("t{}", dice.number(4))),
            reference: self.maybe(8, |dice| format!("t{}", dice.number(4))),
            documents: self.set(2, 4).into_iter().collect(),
            trial: self.maybe(2, |dice| !dice.rarely(6)),
        }
    }

    /// Mostly one that there is.
    fn charge(&mut self) -> u8 {
        let there: Vec<u8> = self.model.charges.keys().copied().collect();
        match u16::try_from(there.len()) {
            Ok(number) if number > 0 && !self.rarely(4) => there[usize::from(self.below(number))],
            _ => self.number(6),
        }
    }

    /// Mostly charges that there are, and often those of another request, rather of one for what is followed on.
    fn charges(&mut self, follows: Option<i64>) -> BTreeSet<u8> {
        let rows = || self.model.requests.values().filter(|row| !row.charges.is_empty());
        let charges = |row: &Request| row.charges.clone();
        let mut asked: Vec<BTreeSet<u8>> =
            rows().filter(|row| Some(row.authorization) == follows).map(charges).collect();
        if asked.is_empty() {
            asked = rows().map(charges).collect();
        }
        match u16::try_from(asked.len()) {
            Ok(number) if number > 0 && self.rarely(2) => return asked[usize::from(self.below(number))].clone(),
            _ => {}
        }
        let there = |charge: &u8| self.model.charges.contains_key(charge);
        let drawn = self.set(3, 6);
        if self.rarely(12) { drawn } else { drawn.into_iter().filter(there).collect() }
    }

    fn address(&mut self) -> Address {
        let id = self.request(|row| ["SUBMITTED", "APPEALED"].contains(&row.state));
        let row = self.model.requests.get(&id);
        let control = self.model.transmissions.values().find(|sent| sent.request == id).map(|sent| sent.control);
        let nobody = || Some("nobody".to_owned());
        let (trace, reference) = (row.map(|row| row.trace.clone()), row.map(|row| row.reference.clone()));
        match self.below(8) {
            0 => Address { trace: None, reference, control: None },
            1 => Address { trace: nobody(), reference: nobody(), control },
            2 => Address { trace: None, reference: None, control },
            _ => Address { trace, reference: None, control: None },
        }
    }

    fn answer(&mut self) -> Answer {
        let often = [Outcome::Denied, Outcome::Approved, Outcome::Denied, Outcome::Rejected];
        let outcome = match self.below(2) {
            0 => often[usize::from(self.below(4))],
            _ => Outcome::ALL[usize::from(self.below(u16::try_from(Outcome::ALL.len()).unwrap()))],
        };
        Answer {
            outcome,
            modified: self.rarely(3),
            correctable: !self.rarely(3),
            number: self.maybe(4, |dice| dice.number(6)),
            units: self.maybe(3, Self::units),
            first: self.maybe(8, Self::day),
            last: self.maybe(8, Self::day),
            codes: self.maybe(6, |dice| dice.set(2, 4)),
            review: self.maybe(4, |dice| dice.number(3)),
            issued: self.maybe(2, |dice| i64::from(dice.day())),
            follow_up: self.maybe(4, Self::day),
            appeal_by: self.maybe(4, Self::day),
            next_retry: self.maybe(2, |dice| i64::from(dice.day())),
        }
    }
}
