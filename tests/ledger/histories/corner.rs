//! One history's corner of a ledger that many share: how the model's commands are said to the ledger, and what it tells.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use rulebook::ledger::{
    Act, AddAuthorization, AddCharge, AddMember, Addressed, Amend, AmendMember, Appeal, AppealMessage, Asking, Attach,
    AttachmentId, Attempt, AuthorizationId, Basis, Cancel, Codes, Determination, Determine, Error, FileDocument,
    FiledWith, Ledger, MarkWritten, NewDocument, OpenRequest, OpenSendable, Outgoing, Receive, Request, RequestId,
    Reverse, SendByHand, SetFollowUp, Submit, TransmissionId, Units, ValidateCharge, Withdraw, Write,
};
use rulebook::time::Instant;

use super::said::{Said, came, digits, opened, said, sent, word, yes};
use crate::ledger::commands::write;
use crate::ledger::model::op::{Address, Answer, Follows, Opening};
use crate::ledger::model::{Made, Op, Told};
use crate::ledger::store::*;

/// A day after 1 March 2026.
pub fn date(after: i32) -> NaiveDate {
    let first = day("2026-03-01");
    match u64::try_from(after) {
        Ok(days) => first + Days::new(days),
        Err(_) => first - Days::new(u64::from(after.unsigned_abs())),
    }
}

pub fn amount(units: i64) -> Units {
    Units::from_ten_thousandths(units).unwrap()
}

/// An instant so many seconds after all is done.
pub fn later(seconds: i64) -> Instant {
    act().at.checked_add(seconds).unwrap()
}

pub fn codes(codes: &BTreeSet<u8>) -> Codes {
    Codes::new(codes.iter().map(|code| format!("9711{code}"))).unwrap()
}

fn unwritable(_: &Request, _: u32) -> Result<Outgoing, String> {
    Err("no".to_owned())
}

fn writer(writable: bool) -> &'static Write<'static> {
    if writable { &write } else { &unwritable }
}

pub struct Corner {
    pub name: String,
}

impl Corner {
    pub fn member(&self, member: u8) -> String {
        if member == 0 { self.name.clone() } else { format!("{}-m{member}", self.name) }
    }

    pub fn charge(&self, charge: u8) -> String {
        format!("{}-c{charge}", self.name)
    }

    pub fn number(&self, number: u8) -> String {
        format!("{}-n{number}", self.name)
    }

    pub fn document(&self, document: u8) -> NewDocument {
        let name = format!("{}-d{document}", self.name);
        NewDocument { bytes: name.clone().into_bytes(), name }
    }

    pub fn payer(payer: u8) -> String {
        ["p", "q"][usize::from(payer)].to_owned()
    }

    pub fn settle_in(&self, ledger: &mut Ledger) {
        ledger.done(&member(&self.name));
    }

    fn documents(&self, documents: &[u8]) -> Vec<NewDocument> {
        documents.iter().map(|document| self.document(*document)).collect()
    }

    pub fn approval(&self, approval: u8) -> String {
        format!("{}-a{approval}", self.name)
    }

    /// A trace or a reference: what the ledger makes up is its own all over, the rest is this corner's.
    pub fn known_by(&self, name: &str) -> String {
        if name.starts_with('R') { name.to_owned() } else { format!("{}-{name}", self.name) }
    }

    pub fn partner(&self) -> String {
        format!("hub-{}", self.name)
    }

