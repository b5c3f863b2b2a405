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
        EvalAltResult::ErrorTooManyOperations(_) => format!("it takes more than {MOST_STEPS} steps"),
        EvalAltResult::ErrorStackOverflow(_) => format!("its functions call one another more than {MOST_CALLS} deep"),
        EvalAltResult::ErrorTooManyVariables(_) => format!("it has more than {MOST_VARIABLES} variables"),
        EvalAltResult::ErrorDataTooLarge(what, _) if what.contains("string") => {
            format!("a text grows beyond {LONGEST_TEXT} bytes")
        }
        EvalAltResult::ErrorDataTooLarge(..) => format!("a list or map grows beyond {MOST_ITEMS} items"),
        EvalAltResult::ErrorFunctionNotFound(what, _) => format!("no function takes `{}`", plain(&what)),
        EvalAltResult::ErrorMismatchOutputType(_, found, _) => {
            format!("it gives {} where true or false was expected", named(&found))
        }
        EvalAltResult::ErrorMismatchDataType(wanted, found, _) => {
            format!("{} where {} was expected", named(&found), named(&wanted))
        }
        EvalAltResult::ErrorRuntime(thrown, _) => thrown_text(&thrown),
        // the words of the script language itself
        other => lowered(&unplaced(other).to_string()),
    };
    (position, message)
}

fn thrown_text(thrown: &Dynamic) -> String {
    if thrown.is_unit() { "it gave up".to_owned() } else { one_line(&thrown.to_string()) }
}

fn unplaced(mut error: EvalAltResult) -> EvalAltResult {
    error.clear_position();
    error
}

/// A message of the script language in our manner: one line that begins with a small letter.
pub(super) fn lowered(message: &str) -> String {
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
    match found {
        "bool" => "true or false",
        "i64" => "whole number",
        "decimal" | "Decimal" => "decimal number",
        "string" | "String" | "&str | ImmutableString | String" | "ImmutableString" => "text",
        "char" => "character",
        "array" => "list",
        "()" | "" => "nothing",
        "NaiveDate" => "date",
        "Seconds" => "duration",
        other => other,
    }
    .to_owned()
}
