//! What a test expects of a decision, and where a decision differs from it.

use serde_json::Value as Json;

use crate::source::{Place, Span};
use crate::syntax::{Node, Shape};

use super::reader::Reader;

/// A part of a decision that a test expects: keys that it does not name are not compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// A text, number or truth value.
    Word {
        /// As written, without quotes.
        text: String,
        /// Where.
        place: Place,
    },
    /// A list, compared whole. An empty one also matches an absent key.
    List(Vec<Expected>, Place),
    /// A map of which the named keys are compared.
    Map(Vec<(String, Expected)>, Place),
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The decision's key, nested ones joined with dots.
    pub key: String,
    /// Where the test expects something else.
    pub place: Place,
    /// What it expects.
    pub expected: String,
    /// What the decision has; `None` for nothing.
    pub actual: Option<String>,
}

impl Expected {
    pub(super) fn lower(reader: &Reader<'_>, node: &Node) -> Expected {
        let place = reader.place(node.span);
        match &node.shape {
            Shape::Scalar(scalar) => Expected::Word { text: scalar.text.clone(), place },
            Shape::List(items) => {
                Expected::List(items.iter().map(|item| Expected::lower(reader, item)).collect(), place)
            }
            Shape::Map(entries) => {
                let lowered = entries.iter().map(|entry| (entry.key.clone(), Expected::lower(reader, &entry.value)));
                Expected::Map(lowered.collect(), place)
            }
        }
    }

    /// Where a decision differs from what is expected.
    pub fn mismatches(&self, actual: &Json) -> Vec<Mismatch> {
        let mut found = Vec::new();
        self.compare("", Some(actual), &mut found);
        found
    }

    fn compare(&self, key: &str, actual: Option<&Json>, found: &mut Vec<Mismatch>) {
        match (self, actual) {
            (Expected::Map(entries, _), Some(Json::Object(object))) => {
                for (name, expected) in entries {
                    let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                    expected.compare(&key, object.get(name), found);
                }
            }
            (Expected::List(items, _), Some(Json::Array(list))) if items.len() == list.len() => {
                for (index, (item, actual)) in items.iter().zip(list).enumerate() {
                    item.compare(&format!("{key}[{index}]"), Some(actual), found);
                }
            }
            (Expected::List(items, _), None) if items.is_empty() => {}
            (Expected::Word { text, .. }, Some(actual)) if word(actual).as_deref() == Some(text) => {}
            _ => found.push(Mismatch {
                key: key.to_owned(),
                place: self.place().clone(),
                expected: self.text(),
                actual: actual.map(shown),
            }),
        }
    }

    fn place(&self) -> &Place {
        match self {
            Expected::Word { place, .. } | Expected::List(_, place) | Expected::Map(_, place) => place,
        }
    }

    /// Hands out each word with the keys that lead to it, joined with dots, and its place.
    pub(super) fn each_word(&self, path: &str, visit: &mut impl FnMut(&str, &str, Span)) {
        match self {
            Expected::Word { text, place } => visit(path, text, place.span),
            Expected::List(items, _) => items.iter().for_each(|item| item.each_word(path, visit)),
            Expected::Map(entries, _) => {
                for (key, expected) in entries {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    expected.each_word(&path, visit);
                }
            }
        }
    }

    fn text(&self) -> String {
        match self {
            Expected::Word { text, .. } => text.clone(),
            Expected::List(items, _) => {
                format!("[{}]", items.iter().map(Expected::text).collect::<Vec<_>>().join(", "))
            }
            Expected::Map(entries, _) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}: {}", value.text())).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

fn word(actual: &Json) -> Option<String> {
    match actual {
        Json::String(text) => Some(text.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn shown(actual: &Json) -> String {
    match actual {
        Json::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        word_like => word(word_like).unwrap_or_else(|| "null".to_owned()),
    }
}
