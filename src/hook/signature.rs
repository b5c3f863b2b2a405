//! What the functions of scripts take and give.

use super::types::Type;

/// A function: its name, what it takes, and what it gives.
pub(super) struct Signature {
    pub name: &'static str,
    pub takes: &'static [Type],
    pub gives: Type,
}

macro_rules! signatures {
    ($($name:literal($($takes:ident),*) -> $gives:ident;)+) => {
        &[$(Signature { name: $name, takes: &[$(Type::$takes),*], gives: Type::$gives }),+]
    };
}

/// Every function, those of several forms with each.
pub(super) const FUNCTIONS: &[Signature] = signatures! {
    "len"(Text) -> Integer;
    "len"(List) -> Integer;
    "is_empty"(Text) -> Boolean;
    "is_empty"(List) -> Boolean;
    "starts_with"(Text, Text) -> Boolean;
    "ends_with"(Text, Text) -> Boolean;
    "contains"(Text, Text) -> Boolean;
    "contains"(Text, Character) -> Boolean;
    "contains"(List, Any) -> Boolean;
    "contains"(Range, Integer) -> Boolean;
    "index_of"(Text, Text) -> Integer;
    "to_lower"(Text) -> Text;
    "to_upper"(Text) -> Text;
    "trim"(Text) -> Text;
    "sub_string"(Text, Integer) -> Text;
    "sub_string"(Text, Integer, Integer) -> Text;
    "is_digits"(Text) -> Boolean;
    "is_letters"(Text) -> Boolean;
    "split"(Text, Text) -> List;
    "push"(List, Any) -> Nothing;
    "to_integer"(Text) -> Integer;
    "to_decimal"(Text) -> Decimal;
    "abs"(Integer) -> Integer;
    "abs"(Decimal) -> Decimal;
    "date"(Text) -> Date;
    "duration"(Text) -> Duration;
};

/// What can be read off a value after a dot, without brackets.
pub(super) const PROPERTIES: &[Signature] = signatures! {
    "len"(Text) -> Integer;
    "len"(List) -> Integer;
    "year"(Date) -> Integer;
    "month"(Date) -> Integer;
    "day"(Date) -> Integer;
};

/// The forms of a name.
pub(super) fn forms(of: &'static [Signature], name: &str) -> Vec<&'static Signature> {
    of.iter().filter(|signature| signature.name == name).collect()
}

impl Signature {
    /// Whether it takes values of these types.
    pub fn takes(&self, types: &[Type]) -> bool {
        types.len() == self.takes.len() && types.iter().zip(self.takes).all(|(given, wanted)| given.fits(wanted))
    }

    /// The form as people write it.
    pub fn shown(&self) -> String {
        let takes: Vec<String> = self.takes.iter().map(ToString::to_string).collect();
        format!("{}({})", self.name, takes.join(", "))
    }
}
