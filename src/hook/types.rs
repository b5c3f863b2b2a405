//! Types of what scripts compute, as far as they can be told before a script runs.

use std::fmt;
use std::rc::Rc;

use crate::facts::{Fact, Kind};

/// The type of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    /// Not known before the script runs.
    Any,
    /// No value at all: what a loop gives, or an `if` without an `else`.
    Nothing,
    Boolean,
    Integer,
    Decimal,
    Text,
    /// One word of a fact's list.
    Word(Rc<Words>),
    Character,
    Date,
    Duration,
    List,
    Map,
    Range,
    /// Facts under a common name, as `account` in `account.balance`.
    Group(Rc<Group>),
}

/// A fact with the words that it may have.
#[derive(Debug, PartialEq)]
pub(super) struct Words {
    pub fact: String,
    pub words: Vec<String>,
}

/// Facts that are read by their dotted names.
#[derive(Debug, PartialEq)]
pub(super) struct Group {
    /// The common part of their names.
    pub name: String,
    pub facts: Rc<Vec<(String, Type)>>,
}

impl Type {
    /// The type in which a script sees a fact.
    pub fn of(fact: &Fact) -> Type {
        match &fact.kind {
            Kind::OneOf(words) => Type::Word(Rc::new(Words { fact: fact.name.clone(), words: words.clone() })),
            Kind::Boolean => Type::Boolean,
            Kind::Integer(_) | Kind::Days => Type::Integer,
            Kind::Decimal(_) => Type::Decimal,
            Kind::Text | Kind::TimeZone => Type::Text,
            Kind::Duration => Type::Duration,
            Kind::Date => Type::Date,
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Type::Integer | Type::Decimal)
    }

    pub fn is_text(&self) -> bool {
        matches!(self, Type::Text | Type::Word(_))
    }

    pub fn is_any(&self) -> bool {
        *self == Type::Any
    }

    /// Whether values of both types can be compared.
    pub fn compares_with(&self, other: &Type) -> bool {
        let written = |kind: &Type| kind.is_text() || *kind == Type::Character;
        match (self, other) {
            (Type::Any, _) | (_, Type::Any) => true,
            (Type::List | Type::Map | Type::Range | Type::Nothing | Type::Group(_), _) => false,
            (a, b) => a == b || (a.is_number() && b.is_number()) || (written(a) && written(b)),
        }
    }

    /// Whether a value of this type may be one of another.
    pub fn fits(&self, wanted: &Type) -> bool {
        self.is_any() || wanted.is_any() || self == wanted || (self.is_text() && *wanted == Type::Text)
    }

    /// What a value is that may come from either.
    pub fn or(self, other: &Type) -> Type {
        if self == *other { self } else { Type::Any }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Any => "a value",
            Type::Nothing => "nothing",
            Type::Boolean => "true or false",
            Type::Integer => "a whole number",
            Type::Decimal => "a decimal number",
            Type::Text | Type::Word(_) => "a text",
            Type::Character => "a character",
            Type::Date => "a date",
            Type::Duration => "a duration",
            Type::List => "a list",
            Type::Map => "a map",
            Type::Range => "a range",
            Type::Group(_) => "a group of facts",
        })
    }
}
