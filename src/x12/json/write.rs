//! JSON out: one segment a line.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::{Cell, File, Part, Row, Value};

/// Writes a file. The text ends with a line end.
pub(super) fn write(file: &File) -> String {
    let parts: Vec<String> = file.parts.iter().map(part).collect();
    match parts.is_empty() {
        true => "{\n  \"parts\": []\n}\n".to_owned(),
        false => format!("{{\n  \"parts\": [\n{}\n  ]\n}}\n", parts.join(",\n")),
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Text(Value::Text(text)) => format!("    {{\"text\":{}}}", json(text)),
        Part::Text(Value::Bytes(bytes)) => format!("    {{\"hex\":\"{}\"}}", hex(bytes)),
        Part::Interchange { element, segment, breaks, segments } => {
            let rows: Vec<String> =
                segments.iter().map(|row| format!("        {}", json(&Shown(row, breaks)))).collect();
            format!(
                "    {{\n      \"separators\": {{\"element\":{},\"segment\":{}}},\n      \"breaks\": {},\n      \"segments\": [\n{}\n      ]\n    }}",
                json(element),
                json(segment),
                json(breaks),
                rows.join(",\n")
            )
        }
    }
}

/// These values cannot fail: they are texts, lists and maps with texts as keys.
fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A segment beside the line breaks that are usual in its interchange.
struct Shown<'a>(&'a Row, &'a str);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Shown(row, usual) = self;
        match &row.end {
            Some(breaks) if breaks == usual => row.cells.serialize(serializer),
            Some(breaks) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("segment", &row.cells)?;
                map.serialize_entry("breaks", breaks)?;
                map.end()
            }
            None => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("segment", &row.cells)?;
                map.serialize_entry("ended", &false)?;
                map.end()
            }
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::One(value) => value.serialize(serializer),
            Cell::Parts(parts) => {
                let mut list = serializer.serialize_seq(Some(parts.len()))?;
                parts.iter().try_for_each(|part| list.serialize_element(part))?;
                list.end()
            }
            Cell::Times(cells) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("times", cells)?;
                map.end()
            }
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Bytes(bytes) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("hex", &hex(bytes))?;
                map.end()
            }
        }
    }
}
