//! Messages out and in.

use crate::ledger::{
    Addressed, Answer, Attempt, Authorization, Determination, Ledger, MarkWritten, Member, Outcome, Purpose, Receive,
    Received, Request, RequestId, SendByHand, SentByHand, Submit, Submitted, TransmissionId, Written,
};
use crate::policy::{Command, Field, Partner};
use crate::time::Instant;
use crate::x12::{Document, GroupReply, InterchangeReply, Response, Taken, check};

use super::doubt::Question;
use super::letter::{Letter, assigner};
use super::reference::Reference;
use super::request::Wanted;
use super::response::determination;
use super::{AuthError, Desk, Particulars, Way};

/// How a request went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// By a message.
    Message(Answer<Submitted>),
    /// By hand: that was noted.
    ByHand(Answer<SentByHand>),
}

/// A message that is to be put where a partner takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The message's number in the ledger.
    pub transmission: TransmissionId,
    /// The partner.
    pub partner: String,
    /// The name of its file, which has its control number: writing it again is harmless.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A message that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The name of its file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Whether originating charges are attached to what is approved.
    pub attach: bool,
}

/// A message that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// What the ledger answers.
    pub received: Answer<Received>,
    /// What of ours it says was taken, in words: nothing comes of that, but somebody may wait for it.
    pub accepted: Vec<String>,
}

