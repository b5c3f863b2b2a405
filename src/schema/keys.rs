//! Maps of keys, and references to what stands under `$defs`.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::scalar;

/// The keys that a map may have; all others are refused.
#[derive(Default)]
pub(super) struct Keys {
    properties: Map<String, Value>,
    required: Vec<Value>,
    rules: Vec<Value>,
}

impl Keys {
    /// No keys yet.
    pub fn new() -> Keys {
        Keys::default()
    }

    /// Those of a thing that people may caption.
    pub fn named() -> Keys {
        let keys = Keys::new().may("title", "What people call it.", scalar::sentence());
        keys.may("description", "What it is, for people.", scalar::sentence())
    }

    /// A key that may be there.
    pub fn may(mut self, key: &str, what: &str, schema: Value) -> Keys {
        self.properties.insert(key.to_owned(), described(schema, what));
        self
    }

    /// A key that must be there.
    pub fn must(mut self, key: &str, what: &str, schema: Value) -> Keys {
        self.required.push(key.into());
        self.may(key, what, schema)
    }

    /// Demands at least one of these keys.
    pub fn one_of(self, keys: &[&str]) -> Keys {
        let each: Vec<Value> = keys.iter().map(|key| json!({ "required": [key] })).collect();
        self.rule(json!({ "anyOf": each }))
    }

    /// Whatever else must hold of the map.
    pub fn rule(mut self, rule: Value) -> Keys {
        self.rules.push(rule);
        self
    }

    /// The schema of the map.
    pub fn object(self) -> Value {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), self.properties.into());
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), self.required.into());
        }
        schema.insert("additionalProperties".to_owned(), false.into());
        if !self.rules.is_empty() {
            schema.insert("allOf".to_owned(), self.rules.into());
        }
        schema.into()
    }
}

/// A map from names that people choose; it may be empty if `least` is 0.
pub(super) fn map_of(names: &str, value: Value, least: u64) -> Value {
    let mut schema = json!({ "type": "object", "propertyNames": { "pattern": names }, "additionalProperties": value });
    if let (1.., Some(schema)) = (least, schema.as_object_mut()) {
        schema.insert("minProperties".to_owned(), least.into());
    }
    schema
}

/// The same schema with what people are to read about it.
pub(super) fn described(mut schema: Value, what: &str) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), what.into());
    }
    schema
}

/// A reference to a definition. Names of facts may hold letters that a pointer has to escape.
pub(super) fn reference(name: &str) -> Value {
    let mut pointer = "#/$defs/".to_owned();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b':' | b'-' => pointer.push(char::from(byte)),
            // writing to a text cannot fail
            other => drop(write!(pointer, "%{other:02X}")),
        }
    }
    json!({ "$ref": pointer })
}
