//! Comparisons: between unlike types they are faults, where the script language itself would say false.

use std::cmp::Ordering;
use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;
use rhai::{Array, Dynamic, Engine, EvalAltResult, INT, NativeCallContext};
use rust_decimal::Decimal;

use super::date::Seconds;
use super::meter::charge;

type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// How two values compare; a fault between unlike types.
fn compared(context: &NativeCallContext<'_>, a: &Dynamic, b: &Dynamic) -> Outcome<Ordering> {
    if let (Some(a), Some(b)) = (a.read_lock::<NaiveDate>(), b.read_lock::<NaiveDate>()) {
        return Ok(a.cmp(&b));
    }
    if let (Some(a), Some(b)) = (a.read_lock::<Seconds>(), b.read_lock::<Seconds>()) {
        return Ok(a.cmp(&b));
    }
    if let (Ok(a), Ok(b)) = (a.as_int(), b.as_int()) {
        return Ok(a.cmp(&b));
    }
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return Ok(a.cmp(&b));
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Ok(a.cmp(&b));
    }
    if (a.is_string() || a.is_char()) && (b.is_string() || b.is_char()) {
        let (a, b) = (a.to_string(), b.to_string());
        charge(context, a.len().min(b.len()))?;
        return Ok(a.cmp(&b));
    }
    Err(format!("{} is compared with {}", described(a), described(b)).into())
}

/// A number, exactly.
fn number(value: &Dynamic) -> Option<Decimal> {
    value.as_int().map(Decimal::from).or_else(|_| value.as_decimal()).ok()
}

/// What a value is, in words.
pub(super) fn described(value: &Dynamic) -> &'static str {
    match value.type_name() {
        "bool" => "true or false",
        "i64" => "a whole number",
        "decimal" => "a decimal number",
        "string" => "a text",
        "char" => "a character",
        "array" => "a list",
        "map" => "a map",
        "()" => "nothing",
        _ if value.is::<NaiveDate>() => "a date",
        _ if value.is::<Seconds>() => "a duration",
        _ => "a range",
    }
}

/// Puts comparisons in, and `in`.
pub(super) fn register(engine: &mut Engine) {
    let mut comparison = |sign: &str, holds: fn(Ordering) -> bool| {
        engine.register_fn(sign, move |context: NativeCallContext<'_>, a: Dynamic, b: Dynamic| -> Outcome<bool> {
            compared(&context, &a, &b).map(holds)
        });
    };
    comparison("==", Ordering::is_eq);
    comparison("!=", Ordering::is_ne);
    comparison("<", Ordering::is_lt);
    comparison("<=", Ordering::is_le);
    comparison(">", Ordering::is_gt);
    comparison(">=", Ordering::is_ge);
    engine
        .register_fn("contains", |context: NativeCallContext<'_>, list: Array, item: Dynamic| -> Outcome<bool> {
            among(&context, &list, &item)
        })
        .register_fn("contains", |range: Range<INT>, item: INT| range.contains(&item))
        .register_fn("contains", |range: RangeInclusive<INT>, item: INT| range.contains(&item));
}

fn among(context: &NativeCallContext<'_>, list: &Array, item: &Dynamic) -> Outcome<bool> {
    for known in list {
        charge(context, 0)?;
        if compared(context, known, item)?.is_eq() {
            return Ok(true);
        }
    }
    Ok(false)
}
