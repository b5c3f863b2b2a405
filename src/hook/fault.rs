//! What went wrong while a hook ran.

use rhai::{Dynamic, EvalAltResult, Position};

use crate::source::Place;

use super::sandbox::{LONGEST_TEXT, MOST_CALLS, MOST_ITEMS, MOST_STEPS, MOST_VARIABLES};

/// A hook that gave no answer: why, and where in its script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookFault {
    /// The hook: its function's name, or the script that stands in the policy.
    pub hook: String,
    /// Where it went wrong.
    pub place: Place,
    /// What went wrong: one line, lower case.
    pub message: String,
}

/// Where an error arose, and what it says in plain words. Of functions that call one another the innermost counts.
pub(super) fn told(error: EvalAltResult) -> (Position, String) {
    let innermost = match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => return told(*inner),
        error => error,
    };
    let position = innermost.position();
    let message = match innermost {
        EvalAltResult::ErrorTooManyOperations(_) => {
            format!("it takes more than {MOST_STEPS} steps; see that each of its loops ends, and soon")
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            format!("its functions call one another more than {MOST_CALLS} deep; write a loop instead")
        }
        EvalAltResult::ErrorTooManyVariables(_) => {
            format!("it has more than {MOST_VARIABLES} variables; split it into functions")
        }
        EvalAltResult::ErrorDataTooLarge(what, _) if what.contains("string") => {
            format!("a text grows beyond {LONGEST_TEXT} bytes; add less to it")
        }
        EvalAltResult::ErrorDataTooLarge(..) => {
            format!("a list or map grows beyond {MOST_ITEMS} items; keep fewer of them")
        }
        EvalAltResult::ErrorFunctionNotFound(what, _) => format!("no function takes `{}`", plain(&what)),
        EvalAltResult::ErrorMismatchOutputType(_, found, _) => {
            format!("it gives {} where true or false was expected", named(&found))
        }
        EvalAltResult::ErrorMismatchDataType(wanted, found, _) => {
            format!("{} where {} was expected", named(&found), named(&wanted))
        }
        EvalAltResult::ErrorRuntime(thrown, _) => thrown_text(&thrown),
        EvalAltResult::ErrorArrayBounds(count, index, _) => out_of_bounds("list", count, index),
        EvalAltResult::ErrorStringBounds(count, index, _) => out_of_bounds("text", count, index),
        EvalAltResult::ErrorPropertyNotFound(name, _) => format!("there is no `{}`", one_line(&name)),
        EvalAltResult::ErrorVariableNotFound(name, _) => format!("there is no variable `{}`", one_line(&name)),
        EvalAltResult::ErrorIndexNotFound(index, _) => format!("there is no item `{}`", one_line(&index.to_string())),
        EvalAltResult::ErrorDotExpr(..) => "there is no such property".to_owned(),
        EvalAltResult::ErrorIndexingType(..) => "only texts, lists and maps have items".to_owned(),
        EvalAltResult::ErrorFor(_) => "a loop goes over a list, a text or a range, and this is none".to_owned(),
        EvalAltResult::ErrorAssignmentToConstant(name, _) => format!("`{}` is a constant", one_line(&name)),
        // "division by zero: 1 / 0", and the like
        EvalAltResult::ErrorArithmetic(what, _) => lowered(&what),
        // what is left is of parts of the language that hooks do not have
        _ => "it cannot be computed".to_owned(),
    };
    (position, message)
}

fn out_of_bounds(what: &str, count: usize, index: i64) -> String {
    let items = if what == "text" { "character" } else { "item" };
    let several = if count == 1 { "" } else { "s" };
    format!("the {what} has {count} {items}{several}, and none at {index}; they are counted from 0")
}

fn thrown_text(thrown: &Dynamic) -> String {
    if thrown.is_unit() { "it gave up".to_owned() } else { one_line(&thrown.to_string()) }
}

/// A message of the script language in our manner: one line that begins with a small letter.
fn lowered(message: &str) -> String {
    let mut characters = message.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_lowercase).collect();
    one_line(&format!("{first}{}", characters.as_str())).replace('\'', "`")
}

fn one_line(text: &str) -> String {
    const LONGEST: usize = 200;
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect()
}

/// The types of a call in our words: `starts_with (whole number, text)`.
fn plain(signature: &str) -> String {
    let split = signature.split_once(" (").map(|(name, rest)| (name, rest.trim_end_matches(')')));
    match split {
        Some((name, types)) => format!("{name}({})", types.split(", ").map(named).collect::<Vec<_>>().join(", ")),
        None => signature.to_owned(),
    }
}

fn named(found: &str) -> String {
    let found = found.rsplit("::").next().unwrap_or(found);
    match found.split('<').next().unwrap_or(found) {
        "Range" | "RangeInclusive" | "range" | "range=" => "range",
        "map" => "map",
        "bool" => "true or false",
        "i64" => "whole number",
        "decimal" | "Decimal" => "decimal number",
        "string" | "String" | "&str | ImmutableString | String" | "ImmutableString" => "text",
        "char" => "character",
        "array" => "list",
        "()" | "" => "nothing",
        "NaiveDate" => "date",
        "Seconds" => "duration",
        _ => "value of another type",
    }
    .to_owned()
}
