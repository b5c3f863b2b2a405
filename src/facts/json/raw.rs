//! Scalars and keys as they stand in JSON, borrowed where that is possible.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::Code;
use crate::facts::{Fault, Raw};

/// A key that is borrowed from the text unless it holds escapes.
pub(in crate::facts) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// A text, a truth or nothing, borrowed from the JSON unless it holds escapes.
pub(super) struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Raw<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, true, false or null")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Raw<'de>, E> {
        Ok(Raw::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Raw<'de>, E> {
        Ok(Raw::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Raw<'de>, E> {
        Ok(Raw::Boolean(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Raw<'de>, E> {
        Ok(Raw::Null)
    }
}

pub(in crate::facts) fn raw_of(value: &RawValue) -> Result<Raw<'_>, Fault> {
    let text = value.get();
    Ok(match text.as_bytes().first() {
        Some(b'"') => match text.get(1..text.len().saturating_sub(1)) {
            Some(inner) if !inner.contains('\\') => Raw::Text(Cow::Borrowed(inner)),
            // serde_json has checked the escapes already; only lone surrogates fail here
            _ => match serde_json::from_str::<String>(text) {
                Ok(text) => Raw::Text(Cow::Owned(text)),
                Err(_) => return Err(half_a_character()),
            },
        },
        Some(b't') => Raw::Boolean(true),
        Some(b'f') => Raw::Boolean(false),
        Some(b'n') => Raw::Null,
        Some(b'[' | b'{') | None => Raw::Nested(text),
        Some(_) => Raw::Number(text),
    })
}

fn half_a_character() -> Fault {
    Fault::new(Code::CaseSyntax, "a text holds half a character: a surrogate without its other half")
        .help("send both escapes of the pair, such as `\\ud83d\\ude00`, or the character itself")
}
