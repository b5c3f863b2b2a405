//! The segments of a request, from BHT on.

use super::date::{Dated, day};
use super::party::{Identifier, Name, Party};
use super::request::{Attachment, Delivery, Event, Line, Procedure, Request, Service};
use super::review::Trace;
use super::write::Draft;

/// Writes what stands between ST and SE.
pub(super) fn body(draft: &mut Draft, request: &Request) {
    let time = match request.at.format("%S%3f").to_string().as_str() {
        "00000" => request.at.format("%H%M").to_string(),
        seconds if seconds.ends_with("000") => request.at.format("%H%M%S").to_string(),
        _ => request.at.format("%H%M%S%3f").to_string().chars().take(8).collect(),
    };
    let kind = if request.reservation { "RU" } else { "" };
    draft.put("BHT", &["0007", "13", &request.reference, &day(request.at.date()), &time, kind]);
    draft.put("HL", &["1", "", "20", "1"]);
    party(draft, &request.payer);
    draft.put("HL", &["2", "1", "21", "1"]);
    party(draft, &request.requester);
    draft.put("HL", &["3", "2", "22", "1"]);
    party(draft, &request.subscriber);
    let mut level = 3;
    if let Some(dependent) = &request.dependent {
        draft.put("HL", &["4", "3", "23", "1"]);
        party(draft, dependent);
        level = 4;
    }
    let event = level + 1;
    let children = if request.lines.is_empty() { "0" } else { "1" };
    draft.put("HL", &[&event.to_string(), &level.to_string(), "EV", children]);
    self::event(draft, &request.event);
    for (number, line) in (event + 1..).zip(&request.lines) {
        draft.put("HL", &[&number.to_string(), &event.to_string(), "SS", "0"]);
        self::line(draft, line);
    }
}

fn event(draft: &mut Draft, event: &Event) {
    traces(draft, &event.traces);
    let of = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let (service, level, release, delay) =
        (of(&event.service_type), of(&event.level_of_service), of(&event.release), of(&event.delay));
    let place = event.place.as_ref().map_or(vec![""], |place| vec![place.code.as_str(), place.of.as_str()]);
    let [category, certification] = [event.category.code(), event.certification.code()].map(|code| vec![code]);
    let [service, level, release, delay] = [&service, &level, &release, &delay].map(|text| vec![text.as_str()]);
    let none = || vec![""];
    draft.parts("UM", vec![category, certification, service, place, none(), level, none(), none(), release, delay]);
    for (kind, number) in [("BB", &event.authorization), ("NT", &event.review)] {
        if let Some(number) = number {
            draft.put("REF", &[kind, number]);
        }
    }
    dates(draft, &event.dates);
    if !event.diagnoses.is_empty() {
        let codes = event.diagnoses.iter().map(|diagnosis| vec![diagnosis.kind.as_str(), diagnosis.code.as_str()]);
        draft.parts("HI", codes.collect());
    }
    delivery(draft, event.delivery.as_ref());
    attachments(draft, &event.attachments);
    message(draft, event.message.as_deref());
    event.providers.iter().for_each(|provider| party(draft, provider));
}

fn line(draft: &mut Draft, line: &Line) {
    traces(draft, &line.traces);
    if let Some((category, certification, service)) = &line.review {
        draft.put("UM", &[category.code(), certification.code(), service.as_deref().unwrap_or_default()]);
    }
    dates(draft, &line.dates);
    if let Some(service) = &line.service {
        self::service(draft, service);
    }
    delivery(draft, line.delivery.as_ref());
    attachments(draft, &line.attachments);
    message(draft, line.message.as_deref());
    line.providers.iter().for_each(|provider| party(draft, provider));
}

fn service(draft: &mut Draft, service: &Service) {
    let code = |procedure: &Procedure| -> Vec<String> {
        let parts = [procedure.kind.clone(), procedure.code.clone()];
        parts.into_iter().chain(procedure.modifiers.iter().cloned()).collect()
    };
    let units = service.units();
    let (amount, unit) = units.map_or_else(Default::default, |quantity| (quantity.amount.to_string(), quantity.unit));
    let (unit, amount) = (vec![unit.as_str()], vec![amount.as_str()]);
    let none = || vec![""];
    match service {
        Service::Professional { procedure, .. } => {
            let code = code(procedure);
            draft.parts("SV1", vec![strs(&code), none(), unit, amount]);
        }
        Service::Institutional { revenue, procedure, .. } => {
            let code = procedure.as_ref().map(code).unwrap_or_default();
            let revenue = vec![revenue.as_deref().unwrap_or_default()];
            draft.parts("SV2", vec![revenue, strs(&code), none(), unit, amount]);
        }
        Service::Dental { procedure, .. } => {
            let code = code(procedure);
            draft.parts("SV3", vec![strs(&code), none(), none(), none(), none(), amount]);
        }
    }
}

