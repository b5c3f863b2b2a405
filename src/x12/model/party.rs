//! People and organizations (the loops 2010).

use chrono::NaiveDate;

/// Somebody who takes part: a payer, a provider, a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// What they are in the message, such as `1P`, a provider who asks (NM101).
    pub role: String,
    /// What they are called.
    pub name: Name,
    /// What identifies them, such as `XX` and an NPI, or `MI` and a member number.
    pub id: Option<Identifier>,
    /// Further numbers (REF).
    pub numbers: Vec<Identifier>,
    /// Where they are.
    pub address: Option<Address>,
    /// How they are reached.
    pub contact: Option<Contact>,
    /// What a provider does, and the code of their specialty (PRV01, PRV03).
    pub specialty: Option<(String, String)>,
    /// When a member was born.
    pub born: Option<NaiveDate>,
    /// A member's gender: `F`, `M` or `U`.
    pub gender: Option<String>,
    /// How a dependent is related to the subscriber (INS02).
    pub relationship: Option<String>,
}

/// What somebody is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A person; parts that are not known are empty.
    Person {
        /// The family name.
        last: String,
        /// The given name.
        first: String,
        /// The middle name or its initial.
        middle: String,
        /// Such as `JR`.
        suffix: String,
    },
    /// An organization; empty if only its number is known.
    Organization(String),
}

/// A number and of what kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The code of its kind.
    pub kind: String,
    /// The number.
    pub value: String,
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// One or two lines.
    pub lines: Vec<String>,
    /// The city.
    pub city: String,
    /// The state's two letters.
    pub state: String,
    /// The postal code.
    pub postal: String,
    /// The country's code, if it is not the sender's own.
    pub country: String,
}

/// How somebody is reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Whom to ask for.
    pub name: String,
    /// Up to three ways.
    pub channels: Vec<(Channel, String)>,
}

/// A way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// A telephone number.
    Telephone,
    /// A fax number.
    Fax,
    /// An e-mail address.
    Mail,
    /// The extension of the number before it.
    Extension,
    /// Another code.
    Other(String),
}

impl Channel {
    /// The code in a message.
    pub fn code(&self) -> &str {
        match self {
            Channel::Telephone => "TE",
            Channel::Fax => "FX",
            Channel::Mail => "EM",
            Channel::Extension => "EX",
            Channel::Other(code) => code,
        }
    }

    /// What a code means.
    pub fn of(code: &str) -> Channel {
        match code {
            "TE" => Channel::Telephone,
            "FX" => Channel::Fax,
            "EM" => Channel::Mail,
            "EX" => Channel::Extension,
            other => Channel::Other(other.to_owned()),
        }
    }
}

impl Identifier {
    /// A number of a kind.
    pub fn new(kind: impl Into<String>, value: impl Into<String>) -> Identifier {
        Identifier { kind: kind.into(), value: value.into() }
    }
}

impl Party {
    /// An organization in this role.
    pub fn organization(role: &str, name: &str, id: Option<Identifier>) -> Party {
        Party::new(role, Name::Organization(name.to_owned()), id)
    }

    /// A person in this role.
    pub fn person(role: &str, last: &str, first: &str, id: Option<Identifier>) -> Party {
        let name = Name::Person {
            last: last.to_owned(),
            first: first.to_owned(),
            middle: String::new(),
            suffix: String::new(),
        };
        Party::new(role, name, id)
    }

    /// A party of which nothing else is said yet.
    pub(super) fn new(role: &str, name: Name, id: Option<Identifier>) -> Party {
        Party {
            role: role.to_owned(),
            name,
            id,
            numbers: Vec::new(),
            address: None,
            contact: None,
            specialty: None,
            born: None,
            gender: None,
            relationship: None,
        }
    }
}
