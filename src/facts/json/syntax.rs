//! What is wrong with text that is no JSON, in plain words.

use crate::diagnostic::Code;

use super::super::Fault;

/// The fault of a case that is cut off, or no JSON at all.
pub(super) fn fault(error: &serde_json::Error, text: &str) -> Fault {
    if text.trim().is_empty() {
        return Fault::new(Code::CaseSyntax, "there is no case").help("write {\"at\": \"…\", \"facts\": {…}}");
    }
    let place = if error.line() <= 1 {
        format!("column {}", error.column())
    } else {
        format!("line {}, column {}", error.line(), error.column())
    };
    if error.is_eof() {
        return Fault::new(Code::CaseSyntax, format!("the case is cut off at {place}"))
            .help("send the whole object: each bracket and quote needs its end");
    }
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let here = line.get(error.column().saturating_sub(1)..).unwrap_or_default();
    let (what, help) = told(&error.to_string(), here);
    let what = if what.is_empty() { String::new() } else { format!(": {what}") };
    let help = match text.trim_start().starts_with('{') {
        true => help,
        false => "send one JSON object a case, one a line in a stream; for cases in YAML say `--input yaml`",
    };
    Fault::new(Code::CaseSyntax, format!("the case is no JSON at {place}{what}")).help(help)
}

/// What the parser found, and the cure. `here` is the text from there on.
fn told(what: &str, here: &str) -> (&'static str, &'static str) {
    let has = |words: &[&str]| words.iter().any(|word| what.contains(word));
    if has(&["key must be a string"]) {
        ("a key is not in double quotes", "put every key and text in straight double quotes: \"at\"")
    } else if has(&["trailing comma"]) {
        ("a comma stands before a closing bracket", "delete the comma")
    } else if has(&["trailing characters"]) {
        ("more follows behind the case", "send one case a line, or several in a list: [{…}, {…}]")
    } else if has(&["control character"]) {
        ("a text holds a line end, a tab or another control character", "write `\\n` for a line end, `\\t` for a tab")
    } else if has(&["hex escape", "surrogate"]) {
        ("half a character", "send both escapes of the pair, such as `\\ud83d\\ude00`, or the character itself")
    } else if has(&["escape"]) {
        ("a backslash that stands for no character", "write `\\\\` for a backslash")
    } else if has(&["invalid number", "number out of range"]) {
        ("a number that JSON does not have", "write digits, and at most one point: no zero before other digits")
    } else if has(&["recursion limit"]) {
        ("brackets are nested too deep", "send one object with `at` and `facts`")
    } else if has(&["expected `,`"]) {
        ("a comma or a closing bracket is missing", "put a comma between two keys, and close the bracket")
    } else if has(&["expected `:`"]) {
        ("a colon is missing behind a key", "write it between the key and its value")
    } else if here.starts_with(char::is_alphabetic) || has(&["expected ident"]) {
        ("a word without quotes", "put texts in double quotes; `true`, `false` and `null` are in small letters")
    } else if here.starts_with(['\'', '\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']) {
        ("a quote that JSON does not have", "put texts in straight double quotes")
    } else {
        ("", "send one JSON object a case, one a line in a stream")
    }
}
