//! A ledger in memory, one command after another: what the real one is held to. It is written from what is said of the
//! ledger, shares no code with it, and counts days from 1 March 2026, seconds from the moment at which all is done, and units
//! in ten-thousandths.

mod answer;
mod appeal;
mod attachment;
mod authorization;
mod charge;
mod member;
pub mod op;
mod opening;
mod request;
mod rival;
pub mod told;

use std::collections::BTreeMap;

pub use answer::Content;
pub use attachment::Attachment;
pub use authorization::Authorization;
pub use charge::Charge;
pub use member::Member;
pub use op::Op;
pub use request::{Request, Transmission};
pub use told::{Made, Told};

/// A word of a ledger: for a status, a state, a purpose or a refusal.
pub type Word = &'static str;

/// What documents are filed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filed {
    Authorization(i64),
    Request(i64),
}

#[derive(Debug, Clone)]
pub struct Model {
    pub members: BTreeMap<u8, Member>,
    pub charges: BTreeMap<u8, Charge>,
    pub authorizations: BTreeMap<i64, Authorization>,
    pub attachments: BTreeMap<i64, Attachment>,
    pub requests: BTreeMap<i64, Request>,
    pub transmissions: BTreeMap<i64, Transmission>,
    pub contents: BTreeMap<u8, Content>,
    /// The documents that are filed, in the order in which they were.
    pub filings: BTreeMap<Filed, Vec<u8>>,
    keys: BTreeMap<u8, Op>,
    arrived: usize,
    control: u32,
}

fn check(fails: bool, word: Word) -> Result<(), Word> {
    if fails { Err(word) } else { Ok(()) }
}

impl Model {
    /// One that knows one member.
    pub fn new() -> Model {
        Model {
            members: BTreeMap::from([(0, Member::default())]),
            charges: BTreeMap::new(),
            authorizations: BTreeMap::new(),
            attachments: BTreeMap::new(),
            requests: BTreeMap::new(),
            transmissions: BTreeMap::new(),
            contents: BTreeMap::new(),
            filings: BTreeMap::new(),
            keys: BTreeMap::new(),
            arrived: 0,
            control: 0,
        }
    }

    /// What a key says: nothing, that the command was done, or that another was.
    pub fn keyed(&self, key: u8, op: &Op) -> Result<bool, Word> {
        match self.keys.get(&key) {
            None => Ok(false),
            Some(first) if *first == op.said() => Ok(true),
            Some(_) => Err("key_reused"),
        }
    }

    /// What was done by a key.
    pub fn remembered(&self, key: u8) -> Option<&Op> {
        self.keys.get(&key)
    }

    pub fn remember(&mut self, key: u8, op: &Op) {
        self.keys.insert(key, op.said());
    }

    fn file(&mut self, with: Filed, document: Option<u8>) {
        self.filings.entry(with).or_default().extend(document);
    }

    /// Does a command, or refuses it and is left as it was. `made` has the numbers that the ledger gave.
    pub fn run(&mut self, op: &Op, made: &Made) -> Result<Told, Word> {
        let mut next = self.clone();
        let told = next.carry_out(op, made)?;
        *self = next;
        Ok(told)
    }

    fn carry_out(&mut self, op: &Op, made: &Made) -> Result<Told, Word> {
        match op.clone() {
            Op::AddMember { member } => self.add_member(member),
            Op::AmendMember { member, last_name, born, sex, subscriber } => {
                self.amend_member(member, Member { last_name, born, sex, subscriber })
            }
            Op::AddCharge { charge, party, units, day, code, required } => {
                let (validated, flag, authorization) = (false, None, None);
                let needs = required;
                self.add_charge(
                    charge,
                    Charge { party, units, day, code, needs, required, validated, flag, authorization },
                )
            }
            Op::AddAuthorization(new) => self.add_authorization(&new, made.authorization),
            Op::Amend(change) => self.amend(&change),
            Op::Attach { charge, authorization } => self.attach(charge, authorization, made.attachment),
            Op::Reverse { attachment } => self.reverse(attachment, made.attachment),
            Op::Validate { charge } => self.validate(charge),
            Op::FollowUp { authorization, on } => self.follow_up(authorization, on),
            Op::Cancel { authorization } => self.cancel(authorization),
            Op::Open(new) => self.open(&new, made),
            Op::Submit { request, anew, letter } => self.submit(request, anew, letter, made.transmission),
            Op::SendByHand { request, anew, due } => self.send_by_hand(request, anew, due),
            Op::MarkWritten { transmission } => self.mark_written(transmission),
            Op::Receive { content, faulty, answers, attach } => self.receive(content, faulty, &answers, attach, made),
            Op::Determine { request, answer, document, attach } => {
                self.answer(request, &answer, document, attach, made)
            }
            Op::Appeal { request, day, document, message } => {
                self.appeal(request, day, document, message.as_ref(), made)
            }
            Op::Withdraw { request } => self.withdraw(request),
            Op::FileDocument { authorization, request, document } => {
                match request {
                    None => self.authorization(authorization).map(|_| ())?,
                    Some(request) => self.request(request).map(|_| ())?,
                }
                let with = request.map_or(Filed::Authorization(authorization), Filed::Request);
                self.file(with, Some(document));
                Ok(Told::default())
            }
        }
    }
}
