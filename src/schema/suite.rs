//! Files of tests.

use serde_json::{Map, Value, json};

use super::keys::{Keys, map_of};
use super::words::Words;
use super::{case, condition, phrase, scalar, value};
use crate::policy::{decision_keys, outcome_words};

/// `tests`, and what a case in it may tell.
pub(super) fn definitions(words: &Words<'_>) -> Map<String, Value> {
    let mut definitions = value::definitions(words);
    definitions.insert("zone".to_owned(), condition::zone(words));
    let given = case::told(Keys::new(), None).object();
    let tests = Keys::named()
        .must("tests", "The policy under test.", scalar::name())
        .may("given", "What all cases have; a case that says something itself goes first.", given)
        .must("cases", "The tests, by name.", map_of(phrase::ANYTHING, test(words), 1))
        .object();
    definitions.insert("tests".to_owned(), tests);
    definitions
}

fn test(words: &Words<'_>) -> Value {
    let stated = json!({ "required": ["expect"], "properties": { "expect": { "minProperties": 1 } } });
    case::told(Keys::named(), None)
        .may("expect", "The part of the decision that must come of it.", expected(words))
        .may("snapshot", "Holds the whole decision against an accepted one.", scalar::truth())
        .rule(json!({ "anyOf": [{ "required": ["snapshot"] }, stated] }))
        .object()
}

/// A part of a decision. Below its outermost keys anything may be expected.
fn expected(words: &Words<'_>) -> Value {
    let mut outcomes: Vec<&str> = outcome_words().collect();
    outcomes.extend(words.actions.keys());
    let outcomes = scalar::one_of(outcomes.into_iter());
    let mut keys: Map<String, Value> = decision_keys().map(|key| (key.to_owned(), json!({}))).collect();
    keys.insert("outcome".to_owned(), json!({ "anyOf": [outcomes, { "type": ["array", "object"] }] }));
    json!({ "type": "object", "properties": keys, "additionalProperties": false })
}
