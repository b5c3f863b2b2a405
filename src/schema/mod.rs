//! JSON Schemas (draft 2020-12) of what people write: policy files, tests and cases, with the words of their folder.
//!
//! They are for editors, which complete keys, facts and values by them and underline slips while one types. A schema is
//! looser than the readers of `policy/` and never stricter: what `check` accepts, it accepts.

mod approval;
mod authorization;
mod calendar;
mod case;
mod condition;
mod escalation;
mod event;
mod exception;
mod keys;
mod matcher;
mod partner;
mod phrase;
mod policy;
mod scalar;
mod suite;
mod table;
mod value;
mod vocabulary;
mod words;

use serde_json::{Map, Value, json};

use crate::policy::{Library, Policy};

use words::Words;

/// The schema of policy files of every kind, with the words of all vocabularies of a folder.
pub fn policy(library: &Library) -> Value {
    let words = Words::of(library);
    let (body, definitions) = policy::schema(&words);
    whole("A policy file of Rulebook", body, definitions)
}

/// The schema of files of tests.
pub fn tests(library: &Library) -> Value {
    let words = Words::of(library);
    whole("A file of tests of Rulebook", keys::reference("tests"), suite::definitions(&words))
}

/// The schema of the cases that the policies of a folder decide: one case, or a list of them.
pub fn cases(library: &Library) -> Value {
    let (body, definitions) = case::schema(&Words::of(library), None);
    whole("Cases of Rulebook", body, definitions)
}

/// The schema of the cases that the versions of one policy decide: one case, or a list of them. Without a version it takes
/// no facts.
pub fn cases_of(versions: &[&Policy]) -> Value {
    let (body, definitions) = case::schema(&Words::of_versions(versions), Some(versions));
    let name = versions.first().map_or("", |policy| policy.name.as_str());
    whole(&format!("Cases of the policy {name}"), body, definitions)
}

fn whole(title: &str, body: Value, definitions: Map<String, Value>) -> Value {
    let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title });
    if let (Value::Object(schema), Value::Object(body)) = (&mut schema, body) {
        schema.extend(body);
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    schema
}
