//! Cases.

use serde_json::{Map, Value, json};

use crate::policy::{Body, Policy, exception_types};

use super::keys::{Keys, reference};
use super::words::Words;
use super::{condition, event, phrase, scalar, value};

/// The schema of a case or a list of cases, with its definitions. The versions of a policy say which
/// of the keys mean something to it.
pub(super) fn schema(words: &Words<'_>, versions: Option<&[&Policy]>) -> (Value, Map<String, Value>) {
    let keys = Keys::new().may("id", "A text by which you know the case again.", nothing_or(scalar::sentence()));
    let at = "The instant for which the case is decided, with its offset from UTC.";
    let keys = told(keys, versions).must("at", at, scalar::phrase(phrase::INSTANT));
    let mut definitions = value::definitions(words);
    definitions.insert("zone".to_owned(), condition::zone(words));
    definitions.insert("case".to_owned(), keys.object());
    let case = reference("case");
    (json!({ "if": { "type": "array" }, "then": { "items": case }, "else": case }), definitions)
}

/// What a case tells beside `id`: a test has the same keys.
pub(super) fn told(keys: Keys, versions: Option<&[&Policy]>) -> Keys {
    let instant = || nothing_or(scalar::phrase(phrase::INSTANT));
    // all versions of a policy are of one kind
    let body = versions.and_then(|versions| versions.first()).map(|policy| &policy.body);
    let types = versions.into_iter().flatten().flat_map(|policy| exception_types(policy));
    let wanted = match body {
        None => scalar::word(),
        Some(_) => scalar::one_of(types),
    };
    let list = |item: Value| json!({ "type": ["array", "null"], "items": item });
    let clock = match body {
        None | Some(Body::Escalations(_)) => list(event::of_a_clock()),
        // a list with nothing in it is the same as none
        Some(Body::Exceptions(_) | Body::Table(_) | Body::Approval(_) | Body::Authorization(_)) => {
            json!({ "type": ["array", "null"], "maxItems": 0 })
        }
    };
    let events = match body {
        None | Some(Body::Approval(_)) => list(event::of_a_request()),
        Some(Body::Exceptions(_) | Body::Table(_) | Body::Escalations(_) | Body::Authorization(_)) => {
            json!({ "type": "null" })
        }
    };
    keys.may("at", "The instant for which the case is decided, with its offset from UTC.", instant())
        .may("received", "When the request was received; `at` unless given.", instant())
        .may("type", "The exception type that is asked for.", nothing_or(wanted))
        .may("clock", "What happened to the clock of its turnaround, in order.", clock)
        .may("events", "What happened to the request, in order.", events)
        .may("facts", "What is known.", reference("facts"))
        .may("unknown", "Facts that are unknown, whatever their absence means.", list(reference("fact")))
}

/// A key that says nothing is the same as none.
pub(super) fn nothing_or(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}
