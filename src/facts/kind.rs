//! What values a fact can take, and how a value is read.

use std::borrow::Cow;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::diagnostic::nearest;
use crate::time::{Duration, Zones, parse_date};

use super::Value;
use super::zone_name::{nearest_zone, zone_hint};

/// The longest text that a fact may hold, in bytes.
pub const LONGEST_TEXT: usize = 64 * 1024;

/// The type of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One word of a list.
    OneOf(Vec<String>),
    /// True or false.
    Boolean,
    /// A whole number within bounds, both included.
    Integer(Bounds<i64>),
    /// A decimal number within bounds, both included.
    Decimal(Bounds<Decimal>),
    /// Any text of up to 64 KiB.
    Text,
    /// A span of time in whole seconds.
    Duration,
    /// A calendar date, 1900 to 2199.
    Date,
    /// An IANA time zone.
    TimeZone,
    /// A whole number of days between two dates: derived facts alone have it.
    Days,
}

/// Lower and upper bound of a number, each optional and included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds<N> {
    /// The least value allowed.
    pub from: Option<N>,
    /// The greatest value allowed.
    pub to: Option<N>,
}

impl<N> Default for Bounds<N> {
    fn default() -> Bounds<N> {
        Bounds { from: None, to: None }
    }
}

impl<N: PartialOrd + Copy> Bounds<N> {
    /// Whether a number lies within.
    pub fn admit(&self, number: N) -> bool {
        self.from.is_none_or(|from| from <= number) && self.to.is_none_or(|to| number <= to)
    }
}

