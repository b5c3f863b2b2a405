//! A CSV file as it was written: records of cells with their places.
//!
//! The grammar (RFC 4180) is csv-core's, a field at a time, which tells how far each of them reaches. A line that begins
//! with `#` is a comment, as in the YAML files beside it.

use std::sync::Arc;

use csv_core::{ReadFieldResult, Reader};

use crate::diagnostic::{Bag, Code, Diagnostic};
use crate::source::{Place, Source, Span};

use super::{MOST_NODES, Node, Scalar, Shape, read};

/// One line of a sheet, or several where a quoted cell goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The bytes from its first cell to its last.
    pub span: Span,
    /// Its cells: a list or a map where one is written, else a word.
    pub cells: Vec<Node>,
}

/// Reads a file's records, empty lines and comments left out.
///
/// Every fault goes into `bag`; `None` if the file cannot be told apart into cells.
pub fn read_sheet(source: &Arc<Source>, bag: &mut Bag) -> Option<Vec<Record>> {
    let text = source.text();
    let mut reader = Reader::new();
    let mut buffer = vec![0; text.len() + 1];
    let (mut records, mut cells, mut count, mut at) = (Vec::new(), Vec::new(), 0, 0);
    loop {
        if cells.is_empty() {
            at += blank(text.get(at..).unwrap_or_default());
        }
        // cells may be aligned, those in quotes as well
        let aligned = text.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
        if aligned.starts_with('"') {
            at = text.len() - aligned.len();
        }
        let rest = text.get(at..).unwrap_or_default();
        let (mut result, read, written) = reader.read_field(rest.as_bytes(), &mut buffer);
        if result == ReadFieldResult::InputEmpty {
            // the end of the file ends its last cell
            result = reader.read_field(&[], &mut []).0;
        }
        let ReadFieldResult::Field { record_end } = result else { return Some(records) };
        count += 1;
        let raw = rest.get(..read).unwrap_or_default();
        let content = buffer.get(..written).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let field = Field { source, at, raw, content };
        if count > MOST_NODES {
            let place = Place::new(source, Span::new(at, at + read));
            bag.push(
                Diagnostic::new(Code::TooManyNodes, place, "the file has more than 100,000 cells")
                    .help("split the table into several"),
            );
            return None;
        }
        cells.push(field.node(bag)?);
        at += read;
        if record_end {
            let cells = std::mem::take(&mut cells);
            let start = cells.first().map_or(at, |cell: &Node| cell.span.start);
            let end = cells.last().map_or(at, |cell: &Node| cell.span.end);
            let record = Record { span: Span::new(start, end), cells };
            if records.is_empty() && !is_separated_by_commas(source, &record, bag) {
                return None;
            }
            // spreadsheets write an empty row as commas alone
            if !record.cells.iter().all(|cell| cell.is_blank() && !cell.refused) {
                records.push(record);
            }
        }
    }
}

/// Whether the first record is no line of another kind of sheet, of which all later faults would be.
fn is_separated_by_commas(source: &Arc<Source>, record: &Record, bag: &mut Bag) -> bool {
    let line = source.text().get(record.span.start..record.span.end).unwrap_or_default();
    let (at, message, help) = if line.to_lowercase().starts_with("sep=") {
        let help = "delete the line, which is meant for a spreadsheet program, and put commas between cells";
        (0, "the first line does not name the columns", help)
    } else if let (Some(at), [_]) = (line.find([';', '\t']), record.cells.as_slice()) {
        let help =
            "save the sheet as CSV with commas between cells; a cell with commas of its own stands in double quotes";
        match line.get(at..).is_some_and(|rest| rest.starts_with(';')) {
            true => (at, "semicolons stand between the cells instead of commas", help),
            false => (at, "tabs stand between the cells instead of commas", help),
        }
    } else {
        return true;
    };
    let start = record.span.start + at;
    let place = Place::new(source, Span::new(start, start + 1));
    bag.push(Diagnostic::new(Code::BadSheet, place, message).help(help));
    false
}

/// How many bytes the empty lines and comments take that a text begins with.
fn blank(text: &str) -> usize {
    let is_blank = |line: &&str| line.trim().is_empty() || line.starts_with('#');
    text.split_inclusive('\n').take_while(is_blank).map(str::len).sum()
}

