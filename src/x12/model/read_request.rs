//! Reads a request.

use rust_decimal::Decimal;

use super::super::check::{Kind, Transaction};
use super::super::segment::Segment;
use super::code::{Category, Certification};
use super::date::{Dated, moment};
use super::level::{Level, levels};
use super::party::Party;
use super::read_party::party;
use super::request::{Attachment, Delivery, Diagnosis, Event, Line, Place, Procedure, Request, Service};
use super::response::traces;
use super::review::Quantity;
use super::text::{given, text};

impl Request {
    /// Reads a request in which no fault was found; `None` for other transactions.
    pub fn read(transaction: &Transaction<'_, '_>) -> Option<Request> {
        Request::read_in_part(transaction).filter(|_| transaction.is_sound())
    }

    /// Reads what can be read of a request with faults, to be shown to people; `None` if too little can.
    pub fn read_in_part(transaction: &Transaction<'_, '_>) -> Option<Request> {
        match transaction.kind() {
            Kind::Request => read(transaction.segments()),
            Kind::Response | Kind::Acknowledgement | Kind::Other => None,
        }
    }
}

fn read(segments: &[Segment<'_>]) -> Option<Request> {
    let header = segments.iter().find(|segment| segment.is("BHT"))?;
    let levels = levels(segments);
    let level = |code: &[u8]| levels.iter().find(|level| level.code == code);
    let named = |code: &[u8]| level(code).and_then(|level| level.names.first()).and_then(|segments| party(segments));
    Some(Request {
        reference: text(header.value(3)),
        at: moment(header.value(4), header.value(5))?,
        reservation: header.value(6) == b"RU",
        payer: named(b"20")?,
        requester: named(b"21")?,
        subscriber: named(b"22")?,
        dependent: named(b"23"),
        event: event(level(b"EV")?)?,
        lines: levels.iter().filter(|level| level.code == b"SS").map(line).collect(),
    })
}

fn event(level: &Level<'_, '_>) -> Option<Event> {
    let review = level.first("UM")?;
    let (category, certification, service_type) = certification(review)?;
    let number = |kind: &[u8]| {
        let found = level.all("REF").find(|segment| segment.value(1) == kind);
        found.and_then(|segment| given(segment.value(2)))
    };
    let place = given(review.component(4, 1)).map(|code| Place { code, of: text(review.component(4, 2)) });
    Some(Event {
        traces: traces(level),
        category,
        certification,
        service_type,
        place,
        level_of_service: given(review.value(6)),
        release: given(review.value(9)),
        delay: given(review.value(10)),
        authorization: number(b"BB"),
        review: number(b"NT"),
        dates: level.all("DTP").filter_map(Dated::read).collect(),
        diagnoses: level.first("HI").map(diagnoses).unwrap_or_default(),
        delivery: level.first("HSD").map(delivery),
        attachments: level.all("PWK").map(attachment).collect(),
        message: level.first("MSG").and_then(|segment| given(segment.value(1))),
        providers: providers(level),
    })
}

fn line(level: &Level<'_, '_>) -> Line {
    Line {
        traces: traces(level),
        review: level.first("UM").and_then(certification),
        dates: level.all("DTP").filter_map(Dated::read).collect(),
        service: service(level),
        delivery: level.first("HSD").map(delivery),
        attachments: level.all("PWK").map(attachment).collect(),
        message: level.first("MSG").and_then(|segment| given(segment.value(1))),
        providers: providers(level),
    }
}

/// UM01, UM02 and UM03.
pub(super) fn certification(segment: &Segment<'_>) -> Option<(Category, Certification, Option<String>)> {
    let category = Category::of(&text(segment.value(1)))?;
    Some((category, Certification::of(&text(segment.value(2)))?, given(segment.value(3))))
}

fn providers(level: &Level<'_, '_>) -> Vec<Party> {
    level.names.iter().filter_map(|segments| party(segments)).collect()
}

fn diagnoses(segment: &Segment<'_>) -> Vec<Diagnosis> {
    let codes = segment.elements().filter(|element| !element.bytes.is_empty());
    codes
        .map(|element| {
            let mut parts = element.components(segment.delimiters()).map(|part| text(part.bytes));
            Diagnosis { kind: parts.next().unwrap_or_default(), code: parts.next().unwrap_or_default() }
        })
        .collect()
}

pub(super) fn delivery(segment: &Segment<'_>) -> Delivery {
    Delivery {
        quantity: quantity(segment),
        per: given(segment.value(3)),
        every: number(segment.value(4)),
        period: given(segment.value(5)),
        periods: str::from_utf8(segment.value(6)).ok().and_then(|text| text.parse().ok()),
    }
}

/// How much an HSD says.
fn quantity(segment: &Segment<'_>) -> Option<Quantity> {
    Some(Quantity { amount: number(segment.value(2))?, unit: text(segment.value(1)) })
}

fn attachment(segment: &Segment<'_>) -> Attachment {
    Attachment {
        kind: text(segment.value(1)),
        by: text(segment.value(2)),
        control: given(segment.value(6)),
        description: given(segment.value(7)),
    }
}

/// The service of a line.
pub(super) fn service(level: &Level<'_, '_>) -> Option<Service> {
    let units = |segment: &Segment<'_>, unit: usize| {
        Some(Quantity { amount: number(segment.value(unit + 1))?, unit: text(segment.value(unit)) })
    };
    level.own.iter().find_map(|segment| match segment.id() {
        b"SV1" => Some(Service::Professional { procedure: procedure(segment, 1)?, units: units(segment, 3) }),
        b"SV2" => Some(Service::Institutional {
            revenue: given(segment.value(1)),
            procedure: procedure(segment, 2),
            units: units(segment, 4),
        }),
        b"SV3" => Some(Service::Dental { procedure: procedure(segment, 1)?, units: number(segment.value(6)) }),
        _ => None,
    })
}

fn procedure(segment: &Segment<'_>, element: usize) -> Option<Procedure> {
    let parts: Vec<String> =
        segment.element(element)?.components(segment.delimiters()).map(|part| text(part.bytes)).collect();
    let modifiers = parts.iter().skip(2).take(4).filter(|part| !part.is_empty()).cloned().collect();
    let mut parts = parts.into_iter();
    Some(Procedure { kind: parts.next()?, code: parts.next()?, modifiers })
}

/// A number as it is written, never through a float.
fn number(bytes: &[u8]) -> Option<Decimal> {
    Decimal::from_str_exact(str::from_utf8(bytes).ok()?).ok()
}
