//! Whether an authorization serves a charge, by what is known of both and nothing else.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::policy::Rank;

/// What an authorization allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Whether its stored status is the one in which it serves.
    pub active: bool,
    /// The first day of its period.
    pub first_day: NaiveDate,
    /// The last day of its period, included.
    pub last_day: NaiveDate,
    /// The units approved.
    pub approved: Decimal,
    /// The units used up; more than are approved, if the payer has cut them.
    pub used: Decimal,
}

/// What a charge takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The day on which the service is given.
    pub date: NaiveDate,
    /// The units.
    pub units: Decimal,
    /// Whether the authorization covers the charge's code: its list has it, or is empty.
    pub covered: bool,
}

/// Why an authorization does not serve a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortfall {
    /// It is not active.
    NotActive,
    /// The service is given before its period.
    TooEarly,
    /// The service is given after its period.
    TooLate,
    /// It has not enough units left.
    TooFewUnits,
    /// It does not cover the code.
    NotCovered,
}

impl Shortfall {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Shortfall::NotActive => "not_active",
            Shortfall::TooEarly => "too_early",
            Shortfall::TooLate => "too_late",
            Shortfall::TooFewUnits => "too_few_units",
            Shortfall::NotCovered => "not_covered",
        }
    }
}

impl Grant {
    /// Every reason for which it does not serve a charge; none if it does. A policy may demand more, never less.
    pub fn shortfalls(&self, charge: &Use) -> Vec<Shortfall> {
        let reasons = [
            (!self.active, Shortfall::NotActive),
            (charge.date < self.first_day, Shortfall::TooEarly),
            (charge.date > self.last_day, Shortfall::TooLate),
            (self.left() < charge.units, Shortfall::TooFewUnits),
            (!charge.covered, Shortfall::NotCovered),
        ];
        reasons.into_iter().filter(|(lacks, _)| *lacks).map(|(_, why)| why).collect()
    }

    /// The units that are left; fewer than none, if more are used than are approved.
    pub fn left(&self) -> Decimal {
        self.approved.saturating_sub(self.used)
    }
}

/// An authorization among several that serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked<'n> {
    /// The units left.
    pub left: Decimal,
    /// The last day of its period.
    pub last_day: NaiveDate,
    /// The payer's number.
    pub number: &'n str,
}

/// Which of two goes first.
pub fn compare(order: &[Rank], one: &Ranked<'_>, other: &Ranked<'_>) -> Ordering {
    order.iter().fold(Ordering::Equal, |known, rank| {
        known.then_with(|| match rank {
            Rank::MostLeft => other.left.cmp(&one.left),
            Rank::EarliestEnd => one.last_day.cmp(&other.last_day),
            Rank::Number => one.number.cmp(other.number),
        })
    })
}
