//! Policies that say in rows what comes of which facts: `table`.

mod cells;
mod columns;
mod figures;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Code;
use crate::facts::{FactId, Kind, Value};
use crate::source::{Source, Span};
use crate::syntax::{Entry, Node, Shape};

use super::Rule;
use super::matcher::Scope;
use super::named::names;
use super::reader::{Captions, Fields, Reader};

use cells::Cells;

/// What a table gives for the facts that its rows are about.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The facts that the rows are about, column by column.
    pub inputs: Vec<FactId>,
    /// What the rows give, column by column.
    pub outputs: Vec<Column>,
    /// What comes of several rows that match.
    pub hit: Hit,
    /// The rows, in order.
    pub rows: Vec<TableRow>,
    /// What is given where no row matches.
    pub default: Option<Box<TableRow>>,
}

/// One thing that a table gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// The type of its cells.
    pub kind: Kind,
    /// What is made of the cells of several rows.
    pub gather: Gather,
}

/// What comes of several rows that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// The first of them counts.
    First,
    /// Two of them are a conflict.
    Unique,
    /// All of them count.
    Collect,
}

/// What is made of the cells of several rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gather {
    /// A list of them, in the order of the rows.
    List,
    /// How many there are.
    Count,
    /// Their sum.
    Sum,
    /// The least of them.
    Min,
    /// The greatest of them.
    Max,
}

/// A row: when it matches, and what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// When it matches.
    pub rule: Rule,
    /// What it gives, a cell for each output; `None` for nothing.
    pub values: Vec<Option<Value>>,
}

/// The sheets that tables may take their rows from.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// By their paths from the folder of policies.
    pub files: BTreeMap<String, Arc<Source>>,
    /// Whether some file could not be read, which has been reported: then no sheet can be called unknown.
    pub incomplete: bool,
}

/// How many rows a table may have: each input's classes are looked up in bitmaps of all rows.
const MOST_ROWS: usize = 10_000;

const HITS: [(&str, Hit); 3] = [("first", Hit::First), ("unique", Hit::Unique), ("collect", Hit::Collect)];

/// Lowers the body of `table: NAME`. Gives the sheet that the rows come from, if they stand in one.
pub(super) fn lower(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    sheets: &Sheets,
    path: &str,
    fields: &mut Fields<'_>,
) -> Option<(Table, Option<Arc<Source>>)> {
    let before = reader.faults();
    let hit = fields.need(reader, "hit", "with `first`, `unique` or `collect`").and_then(|node| hit(reader, node));
    let inputs = fields.need(reader, "inputs", "with the facts that the rows are about");
    let inputs = inputs.and_then(|node| columns::inputs(reader, scope, node));
    let given = fields.need(reader, "outputs", "with what the rows give");
    let outputs = given.and_then(|node| columns::outputs(reader, scope, node, inputs.as_deref()?, hit));
    let (own, from) = (fields.take("rows"), fields.take("rows from"));
    let default = fields.take("default");
    let cells = Cells { scope, inputs: inputs.as_deref()?, outputs: outputs.as_deref()? };
    let mut sheet = None;
    let rows = match (own, from) {
        (Some(entry), None) => rows(reader, &cells, entry),
        (None, Some(entry)) => found(reader, sheets, path, &entry.value).and_then(|source| {
            sheet = Some(Arc::clone(source));
            cells.sheet(&mut reader.over(source))
        }),
        (Some(_), Some(entry)) => {
            let message = "a table has either `rows` or `rows from`";
            reader.fault(Code::UnknownKey, entry.key_span, message, "delete one of the two");
            None
        }
        (None, None) => {
            let start = Span::new(fields.span().start, fields.span().start);
            let help = "add `rows:`, or `rows from:` with the name of a CSV file beside this one";
            reader.fault(Code::MissingKey, start, "the table has no rows", help);
            None
        }
    };
    let mut default = default.and_then(|entry| cells.default(reader, entry)).map(Box::new);
    let mut rows = rows?;
    if rows.len() > MOST_ROWS {
        let span = own.or(from).map_or(fields.span(), |entry| entry.key_span);
        let message = format!("the table has more than {MOST_ROWS} rows");
        reader.fault(Code::TooManyNodes, span, message, "split it into several tables");
    }
    figures::align(cells.outputs.len(), &mut rows, default.as_deref_mut());
    figures::check(reader, given?, cells.outputs, rows.iter().chain(default.as_deref()));
    let table = Table { inputs: inputs?, outputs: outputs?, hit: hit?, rows, default };
    (reader.faults() == before).then_some((table, sheet))
}

fn hit(reader: &mut Reader<'_>, node: &Node) -> Option<Hit> {
    let word = reader.word(node, "`first`, `unique` or `collect`")?;
    let known = HITS.iter().find(|(name, _)| *name == word).map(|(_, hit)| *hit);
    if known.is_none() {
        reader.unknown(Code::UnknownValue, node.span, "hit policy", word, HITS.iter().map(|(name, _)| *name));
    }
    known
}

/// Rows by name, or a list of rows without names.
fn rows(reader: &mut Reader<'_>, cells: &Cells<'_>, entry: &Entry) -> Option<Vec<TableRow>> {
    let node = &entry.value;
    let rows: Vec<Option<TableRow>> = match &node.shape {
        Shape::List(items) if items.is_empty() => {
            reader.fault(Code::EmptyList, node.span, "there are no rows", "add one");
            return None;
        }
        Shape::List(items) => items.iter().map(|item| cells.listed(reader, None, item)).collect(),
        Shape::Map(_) | Shape::Scalar(_) => {
            let entries = names(reader, node, "rows")?;
            entries.iter().map(|entry| cells.listed(reader, Some((&entry.key, entry.key_span)), &entry.value)).collect()
        }
    };
    rows.into_iter().collect()
}

/// The sheet of this name, beside the policy or in a folder below it.
fn found<'s>(reader: &mut Reader<'_>, sheets: &'s Sheets, path: &str, node: &Node) -> Option<&'s Arc<Source>> {
    let name = reader.word(node, "the name of a CSV file beside this one")?;
    let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let sheet = sheets.files.get(&format!("{folder}{name}"));
    if sheet.is_none() && !sheets.incomplete {
        let mut beside = sheets.files.keys().filter_map(|path| path.strip_prefix(folder.as_str())).peekable();
        if beside.peek().is_none() {
            let help = "put the file beside this one, or below it; its name ends with `.csv`";
            reader.fault(Code::UnknownSheet, node.span, format!("there is no CSV file `{name}`"), help);
        } else {
            reader.unknown(Code::UnknownSheet, node.span, "CSV file", name, beside);
        }
    }
    sheet
}
