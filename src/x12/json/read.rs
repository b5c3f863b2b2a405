//! JSON in: every fault with its place.

use serde_json::value::RawValue;

use super::{Cell, File, Part, Row, Value};

/// Why JSON is no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct JsonError {
    place: String,
    message: String,
}

impl JsonError {
    pub(super) fn at(place: &str, message: impl Into<String>) -> JsonError {
        let place = if place.is_empty() { "the JSON" } else { place };
        JsonError { place: place.to_owned(), message: message.into() }
    }

    /// Where it is wrong, such as `parts[0].segments[3][2]`; lists count from 0.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The cure.
    pub fn help(&self) -> &'static str {
        "correct this place; `rulebook x12 convert` of any message shows the form"
    }
}

/// A key of an object with what stands there.
type Entry<'j> = (String, &'j RawValue);

/// Reads the form alone; whether it means what it says is found by reading it back.
pub(super) fn read(json: &str) -> Result<File, JsonError> {
    let raw: &RawValue = serde_json::from_str(json).map_err(|error| broken("", &error))?;
    let [parts] = fields(raw, "", ["parts"])?;
    let parts = parts.ok_or_else(|| JsonError::at("", "the key `parts` is missing"))?;
    let parts = list(parts, "parts")?.into_iter().enumerate();
    let parts: Result<Vec<Part>, JsonError> = parts.map(|(at, raw)| part(raw, &format!("parts[{at}]"))).collect();
    Ok(File { parts: parts? })
}

fn part(raw: &RawValue, place: &str) -> Result<Part, JsonError> {
    let [text, bytes, separators, breaks, segments] =
        fields(raw, place, ["text", "hex", "separators", "breaks", "segments"])?;
    match (text, bytes, separators, breaks, segments) {
        (Some(text), None, None, None, None) => Ok(Part::Text(Value::Text(string(text, &format!("{place}.text"))?))),
        (None, Some(_), None, None, None) => Ok(Part::Text(value(raw, place)?)),
        (None, None, Some(separators), breaks, Some(segments)) => {
            let within = format!("{place}.separators");
            let [element, segment] = fields(separators, &within, ["element", "segment"])?;
            let (Some(element), Some(segment)) = (element, segment) else {
                return Err(JsonError::at(&within, "both `element` and `segment` are needed"));
            };
            let breaks = breaks.map_or(Ok(String::new()), |raw| string(raw, &format!("{place}.breaks")))?;
            let within = format!("{place}.segments");
            let rows = list(segments, &within)?.into_iter().enumerate();
            let rows: Result<Vec<Row>, JsonError> =
                rows.map(|(at, raw)| row(raw, &format!("{within}[{at}]"), &breaks)).collect();
            Ok(Part::Interchange {
                element: value(element, &format!("{place}.separators.element"))?,
                segment: value(segment, &format!("{place}.separators.segment"))?,
                breaks,
                segments: rows?,
            })
        }
        _ => Err(JsonError::at(place, "a part has `text`, or `hex`, or `separators`, `breaks` and `segments`")),
    }
}

fn row(raw: &RawValue, place: &str, usual: &str) -> Result<Row, JsonError> {
    if begins(raw, '[') {
        return Ok(Row { cells: cells(raw, place)?, end: Some(usual.to_owned()) });
    }
    let [segment, breaks, ended] = fields(raw, place, ["segment", "breaks", "ended"])?;
    let segment = segment.ok_or_else(|| JsonError::at(place, "the key `segment` is missing"))?;
    let end = match (breaks, ended.map(RawValue::get)) {
        (Some(breaks), None) => Some(string(breaks, &format!("{place}.breaks"))?),
        (None, Some("false")) => None,
        _ => return Err(JsonError::at(place, "a segment has either `breaks`, or `ended` that is false")),
    };
    Ok(Row { cells: cells(segment, &format!("{place}.segment"))?, end })
}

fn cells(raw: &RawValue, place: &str) -> Result<Vec<Cell>, JsonError> {
    list(raw, place)?.into_iter().enumerate().map(|(at, raw)| cell(raw, &format!("{place}[{at}]"))).collect()
}

fn cell(raw: &RawValue, place: &str) -> Result<Cell, JsonError> {
    if begins(raw, '{') {
        let [times, bytes] = fields(raw, place, ["times", "hex"])?;
        if let (Some(times), None) = (times, bytes) {
            let within = format!("{place}.times");
            let all = list(times, &within)?.into_iter().enumerate();
            let all: Result<Vec<Cell>, JsonError> = all.map(|(at, raw)| one(raw, &format!("{within}[{at}]"))).collect();
            return Ok(Cell::Times(all?));
        }
    }
    one(raw, place)
}