fn strs(parts: &[String]) -> Vec<&str> {
    parts.iter().map(String::as_str).collect()
}

fn traces(draft: &mut Draft, traces: &[Trace]) {
    for trace in traces {
        let detail = trace.detail.as_deref().unwrap_or_default();
        draft.put("TRN", &[trace.of.code(), &trace.number, &trace.assigner, detail]);
    }
}

fn dates(draft: &mut Draft, dates: &[Dated]) {
    for dated in dates {
        let (format, text) = dated.written();
        draft.put("DTP", &[dated.kind.code(), format, &text]);
    }
}

fn delivery(draft: &mut Draft, delivery: Option<&Delivery>) {
    let Some(delivery) = delivery else { return };
    let (amount, unit) = delivery
        .quantity
        .as_ref()
        .map_or_else(Default::default, |quantity| (quantity.amount.to_string(), quantity.unit.clone()));
    let every = delivery.every.map(|every| every.to_string()).unwrap_or_default();
    let periods = delivery.periods.map(|periods| periods.to_string()).unwrap_or_default();
    let (per, period) = (delivery.per.as_deref().unwrap_or_default(), delivery.period.as_deref().unwrap_or_default());
    draft.put("HSD", &[&unit, &amount, per, &every, period, &periods]);
}

fn attachments(draft: &mut Draft, attachments: &[Attachment]) {
    for attachment in attachments {
        let control = attachment.control.as_deref().unwrap_or_default();
        let kind = if control.is_empty() { "" } else { "AC" };
        let description = attachment.description.as_deref().unwrap_or_default();
        draft.put("PWK", &[&attachment.kind, &attachment.by, "", "", kind, control, description]);
    }
}

fn message(draft: &mut Draft, message: Option<&str>) {
    if let Some(message) = message {
        draft.put("MSG", &[message]);
    }
}

/// Writes a name and what belongs to it.
fn party(draft: &mut Draft, party: &Party) {
    let (kind, number) = party.id.as_ref().map_or(("", ""), |id| (id.kind.as_str(), id.value.as_str()));
    match &party.name {
        Name::Organization(name) => draft.put("NM1", &[&party.role, "2", name, "", "", "", "", kind, number]),
        Name::Person { last, first, middle, suffix } => {
            draft.put("NM1", &[&party.role, "1", last, first, middle, "", suffix, kind, number]);
        }
    }
    for Identifier { kind, value } in &party.numbers {
        draft.put("REF", &[kind, value]);
    }
    if let Some(address) = &party.address {
        if !address.lines.is_empty() {
            draft.put("N3", &strs(&address.lines));
        }
        let place = [&address.city, &address.state, &address.postal, &address.country];
        if place.iter().any(|part| !part.is_empty()) {
            draft.put("N4", &place.map(String::as_str));
        }
    }
    if let Some(contact) = &party.contact {
        let mut elements = vec!["IC", contact.name.as_str()];
        elements.extend(contact.channels.iter().flat_map(|(channel, number)| [channel.code(), number.as_str()]));
        draft.put("PER", &elements);
    }
    if let Some((role, specialty)) = &party.specialty {
        draft.put("PRV", &[role, "PXC", specialty]);
    }
    if party.born.is_some() || party.gender.is_some() {
        let born = party.born.map(day).unwrap_or_default();
        let format = if born.is_empty() { "" } else { "D8" };
        draft.put("DMG", &[format, &born, party.gender.as_deref().unwrap_or_default()]);
    }
    if let Some(relationship) = &party.relationship {
        // a dependent is not the insured, a subscriber is
        let insured = if party.role == "QC" { "N" } else { "Y" };
        draft.put("INS", &[insured, relationship]);
    }
}
