//! A request in words.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::x12::{
    Category, Dated, Delivery, Identifier, Name, Party, Procedure, Quantity, Request, Service, certification_word,
    date_word, unit_word,
};

use super::show::Line;

/// Its title and what it says.
pub(super) fn shown(request: &Request) -> (String, Vec<Line>) {
    let what = if request.reservation { "Reservation" } else { "Request" };
    let title = format!("{what} {}, {}", request.reference, request.at.format("%a %-d %b %Y, %H:%M"));
    let mut lines = Vec::new();
    let mut say = |what: &str, says: String| lines.push((what.to_owned(), says));
    say("payer", party(&request.payer));
    say("requester", party(&request.requester));
    say("subscriber", party(&request.subscriber));
    if let Some(dependent) = &request.dependent {
        say("patient", party(dependent));
    }
    let event = &request.event;
    let asked = [
        Some(format!("{}: {}", category(event.category), certification_word(event.certification))),
        event.service_type.as_ref().map(|code| format!("service type {code}")),
        event.place.as_ref().map(|place| format!("place {}:{}", place.code, place.of)),
        event.level_of_service.as_ref().map(|code| format!("level of service {code}")),
    ];
    say("asks for", asked.into_iter().flatten().collect::<Vec<_>>().join(", "));
    for trace in &event.traces {
        say("trace", format!("{} of {}", trace.number, trace.assigner));
    }
    for (what, number) in [("earlier", &event.authorization), ("review", &event.review)] {
        if let Some(number) = number {
            say(what, number.clone());
        }
    }
    event.dates.iter().for_each(|dated| say("date", date(dated)));
    if !event.diagnoses.is_empty() {
        let codes: Vec<String> =
            event.diagnoses.iter().map(|found| format!("{} ({})", found.code, found.kind)).collect();
        say("diagnoses", codes.join(", "));
    }
    if let Some(delivery) = event.delivery.as_ref().and_then(self::delivery) {
        say("quantity", delivery);
    }
    for attachment in &event.attachments {
        let control = attachment.control.as_deref().unwrap_or("no number");
        say("attachment", format!("{} by {}, {control}", attachment.kind, attachment.by));
    }
    if let Some(message) = &event.message {
        say("note", message.trim().to_owned());
    }
    event.providers.iter().for_each(|provider| say("provider", party(provider)));
    for (number, line) in (1..).zip(&request.lines) {
        let review = line.review.as_ref().map(|(_, certification, _)| certification_word(*certification).to_owned());
        let parts = [
            line.service.as_ref().map(service),
            review,
            line.service.as_ref().and_then(Service::units).map(|units| quantity(&units)),
            line.delivery.as_ref().and_then(self::delivery),
        ];
        let dates = line.dates.iter().map(date);
        let all: Vec<String> = parts.into_iter().flatten().chain(dates).collect();
        say(&format!("line {number}"), all.join(", "));
    }
    (title, lines)
}

fn category(category: Category) -> &'static str {
    match category {
        Category::Admission => "admission",
        Category::Services => "health services",
        Category::Specialty => "specialty care",
        Category::Individual => "services for one person",
    }
}

/// A name with its number.
pub(super) fn party(party: &Party) -> String {
    let name = match &party.name {
        Name::Organization(name) => name.clone(),
        Name::Person { last, first, middle, suffix } => {
            let given: Vec<&str> =
                [first, middle, suffix].into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            if given.is_empty() { last.clone() } else { format!("{last}, {}", given.join(" ")) }
        }
    };
    let number = party.id.as_ref().map(|Identifier { kind, value }| format!("{kind} {value}"));
    match (name.is_empty(), number) {
        (false, Some(number)) => format!("{name} ({number})"),
        (true, Some(number)) => number,
        (_, None) => name,
    }
}

/// The code of a service.
pub(super) fn service(service: &Service) -> String {
    let revenue = match service {
        Service::Institutional { revenue: Some(revenue), .. } => format!("revenue code {revenue}"),
        Service::Institutional { .. } | Service::Professional { .. } | Service::Dental { .. } => String::new(),
    };
    let procedure = service.procedure().map(|Procedure { kind, code, modifiers }| {
        let modifiers: String = modifiers.iter().map(|modifier| format!("-{modifier}")).collect();
        format!("{kind} {code}{modifiers}")
    });
    let all: Vec<String> =
        [procedure.unwrap_or_default(), revenue].into_iter().filter(|text| !text.is_empty()).collect();
    all.join(", ")
}

/// An amount with its unit.
pub(super) fn quantity(quantity: &Quantity) -> String {
    let unit = unit_word(&quantity.unit);
    let unit = if quantity.amount == Decimal::ONE { unit.trim_end_matches('s') } else { unit };
    format!("{} {unit}", quantity.amount)
}

fn delivery(delivery: &Delivery) -> Option<String> {
    let amount = delivery.quantity.as_ref().map(quantity)?;
    let per = delivery.per.as_deref().map(|per| match per {
        "DA" => " a day".to_owned(),
        "WK" => " a week".to_owned(),
        "MO" => " a month".to_owned(),
        other => format!(" per {other}"),
    });
    Some(format!("{amount}{}", per.unwrap_or_default()))
}

/// A date or period with what it is the date of.
pub(super) fn date(dated: &Dated) -> String {
    let day = |date: NaiveDate| date.format("%-d %b %Y").to_string();
    let what = date_word(&dated.kind);
    match dated.from == dated.to {
        true => format!("{what} {}", day(dated.from)),
        false => format!("{what} {} to {}", day(dated.from), day(dated.to)),
    }
}
