//! Words, sentences and figures.
//!
//! A YAML loader makes numbers and truth values of words such as `12` and `true`; to Rulebook they stay words. So wherever a
//! word may stand, a schema takes all of them. It does not take `null`, which no schema can tell from nothing at all.

use serde_json::{Value, json};

use super::phrase;

/// A word that people choose.
pub(super) fn word() -> Value {
    json!({ "type": ["string", "number", "boolean"], "minLength": 1 })
}

/// A sentence.
pub(super) fn sentence() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// A name that rules and decisions refer to.
pub(super) fn name() -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": phrase::NAME })
}

/// A phrase of this form.
pub(super) fn phrase(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// True or false, in quotes or not.
pub(super) fn truth() -> Value {
    json!({ "enum": [true, false, "true", "false"] })
}

/// A whole number, in quotes or not.
pub(super) fn whole() -> Value {
    json!({ "type": ["integer", "string"], "pattern": "^-?[0-9]+$" })
}

/// One of these, or a list of them.
pub(super) fn one_or_more(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item, "minItems": 1 }] })
}

/// One of these words, each with what it means.
pub(super) fn explained<'w>(words: impl Iterator<Item = (&'w str, &'w str)>) -> Value {
    let each = words.flat_map(|(word, means)| {
        readings(word).into_iter().map(move |reading| match means {
            "" => json!({ "const": reading }),
            means => json!({ "const": reading, "description": means }),
        })
    });
    choice(each.collect())
}

/// One of these words.
pub(super) fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> Value {
    let mut known: Vec<Value> = Vec::new();
    for reading in words.flat_map(readings) {
        if !known.contains(&reading) {
            known.push(reading);
        }
    }
    json!({ "enum": known })
}

/// Any of these schemas; of none, nothing.
pub(super) fn choice(mut each: Vec<Value>) -> Value {
    match each.len() {
        0 => json!({ "enum": [] }),
        1 => each.remove(0),
        _ => json!({ "anyOf": each }),
    }
}

/// What a YAML loader may make of a word: the word itself, and what it is without quotes.
fn readings(word: &str) -> Vec<Value> {
    let mut readings = vec![Value::from(word)];
    readings.extend(unquoted(word));
    readings
}

/// What the core schema of YAML 1.2 (10.3.2) makes of an unquoted word that is no text to it.
fn unquoted(word: &str) -> Option<Value> {
    match word {
        "null" | "Null" | "NULL" | "~" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(true.into()),
        "false" | "False" | "FALSE" => return Some(false.into()),
        _ => {}
    }
    let based = |prefix: &str, base: u32| i64::from_str_radix(word.strip_prefix(prefix)?, base).ok();
    if let Some(number) = based("0o", 8).or_else(|| based("0x", 16)).or_else(|| word.parse().ok()) {
        return Some(number.into());
    }
    let digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let figures = word.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number: f64 = word.parse().ok().filter(|_| digits && figures)?;
    serde_json::Number::from_f64(number).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_for_what_loaders_make_of_them() {
        for (word, reading) in [
            ("12", json!(12)),
            ("017", json!(17)),
            ("0x1F", json!(31)),
            ("1e3", json!(1000.0)),
            (".5", json!(0.5)),
            ("True", json!(true)),
            ("~", Value::Null),
        ] {
            assert_eq!(readings(word), [json!(word), reading]);
        }
        for word in ["NO", "yes", "20:00", "1_000", "2026-05-12", "", "-", "e", "inf", "0x"] {
            assert_eq!(readings(word), [json!(word)]);
        }
    }
}