/// A scalar as it stood in a case or file, before its fact gives it a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw<'a> {
    /// JSON `null`, YAML's empty value: the fact is not given.
    Null,
    /// JSON `true` or `false`.
    Boolean(bool),
    /// A JSON number, digit for digit.
    Number(&'a str),
    /// A string that says it is one: JSON, or quoted YAML.
    Text(Cow<'a, str>),
    /// An unquoted YAML scalar, which takes the type that its place asks for.
    Plain(&'a str),
    /// A list or map, as text, where a scalar belongs.
    Nested(&'a str),
}

/// Why a value does not fit a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// What would fit: the end of the sentence "expected …".
    pub expected: String,
    /// The nearest right value.
    pub did_you_mean: Option<String>,
    /// What to do about it, where that is not plain from `expected`.
    pub help: Option<String>,
}

impl Misfit {
    fn new(expected: impl Into<String>) -> Misfit {
        Misfit { expected: expected.into(), did_you_mean: None, help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Misfit {
        self.help = Some(help.into());
        self
    }
}

impl Kind {
    /// What the kind is called in a vocabulary and in messages.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::OneOf(_) => "one of",
            Kind::Boolean => "boolean",
            Kind::Integer(_) => "integer",
            Kind::Decimal(_) => "decimal",
            Kind::Text => "text",
            Kind::Duration => "duration",
            Kind::Date => "date",
            Kind::TimeZone => "time zone",
            Kind::Days => "days",
        }
    }

    /// Whether cases write values as numbers.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Kind::Integer(_) | Kind::Decimal(_))
    }

    /// Whether values have an order that `more than` and its like can speak of.
    pub fn is_ordered(&self) -> bool {
        matches!(self, Kind::Integer(_) | Kind::Decimal(_) | Kind::Duration | Kind::Date | Kind::Days)
    }

    /// The end of the sentence "expected …".
    pub fn expected(&self) -> String {
        fn bounded<N: std::fmt::Display>(what: &str, bounds: &Bounds<N>) -> String {
            match (&bounds.from, &bounds.to) {
                (Some(from), Some(to)) => format!("{what} from {from} to {to}"),
                (Some(from), None) => format!("{what} of at least {from}"),
                (None, Some(to)) => format!("{what} of at most {to}"),
                (None, None) => what.to_owned(),
            }
        }
        match self {
            Kind::OneOf(values) => format!("one of {}", values.join(", ")),
            Kind::Boolean => "true or false".to_owned(),
            Kind::Integer(bounds) => bounded("a whole number", bounds),
            Kind::Decimal(bounds) => bounded("a decimal number", bounds),
            Kind::Text => "a text of at most 64 KiB".to_owned(),
            Kind::Duration => "a duration such as `2 minutes 1 second` or `PT2M1S`".to_owned(),
            Kind::Date => "a date written YYYY-MM-DD, from 1900 to 2199".to_owned(),
            Kind::TimeZone => "an IANA time zone such as America/New_York".to_owned(),
            Kind::Days => "a whole number of days such as `1 day`".to_owned(),
        }
    }

    /// Reads a value; `None` for null. Nothing is converted that isn't written as the kind asks.
    ///
    /// # Errors
    /// What was expected, with the nearest right value.
    #[inline]
    pub fn read(&self, raw: &Raw<'_>, zones: &Zones) -> Result<Option<Value>, Misfit> {
        // what most facts of most cases are
        match (raw, self) {
            (Raw::Text(text), Kind::OneOf(values)) if let Some(choice) = choice(values, text) => Ok(Some(choice)),
            (Raw::Boolean(value), Kind::Boolean) => Ok(Some(Value::Boolean(*value))),
            _ => self.read_any(raw, zones),
        }
    }

    fn read_any(&self, raw: &Raw<'_>, zones: &Zones) -> Result<Option<Value>, Misfit> {
        let misfit = || Misfit::new(self.expected());
        match (raw, self) {
            (Raw::Null, _) => Ok(None),
            (Raw::Nested(_), _) => Err(misfit().help("send a single value, not a list or an object")),
            (Raw::Plain(text), _) => self.parse(text, zones).map(Some),
            (Raw::Boolean(value), Kind::Boolean) => Ok(Some(Value::Boolean(*value))),
            (Raw::Boolean(_), _) => Err(misfit()),
            (Raw::Number(text), Kind::Integer(_) | Kind::Decimal(_)) => self.parse(text, zones).map(Some),
            (Raw::Number(_), Kind::Text) => Err(misfit().help("put the digits in quotes")),
            (Raw::Number(_), Kind::Duration) => Err(misfit().help("a bare number has no unit")),
            (Raw::Number(_), _) => Err(misfit()),
            (Raw::Text(text), Kind::Integer(_) | Kind::Boolean) => match self.parse(text, zones) {
                Ok(_) => Err(misfit().help("write it without quotes")),
                Err(misfit) => Err(misfit),
            },
            (Raw::Text(text), _) => self.parse(text, zones).map(Some),
        }
    }

    /// Reads a value from its text, as policies write it and cases send it.
    ///
    /// # Errors
    /// What was expected, with the nearest right value.
    pub fn parse(&self, text: &str, zones: &Zones) -> Result<Value, Misfit> {
        let misfit = || Misfit::new(self.expected());
        match self {
            Kind::OneOf(values) => match choice(values, text) {
                Some(choice) => Ok(choice),
                None => Err(Misfit {
                    did_you_mean: nearest(text, values.iter().map(String::as_str)).map(str::to_owned),
                    ..misfit()
                }),
            },
            Kind::Boolean => match text {
                "true" => Ok(Value::Boolean(true)),
                "false" => Ok(Value::Boolean(false)),
                _ => Err(match text.to_lowercase().as_str() {
                    "yes" | "y" | "on" | "true" => misfit().help("write true"),
                    "no" | "n" | "off" | "false" => misfit().help("write false"),
                    _ => misfit(),
                }),
            },
            Kind::Integer(bounds) => match parse_integer(text) {
                Some(number) if bounds.admit(number) => Ok(Value::Integer(number)),
                Some(_) => Err(misfit()),
                None if is_plain_number(text) && !text.contains('.') => {
                    Err(misfit().help("whole numbers reach to 9223372036854775807"))
                }
                None => Err(misfit().help("write digits only: no point, exponent, separator or leading zero")),
            },
            Kind::Decimal(bounds) => match parse_decimal(text) {
                Some(number) if bounds.admit(number) => Ok(Value::Decimal(number)),
                Some(_) => Err(misfit()),
                None if is_plain_number(text) => Err(misfit().help("decimal numbers have at most 28 digits")),
                None => {
                    Err(misfit().help("write digits and at most one point, such as 12.50: no exponent or separator"))
                }
            },
            Kind::Text if text.len() > LONGEST_TEXT => Err(misfit().help("send the part of the text that matters")),
            Kind::Text => Ok(Value::Text(text.into())),
            Kind::Duration => Duration::parse(text)
                .map(|duration| Value::Duration(duration.seconds()))
                .map_err(|error| Misfit { help: Some(format!("{error}: {}", error.help())), ..misfit() }),
            Kind::Date => parse_date(text).map(Value::Date).map_err(|error| misfit().help(error.help())),
            Kind::TimeZone => match zones.get(text) {
                Some(zone) => Ok(Value::Zone(zone)),
                None => match nearest_zone(text, zones) {
                    Some(near) => Err(Misfit { did_you_mean: Some(near.to_owned()), ..misfit() }),
                    None => Err(misfit().help(zone_hint(text))),
                },
            },
            Kind::Days => {
                let digits = text.strip_suffix(" days").or_else(|| text.strip_suffix(" day")).unwrap_or(text);
                parse_integer(digits).map(Value::Integer).ok_or_else(misfit)
            }
        }
    }
}

/// A word of a list.
fn choice(values: &[String], word: &str) -> Option<Value> {
    let index = values.iter().position(|value| value == word)?;
    u16::try_from(index).ok().map(Value::Choice)
}

fn parse_integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let padded = digits.len() > 1 && digits.starts_with('0');
    (plain && !padded).then(|| text.parse().ok()).flatten()
}

