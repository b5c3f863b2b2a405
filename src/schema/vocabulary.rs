//! Vocabulary files.

use serde_json::{Value, json};

use super::keys::{Keys, map_of};
use super::{phrase, scalar};

/// The types that a fact may have, and whatever else has values.
const TYPES: [&str; 7] = ["boolean", "integer", "decimal", "text", "duration", "date", "time zone"];

pub(super) fn schema() -> Value {
    let values = scalar::one_or_more(&value());
    Keys::named()
        .must("vocabulary", "The vocabulary's name.", scalar::name())
        .may("facts", "What a case may tell.", map_of(phrase::FACT, fact(), 0))
        .may("derived", "What is computed from facts.", map_of(phrase::FACT, derived(), 0))
        .may("lists", "Values that several rules share, by name.", map_of(phrase::NAME, values, 0))
        .may("actions", "What people may be asked to do, by name.", map_of(phrase::NAME, scalar::sentence(), 0))
        .may("roles", "Who people are, by name.", map_of(phrase::NAME, scalar::sentence(), 0))
        .object()
}

/// A value of a fact: any word, even one that a YAML loader takes for nothing.
fn value() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

/// The keys that say which values something has.
pub(super) fn typed(keys: Keys) -> Keys {
    let number = || json!({ "type": ["number", "string"], "pattern": r"^-?[0-9]+(?:\.[0-9]+)?$" });
    let numeric = json!({ "properties": { "type": { "enum": ["integer", "decimal"] } }, "required": ["type"] });
    keys.may("one of", "The words that it may have.", scalar::one_or_more(&value()))
        .may("type", "The type of its values.", json!({ "enum": TYPES }))
        .may("from", "The least number that it may have.", number())
        .may("to", "The greatest number that it may have.", number())
        .rule(json!({ "oneOf": [{ "required": ["one of"] }, { "required": ["type"] }] }))
        .rule(json!({ "dependentSchemas": { "from": numeric, "to": numeric } }))
}

fn fact() -> Value {
    typed(Keys::named())
        .may("ask", "What to ask when the fact is missing and matters.", scalar::sentence())
        .may(
            "if missing",
            "What its absence means.",
            scalar::explained(
                [("ask", "It is unknown, and asked for where it matters."), ("no match", "Nobody reported it.")]
                    .into_iter(),
            ),
        )
        .may("default", "What the fact counts as when it is missing.", value())
        .rule(json!({ "not": { "required": ["if missing", "default"] } }))
        .object()
}

fn derived() -> Value {
    let example = "such as `auth.approved - auth.used`";
    Keys::named()
        .may("from", &format!("A sum or difference of facts, {example}."), scalar::phrase(phrase::SUM))
        .may(
            "percent",
            "One fact as a share of another, such as `auth.used of auth.approved`.",
            scalar::phrase(phrase::PERCENT),
        )
        .rule(json!({ "oneOf": [{ "required": ["from"] }, { "required": ["percent"] }] }))
        .object()
}