/// A cell with the sign that ends it.
struct Field<'s> {
    source: &'s Arc<Source>,
    at: usize,
    raw: &'s str,
    content: &'s str,
}

impl Field<'_> {
    /// The bytes between the commas, without the spaces around them.
    fn span(&self) -> Span {
        let written = self.raw.strip_suffix([',', '\r', '\n']).unwrap_or(self.raw);
        let inner = written.trim_start();
        let start = self.at + written.len() - inner.len();
        Span::new(start, start + inner.trim_end().len())
    }

    fn fault(&self, bag: &mut Bag, span: Span, message: &str, help: &str) {
        bag.push(Diagnostic::new(Code::BadSheet, Place::new(self.source, span), message).help(help));
    }

    /// The cell as a node; `None` if what follows it cannot be trusted either.
    fn node(&self, bag: &mut Bag) -> Option<Node> {
        let span = self.span();
        let written = self.source.text().get(span.start..span.end).unwrap_or_default();
        let mut inner = span;
        if self.raw.starts_with('"') {
            if let Some(quote) = stray_quote(written) {
                let (message, help) = match quote {
                    0 => (
                        "the cell's quote is not closed",
                        "close it before the comma, and write a quote within the cell twice",
                    ),
                    _ => (
                        "text follows behind the cell's closing quote",
                        "write a cell with quotes as \"…\" from comma to comma, and a quote within it twice",
                    ),
                };
                self.fault(bag, Span::new(span.start + quote, span.start + quote + 1), message, help);
                return None;
            }
            // where quotes are written twice, places within the text cannot be told
            if written.len() == self.content.len() + 2 {
                inner = Span::new(span.start + 1, span.end - 1);
            }
        } else if let Some(quote) = written.find('"') {
            self.fault(
                bag,
                Span::new(span.start + quote, span.start + quote + 1),
                "a quote within a cell that does not begin with one",
                "put the whole cell in quotes, and write the quote within it twice",
            );
            return None;
        }
        let text = self.content.trim();
        let skipped = self.content.len() - self.content.trim_start().len();
        if text.starts_with(['[', '{']) {
            let offset = inner.start + if inner == span { 0 } else { skipped };
            return Some(self.nested(bag, text, offset, span));
        }
        let scalar = Scalar { text: text.to_owned(), ..Scalar::default() };
        if inner != span {
            inner = Span::new(inner.start + skipped, inner.start + skipped + text.len());
        }
        Some(Node { span: inner, shape: Shape::Scalar(scalar), refused: false })
    }

    /// A list or a map, written as in YAML.
    fn nested(&self, bag: &mut Bag, text: &str, offset: usize, span: Span) -> Node {
        let refused = Node { span, shape: Shape::Scalar(Scalar::default()), refused: true };
        let closing = if text.starts_with('[') { ']' } else { '}' };
        if !text.ends_with(closing) {
            self.fault(
                bag,
                span,
                "a list that a comma cuts into several cells",
                "put the cell in quotes: \"[one, another]\"",
            );
            return refused;
        }
        let mut own = Bag::default();
        let read = read(&Arc::new(Source::new(self.source.path(), text)), &mut own);
        let moved = |span: Span| Span::new(offset + span.start, offset + span.end);
        for mut fault in own.into_sorted() {
            fault.place = fault.place.map(|place| Place::new(self.source, moved(place.span)));
            fault.related.clear();
            bag.push(fault);
        }
        match read {
            Some(mut node) => {
                node.shift(offset);
                node
            }
            None => refused,
        }
    }
}

/// Where a cell that begins with a quote has one that does not belong there: the first that is neither doubled nor the
/// last sign of the cell, or the one that it begins with if nothing closes it.
fn stray_quote(written: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let rest = written.get(at..)?;
        let Some(quote) = rest.find('"') else { return Some(0) };
        let behind = rest.get(quote + 1..)?;
        at += quote + 1;
        match behind {
            "" => return None,
            doubled if doubled.starts_with('"') => at += 1,
            _ => return Some(at - 1),
        }
    }
}