    /// Does a command.
    pub fn run(&self, ledger: &mut Ledger, op: &Op, key: Option<u8>) -> Result<Said, Error> {
        let key = key.map(|key| format!("{}-k{key}", self.name));
        let act = Act { key: key.as_deref(), ..act() };
        let document = |document: Option<u8>| document.map(|document| self.document(document));
        match op.clone() {
            Op::AddMember { member: number } => {
                let command: AddMember = member(&self.member(number));
                said(ledger, act, &command, |_| Default::default())
            }
            Op::AmendMember { member, last_name, born, sex, subscriber } => {
                let command = AmendMember {
                    id: self.member(member),
                    last_name: last_name.map(|name| format!("l{name}")),
                    first_name: None,
                    born: born.map(date),
                    sex: sex.map(|sex| format!("s{sex}")),
                    subscriber: subscriber.map(|number| format!("u{number}")),
                };
                said(ledger, act, &command, |_| Default::default())
            }
            Op::AddCharge { charge, party, units, day, code, required } => {
                let command = AddCharge {
                    id: self.charge(charge),
                    member: self.member(party.member),
                    payer: Corner::payer(party.payer),
                    day: date(day),
                    code: format!("9711{code}"),
                    units: amount(units),
                    auth_required: required,
                    document: None,
                };
                said(ledger, act, &command, |added| yes(added.auth_required))
            }
            Op::AddAuthorization(new) => {
                let command = AddAuthorization {
                    member: self.member(new.party.member),
                    payer: Corner::payer(new.party.payer),
                    number: self.number(new.number),
                    first_day: date(new.days.0),
                    last_day: date(new.days.1),
                    approved: amount(new.approved),
                    codes: codes(&new.codes),
                    document: document(new.document),
                };
                said(ledger, act, &command, |added| {
                    (Told::default(), Made { authorization: added.authorization.0, ..Made::default() })
                })
            }
            Op::Amend(change) => {
                let command = Amend {
                    authorization: AuthorizationId(change.authorization),
                    number: change.number.map(|number| self.number(number)),
                    approved: change.approved.map(amount),
                    first_day: change.first.map(date),
                    last_day: change.last.map(date),
                    codes: change.codes.as_ref().map(codes),
                    document: document(change.document),
                };
                said(ledger, act, &command, |amended| {
                    let units = Some((amended.used.ten_thousandths(), amended.approved.ten_thousandths()));
                    (Told { units, yes: amended.over_used, ..Told::default() }, Made::default())
                })
            }
            Op::Attach { charge, authorization } => {
                let command = Attach { charge: self.charge(charge), authorization: AuthorizationId(authorization) };
                said(ledger, act, &command, |attached| {
                    let units = Some((attached.used.ten_thousandths(), attached.approved.ten_thousandths()));
                    (Told { units, ..Told::default() }, Made { attachment: attached.attachment.0, ..Made::default() })
                })
            }
            Op::Reverse { attachment } => {
                let command = Reverse { attachment: AttachmentId(attachment) };
                said(ledger, act, &command, |reversed| {
                    let units = Some((reversed.used.ten_thousandths(), reversed.approved.ten_thousandths()));
                    let told = Told { units, yes: reversed.auth_required, ..Told::default() };
                    (told, Made { attachment: reversed.reversal.0, ..Made::default() })
                })
            }
            Op::Validate { charge } => {
                said(ledger, act, &ValidateCharge { charge: self.charge(charge) }, |validated| yes(validated.already))
            }
            Op::FollowUp { authorization, on } => {
                let command = SetFollowUp { authorization: AuthorizationId(authorization), on: on.map(date) };
                said(ledger, act, &command, |_| Default::default())
            }
            Op::Cancel { authorization } => {
                let command = Cancel { authorization: AuthorizationId(authorization) };
                said(ledger, act, &command, |cancelled| {
                    (Told { flagged: digits(&cancelled.flagged), ..Told::default() }, Made::default())
                })
            }
            Op::Open(new) => {
                let open = self.opening(&new);
                match new.trial {
                    None => said(ledger, act, &open, opened),
                    Some(writable) => said(ledger, act, &OpenSendable { open, write: writer(writable) }, opened),
                }
            }
            Op::Submit { request, anew, letter } => {
                let attempt = attempt(anew);
                let (due, write) = (letter.due.map(later), writer(letter.writable));
                said(ledger, act, &Submit { request: RequestId(request), attempt, due, write }, sent)
            }
            Op::SendByHand { request, anew, due } => {
                let (attempt, due) = (attempt(anew), due.map(later));
                let command = SendByHand { request: RequestId(request), attempt, due };
                said(ledger, act, &command, |_| Default::default())
            }
            Op::MarkWritten { transmission } => {
                let command = MarkWritten { transmission: TransmissionId(transmission) };
                said(ledger, act, &command, |written| yes(written.already))
            }
            Op::Receive { content, faulty, answers, attach } => {
                let addressed = |(address, answer): &(Address, Answer)| Addressed {
                    trace: address.trace.as_deref().map(|trace| self.known_by(trace)),
                    reference: address.reference.as_deref().map(|reference| self.known_by(reference)),
                    control: address.control,
                    determination: self.determination(answer),
                };
                let command = Receive {
                    partner: self.partner(),
                    name: "in".into(),
                    bytes: format!("{} {content}", self.name).into_bytes(),
                    fault: faulty.then(|| "unreadable".to_owned()),
                    answers: answers.iter().map(addressed).collect(),
                    attach,
                };
                said(ledger, act, &command, |received| {
                    let told = Told {
                        yes: received.already,
                        determined: received.determined.iter().map(came).collect(),
                        unmatched: received.unmatched.iter().map(|one| (one.answer, word(&one.word))).collect(),
                        ..Told::default()
                    };
                    (told, Made::default())
                })
            }
            Op::Determine { request, answer, document: shown, attach } => {
                let (request, determination) = (RequestId(request), self.determination(&answer));
                let command = Determine { request, determination, on: None, document: document(shown), attach };
                said(ledger, act, &command, |determined| {
                    (Told { determined: vec![came(determined)], ..Told::default() }, Made::default())
                })
            }
            Op::Appeal { request, day, document: letter, message } => {
                let message = message.map(|message| AppealMessage {
                    immediate: message.immediate,
                    documents: self.documents(&message.documents),
                    due: message.letter.due.map(later),
                    write: writer(message.letter.writable),
                });
                let command =
                    Appeal { request: RequestId(request), on: date(day), document: document(letter), message };
                said(ledger, act, &command, |appealed| appealed.sent.as_ref().map_or_else(Default::default, sent))
            }
            Op::Withdraw { request } => said(ledger, act, &Withdraw { request: RequestId(request) }, |withdrawn| {
                (Told { word: Some(withdrawn.status.word()), ..Told::default() }, Made::default())
            }),
            Op::FileDocument { authorization, request, document } => {
                let with = match request {
                    Some(request) => FiledWith::Request(RequestId(request)),
                    None => FiledWith::Authorization(AuthorizationId(authorization)),
                };
                let command = FileDocument { with, document: self.document(document) };
                said(ledger, act, &command, |_| Default::default())
            }
        }
    }

