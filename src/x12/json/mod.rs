//! Messages as JSON and back, byte for byte.
//!
//! Each segment is a list of its name and its elements; an element is a text, a list of components, or `times` with a list
//! of repetitions; bytes that are no UTF-8 are `hex`.

mod build;
mod read;
mod write;

use super::document::Document;

pub use read::JsonError;

/// Writes a file as JSON, one segment a line.
///
/// ```
/// use rulebook::x12::{Document, from_json, to_json};
/// let json = to_json(&Document::read(b"no message\xff"));
/// assert_eq!(json, "{\n  \"parts\": [\n    {\"hex\":\"6e6f206d657373616765ff\"}\n  ]\n}\n");
/// assert_eq!(from_json(&json).unwrap(), b"no message\xff");
/// ```
pub fn to_json(document: &Document<'_>) -> String {
    write::write(&build::file(document))
}

/// Reads what [`to_json`] writes.
///
/// # Errors
///
/// A [`JsonError`] if it is no JSON of that form, or if the bytes that it stands for would be read as something else: a
/// text with a separator in it, for instance.
pub fn from_json(json: &str) -> Result<Vec<u8>, JsonError> {
    let file = read::read(json)?;
    let bytes = build::bytes(&file)?;
    read::same(&file, &build::file(&Document::read(&bytes)))?;
    Ok(bytes)
}

/// A file as JSON has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// What belongs to no interchange.
    Text(Value),
    Interchange {
        /// What stands between elements.
        element: Value,
        /// What ends segments.
        segment: Value,
        /// The line breaks that follow a terminator, unless a segment says otherwise.
        breaks: String,
        segments: Vec<Row>,
    },
}

/// A segment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    cells: Vec<Cell>,
    /// The line breaks after it; `None` if the file ends without its terminator.
    end: Option<String>,
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    One(Value),
    Parts(Vec<Value>),
    Times(Vec<Cell>),
}

/// Text, or bytes that are none.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    fn of(bytes: &[u8]) -> Value {
        match str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Bytes(bytes.to_owned()),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Value::Text(text) => text.as_bytes(),
            Value::Bytes(bytes) => bytes,
        }
    }
}
