//! One segment's elements, held to its row of the table.

use crate::diagnostic::Code;

use super::super::fault::Spot;
use super::super::grammar::{self, Kind, Relation, Rule, Usage};
use super::super::segment::{Element, Segment, split};
use super::faults::Faults;
use super::value;

/// How many codes a message lists.
const MOST_LISTED: usize = 16;

/// What a segment has of the bytes that matter: most have none, and their elements need not be looked through.
struct Seen {
    components: bool,
    repetitions: bool,
}

/// Where an element stands in its segment.
#[derive(Clone, Copy)]
struct At<'s, 'a> {
    segment: &'s Segment<'a>,
    element: usize,
    component: Option<usize>,
}

impl At<'_, '_> {
    fn spot(&self, found: &Element<'_>) -> Spot {
        Spot {
            offset: found.offset,
            length: found.bytes.len(),
            element: Some(self.element),
            component: self.component,
            ..Spot::segment(self.segment)
        }
    }

    fn name(&self) -> String {
        let component = self.component.map(|component| format!("-{component}")).unwrap_or_default();
        format!("{}{:02}{component}", String::from_utf8_lossy(self.segment.id()), self.element)
    }
}

/// Checks all elements of a segment.
pub(super) fn check(rule: &'static Rule, segment: &Segment<'_>, faults: &mut Faults) {
    let is_header = rule.tag == grammar::ISA.tag;
    let delimiters = segment.delimiters();
    let seen = Seen {
        components: !is_header && segment.body.contains(&delimiters.component()),
        repetitions: !is_header && delimiters.repetition().is_some_and(|byte| segment.body.contains(&byte)),
    };
    control(segment, faults);
    let mut filled: u64 = 0;
    let mut number = 0;
    let mut before: &[u8] = &[];
    for found in segment.elements() {
        number += 1;
        faults.steps += 1;
        let at = At { segment, element: number, component: None };
        let Some(spec) = rule.elements.get(number - 1) else {
            faults.push(Code::SurplusElement, || {
                let most = rule.elements.len();
                let message = format!("{} has no element {number}: it has at most {most}", rule.id);
                (at.spot(&found), message, "leave out what is surplus, or look for a separator too many".to_owned())
            });
            break;
        };
        if found.bytes.is_empty() {
            if spec.usage == Usage::Required {
                missing(at, &found, faults);
            }
        } else {
            filled |= 1 << number.min(63);
            one(spec, at, &found, before, &seen, faults);
        }
        before = found.bytes;
    }
    let absent = Element { bytes: &[], offset: segment.offset + segment.body.len() };
    for (number, spec) in (1..).zip(rule.elements).skip(number) {
        if spec.usage == Usage::Required {
            missing(At { segment, element: number, component: None }, &absent, faults);
        }
    }
    for relation in rule.relations {
        related(*relation, filled, segment, faults);
    }
}

/// Line breaks and other control characters within a segment: mostly a terminator that got lost.
fn control(segment: &Segment<'_>, faults: &mut Faults) {
    // nearly no segment has any, and the fold needs no branches
    let is_control = |byte: u8| byte < b' ' || byte == 0x7f;
    if !segment.body.iter().fold(false, |any, byte| any | is_control(*byte)) {
        return;
    }
    let delimiters = segment.delimiters();
    let mut bytes = segment.body.iter().copied().enumerate();
    if let Some((at, byte)) = bytes.find(|(_, byte)| is_control(*byte) && !delimiters.contains(*byte)) {
        faults.push(Code::ControlCharacter, || {
            let spot = Spot { offset: segment.offset + at, length: 1, ..Spot::segment(segment) };
            let help = "take it out; if it is a line break, the segment before it may lack its terminator";
            (spot, format!("the control character {byte:02X} stands within a segment"), help.to_owned())
        });
    }
}

fn missing(at: At<'_, '_>, found: &Element<'_>, faults: &mut Faults) {
    faults.push(Code::MissingElement, || {
        let name = at.name();
        (at.spot(found), format!("{name} is missing"), format!("give {name} a value"))
    });
}

fn related(relation: Relation, filled: u64, segment: &Segment<'_>, faults: &mut Faults) {
    let has = |number: usize| filled & (1 << number.min(63)) != 0;
    let id = || String::from_utf8_lossy(segment.id());
    match relation {
        Relation::Pair(first, second) if has(first) != has(second) => {
            faults.push(Code::RelatedElements, || {
                let (given, absent) = if has(first) { (first, second) } else { (second, first) };
                let message = format!("{}{given:02} stands without {0}{absent:02}", id());
                (Spot::element(segment, given), message, "give both of them, or neither".to_owned())
            });
        }
        Relation::Either(first, second) if !has(first) && !has(second) => {
            faults.push(Code::RelatedElements, || {
                let message = format!("neither {}{first:02} nor {0}{second:02} is given", id());
                (Spot::element(segment, first), message, "give one of them".to_owned())
            });
        }
        Relation::Pair(..) | Relation::Either(..) => {}
    }
}