impl Desk<'_> {
    /// Sends a request: writes its message down under the partner's next control number, which is put into a file afterwards (see
    /// [`Desk::outgoing`]); of one that has no partner, notes that it went out by hand.
    ///
    /// # Errors
    /// A scope that is lacking, what is missing by the policy, a text that cannot be sent, or what the ledger refuses: a request
    /// that has gone out already among it.
    pub fn submit(&self, ledger: &mut Ledger, id: RequestId, attempt: Attempt) -> Result<Sent, AuthError> {
        self.permit(Command::Submit)?;
        let request = self.request(ledger, id)?;
        let particulars = Particulars::of(ledger, id)?;
        let authorization = self.authorization(ledger, request.authorization)?;
        if request.partner.is_none() {
            let due = self.due_if_sent(ledger, &request, &authorization, request.purpose, &particulars)?;
            return Ok(Sent::ByHand(ledger.run(self.act(), &SendByHand { request: id, attempt, due })?));
        }
        let reference = self.reference(ledger, &request, &authorization, &particulars)?;
        let due = self.due_if_sent(ledger, &request, &authorization, request.purpose, &particulars)?;
        let member = self.member(ledger, &authorization.member)?;
        let partner = self.partner_of(&authorization.payer)?;
        let letter = self.letter(partner, &member, &particulars, &reference);
        let write = |request: &Request, control: u32| letter.outgoing(request, control);
        Ok(Sent::Message(ledger.run(self.act(), &Submit { request: id, attempt, due, write: &write })?))
    }

    /// When the payer has to decide on a request that goes out now in this manner, if the policy finds nothing missing.
    pub(super) fn due_if_sent(
        &self,
        ledger: &mut Ledger,
        request: &Request,
        authorization: &Authorization,
        purpose: Purpose,
        particulars: &Particulars,
    ) -> Result<Option<Instant>, AuthError> {
        // what was sent by this key is answered, whatever has become of it since
        if self.is_repeated(ledger)? {
            return Ok(None);
        }
        let wanted = Wanted {
            member: authorization.member.clone(),
            payer: authorization.payer.clone(),
            codes: request.codes.clone(),
            units: request.units,
            first_day: request.first_day,
            last_day: request.last_day,
        };
        let way = if request.partner.is_some() { Way::AsThePartnerTakesIt } else { Way::ByHand };
        let facts = self.request_facts(&wanted, particulars, way)?.purpose(purpose)?;
        self.ready(&facts.truth(Field::ApprovedInternally, request.approval.is_some())?.into_case())
    }

    /// What a message to a partner is made of.
    pub(super) fn letter<'l>(
        &'l self,
        partner: &'l Partner,
        member: &'l Member,
        particulars: &'l Particulars,
        reference: &'l Reference,
    ) -> Letter<'l> {
        Letter { partner, member, particulars, reference, at: self.at, zone: self.zone() }
    }

    /// The messages that are written down and not yet in files; those of an interrupted run among them.
    ///
    /// # Errors
    /// A scope that is lacking, or a store that fails.
    pub fn outgoing(&self, ledger: &mut Ledger) -> Result<Vec<Outgoing>, AuthError> {
        self.permit(Command::Submit)?;
        let mut outgoing = Vec::new();
        for transmission in ledger.waiting()? {
            let bytes = ledger.transmission_bytes(transmission.id)?.unwrap_or_default();
            let (partner, name) = (transmission.partner, transmission.name);
            outgoing.push(Outgoing { transmission: transmission.id, partner, name, bytes });
        }
        Ok(outgoing)
    }

    /// Notes that a message is in its file.
    ///
    /// # Errors
    /// A scope that is lacking, or what the ledger refuses.
    pub fn written(&self, ledger: &mut Ledger, id: TransmissionId) -> Result<Answer<Written>, AuthError> {
        self.permit(Command::Submit)?;
        // the key belongs to the submission
        let act = crate::ledger::Act { key: None, ..self.act() };
        Ok(ledger.run(act, &MarkWritten { transmission: id })?)
    }

    /// The requests that are to be sent again by now.
    ///
    /// # Errors
    /// A scope that is lacking, or a store that fails.
    pub fn due_again(&self, ledger: &mut Ledger) -> Result<Vec<Request>, AuthError> {
        self.permit(Command::Submit)?;
        Ok(ledger.requests_to_retry(self.at)?)
    }

    /// Takes a message in: once, however often it comes.
    ///
    /// # Errors
    /// A scope that is lacking, or a store that fails. What is wrong with the message is kept with it.
    pub fn receive(&self, ledger: &mut Ledger, incoming: Incoming) -> Result<Arrived, AuthError> {
        self.permit(Command::Receive)?;
        let Incoming { name, bytes, attach } = incoming;
        let document = Document::read(&bytes);
        let checked = check(&document);
        let sender = checked.interchanges().first().map(|interchange| interchange.header().value(6));
        let partner = sender.and_then(|sender| self.sender(sender));
        let senders = checked.interchanges().iter().map(|interchange| interchange.header().value(6));
        // a decision by an unknown code is an answer that a person has to look at, and not a file that nobody can read
        let faults = checked.faults();
        let unread = faults.iter().find(|fault| !fault.is_unknown_decision());
        let unread = unread.or(faults.last().filter(|_| checked.count() > faults.len()));
        let fault = match (partner, unread) {
            (_, Some(fault)) => Some(format!("{}: {}; {}", fault.spot, fault.message, fault.help)),
            (None, None) => Some("no partner sends under the identifier in ISA06".to_owned()),
            // answers are looked up among the requests of one partner
            (Some(_), None) if senders.clone().any(|other| Some(other) != sender) => {
                Some("its interchanges have several senders in ISA06; take each in a file of its own".to_owned())
            }
            (Some(_), None) => None,
        };
        let (mut answers, mut accepted) = (Vec::new(), Vec::new());
        if let (Some(partner), None) = (partner, &fault) {
            for interchange in checked.interchanges() {
                for segment in interchange.acknowledgements() {
                    let reply = InterchangeReply::read(segment);
                    accepted.extend(taken("TA1", "interchange", &reply.control, &reply.taken));
                    answers.extend(interchange_answer(reply));
                }
                for transaction in interchange.groups().iter().flat_map(|group| group.transactions()) {
                    if let Some(reply) = GroupReply::read(transaction) {
                        accepted.extend(taken("999", "group", &reply.control, &reply.taken));
                        answers.extend(group_answer(reply));
                    }
                    if let Some(response) = Response::read(transaction) {
                        answers.push(self.addressed(ledger, partner, &response)?);
                    }
                }
            }
        }
        let receive = Receive {
            partner: partner.map_or_else(|| "unknown".to_owned(), |partner| partner.name().to_owned()),
            name,
            fault: fault.map(|fault| fault.chars().take(LONGEST_FAULT).collect()),
            answers,
            attach,
            bytes,
        };
        Ok(Arrived { received: ledger.run(self.act(), &receive)?, accepted })
    }

    /// The partner that sends under an identifier.
    fn sender(&self, id: &[u8]) -> Option<&Partner> {
        let id = String::from_utf8_lossy(id);
        let sends = |partner: &&&Partner| partner.receiver().id == id.trim_end();
        self.rules.partners.iter().find(sends).copied()
    }

    /// An answer with what it is known by, and with what the policy says of when to do something about it.
    fn addressed(&self, ledger: &mut Ledger, partner: &Partner, response: &Response) -> Result<Addressed, AuthError> {
        let ours = assigner(partner);
        let trace = response.traces().find(|trace| trace.assigner == ours).map(|trace| trace.number.clone());
        let reference = Some(response.reference.clone()).filter(|reference| !reference.is_empty());
        let mut known = None;
        for name in [&trace, &reference].into_iter().flatten() {
            if known.is_none() {
                known = ledger.request_by_trace(partner.name(), name)?;
            }
        }
        let determination = match &known {
            Some(request) => {
                let authorization = self.authorization(ledger, request.authorization)?;
                let member = self.member(ledger, &authorization.member)?;
                let particulars = Particulars::of(ledger, request.id)?;
                let question = Question { request, member: &member, particulars: &particulars, partner, at: self.at };
                determination(response, Some(&question))
            }
            None => determination(response, None),
        };
        let determination = self.timed(known.as_ref(), determination, response.at.map(|at| at.date()))?;
        Ok(Addressed { trace, reference, control: None, determination })
    }
}

