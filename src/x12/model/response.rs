//! A payer's response as plain data.

use chrono::NaiveDateTime;

use super::super::check::{Kind, Transaction};
use super::super::segment::Segment;
use super::code::{Action, FollowUp, Stage, TraceOf};
use super::date::{Dated, moment};
use super::level::{Level, levels};
use super::party::Party;
use super::read_party::party;
use super::read_request::{delivery, service};
use super::request::Delivery;
use super::review::{Decision, Rejection, Review, Trace};
use super::text::{given, text};

/// A response: what it answers, and what it says of the event and of each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The request's own number, repeated (BHT03).
    pub reference: String,
    /// When it was made, in the payer's local time (BHT04, BHT05): responses to one request are ordered by it.
    pub at: Option<NaiveDateTime>,
    /// Whether further answers follow.
    pub stage: Stage,
    /// Who reviewed.
    pub payer: Option<Party>,
    /// Who had asked.
    pub requester: Option<Party>,
    /// Who is insured.
    pub subscriber: Option<Party>,
    /// The patient, if that is not the subscriber.
    pub dependent: Option<Party>,
    /// Why the request could not be taken, at the levels above the event.
    pub rejections: Vec<Rejection>,
    /// What is said of the event.
    pub event: Option<Review>,
    /// What is said of each service.
    pub lines: Vec<Review>,
}

impl Response {
    /// Reads a response, also one with faults: what cannot be read is left out. `None` for other transactions.
    pub fn read(transaction: &Transaction<'_, '_>) -> Option<Response> {
        match transaction.kind() {
            Kind::Response => Some(read(transaction.segments())),
            Kind::Request | Kind::Acknowledgement | Kind::Other => None,
        }
    }

    /// The numbers that the request had: those that the response says are its receiver's.
    pub fn traces(&self) -> impl Iterator<Item = &Trace> {
        let all = self.event.iter().chain(&self.lines).flat_map(|review| &review.traces);
        all.filter(|trace| trace.of == TraceOf::Receiver)
    }
}

fn read(segments: &[Segment<'_>]) -> Response {
    let header = segments.iter().find(|segment| segment.is("BHT"));
    let value = |number: usize| header.map_or(&[][..], |header| header.value(number));
    let mut response = Response {
        reference: text(value(3)),
        at: moment(value(4), value(5)),
        stage: Stage::of(value(6)),
        payer: None,
        requester: None,
        subscriber: None,
        dependent: None,
        rejections: Vec::new(),
        event: None,
        lines: Vec::new(),
    };
    for level in levels(segments) {
        let named = || level.names.first().and_then(|segments| party(segments));
        match level.code {
            b"EV" if response.event.is_none() => response.event = Some(review(&level)),
            b"EV" | b"SS" => response.lines.push(review(&level)),
            code => {
                response.rejections.extend(rejections(&level));
                match code {
                    b"20" => response.payer = named(),
                    b"21" => response.requester = named(),
                    b"22" => response.subscriber = named(),
                    b"23" => response.dependent = named(),
                    _ => {}
                }
            }
        }
    }
    response
}

/// The rejections of a level and of the names below it.
fn rejections(level: &Level<'_, '_>) -> Vec<Rejection> {
    let named = level.names.iter().flat_map(|segments| segments.iter());
    let all = level.own.iter().chain(named).filter(|segment| segment.is("AAA"));
    all.map(|segment| Rejection {
        level: text(level.code),
        valid: segment.value(1) == b"Y",
        reason: text(segment.value(3)),
        follow_up: FollowUp::of(segment.value(4)),
    })
    .collect()
}

fn review(level: &Level<'_, '_>) -> Review {
    let number = |kind: &[u8]| {
        let found = level.all("REF").find(|segment| segment.value(1) == kind);
        found.and_then(|segment| given(segment.value(2)))
    };
    let service = service(level);
    let said = level.first("HSD").map(delivery);
    let delivered = said.as_ref().and_then(|said| said.quantity.clone());
    Review {
        traces: traces(level),
        decision: level.first("HCR").map(decision),
        rejections: rejections(level),
        authorization: number(b"BB"),
        review: number(b"NT"),
        units: delivered.or_else(|| service.as_ref().and_then(super::request::Service::units)),
        rate: said.filter(Delivery::is_rate),
        dates: level.all("DTP").filter_map(Dated::read).collect(),
        service,
        message: level.first("MSG").and_then(|segment| given(segment.value(1))),
    }
}

fn decision(segment: &Segment<'_>) -> Decision {
    Decision {
        action: Action::of(segment.value(1)),
        number: given(segment.value(2)),
        reason: given(segment.value(3)),
        second_opinion: match segment.value(4) {
            b"Y" => Some(true),
            b"N" => Some(false),
            _ => None,
        },
    }
}

/// The trace numbers of a level.
pub(super) fn traces(level: &Level<'_, '_>) -> Vec<Trace> {
    let read = |segment: &Segment<'_>| Trace {
        of: if segment.value(1) == b"2" { TraceOf::Receiver } else { TraceOf::Sender },
        number: text(segment.value(2)),
        assigner: text(segment.value(3)),
        detail: given(segment.value(4)),
    };
    level.all("TRN").map(read).collect()
}
