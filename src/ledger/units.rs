//! Units of service, never floats.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A number of units: visits, hours or whatever a payer counts, in ten-thousandths.
///
/// From 0 to 1,000,000,000, so that no sum in a store can overflow.
///
/// ```
/// use rulebook::ledger::Units;
/// let quarter: Units = "0.25".parse().unwrap();
/// assert_eq!(quarter.ten_thousandths(), 2_500);
/// assert_eq!(Units::whole(3).unwrap().checked_sub(quarter).unwrap().to_string(), "2.75");
/// assert!("0.00001".parse::<Units>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Units(i64);

const SCALE: i64 = 10_000;
const DECIMALS: usize = 4;
const MOST: i64 = 1_000_000_000 * SCALE;

/// Why a text is no number of units.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitsError {
    /// It isn't laid out as `12` or `12.5`.
    #[error("`{text}` is not a number of units")]
    Shape {
        /// The text as given.
        text: String,
    },
    /// It has more than four decimals.
    #[error("`{text}` has more than four decimals")]
    Decimals {
        /// The text as given.
        text: String,
    },
    /// It is more than a ledger holds.
    #[error("`{text}` is more than 1000000000 units")]
    Large {
        /// The text as given.
        text: String,
    },
}

impl UnitsError {
    /// The cure.
    pub fn help(&self) -> &'static str {
        match self {
            UnitsError::Shape { .. } => "write it like `12` or `0.25`: digits, and a point before decimals",
            UnitsError::Decimals { .. } => "units are kept in ten-thousandths: round it as the payer does",
            UnitsError::Large { .. } => "give at most 1000000000",
        }
    }
}

impl Units {
    /// None.
    pub const ZERO: Units = Units(0);

    /// So many whole units, if a ledger holds as many.
    pub fn whole(units: u32) -> Option<Units> {
        Units::from_ten_thousandths(i64::from(units) * SCALE)
    }

    /// So many ten-thousandths, if they are not negative and a ledger holds as many.
    pub fn from_ten_thousandths(units: i64) -> Option<Units> {
        (0..=MOST).contains(&units).then_some(Units(units))
    }

    /// The ten-thousandths.
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// The same as a decimal number, without zeros at its end.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, 4).normalize()
    }

    /// The sum, if a ledger holds as many.
    pub fn checked_add(self, other: Units) -> Option<Units> {
        Units::from_ten_thousandths(self.0 + other.0)
    }

    /// The difference, if it is not negative.
    pub fn checked_sub(self, other: Units) -> Option<Units> {
        Units::from_ten_thousandths(self.0 - other.0)
    }
}

impl FromStr for Units {
    type Err = UnitsError;

    fn from_str(text: &str) -> Result<Units, UnitsError> {
        let shape = || UnitsError::Shape { text: text.to_owned() };
        let large = || UnitsError::Large { text: text.to_owned() };
        let (whole, decimals) = match text.split_once('.') {
            Some((_, "")) => return Err(shape()),
            Some((whole, decimals)) => (whole, decimals),
            None => (text, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(shape());
        }
        if decimals.len() > DECIMALS {
            return Err(UnitsError::Decimals { text: text.to_owned() });
        }
        let whole: i64 = whole.parse().map_err(|_| large())?;
        let part: i64 = format!("{decimals:0<DECIMALS$}").parse().map_err(|_| shape())?;
        let units = whole.checked_mul(SCALE).and_then(|whole| whole.checked_add(part));
        units.and_then(Units::from_ten_thousandths).ok_or_else(large)
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % SCALE {
            0 => write!(f, "{}", self.0 / SCALE),
            part => {
                let part = format!("{part:0>DECIMALS$}");
                write!(f, "{}.{}", self.0 / SCALE, part.trim_end_matches('0'))
            }
        }
    }
}

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Units {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Units, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
