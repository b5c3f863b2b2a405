//! Lowers the cells of a table, row by row: from YAML, or from a sheet.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, nearest};
use crate::facts::{FactId, Kind, Value};
use crate::policy::matcher::{self, Scope};
use crate::policy::reader::Reader;
use crate::policy::{Condition, Rule};
use crate::source::Span;
use crate::syntax::{Entry, Node, Record, Shape};

use super::{Column, Gather, TableRow};

/// What the cells of a row are read against.
pub(super) struct Cells<'s> {
    pub scope: &'s Scope<'s>,
    pub inputs: &'s [FactId],
    pub outputs: &'s [Column],
}

/// The column of a sheet that names the rows.
const NAMES: &str = "name";

impl Cells<'_> {
    /// The names of all columns, in the order in which a row of YAML has their cells.
    fn names(&self) -> Vec<&str> {
        let inputs = self.inputs.iter().map(|id| self.scope.vocabulary.fact(*id).name.as_str());
        inputs.chain(self.outputs.iter().map(|column| column.name.as_str())).collect()
    }

    /// A row of YAML: a list with a cell for each column.
    pub fn listed(&self, reader: &mut Reader<'_>, name: Option<(&str, Span)>, node: &Node) -> Option<TableRow> {
        let Shape::List(cells) = &node.shape else {
            reader.wrong_shape(node, "a list of cells");
            return None;
        };
        let columns = self.names();
        if cells.len() != columns.len() {
            self.miscounted(reader, node.span, cells.len(), &columns);
            return None;
        }
        self.row(reader, name, node.span, &cells.iter().collect::<Vec<_>>())
    }

    fn miscounted(&self, reader: &mut Reader<'_>, span: Span, cells: usize, columns: &[&str]) {
        let several = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let message =
            format!("the row has {}, but the table {}", several(cells, "cell"), several(columns.len(), "column"));
        let help =
            format!("write a cell for each of {}; put texts with commas in straight double quotes", columns.join(", "));
        reader.fault(Code::MiscountedRow, span, message, help);
    }

    /// A row of cells in the order of the columns.
    fn row(
        &self,
        reader: &mut Reader<'_>,
        name: Option<(&str, Span)>,
        span: Span,
        cells: &[&Node],
    ) -> Option<TableRow> {
        let (inputs, outputs) = cells.split_at_checked(self.inputs.len())?;
        let before = reader.faults();
        let tests = self.inputs.iter().zip(inputs).filter_map(|(id, cell)| self.input(reader, *id, cell));
        let mut tests: Vec<Condition> = tests.collect();
        let values = self.outputs.iter().zip(outputs).map(|(column, cell)| self.output(reader, column, cell)).collect();
        let when = match tests.len() {
            0 => Condition::Always,
            1 => tests.remove(0),
            _ => Condition::All(tests),
        };
        let id = name.map_or("rows".to_owned(), |(name, _)| format!("rows.{name}"));
        let place = reader.place(name.map_or(span, |(_, span)| span));
        (reader.faults() == before).then_some(TableRow { rule: Rule { id, place, when }, values })
    }

    /// What a cell asks of a fact; `None` if nothing.
    fn input(&self, reader: &mut Reader<'_>, id: FactId, cell: &Node) -> Option<Condition> {
        if is_word(cell, "any") {
            return None;
        }
        if cell.is_blank() && !cell.refused {
            let name = &self.scope.vocabulary.fact(id).name;
            let help = "write `any` if the row is for all its values";
            reader.fault(Code::EmptyCell, cell.span, format!("the cell of `{name}` is empty"), help);
            return None;
        }
        matcher::lower(reader, self.scope, id, cell)
    }

    /// What a cell gives; `None` if nothing.
    fn output(&self, reader: &mut Reader<'_>, column: &Column, cell: &Node) -> Option<Value> {
        let is_value = matches!(&column.kind, Kind::OneOf(words) if words.iter().any(|word| word == "none"));
        if is_word(cell, "none") && !is_value {
            return None;
        }
        if cell.is_blank() && !cell.refused {
            let help = "write `none` if the row gives no such thing";
            reader.fault(Code::EmptyCell, cell.span, format!("the cell of `{}` is empty", column.name), help);
            return None;
        }
        matcher::constant(reader, self.scope, &column.name, &column.kind, cell)
    }

    /// Lowers `default:`, a map from outputs to what is given where no row matches.
    pub fn default(&self, reader: &mut Reader<'_>, entry: &Entry) -> Option<TableRow> {
        let before = reader.faults();
        let given = reader.entries(&entry.value, "a map of outputs")?;
        let known = self.outputs.iter().map(|column| column.name.as_str());
        if given.is_empty() {
            let help = "say what is given where no row matches, or delete the key";
            reader.fault(Code::EmptyList, entry.value.span, "the default gives nothing", help);
        }
        for entry in given.iter().filter(|entry| !known.clone().any(|name| name == entry.key)) {
            reader.unknown(Code::UnknownKey, entry.key_span, "output", &entry.key, known.clone());
        }
        let mut values = Vec::new();
        for column in self.outputs {
            let stated = given.iter().find(|entry| entry.key == column.name);
            if let Some(entry) = stated.filter(|_| column.gather == Gather::Count) {
                let message = format!("`{}` is a count: where no row matches it is 0", column.name);
                reader.fault(Code::BadCollect, entry.key_span, message, "delete the key");
            }
            values.push(stated.and_then(|entry| self.output(reader, column, &entry.value)));
        }
        let rule = Rule { id: "default".to_owned(), place: reader.place(entry.key_span), when: Condition::Always };
        (reader.faults() == before).then_some(TableRow { rule, values })
    }

    /// The rows of a sheet, whose first record names the columns.
    pub fn sheet(&self, reader: &mut Reader<'_>) -> Option<Vec<TableRow>> {
        let records = reader.sheet()?;
        let Some((head, rows)) = records.split_first().filter(|(_, rows)| !rows.is_empty()) else {
            let help = format!("begin with the columns: {}; then write a row a line", self.names().join(","));
            let end = records.first().map_or(Span::default(), |head| head.span);
            reader.fault(Code::EmptyList, end, "the sheet has no rows", help);
            return None;
        };
        let (order, naming) = self.head(reader, head)?;
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut lowered = Vec::new();
        let width = named_width(head);
        for record in rows {
            let beyond = record.cells.iter().skip(width).find(|cell| !cell.is_blank());
            if let Some(cell) = beyond.filter(|_| record.cells.len() == head.cells.len()) {
                let help = "name the column in the first line, or delete the cell";
                reader.fault(Code::UnknownColumn, cell.span, "the cell stands in a column without a name", help);
                continue;
            }
            if record.cells.len() != head.cells.len() {
                // a list that its commas have cut has been reported
                if !record.cells.iter().any(|cell| cell.refused) {
                    let columns: Vec<&str> = head.cells.iter().map(written).collect();
                    self.miscounted(reader, record.span, record.cells.len(), &columns);
                }
                continue;
            }
            let name = naming.and_then(|at| record.cells.get(at)).filter(|cell| !cell.is_blank());
            let name = name.map(|cell| (written(cell), cell.span));
            if let Some((name, span)) = name {
                reader.name(name, span);
                if seen.insert(name, span).is_some() {
                    let message = format!("the row `{name}` is declared already");
                    reader.fault(Code::DuplicateName, span, message, "rename or delete one of the two");
                }
            }
            let cells: Vec<&Node> = order.iter().filter_map(|at| record.cells.get(*at)).collect();
            lowered.push(self.row(reader, name, record.span, &cells));
        }
        lowered.into_iter().collect()
    }

    /// Where in a record the cell of each column stands, and the row's name.
    fn head(&self, reader: &mut Reader<'_>, head: &Record) -> Option<(Vec<usize>, Option<usize>)> {
        let before = reader.faults();
        let columns = self.names();
        let position = |name: &str| head.cells.iter().position(|cell| written(cell) == name);
        let mut strangers = Vec::new();
        for (at, cell) in head.cells.iter().enumerate().take(named_width(head)) {
            let name = written(cell);
            if cell.is_blank() {
                let help = "name it, or delete it from every row";
                reader.fault(Code::UnknownColumn, cell.span, "the column has no name", help);
            } else if name != NAMES && !columns.contains(&name) {
                let known = columns.iter().copied().chain([NAMES]);
                reader.unknown(Code::UnknownColumn, cell.span, "column", name, known);
                strangers.push(name);
            } else if position(name) != Some(at) {
                let message = format!("the column `{name}` stands there twice");
                reader.fault(Code::DuplicateName, cell.span, message, "delete one of the two");
            }
        }
        // one that is misspelt has been reported where it stands
        let is_misspelt = |name: &str| strangers.iter().any(|other| nearest(other, [name]).is_some());
        for name in columns.iter().filter(|name| position(name).is_none() && !is_misspelt(name)) {
            let message = format!("the sheet has no column `{name}`");
            let help = "add it, or take it out of the table's `inputs:` or `outputs:`";
            reader.fault(Code::UnknownColumn, head.span, message, help);
        }
        let order = columns.iter().filter_map(|name| position(name)).collect();
        let naming = position(NAMES).filter(|_| !columns.contains(&NAMES));
        (reader.faults() == before).then_some((order, naming))
    }
}

/// Whether a cell is this word, and not a text of the same letters.
fn is_word(cell: &Node, word: &str) -> bool {
    cell.as_scalar().is_some_and(|scalar| !scalar.quoted && scalar.text == word)
}

/// The word that stands in a cell; none in a list.
fn written(cell: &Node) -> &str {
    cell.as_scalar().map_or("", |scalar| scalar.text.as_str())
}

/// How many columns have names, with those between them: spreadsheets write empty columns behind the last.
fn named_width(head: &Record) -> usize {
    head.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1)
}