fn one(spec: &grammar::Element, at: At<'_, '_>, found: &Element<'_>, before: &[u8], seen: &Seen, faults: &mut Faults) {
    if spec.usage == Usage::Unused {
        return faults.push(Code::SurplusElement, || {
            (at.spot(found), format!("{} is not used in this message", at.name()), "leave it empty".to_owned())
        });
    }
    let delimiters = at.segment.delimiters();
    if let Some(repetition) = delimiters.repetition().filter(|byte| seen.repetitions && found.bytes.contains(byte)) {
        let mut times = 0;
        for repeated in split(found.bytes, found.offset, repetition) {
            times += 1;
            one(spec, at, &repeated, before, &Seen { repetitions: false, ..*seen }, faults);
        }
        if times > spec.times {
            faults.push(Code::SurplusElement, || {
                let message = format!("{} is given {times} times, and may be {}", at.name(), spec.times);
                (at.spot(found), message, "leave out what is surplus".to_owned())
            });
        }
        return;
    }
    if let Kind::Parts(specs) = spec.kind {
        return components(specs, at, found, faults);
    }
    if seen.components && found.bytes.contains(&delimiters.component()) {
        return faults.push(Code::SurplusElement, || {
            let help = format!("take {} out of it", super::super::delimiters::shown(delimiters.component()));
            (at.spot(found), format!("{} is one value, and is given in parts", at.name()), help)
        });
    }
    value_of(spec, at, found, before, faults);
}

fn components(specs: &'static [grammar::Element], at: At<'_, '_>, found: &Element<'_>, faults: &mut Faults) {
    let mut before: &[u8] = &[];
    let mut number = 0;
    for part in found.components(at.segment.delimiters()) {
        number += 1;
        faults.steps += 1;
        let at = At { component: Some(number), ..at };
        let Some(spec) = specs.get(number - 1) else {
            faults.push(Code::SurplusElement, || {
                let message = format!("{} has at most {} parts", At { component: None, ..at }.name(), specs.len());
                (at.spot(&part), message, "leave out what is surplus".to_owned())
            });
            return;
        };
        match part.bytes.is_empty() {
            true if spec.usage == Usage::Required => missing(at, &part, faults),
            true => {}
            false => value_of(spec, at, &part, before, faults),
        }
        before = part.bytes;
    }
    let absent = Element { bytes: &[], offset: found.offset + found.bytes.len() };
    for (number, spec) in (1..).zip(specs).skip(number) {
        if spec.usage == Usage::Required {
            missing(At { component: Some(number), ..at }, &absent, faults);
        }
    }
}

fn value_of(spec: &grammar::Element, at: At<'_, '_>, found: &Element<'_>, before: &[u8], faults: &mut Faults) {
    let bytes = found.bytes;
    let said = || String::from_utf8_lossy(bytes.get(..bytes.len().min(80)).unwrap_or_default()).into_owned();
    let wrong = |faults: &mut Faults, what: &str, help: &str| {
        faults.push(Code::MalformedElement, || {
            (at.spot(found), format!("{} is `{}`, which is no {what}", at.name(), said()), help.to_owned())
        });
    };
    match spec.kind {
        Kind::Code(codes) if !codes.is_empty() => {
            faults.steps += codes.len();
            if !grammar::is_one_of(codes, bytes) {
                faults.push(Code::UnlistedCode, || {
                    let message = format!("{} cannot be `{}`", at.name(), said());
                    (at.spot(found), message, choices(codes))
                });
            }
        }
        Kind::Text | Kind::Code(_) => length(spec, characters(bytes), at, found, faults),
        Kind::Whole => match value::is_whole(bytes) {
            true => length(spec, bytes.len(), at, found, faults),
            false => wrong(faults, "whole number", "write digits alone"),
        },
        Kind::Decimal => match value::decimal_digits(bytes) {
            Some(digits) => length(spec, digits, at, found, faults),
            None => wrong(faults, "number", "write digits, with a decimal point if need be"),
        },
        Kind::Date if bytes.len() != spec.least || value::date(bytes).is_none() => {
            let form = if spec.least == 6 { "YYMMDD" } else { "YYYYMMDD" };
            wrong(faults, "date", &format!("write it as {form}"));
        }
        Kind::Time if bytes.len() > spec.most || value::time(bytes).is_none() => {
            wrong(faults, "time of day", "write it as HHMM or HHMMSS");
        }
        Kind::Period if !value::is_period(before, bytes) => {
            let help = match before {
                b"D8" => "write it as YYYYMMDD",
                b"RD8" => "write it as YYYYMMDD-YYYYMMDD, the earlier date first",
                _ => "write it as YYYYMMDDHHMM",
            };
            wrong(faults, &format!("date of the format `{}`", String::from_utf8_lossy(before)), help);
        }
        Kind::Period => length(spec, characters(bytes), at, found, faults),
        // parts hold no parts
        Kind::Date | Kind::Time | Kind::Parts(_) => {}
    }
}

/// Characters, not bytes; what is no UTF-8 counts by bytes.
fn characters(bytes: &[u8]) -> usize {
    match bytes.is_ascii() {
        true => bytes.len(),
        false => str::from_utf8(bytes).map_or(bytes.len(), |text| text.chars().count()),
    }
}

fn length(spec: &grammar::Element, length: usize, at: At<'_, '_>, found: &Element<'_>, faults: &mut Faults) {
    if (spec.least..=spec.most).contains(&length) {
        return;
    }
    faults.push(Code::ElementLength, || {
        let bounds = match spec.least == spec.most {
            true => format!("{}", spec.least),
            false => format!("{} to {}", spec.least, spec.most),
        };
        let help = if length < spec.least { "write it in full" } else { "shorten it" };
        let counted = if length == 1 { "1 character".to_owned() } else { format!("{length} characters") };
        (at.spot(found), format!("{} has {counted} instead of {bounds}", at.name()), help.to_owned())
    });
}

/// The codes to choose from. None is proposed: in codes of two letters every slip is near another code.
fn choices(codes: &[&str]) -> String {
    if let [only] = codes {
        return format!("write `{only}`");
    }
    let listed: Vec<String> = codes.iter().take(MOST_LISTED).map(|code| format!("`{code}`")).collect();
    let more = codes.len().saturating_sub(MOST_LISTED);
    let more = if more > 0 { format!(" or {more} others") } else { String::new() };
    format!("it may be {}{more}", listed.join(", "))
}
