//! Conditions, and the definitions that all of them share.

use serde_json::{Map, Value, json};

use super::keys::{described, reference};
use super::words::Words;
use super::{matcher, scalar};

/// `condition`, the operators in it, and the names of all time zones.
pub(super) fn definitions(words: &Words<'_>) -> Map<String, Value> {
    let list = || json!({ "type": "array", "items": reference("condition"), "minItems": 1 });
    let mut lines = Map::new();
    lines.insert("any of".to_owned(), described(list(), "Conditions of which at least one must hold."));
    lines.insert("all of".to_owned(), described(list(), "Conditions all of which must hold; to test one fact twice."));
    lines.insert("not".to_owned(), described(reference("condition"), "A condition that must not hold."));
    lines.extend(words.facts.iter().map(|(name, known)| ((*name).to_owned(), matcher::schema(known))));
    let map = json!({ "type": "object", "properties": lines, "additionalProperties": false, "minProperties": 1 });
    let mut definitions = Map::new();
    definitions.insert("condition".to_owned(), json!({ "anyOf": [{ "const": "always" }, map] }));
    definitions.extend(matcher::definitions(words).map(|(name, operator)| (name.to_owned(), operator)));
    definitions.insert("zone".to_owned(), zone(words));
    definitions
}

/// A time zone by its IANA name.
pub(super) fn zone(words: &Words<'_>) -> Value {
    described(scalar::one_of(words.zones.iter().copied()), "The IANA name of a time zone.")
}
