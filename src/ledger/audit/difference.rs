//! What changed of a thing between two entries of its history.

use std::fmt;

use serde_json::Value;

use super::entry::Recorded;

/// A field that is not what it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The field's name.
    pub field: String,
    /// What it was; null if it was not there.
    pub before: Value,
    /// What it is; null if it is gone.
    pub after: Value,
}

impl Recorded {
    /// What its change made different; of the first entry of a history, all that the thing began with.
    pub fn differences(&self, before: Option<&Recorded>) -> Vec<Difference> {
        differences(before.map_or("{}", |before| before.state.as_str()), &self.state)
    }
}

/// The fields in which two states of a thing differ.
pub(super) fn differences(before: &str, after: &str) -> Vec<Difference> {
    let fields = |state: &str| match serde_json::from_str(state) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => serde_json::Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let gone = before.keys().filter(|field| !after.contains_key(*field));
    let of = |field: &String| {
        let value = |fields: &serde_json::Map<String, Value>| fields.get(field).cloned().unwrap_or_default();
        Difference { field: field.clone(), before: value(&before), after: value(&after) }
    };
    after.keys().chain(gone).map(of).filter(|found| found.before != found.after).collect()
}

/// A value as people read it.
pub(super) struct Told<'v>(pub(super) &'v Value);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("nothing"),
            Value::String(text) if text.is_empty() => f.write_str("nothing"),
            Value::String(text) => f.write_str(text),
            Value::Array(items) if items.is_empty() => f.write_str("nothing"),
            Value::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    let comma = if number > 0 { ", " } else { "" };
                    write!(f, "{comma}{}", Told(item))?;
                }
                Ok(())
            }
            Value::Bool(truth) => f.write_str(if *truth { "yes" } else { "no" }),
            other @ (Value::Number(_) | Value::Object(_)) => write!(f, "{other}"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field.replace('_', " ");
        match self.before {
            Value::Null => write!(f, "{field} {}", Told(&self.after)),
            _ => write!(f, "{field} {} → {}", Told(&self.before), Told(&self.after)),
        }
    }
}