/// How much of a fault is kept.
const LONGEST_FAULT: usize = 180;

/// What of ours was taken, by an acknowledgement of this name.
fn taken(by: &str, what: &str, control: &str, taken: &Taken) -> Option<String> {
    let faults = match taken {
        Taken::Accepted => "",
        Taken::WithErrors => ", though with faults",
        Taken::Partly | Taken::Rejected | Taken::Unknown(_) => return None,
    };
    Some(format!("{by}: {what} {} was taken{faults}", control.trim()))
}

/// Of a TA1: an interchange of ours that was not taken.
fn interchange_answer(reply: InterchangeReply) -> Option<Addressed> {
    refused(reply.taken, &reply.control, vec![format!("TA105 {}", reply.note)])
}

/// Of a 999: a group of ours that was not taken.
fn group_answer(reply: GroupReply) -> Option<Addressed> {
    let of = |fault: &crate::x12::SegmentFault| {
        format!("{} {}", fault.segment, fault.number.map(|number| number.to_string()).unwrap_or_default())
    };
    let faults = reply.transactions.iter().flat_map(|transaction| &transaction.faults).map(of);
    let reasons = reply.codes.iter().map(|code| format!("AK905 {code}")).chain(faults).collect();
    refused(reply.taken, &reply.control, reasons)
}

/// A message of ours that was not taken can be mended and sent again.
fn refused(taken: Taken, control: &str, reasons: Vec<String>) -> Option<Addressed> {
    let control = control.trim().parse().ok();
    match taken {
        Taken::Accepted | Taken::WithErrors => None,
        Taken::Partly | Taken::Rejected | Taken::Unknown(_) => {
            let mut determination = Determination::new(Outcome::Rejected);
            determination.correctable = true;
            determination.reasons = reasons;
            Some(Addressed { trace: None, reference: None, control, determination })
        }
    }
}
