//! Facts that are computed from others.

use rust_decimal::Decimal;
use smallvec::{SmallVec, smallvec};

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
    pub fn parts(&self) -> SmallVec<[FactId; 4]> {
        match self {
            Formula::Sum(terms) => terms.iter().map(|term| term.fact).collect(),
            Formula::Percent { part, whole } => smallvec![*part, *whole],
        }
    }

    /// The result from the parts' values, given in the order of [`Formula::parts`]. `exact` says that the result is a
    /// decimal even where every part is whole.
    ///
    /// A sum too large to be held is as large as can be held: it lies beyond every threshold, as it should. `None` where a
    /// percentage has no whole, or is too large itself.
    pub fn compute(&self, parts: &[Ordinal], exact: bool) -> Option<Ordinal> {
        match self {
            Formula::Sum(terms) if exact => {
                let signed = terms.iter().zip(parts).map(|(term, part)| {
                    let number = part.exact();
                    if term.minus { -number } else { number }
                });
                Some(Ordinal::Exact(signed.fold(Decimal::ZERO, Decimal::saturating_add)))
            }
            Formula::Sum(terms) => {
                let mut sum = 0_i128;
                for (term, part) in terms.iter().zip(parts) {
                    match part {
                        Ordinal::Whole(number) if term.minus => sum -= i128::from(*number),
                        Ordinal::Whole(number) => sum += i128::from(*number),
                        Ordinal::Exact(_) => return None,
                    }
                }
                let most = if sum < 0 { i64::MIN } else { i64::MAX };
                Some(Ordinal::Whole(i64::try_from(sum).unwrap_or(most)))
            }
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