/// An element that is not repeated.
fn one(raw: &RawValue, place: &str) -> Result<Cell, JsonError> {
    if !begins(raw, '[') {
        return Ok(Cell::One(value(raw, place)?));
    }
    let parts = list(raw, place)?.into_iter().enumerate();
    let parts: Result<Vec<Value>, JsonError> = parts.map(|(at, raw)| value(raw, &format!("{place}[{at}]"))).collect();
    Ok(Cell::Parts(parts?))
}

/// A text, or `{"hex": "…"}`.
fn value(raw: &RawValue, place: &str) -> Result<Value, JsonError> {
    if !begins(raw, '{') {
        return Ok(Value::Text(string(raw, place)?));
    }
    let [bytes] = fields(raw, place, ["hex"])?;
    let within = format!("{place}.hex");
    let text = bytes.map(|bytes| string(bytes, &within));
    let text = text.ok_or_else(|| JsonError::at(place, "an object here has the key `hex` or `times`"))??;
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    let bytes: Option<Vec<u8>> = pairs.collect();
    bytes.map(Value::Bytes).ok_or_else(|| JsonError::at(&within, "bytes are pairs of the digits 0 to 9 and a to f"))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).filter(|_| !byte.is_ascii_uppercase()).and_then(|digit| u8::try_from(digit).ok())
}

fn begins(raw: &RawValue, sign: char) -> bool {
    raw.get().starts_with(sign)
}

fn string(raw: &RawValue, place: &str) -> Result<String, JsonError> {
    serde_json::from_str(raw.get()).map_err(|_| JsonError::at(place, "a text in quotes belongs here"))
}

fn list<'j>(raw: &'j RawValue, place: &str) -> Result<Vec<&'j RawValue>, JsonError> {
    serde_json::from_str(raw.get()).map_err(|_| JsonError::at(place, "a list in `[` and `]` belongs here"))
}

/// The values of these keys. Other keys, and one key twice, are refused.
fn fields<'j, const N: usize>(
    raw: &'j RawValue,
    place: &str,
    keys: [&str; N],
) -> Result<[Option<&'j RawValue>; N], JsonError> {
    let entries: Entries<'j> =
        serde_json::from_str(raw.get()).map_err(|_| JsonError::at(place, "an object in `{` and `}` belongs here"))?;
    let mut found = [None; N];
    for (key, raw) in entries.0 {
        let slot = keys.iter().position(|known| *known == key).and_then(|at| found.get_mut(at));
        match slot {
            None => return Err(JsonError::at(place, format!("the key `{}` is unknown", key.escape_debug()))),
            Some(Some(_)) => return Err(JsonError::at(place, format!("the key `{key}` stands twice"))),
            Some(slot) => *slot = Some(raw),
        }
    }
    Ok(found)
}

/// An object with its keys as they stand, equal ones included.
struct Entries<'j>(Vec<Entry<'j>>);

impl<'de: 'j, 'j> serde::Deserialize<'de> for Entries<'j> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Vec<Entry<'de>>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Visitor).map(Entries)
    }
}

fn broken(place: &str, error: &serde_json::Error) -> JsonError {
    let (line, column) = (error.line(), error.column());
    JsonError::at(
        place,
        format!("line {line}, column {column} is no JSON: a text, list or object is not closed or misses a comma"),
    )
}

/// Finds the first place at which a file would be read as something else than it says.
pub(super) fn same(said: &File, read: &File) -> Result<(), JsonError> {
    const WHY: &str =
        "this would be read as something else: a separator stands in it, or a list of one, or an ISA of another length";
    for (at, part) in said.parts.iter().enumerate() {
        let place = format!("parts[{at}]");
        let (part, other) = match (part, read.parts.get(at)) {
            (part, Some(other)) if part == other => continue,
            (part, other) => (part, other),
        };
        let (Part::Interchange { segments, .. }, Some(Part::Interchange { segments: others, .. })) = (part, other)
        else {
            return Err(JsonError::at(&place, WHY));
        };
        let row = segments.iter().enumerate().find(|(at, row)| others.get(*at) != Some(row));
        let Some((row_at, row)) = row else {
            return Err(JsonError::at(&place, WHY));
        };
        let cells = others.get(row_at).map(|other| other.cells.as_slice()).unwrap_or_default();
        let cell = row.cells.iter().enumerate().find(|(at, cell)| cells.get(*at) != Some(cell));
        let cell = cell.map(|(at, _)| format!("[{at}]")).unwrap_or_default();
        return Err(JsonError::at(&format!("{place}.segments[{row_at}]{cell}"), WHY));
    }
    match said.parts.len() == read.parts.len() {
        true => Ok(()),
        false => Err(JsonError::at("parts", WHY)),
    }
}
