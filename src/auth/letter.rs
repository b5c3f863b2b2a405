//! A request as the partner's message says it.

use chrono::{DateTime, NaiveDateTime};

use crate::ledger::{Member, Outgoing, Purpose, Request, Units};
use crate::policy::{Partner, Usage};
use crate::time::{Instant, Zone};
use crate::x12::{
    self, Category, Certification, DateKind, Dated, Delimiters, Delivery, Diagnosis, Envelope, Event, Identifier, Line,
    Party, Place, Procedure, Quantity, Service, Trace, TraceOf,
};

use super::Particulars;
use super::reference::Reference;

/// What a message is made of.
pub(super) struct Letter<'l> {
    pub partner: &'l Partner,
    pub member: &'l Member,
    pub particulars: &'l Particulars,
    /// What the request follows on.
    pub reference: &'l Reference,
    /// When it goes out.
    pub at: Instant,
    /// Whose local time stands in it.
    pub zone: &'l Zone,
}

impl Letter<'_> {
    /// The message as a file, which is named by its control number.
    ///
    /// # Errors
    /// As [`Letter::write`].
    pub fn outgoing(&self, request: &Request, control: u32) -> Result<Outgoing, String> {
        let bytes = self.write(request, control)?;
        Ok(Outgoing { name: format!("{}-{control:09}.x12", self.partner.name()), bytes })
    }

    /// The message that has this control number.
    ///
    /// # Errors
    /// Everything that cannot be sent, in a sentence each.
    fn write(&self, request: &Request, control: u32) -> Result<Vec<u8>, String> {
        let envelope = self.envelope(control)?;
        x12::write(&envelope, &self.request(request)).map_err(|refused| {
            let each = refused.iter().map(|unwritable| format!("{unwritable}; {}", unwritable.help));
            each.collect::<Vec<_>>().join("; ")
        })
    }

    /// Its date and time in the sender's zone.
    fn local(&self) -> NaiveDateTime {
        let seconds = self.at.unix() + i64::from(self.zone.offset_at(self.at));
        DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc()
    }

    fn envelope(&self, control: u32) -> Result<Envelope, String> {
        let signs = self.partner.delimiters();
        let delimiters = Delimiters::new(signs.element, Some(signs.repetition), signs.component, signs.segment)
            .map_err(|error| format!("{error}; {}", error.help()))?;
        let (sender, receiver) = (self.partner.sender(), self.partner.receiver());
        Ok(Envelope {
            delimiters,
            lines: self.partner.has_line_breaks(),
            sender: Identifier::new(&sender.qualifier, &sender.id),
            receiver: Identifier::new(&receiver.qualifier, &receiver.id),
            application_sender: sender.application.clone(),
            application_receiver: receiver.application.clone(),
            usage: match self.partner.usage() {
                Usage::Production => x12::Usage::Production,
                Usage::Test => x12::Usage::Test,
            },
            acknowledge: self.partner.is_acknowledged(),
            at: self.local(),
            interchange: control,
            group: control,
            transaction: format!("{control:04}"),
        })
    }

    fn request(&self, request: &Request) -> x12::Request {
        let (qualifier, id) = self.partner.reviewer_id();
        let reviewer = Party::organization("X3", self.partner.reviewer_name(), Some(Identifier::new(qualifier, id)));
        let npi = Identifier::new("XX", self.partner.requester_npi());
        let member = self.member;
        let number = Identifier::new("MI", member.subscriber.as_deref().unwrap_or(&member.id));
        let mut subscriber = Party::person("IL", &member.last_name, &member.first_name, Some(number));
        subscriber.born = member.born;
        subscriber.gender.clone_from(&member.sex);
        x12::Request {
            reference: request.reference.clone(),
            at: self.local(),
            reservation: false,
            payer: reviewer,
            requester: Party::organization("1P", self.partner.requester_name(), Some(npi)),
            subscriber,
            dependent: None,
            event: self.event(request),
            lines: request.codes.iter().map(|code| self.line(request, code)).collect(),
        }
    }

    fn event(&self, request: &Request) -> Event {
        let kind = |number: usize| if number == 0 { "ABK" } else { "ABF" };
        let diagnoses = self.particulars.diagnoses.iter().enumerate().map(|(number, code)| Diagnosis {
            kind: kind(number).to_owned(),
            // a message names codes without their point
            code: code.replace('.', ""),
        });
        let one = request.codes.iter().count() == 1;
        let is_shared = self.particulars.shares_of(request).is_some();
        Event {
            traces: vec![Trace {
                of: TraceOf::Sender,
                number: request.trace.clone(),
                assigner: assigner(self.partner),
                detail: None,
            }],
            category: Category::Services,
            certification: certification(request.purpose),
            service_type: None,
            place: self.particulars.place.clone().map(|code| Place { code, of: "B".to_owned() }),
            level_of_service: self.particulars.expedited.then(|| "03".to_owned()),
            release: None,
            delay: None,
            authorization: self.reference.authorization.clone(),
            review: self.reference.review.clone(),
            dates: vec![Dated { kind: DateKind::Event, from: request.first_day, to: request.last_day }],
            diagnoses: diagnoses.collect(),
            // of several codes the units are asked for together, unless each has its own; the code for units is FL here
            delivery: (!one && !is_shared)
                .then(|| Delivery { quantity: Some(quantity(request.units, "FL")), ..Delivery::default() }),
            attachments: Vec::new(),
            message: self.particulars.note.clone(),
            providers: Vec::new(),
        }
    }

    fn line(&self, request: &Request, code: &str) -> Line {
        let one = (request.codes.iter().count() == 1).then_some(request.units);
        let own = self.particulars.shares_of(request).and_then(|shares| shares.get(code).copied());
        Line {
            traces: Vec::new(),
            review: None,
            dates: vec![Dated { kind: DateKind::Service, from: request.first_day, to: request.last_day }],
            service: Some(Service::Professional {
                procedure: Procedure { kind: "HC".to_owned(), code: code.to_owned(), modifiers: Vec::new() },
                units: own.or(one).map(|units| quantity(units, "UN")),
            }),
            delivery: None,
            attachments: Vec::new(),
            message: None,
            providers: Vec::new(),
        }
    }
}

/// By whom traces of ours are numbered (TRN03): what tells them from those of others by the same number.
pub(super) fn assigner(partner: &Partner) -> String {
    format!("9{}", partner.requester_npi().chars().take(9).collect::<String>())
}

/// The code for the manner in which a request asks (UM02).
fn certification(purpose: Purpose) -> Certification {
    match purpose {
        Purpose::Initial => Certification::Initial,
        Purpose::Renewal => Certification::Renewal,
        Purpose::Extension => Certification::Extension,
        Purpose::Revision => Certification::Revised,
        Purpose::Reconsideration => Certification::Reconsideration,
        Purpose::Appeal => Certification::Appeal,
        Purpose::ImmediateAppeal => Certification::ImmediateAppeal,
    }
}

/// What is asked for, in a unit of the message.
fn quantity(units: Units, unit: &str) -> Quantity {
    Quantity { amount: units.decimal(), unit: unit.to_owned() }
}
