//! What a case may say of a fact.
//!
//! A case may be JSON or YAML. In YAML an unquoted word takes the type that its fact asks for, so that a text may look like
//! a number; a schema cannot tell the two apart and takes both.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use crate::facts::Kind;

use super::keys::reference;
use super::phrase;
use super::scalar;
use super::words::{Known, Words};

/// The facts of a case: nested, under dotted names, or both.
///
/// `fact:a.b` is what a case may say of a fact, `group:a` an object that facts are nested in, `facts` the outermost one,
/// `fact` the name of any.
pub(super) fn definitions(words: &Words<'_>) -> Map<String, Value> {
    let given = words.facts.iter().filter(|(_, known)| known.iter().any(|known| known.fact.formula.is_none()));
    let given: Vec<(&str, &[Known<'_>])> = given.map(|(name, known)| (*name, known.as_slice())).collect();
    // what is a fact in one vocabulary may be a group in another
    let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<Value>>> = BTreeMap::new();
    groups.insert("", BTreeMap::new());
    for (name, _) in &given {
        let dots = || name.match_indices('.').map(|(at, _)| at);
        for start in std::iter::once(0).chain(dots().map(|at| at + 1)) {
            let (group, rest) = name.split_at_checked(start).unwrap_or_default();
            let properties = groups.entry(group.trim_end_matches('.')).or_default();
            properties.entry(rest).or_default().push(reference(&format!("fact:{name}")));
            for end in dots().filter(|end| *end > start) {
                let (inner, within) = (name.get(..end).unwrap_or_default(), name.get(start..end).unwrap_or_default());
                let (known, group) = (properties.entry(within).or_default(), reference(&format!("group:{inner}")));
                if !known.contains(&group) {
                    known.push(group);
                }
            }
        }
    }
    let mut definitions = Map::new();
    definitions.insert("fact".to_owned(), name_of_any(&given));
    for (group, properties) in groups {
        let name = if group.is_empty() { "facts".to_owned() } else { format!("group:{group}") };
        let properties: Map<String, Value> =
            properties.into_iter().map(|(key, any)| (key.to_owned(), scalar::choice(any))).collect();
        let object = json!({ "type": ["object", "null"], "properties": properties, "additionalProperties": false });
        definitions.insert(name, object);
    }
    for (name, known) in given {
        definitions.insert(format!("fact:{name}"), schema(known));
    }
    definitions
}

/// The name of a fact that a case may give.
fn name_of_any(given: &[(&str, &[Known<'_>])]) -> Value {
    // a list of no words would be no schema
    if given.is_empty() { scalar::choice(Vec::new()) } else { scalar::one_of(given.iter().map(|(name, _)| *name)) }
}

fn schema(declared: &[Known<'_>]) -> Value {
    let given = declared.iter().filter(|known| known.fact.formula.is_none());
    let mut values: Vec<Value> = given.map(|known| of_kind(&known.fact.kind)).collect();
    values.push(json!({ "type": "null" }));
    captioned(scalar::choice(values), declared)
}

fn of_kind(kind: &Kind) -> Value {
    match kind {
        Kind::OneOf(values) => scalar::one_of(values.iter().map(String::as_str)),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Integer(_) | Kind::Days => bounded(json!({ "type": "integer" }), kind),
        Kind::Decimal(_) => {
            bounded(json!({ "type": ["number", "string"], "pattern": r"^-?[0-9]+(?:\.[0-9]+)?$" }), kind)
        }
        Kind::Text => scalar::sentence(),
        Kind::Duration => scalar::phrase(&phrase::duration()),
        Kind::Date => scalar::phrase(phrase::DATE),
        Kind::TimeZone => reference("zone"),
    }
}

/// The schema of a number, with the bounds of its kind.
pub(super) fn bounded(mut schema: Value, kind: &Kind) -> Value {
    let (from, to) = match kind {
        Kind::Integer(bounds) => (bounds.from.map(Value::from), bounds.to.map(Value::from)),
        Kind::Decimal(bounds) => (bounds.from.and_then(limit), bounds.to.and_then(limit)),
        _ => (None, None),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.extend(from.map(|from| ("minimum".to_owned(), from)));
        schema.extend(to.map(|to| ("maximum".to_owned(), to)));
    }
    schema
}

/// A bound that JSON can hold to the last digit; a validator would shift any other.
fn limit(bound: Decimal) -> Option<Value> {
    const EXACT: usize = 15;
    let bound = bound.normalize();
    match bound.scale() {
        0 => bound.to_i64().map(Value::from),
        _ if bound.mantissa().unsigned_abs().to_string().len() <= EXACT => bound.to_f64().map(Value::from),
        _ => None,
    }
}

/// The schema with a fact's question and what else is to be known of it.
pub(super) fn captioned(mut schema: Value, declared: &[Known<'_>]) -> Value {
    if let (Some(schema), Some(known)) = (schema.as_object_mut(), declared.first()) {
        schema.extend(known.fact.ask.as_ref().map(|ask| ("title".to_owned(), Value::from(ask.as_str()))));
        schema.insert("description".to_owned(), known.description().into());
    }
    schema
}
