//! Dates and what they are the dates of (DTP).

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::super::check::{date, period, time};
use super::super::segment::Segment;
use super::text::text;

/// What a date is the date of (DTP01).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// 439: the accident.
    Accident,
    /// 484: the last menstrual period.
    LastMenstruation,
    /// ABC: the birth that is expected.
    ExpectedBirth,
    /// 431: the first symptoms.
    Onset,
    /// AAH: the event.
    Event,
    /// 435: the admission.
    Admission,
    /// 096: the discharge.
    Discharge,
    /// 472: the service.
    Service,
    /// 102: when the certification was issued.
    Issued,
    /// 036: when it ends.
    Expires,
    /// 007: from when, or in what period, it holds.
    Effective,
    /// Another code.
    Other(String),
}

/// A date, or a period with both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Dated {
    /// What it is the date of.
    pub kind: DateKind,
    /// The date, or the first of the period.
    pub from: NaiveDate,
    /// The last date of a period; of one date the date itself.
    pub to: NaiveDate,
}

/// The kinds that have a code of their own.
const KINDS: [(DateKind, &str); 11] = [
    (DateKind::Accident, "439"),
    (DateKind::LastMenstruation, "484"),
    (DateKind::ExpectedBirth, "ABC"),
    (DateKind::Onset, "431"),
    (DateKind::Event, "AAH"),
    (DateKind::Admission, "435"),
    (DateKind::Discharge, "096"),
    (DateKind::Service, "472"),
    (DateKind::Issued, "102"),
    (DateKind::Expires, "036"),
    (DateKind::Effective, "007"),
];

impl DateKind {
    /// The code in a message.
    pub fn code(&self) -> &str {
        match self {
            DateKind::Other(code) => code,
            known => KINDS.iter().find(|(kind, _)| kind == known).map_or("", |(_, code)| code),
        }
    }

    /// What a code means.
    pub fn of(code: &str) -> DateKind {
        let known = KINDS.iter().find(|(_, known)| *known == code);
        known.map_or_else(|| DateKind::Other(code.to_owned()), |(kind, _)| kind.clone())
    }
}

impl Dated {
    /// One date.
    pub fn on(kind: DateKind, date: NaiveDate) -> Dated {
        Dated { kind, from: date, to: date }
    }

    /// What a DTP says; `None` if its date cannot be read.
    pub(super) fn read(segment: &Segment<'_>) -> Option<Dated> {
        let kind = DateKind::of(&text(segment.value(1)));
        let value = segment.value(3);
        let (from, to) = match segment.value(2) {
            b"RD8" => period(value)?,
            // a date with a time of day: the date is what counts
            b"DT" => {
                let date = date(value.get(..8)?)?;
                (date, date)
            }
            _ => {
                let date = date(value)?;
                (date, date)
            }
        };
        Some(Dated { kind, from, to })
    }

    /// Its format and its text in a message.
    pub(super) fn written(&self) -> (&'static str, String) {
        match self.from == self.to {
            true => ("D8", day(self.from)),
            false => ("RD8", format!("{}-{}", day(self.from), day(self.to))),
        }
    }
}

/// A date of eight digits.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

/// Date and time of two elements. Without a time of day, midnight.
pub(super) fn moment(day: &[u8], hour: &[u8]) -> Option<NaiveDateTime> {
    let hundredths = if hour.is_empty() { 0 } else { time(hour)? };
    let nanos = hundredths % 100 * 10_000_000;
    Some(date(day)?.and_time(NaiveTime::from_num_seconds_from_midnight_opt(hundredths / 100, nanos)?))
}