    fn opening(&self, new: &Opening) -> OpenRequest {
        OpenRequest {
            member: self.member(new.party.member),
            payer: Corner::payer(new.party.payer),
            partner: (!new.by_hand).then(|| self.partner()),
            basis: basis(new.follows),
            units: amount(new.units),
            first_day: date(new.days.0),
            last_day: date(new.days.1),
            codes: codes(&new.codes),
            charges: new.charges.iter().map(|charge| self.charge(*charge)).collect(),
            asking: if new.although_asked { Asking::AlthoughAsked } else { Asking::Once },
            approval: new.approval.map(|approval| self.approval(approval)),
            trace: new.trace.as_deref().map(|trace| self.known_by(trace)),
            reference: new.reference.as_deref().map(|reference| self.known_by(reference)),
            documents: self.documents(&new.documents),
        }
    }

    fn determination(&self, answer: &Answer) -> Determination {
        Determination {
            modified: answer.modified,
            correctable: answer.correctable,
            number: answer.number.map(|number| self.number(number)),
            units: answer.units.map(amount),
            first_day: answer.first.map(date),
            last_day: answer.last.map(date),
            codes: answer.codes.as_ref().map(codes),
            review: answer.review.map(|review| format!("v{review}")),
            issued: answer.issued.map(later),
            follow_up: answer.follow_up.map(date),
            appeal_by: answer.appeal_by.map(date),
            next_retry: answer.next_retry.map(later),
            ..Determination::new(answer.outcome)
        }
    }

    /// The numbers of the attachments by which charges hold units now.
    pub fn attachments(&self, ledger: &mut Ledger) -> BTreeMap<u8, i64> {
        let mut numbers = BTreeMap::new();
        for charge in 0..6 {
            if let Some(row) = ledger.attachment_of(&self.charge(charge)).unwrap() {
                numbers.insert(charge, row.id.0);
            }
        }
        numbers
    }
}

fn attempt(anew: bool) -> Attempt {
    if anew { Attempt::Anew } else { Attempt::WhenDue }
}

fn basis(follows: Follows) -> Basis {
    match follows {
        Follows::Nothing => Basis::Nothing,
        Follows::Anew(id) => Basis::Anew(AuthorizationId(id)),
        Follows::Renews(id) => Basis::Renews(AuthorizationId(id)),
        Follows::Extends(id) => Basis::Extends(AuthorizationId(id)),
        Follows::Corrects(id) => Basis::Corrects(RequestId(id)),
        Follows::Appeals { request, immediate } => Basis::Appeals { request: RequestId(request), immediate },
    }
}
