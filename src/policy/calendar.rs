//! Lowers calendar files.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::Code;
use crate::facts::{Kind, nearest_zone, zone_hint};
use crate::syntax::{Entry, Node, Shape};
use crate::time::{
    Calendar, CalendarParts, DueAt, Holiday, LateReceipt, Observed, Stretch, Zone, Zones, parse_date, parse_stretches,
    parse_time_of_day, parse_weekdays,
};

use super::reader::{Fields, Reader};

/// Lowers a calendar file.
pub(super) fn lower(reader: &mut Reader<'_>, root: &Node, zones: &Zones) -> Option<Calendar> {
    let before = reader.faults();
    let mut fields = reader.fields(root, "a calendar")?;
    let name = fields.node("calendar").and_then(|node| {
        let text = reader.word(node, "the calendar's name")?;
        reader.name(text, node.span)
    });
    fields.captions(reader);
    let zone = fields.need(reader, "zone", "an IANA time zone").and_then(|node| zone(reader, node, zones));
    let hours = fields.node("hours");
    let mut week = Vec::new();
    for entry in hours.map(|node| reader.entries(node, "a map of weekdays").unwrap_or_default()).unwrap_or_default() {
        match parse_weekdays(&entry.key) {
            Ok(days) => {
                let stretches = stretches(reader, &entry.value).unwrap_or_default();
                week.extend(days.into_iter().flat_map(|day| stretches.iter().map(move |stretch| (day, *stretch))));
            }
            Err(error) => {
                let place = error.span().filter(|_| reader.is_as_written(entry.key_span, &entry.key));
                let span = place.map_or(entry.key_span, |place| entry.key_span.within(place));
                reader.fault(Code::BadHoliday, span, error.to_string(), error.help());
            }
        }
    }
    let holidays = holidays(reader, &mut fields);
    let overrides = special_hours(reader, &mut fields);
    let (late_receipt, due_at) = (late_receipt(reader, &mut fields), due_at(reader, &mut fields));
    fields.finish(reader);
    if reader.faults() > before {
        return None;
    }
    let parts = CalendarParts { name: name?, zone: zone?, week, overrides, holidays, late_receipt, due_at };
    match Calendar::new(parts) {
        Ok(calendar) => Some(calendar),
        Err(error) => {
            let span = hours.map_or(root.span, |node| node.span);
            reader.fault(Code::NoHours, span, error.to_string(), error.help());
            None
        }
    }
}

/// An IANA zone by name.
pub(super) fn zone(reader: &mut Reader<'_>, node: &Node, zones: &Zones) -> Option<Zone> {
    let name = reader.word(node, "an IANA time zone")?;
    let zone = zones.get(name);
    if zone.is_none() {
        let help = match nearest_zone(name, zones) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}: {}", Kind::TimeZone.expected(), zone_hint(name)),
        };
        reader.fault(Code::UnknownZone, node.span, format!("unknown time zone `{name}`"), help);
    }
    zone
}

fn stretches(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<Stretch>> {
    let items = reader.one_or_more(node, "opening hours");
    let read: Vec<Option<Vec<Stretch>>> = items
        .iter()
        .map(|item| reader.phrase(item, Code::BadWindow, "opening hours such as 09:00-17:00", parse_stretches))
        .collect();
    Some(read.into_iter().collect::<Option<Vec<_>>>()?.concat())
}

fn section<'n>(reader: &mut Reader<'_>, fields: &mut Fields<'n>, key: &'static str) -> &'n [Entry] {
    fields.node(key).map(|node| reader.entries(node, "a map of names").unwrap_or_default()).unwrap_or_default()
}

fn holidays(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Vec<(String, Holiday)> {
    let mut holidays = Vec::new();
    for entry in section(reader, fields, "holidays") {
        if let Some(holiday) = holiday(reader, &entry.value) {
            holidays.push((entry.key.clone(), holiday));
        }
    }
    holidays
}

fn holiday(reader: &mut Reader<'_>, node: &Node) -> Option<Holiday> {
    const EXPECTED: &str = "a day such as `25 December` or `third Monday of January`";
    if matches!(node.shape, Shape::Scalar(_)) {
        return reader.phrase(node, Code::BadHoliday, EXPECTED, Holiday::parse);
    }
    let mut fields = reader.fields(node, EXPECTED)?;
    let day = fields
        .need(reader, "every", "with the day")
        .and_then(|node| reader.phrase(node, Code::BadHoliday, EXPECTED, Holiday::parse));
    let observed = match fields.node("observed") {
        Some(node) => Some(reader.phrase(node, Code::BadHoliday, "`nearest weekday`", Observed::parse)?),
        None => None,
    };
    let mut years = Vec::new();
    for key in ["from", "to"] {
        let node = fields.node(key);
        let year = node.and_then(|node| reader.integer(node)).map(|year| i32::try_from(year).unwrap_or(i32::MAX));
        if node.is_some() && year.is_none() {
            return None;
        }
        years.push(year);
    }
    let span = fields.span();
    fields.captions(reader);
    fields.finish(reader);
    let day = observed.into_iter().fold(day?, |day, observed| day.observed(observed));
    match day.in_years(years.first().copied().flatten(), years.last().copied().flatten()) {
        Ok(holiday) => Some(holiday),
        Err(error) => {
            reader.fault(Code::BadHoliday, span, error.to_string(), error.help());
            None
        }
    }
}

/// Dates that have hours of their own, or none.
fn special_hours(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> BTreeMap<NaiveDate, Vec<Stretch>> {
    let mut overrides = BTreeMap::new();
    for entry in section(reader, fields, "special hours") {
        let closed = entry.value.as_scalar().is_some_and(|scalar| scalar.text == "closed");
        let hours = if closed { Some(Vec::new()) } else { stretches(reader, &entry.value) };
        match (parse_date(&entry.key), hours) {
            (Ok(date), Some(hours)) => {
                overrides.insert(date, hours);
            }
            (Ok(_), None) => {}
            (Err(error), _) => reader.fault(Code::BadHoliday, entry.key_span, error.to_string(), error.help()),
        }
    }
    overrides
}

fn late_receipt(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> LateReceipt {
    let (late, cut_off) = (fields.node("late receipt"), fields.take("cut-off"));
    let time = cut_off.and_then(|entry| {
        reader.phrase(&entry.value, Code::BadWindow, "a time of day such as 15:00", parse_time_of_day)
    });
    if let (None, Some(entry)) = (late, cut_off) {
        let message = "`cut-off` says when a receipt is late, but not what follows";
        let help = "add `late receipt: counts as the next business day`";
        reader.fault(Code::MissingKey, entry.key_span, message, help);
    }
    let expected = "`counts as the next business day`";
    let late =
        late.and_then(|node| reader.phrase(node, Code::UnknownValue, expected, |text| LateReceipt::parse(text, time)));
    late.unwrap_or(LateReceipt::SameDay)
}

fn due_at(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> DueAt {
    let expected = "`close`, `end of date` or `same time`";
    let node = fields.node("due at");
    node.and_then(|node| reader.phrase(node, Code::UnknownValue, expected, DueAt::parse)).unwrap_or(DueAt::Close)
}
