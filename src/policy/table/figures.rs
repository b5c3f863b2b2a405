//! Makes the figures of an output comparable: decimals get as many digits each, so that equal ones read alike, and no sum
//! can leave its type, whichever rows match. Then none has to be checked when cases are decided.

use rust_decimal::Decimal;

use crate::diagnostic::Code;
use crate::facts::Value;
use crate::policy::reader::Reader;
use crate::syntax::{Node, Shape};

use super::{Column, Gather, TableRow};

/// Gives the decimals of each output as many digits behind the point as the one that has most.
pub(super) fn align(outputs: usize, rows: &mut [TableRow], default: Option<&mut TableRow>) {
    let mut rows: Vec<&mut TableRow> = rows.iter_mut().chain(default).collect();
    for number in 0..outputs {
        let digits = rows.iter().filter_map(|row| row.values.get(number)?.as_ref()).map(scale).max().unwrap_or(0);
        for cell in rows.iter_mut().filter_map(|row| row.values.get_mut(number)) {
            if let Some(Value::Decimal(figure)) = cell {
                *figure = figure.normalize();
                figure.rescale(digits);
            }
        }
    }
}

/// Reports each output whose cells add up to more than its type holds.
pub(super) fn check<'r>(
    reader: &mut Reader<'_>,
    written: &Node,
    outputs: &[Column],
    rows: impl Iterator<Item = &'r TableRow> + Clone,
) {
    for (number, column) in outputs.iter().enumerate().filter(|(_, column)| column.gather == Gather::Sum) {
        let cells = rows.clone().filter_map(|row| row.values.get(number)?.as_ref());
        if total(cells).is_none() {
            let message = format!("the cells of `{}` may add up to more than a number can hold", column.name);
            let span = match &written.shape {
                Shape::Map(entries) => {
                    entries.iter().find(|entry| entry.key == column.name).map(|entry| entry.key_span)
                }
                Shape::Scalar(_) | Shape::List(_) => None,
            };
            reader.fault(Code::TotalTooLarge, span.unwrap_or(written.span), message, "write figures of fewer digits");
        }
    }
}

/// The sum of all figures, whatever their signs, if it can be held to the last digit: then that of some can be, too.
fn total<'v>(cells: impl Iterator<Item = &'v Value> + Clone) -> Option<()> {
    let scale = cells.clone().map(scale).max().unwrap_or(0);
    let mut sum: u128 = 0;
    let mut most = u128::from(i64::MAX.unsigned_abs());
    for cell in cells {
        let figure = match cell {
            Value::Integer(number) | Value::Duration(number) => u128::from(number.unsigned_abs()),
            Value::Decimal(number) => {
                most = Decimal::MAX.mantissa().unsigned_abs();
                let shifted = 10u128.checked_pow(scale - number.scale())?;
                number.mantissa().unsigned_abs().checked_mul(shifted)?
            }
            Value::Choice(_) | Value::Boolean(_) | Value::Text(_) | Value::Date(_) | Value::Zone(_) => 0,
        };
        sum = sum.checked_add(figure).filter(|sum| *sum <= most)?;
    }
    Some(())
}

fn scale(cell: &Value) -> u32 {
    if let Value::Decimal(number) = cell { number.scale() } else { 0 }
}
