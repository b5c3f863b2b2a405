//! What a response says of the event or of one line.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::code::{Action, FollowUp, TraceOf};
use super::date::{DateKind, Dated};
use super::request::{Delivery, Service};

/// A number by which a message is recognised (TRN).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Trace {
    /// Whose number it is.
    pub of: TraceOf,
    /// The number (TRN02).
    pub number: String,
    /// Who gave it (TRN03).
    pub assigner: String,
    /// A part of that organization (TRN04).
    pub detail: Option<String>,
}

/// A decision (HCR).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub action: Action,
    /// The authorization's number (HCR02).
    pub number: Option<String>,
    /// Why, as a code of a list that the payers keep (HCR03).
    pub reason: Option<String>,
    /// Whether a second opinion is wanted (HCR04).
    pub second_opinion: Option<bool>,
}

/// Why something could not be taken (AAA).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The level at which it was found (HL03).
    pub level: String,
    /// Whether the request was valid all the same (AAA01).
    pub valid: bool,
    /// Why (AAA03).
    pub reason: String,
    /// What to do.
    pub follow_up: FollowUp,
}

/// An amount and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How much.
    pub amount: Decimal,
    /// Of what: `VS` visits, `DY` days, `UN` units.
    pub unit: String,
}

/// What is said of the event or of one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// The numbers by which it is recognised.
    pub traces: Vec<Trace>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Why it could not be taken.
    pub rejections: Vec<Rejection>,
    /// The number of an earlier authorization (REF BB).
    pub authorization: Option<String>,
    /// The payer's own number of the review (REF NT).
    pub review: Option<String>,
    /// How much: as the response gives it, else as the service does.
    pub units: Option<Quantity>,
    /// How often, where the response says more than an amount: so many each week, or for so long (HSD).
    pub rate: Option<Delivery>,
    /// Its dates.
    pub dates: Vec<Dated>,
    /// What it is.
    pub service: Option<Service>,
    /// A note.
    pub message: Option<String>,
}

impl Review {
    /// The first and last date for which the response speaks: the period for which the certification holds, else that of
    /// the event, the service or the stay. A certification with no end but its beginning lasts that one day.
    pub fn period(&self) -> Option<(NaiveDate, NaiveDate)> {
        let of = |kind: &DateKind| self.dates.iter().find(|dated| dated.kind == *kind);
        let certified = of(&DateKind::Effective).map(|dated| match of(&DateKind::Expires) {
            Some(expires) if dated.from == dated.to => (dated.from, expires.to),
            Some(_) | None => (dated.from, dated.to),
        });
        let stay = of(&DateKind::Admission)
            .map(|dated| (dated.from, of(&DateKind::Discharge).map_or(dated.to, |discharge| discharge.to)));
        let plain = [DateKind::Service, DateKind::Event].iter().find_map(of).map(|dated| (dated.from, dated.to));
        certified.or(plain).or(stay).filter(|(from, to)| from <= to)
    }
}