/// Whether a number is written as one, however long it is.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let padded = whole.len() > 1 && whole.starts_with('0');
    all_digits(whole) && all_digits(fraction) && !padded
}

fn parse_decimal(text: &str) -> Option<Decimal> {
    // a literal with more digits than the type holds is refused rather than rounded
    let digits = text.strip_prefix('-').unwrap_or(text);
    (is_plain_number(text) && digits.len() <= 29)
        .then(|| Decimal::from_str_exact(text).or_else(|_| Decimal::from_str(text)).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &Kind, raw: Raw<'_>) -> Result<Option<Value>, Misfit> {
        kind.read(&raw, &Zones::embedded())
    }

    #[test]
    fn an_integer_is_digits_and_nothing_else() {
        let kind = Kind::Integer(Bounds { from: Some(0), to: Some(100) });
        assert_eq!(read(&kind, Raw::Number("80")), Ok(Some(Value::Integer(80))));
        for wrong in ["5.0", "1e3", "017", "+5", "", "-", "101", "99999999999999999999"] {
            assert!(read(&kind, Raw::Number(wrong)).is_err(), "{wrong}");
        }
        assert!(read(&kind, Raw::Text("5".into())).is_err());
        assert_eq!(read(&kind, Raw::Null), Ok(None));
    }

    #[test]
    fn a_decimal_keeps_its_digits() {
        let kind = Kind::Decimal(Bounds::default());
        assert_eq!(read(&kind, Raw::Number("0.10")), read(&kind, Raw::Text("0.1".into())));
        assert!(read(&kind, Raw::Number("1e3")).is_err());
        assert!(read(&kind, Raw::Text("1,000".into())).is_err());
    }

    #[test]
    fn words_that_yaml_tools_convert_stay_what_was_written() {
        let kind = Kind::OneOf(vec!["NO".into(), "12".into()]);
        assert_eq!(read(&kind, Raw::Plain("NO")), Ok(Some(Value::Choice(0))));
        assert_eq!(read(&kind, Raw::Plain("12")), Ok(Some(Value::Choice(1))));
        assert!(read(&Kind::Boolean, Raw::Plain("NO")).is_err());
    }
}
