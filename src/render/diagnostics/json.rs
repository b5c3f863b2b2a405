//! Diagnostics as JSON.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Place, Position};

use super::{counts, pretty};

/// Writes diagnostics as one JSON object: `diagnostics`, and how many are `errors` and `warnings`.
///
/// Lines and columns count from 1, columns in characters (Unicode code points); `end_line` and `end_column` are those of the
/// character after the last one. What a diagnostic does not have is absent. The text ends with a line end.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let (errors, warnings) = counts(diagnostics);
    pretty(&Report { diagnostics: diagnostics.iter().map(Item::new).collect(), errors, warnings })
}

#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Item<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'static str,
    severity: String,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Stretch<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Stretch<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    text: &'a str,
}

impl<'a> Item<'a> {
    fn new(diagnostic: &'a Diagnostic) -> Item<'a> {
        Item {
            code: diagnostic.code.page().code,
            severity: diagnostic.severity().to_string(),
            message: &diagnostic.message,
            place: diagnostic.place.as_ref().map(Stretch::new),
            label: &diagnostic.label,
            help: diagnostic.help.as_deref(),
            related: diagnostic.related.iter().map(Related::new).collect(),
        }
    }
}

impl<'a> Stretch<'a> {
    fn new(place: &'a Place) -> Stretch<'a> {
        let Position { line, column } = place.position();
        let end = place.source.position(place.span.end);
        Stretch { path: place.source.path(), line, column, end_line: end.line, end_column: end.column }
    }
}

impl<'a> Related<'a> {
    fn new(label: &'a Label) -> Related<'a> {
        let Position { line, column } = label.place.position();
        Related { path: label.place.source.path(), line, column, text: &label.text }
    }
}
