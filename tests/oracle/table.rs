//! What a table gives in a world: every row held against it, one after the other.

use rulebook::facts::{Kind, Value};
use rulebook::policy::{Column, Gather, Hit, Table, TableRow};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::naive::number;
use super::verdict::Verdict;
use super::world::World;

pub fn decide(world: &World<'_>, table: &Table) -> Verdict {
    let hits: Vec<&TableRow> = table.rows.iter().filter(|row| world.holds(&row.rule.when)).collect();
    let mut verdict =
        Verdict { hits: hits.iter().map(|row| row.rule.place.to_string()).collect(), ..Verdict::default() };
    let (outcome, counted): (&str, Vec<&TableRow>) = match (table.hit, hits.as_slice()) {
        (_, []) => match &table.default {
            Some(default) => ("found", vec![default]),
            None => ("no_row", Vec::new()),
        },
        (Hit::First, [first, ..]) => ("found", vec![first]),
        (Hit::Unique, [only]) => ("found", vec![only]),
        (Hit::Unique, _) => ("conflict", Vec::new()),
        (Hit::Collect, all) => ("found", all.to_vec()),
    };
    let mut outputs = Map::new();
    for (number, column) in table.outputs.iter().enumerate() {
        let cells: Vec<&Value> = counted.iter().filter_map(|row| row.values[number].as_ref()).collect();
        let given = match table.hit {
            Hit::Collect => collected(column, &cells),
            Hit::First | Hit::Unique => cells.first().map(|cell| shown(cell, &column.kind)),
        };
        if let Some(given) = given {
            outputs.insert(column.name.clone(), given);
        }
    }
    verdict.answer.insert("outcome".into(), outcome.into());
    if !outputs.is_empty() {
        verdict.answer.insert("outputs".into(), outputs.into());
    }
    verdict
}

fn collected(column: &Column, cells: &[&Value]) -> Option<Json> {
    if column.gather == Gather::Count {
        return Some(cells.len().into());
    }
    let figures: Vec<Decimal> = cells.iter().filter_map(|cell| number(cell)).collect();
    // the first of those that are equal, but for the greatest: there the last
    let at = |figure: &Decimal, rank: fn(&mut dyn Iterator<Item = usize>) -> Option<usize>| {
        let mut equal = figures.iter().enumerate().filter(|(_, other)| *other == figure).map(|(at, _)| at);
        rank(&mut equal).map(|at| shown(cells[at], &column.kind))
    };
    match column.gather {
        _ if cells.is_empty() => None,
        Gather::List => Some(cells.iter().map(|cell| shown(cell, &column.kind)).collect()),
        Gather::Min => at(figures.iter().min()?, |equal| equal.next()),
        Gather::Max => at(figures.iter().max()?, |equal| equal.last()),
        Gather::Sum => {
            let sum: Decimal = figures.iter().sum();
            let value = match column.kind {
                Kind::Decimal(_) => Value::Decimal(sum),
                Kind::Duration => Value::Duration(i64::try_from(sum).unwrap()),
                _ => Value::Integer(i64::try_from(sum).unwrap()),
            };
            Some(shown(&value, &column.kind))
        }
        Gather::Count => unreachable!(),
    }
}

fn shown(value: &Value, kind: &Kind) -> Json {
    match value {
        Value::Boolean(truth) => json!(truth),
        Value::Integer(number) => json!(number),
        other => json!(other.text(kind)),
    }
}
