//! From a document to what its JSON says, and from there to bytes.

use super::super::document::{Document, Part as Stretch};
use super::super::segment::{Element, Segment};
use super::read::JsonError;
use super::{Cell, File, Part, Row, Value};

/// What the JSON of a document says.
pub(super) fn file(document: &Document<'_>) -> File {
    let mut parts: Vec<Part> = Vec::new();
    for stretch in document.parts() {
        match stretch {
            Stretch::Text(text) => parts.push(Part::Text(Value::of(text.bytes))),
            Stretch::Segment(segment) => {
                let row = row(segment);
                match parts.last_mut() {
                    Some(Part::Interchange { segments, .. }) if !segment.is("ISA") => segments.push(row),
                    _ => parts.push(Part::Interchange {
                        element: Value::of(&[segment.delimiters().element()]),
                        segment: Value::of(&[segment.delimiters().segment()]),
                        breaks: row.end.clone().unwrap_or_default(),
                        segments: vec![row],
                    }),
                }
            }
        }
    }
    File { parts }
}

fn row(segment: &Segment<'_>) -> Row {
    let is_header = segment.is("ISA");
    let elements = segment.elements().map(|element| match is_header {
        // its separators stand for themselves
        true => Cell::One(Value::of(element.bytes)),
        false => cell(&element, segment),
    });
    let cells = std::iter::once(Cell::One(Value::of(segment.id()))).chain(elements).collect();
    // what follows a terminator is white space, so it is text
    let end = segment.end.split_first().map(|(_, breaks)| String::from_utf8_lossy(breaks).into_owned());
    Row { cells, end }
}

fn cell(element: &Element<'_>, segment: &Segment<'_>) -> Cell {
    let delimiters = segment.delimiters();
    if delimiters.repetition().is_some_and(|byte| element.bytes.contains(&byte)) {
        return Cell::Times(element.repetitions(delimiters).map(|repeated| one(&repeated, segment)).collect());
    }
    one(element, segment)
}

fn one(element: &Element<'_>, segment: &Segment<'_>) -> Cell {
    let delimiters = segment.delimiters();
    match element.bytes.contains(&delimiters.component()) {
        true => Cell::Parts(element.components(delimiters).map(|part| Value::of(part.bytes)).collect()),
        false => Cell::One(Value::of(element.bytes)),
    }
}

/// The bytes that a file stands for.
pub(super) fn bytes(file: &File) -> Result<Vec<u8>, JsonError> {
    let mut out = Vec::new();
    for (number, part) in file.parts.iter().enumerate() {
        match part {
            Part::Text(value) => out.extend_from_slice(value.bytes()),
            Part::Interchange { element, segment, segments, .. } => {
                let header = segments.first().map(|row| row.cells.as_slice()).unwrap_or_default();
                let separator = |at: usize| match header.get(at) {
                    Some(Cell::One(value)) => value.bytes(),
                    Some(Cell::Parts(_) | Cell::Times(_)) | None => &[],
                };
                let (repetition, component) = (separator(11), separator(16));
                for row in segments {
                    for (at, cell) in row.cells.iter().enumerate() {
                        if at > 0 {
                            out.extend_from_slice(element.bytes());
                        }
                        put(cell, repetition, component, &mut out);
                    }
                    if let Some(breaks) = &row.end {
                        out.extend_from_slice(segment.bytes());
                        out.extend_from_slice(breaks.as_bytes());
                    }
                }
                if segments.is_empty() {
                    return Err(JsonError::at(&format!("parts[{number}].segments"), "an interchange has no segments"));
                }
            }
        }
    }
    Ok(out)
}

fn put(cell: &Cell, repetition: &[u8], component: &[u8], out: &mut Vec<u8>) {
    match cell {
        Cell::One(value) => out.extend_from_slice(value.bytes()),
        Cell::Parts(parts) => {
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    out.extend_from_slice(component);
                }
                out.extend_from_slice(part.bytes());
            }
        }
        Cell::Times(cells) => {
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    out.extend_from_slice(repetition);
                }
                put(cell, repetition, component, out);
            }
        }
    }
}
