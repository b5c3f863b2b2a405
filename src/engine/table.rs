//! Asks a table: the rows that match, and what they give.

use std::borrow::Cow;

use crate::facts::Value;
use crate::policy::{Column, Gather, Hit as HitPolicy, Table, TableRow};
use crate::program::{Program, RuleId, TableRules, Truth, Verdict};

use super::answer::{Answer, Gathered, Output};
use super::asked::{Bearing, Leaf};
use super::decision::Hit;
use super::grounds::Because;

const FOUND: &str = "found";
const NO_ROW: &str = "no_row";
const CONFLICT: &str = "conflict";

/// The question that a case puts to a table.
pub(super) struct Asked<'p> {
    pub program: &'p Program,
    pub table: &'p Table,
    pub rules: &'p TableRules,
}

/// A row with its rule.
type Ruled<'p> = (RuleId, &'p TableRow);

impl<'p> Asked<'p> {
    /// What the rows that match give, by the table's hit policy.
    pub fn ask(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        match self.table.hit {
            HitPolicy::First => self.first(truth),
            HitPolicy::Unique => self.unique(truth),
            HitPolicy::Collect => self.collect(truth),
        }
    }

    /// The rows that can match, in order, each with whether it does.
    fn possible<'t>(&'t self, truth: &'t Truth) -> impl Iterator<Item = (Ruled<'p>, Verdict)> + 't {
        self.rules.entries.possible(truth).filter_map(|place| {
            let rule = *self.rules.rows.get(place)?;
            Some(((rule, self.table.rows.get(place)?), self.program.verdict(truth, rule)))
        })
    }

    /// The first row that matches. Open ones before it make no difference if they give the same.
    fn first(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        let mut open: Option<Ruled<'p>> = None;
        for ((rule, row), verdict) in self.possible(truth) {
            if let Some((waiting, _)) = open.filter(|(_, other)| other.values != row.values) {
                return Err(waiting);
            }
            match verdict {
                Verdict::Yes => return Ok(self.found(&[(rule, row)])),
                Verdict::Open => open = open.or(Some((rule, row))),
                Verdict::No => {}
            }
        }
        open.map_or_else(|| Ok(self.nothing()), |(rule, _)| Err(rule))
    }

    /// The only row that matches; two are a conflict, whatever else matches.
    fn unique(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        let mut open = None;
        let mut hits: Vec<Ruled<'p>> = Vec::new();
        for (ruled, verdict) in self.possible(truth) {
            match verdict {
                Verdict::Yes => hits.push(ruled),
                Verdict::Open => open = open.or(Some(ruled.0)),
                Verdict::No => {}
            }
        }
        match (hits.as_slice(), open) {
            ([_, _, ..], _) => Ok(leaf(Answer::of(CONFLICT), &hits)),
            (_, Some(rule)) => Err(rule),
            ([], None) => Ok(self.nothing()),
            ([_], None) => Ok(self.found(&hits)),
        }
    }

    /// All rows that match.
    fn collect(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        let mut hits: Vec<Ruled<'p>> = Vec::new();
        for (ruled, verdict) in self.possible(truth) {
            match verdict {
                Verdict::Yes => hits.push(ruled),
                Verdict::Open => return Err(ruled.0),
                Verdict::No => {}
            }
        }
        Ok(if hits.is_empty() { self.nothing() } else { self.found(&hits) })
    }

    fn found(&self, hits: &[Ruled<'p>]) -> Leaf<'p> {
        let mut answer = Answer::of(FOUND);
        answer.keys.outputs = match hits {
            [(_, row)] if self.table.hit != HitPolicy::Collect => self.given(row),
            _ => self.gathered(hits.iter().map(|(_, row)| *row)),
        };
        leaf(answer, hits)
    }

    /// What is given where no row matches: the default, if there is one. A count is then 0.
    fn nothing(&self) -> Leaf<'p> {
        let collects = self.table.hit == HitPolicy::Collect;
        let Some((rule, row)) = self.rules.default.zip(self.table.default.as_deref()) else {
            let mut leaf = Leaf::nothing(NO_ROW);
            if collects {
                leaf.answer.keys.outputs = self.gathered(std::iter::empty());
            }
            return leaf;
        };
        let mut leaf = Leaf::nothing(FOUND);
        leaf.answer.keys.outputs = if collects { self.gathered(std::iter::once(row)) } else { self.given(row) };
        leaf.grounds.push(Because::Holds(rule));
        leaf
    }

    /// The cells of one row.
    fn given(&self, row: &'p TableRow) -> Vec<Output<'p>> {
        let cells = self.table.outputs.iter().zip(&row.values);
        cells.filter_map(|(column, cell)| Some(output(column, Gathered::One(Cow::Borrowed(cell.as_ref()?))))).collect()
    }

    /// The cells of several rows, taken together column by column.
    fn gathered(&self, rows: impl Iterator<Item = &'p TableRow> + Clone) -> Vec<Output<'p>> {
        let columns = self.table.outputs.iter().enumerate();
        let gathered = columns.filter_map(|(number, column)| {
            let cells = rows.clone().filter_map(|row| row.values.get(number)?.as_ref()).collect();
            Some(output(column, gather(column.gather, cells)?))
        });
        gathered.collect()
    }

    /// The rows that are in conflict, if the answer is that they are: all that may match.
    pub fn conflict(&self, answer: &Answer<'_>, may_match: impl Fn(RuleId) -> bool) -> Vec<Hit<'p>> {
        if self.table.hit != HitPolicy::Unique || answer.outcome != CONFLICT {
            return Vec::new();
        }
        let hits = self.rules.rows.iter().zip(&self.table.rows);
        hits.filter(|(rule, _)| may_match(**rule))
            .map(|(rule, row)| {
                let rule = self.program.rule(*rule);
                Hit { rule: &rule.id, place: &rule.place_text, outputs: self.given(row) }
            })
            .collect()
    }

    /// What stands below the first row that matches makes no difference where that one counts.
    pub fn bearings(&self, truth: &Truth) -> Vec<(RuleId, Bearing)> {
        let matches = |rule: &RuleId| self.program.verdict(truth, *rule) == Verdict::Yes;
        let first = self.rules.rows.iter().position(matches).filter(|_| self.table.hit == HitPolicy::First);
        let below = first.map_or(self.rules.rows.len(), |first| first + 1);
        self.rules.rows.iter().skip(below).map(|rule| (*rule, Bearing::Moot)).collect()
    }
}

fn leaf<'p>(answer: Answer<'p>, hits: &[Ruled<'p>]) -> Leaf<'p> {
    let grounds = hits.iter().map(|(rule, _)| Because::Holds(*rule)).collect();
    Leaf { answer, window: None, grounds, chosen: None }
}

fn output<'p>(column: &'p Column, value: Gathered<'p>) -> Output<'p> {
    Output { name: &column.name, kind: &column.kind, value }
}

/// What is made of the cells of several rows; `None` if no row gives any.
fn gather<'p>(how: Gather, cells: Vec<&'p Value>) -> Option<Gathered<'p>> {
    let one = |value| Gathered::One(Cow::Owned(value));
    match how {
        Gather::Count => Some(one(Value::Integer(i64::try_from(cells.len()).unwrap_or(i64::MAX)))),
        _ if cells.is_empty() => None,
        Gather::List => Some(Gathered::List(cells)),
        Gather::Sum => Some(one(sum(&cells)?)),
        Gather::Min => {
            cells.into_iter().min_by_key(|cell| cell.ordinal()).map(|cell| Gathered::One(Cow::Borrowed(cell)))
        }
        Gather::Max => {
            cells.into_iter().max_by_key(|cell| cell.ordinal()).map(|cell| Gathered::One(Cow::Borrowed(cell)))
        }
    }
}

/// A sum, which its type holds to the last digit: lowering lets no table have another.
fn sum(cells: &[&Value]) -> Option<Value> {
    let (first, rest) = cells.split_first()?;
    rest.iter().try_fold((*first).clone(), |sum, cell| match (sum, cell) {
        (Value::Integer(sum), Value::Integer(figure)) => sum.checked_add(*figure).map(Value::Integer),
        (Value::Duration(sum), Value::Duration(figure)) => sum.checked_add(*figure).map(Value::Duration),
        (Value::Decimal(sum), Value::Decimal(figure)) => sum.checked_add(*figure).map(Value::Decimal),
        _ => None,
    })
}
