//! Facts that are computed from others.

use rust_decimal::Decimal;

use super::{FactId, Ordinal};

/// How a derived fact is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// A sum of facts, some of them subtracted; each fact stands in it once.
    Sum(Vec<Term>),
    /// `part` as a percentage of `whole`; missing where `whole` is zero.
    Percent {
        /// What is measured.
        part: FactId,
        /// What it is measured against.
        whole: FactId,
    },
}

/// One fact of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Whether it is subtracted.
    pub minus: bool,
    /// The fact.
    pub fact: FactId,
}

impl Formula {
    /// The facts that it reads, in the order in which they are written.
    pub fn parts(&self) -> Vec<FactId> {
        match self {
            Formula::Sum(terms) => terms.iter().map(|term| term.fact).collect(),
            Formula::Percent { part, whole } => vec![*part, *whole],
        }
    }

    /// The result from the parts' values, given in the order of [`Formula::parts`]. `exact` says that the result is a
    /// decimal even where every part is whole.
    ///
    /// `None` where a percentage has no whole, or where the result is too large to be held.
    pub fn compute(&self, parts: &[Ordinal], exact: bool) -> Option<Ordinal> {
        match self {
            Formula::Sum(terms) if exact => terms
                .iter()
                .zip(parts)
                .try_fold(Decimal::ZERO, |sum, (term, part)| {
                    if term.minus { sum.checked_sub(part.exact()) } else { sum.checked_add(part.exact()) }
                })
                .map(Ordinal::Exact),
            Formula::Sum(terms) => terms
                .iter()
                .zip(parts)
                .try_fold(0_i64, |sum, (term, part)| match part {
                    Ordinal::Whole(number) if term.minus => sum.checked_sub(*number),
                    Ordinal::Whole(number) => sum.checked_add(*number),
                    Ordinal::Exact(_) => None,
                })
                .map(Ordinal::Whole),
            Formula::Percent { .. } => match parts {
                [part, whole] => part
                    .exact()
                    .checked_mul(Decimal::ONE_HUNDRED)
                    .and_then(|hundredfold| hundredfold.checked_div(whole.exact()))
                    .map(Ordinal::Exact),
                _ => None,
            },
        }
    }
}

impl Ordinal {
    /// The number as a decimal.
    pub fn exact(self) -> Decimal {
        match self {
            Ordinal::Whole(number) => Decimal::from(number),
            Ordinal::Exact(number) => number,
        }
    }
}
