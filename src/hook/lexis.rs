//! The word of a script that a place means.

use crate::source::Span;

/// The name, number or sign that begins at a byte.
pub(super) fn word_at(text: &str, start: usize) -> Span {
    let rest = text.get(start..).unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut characters = rest.chars();
    let length = match characters.next() {
        Some(quote @ ('"' | '\'' | '`')) => {
            let close = rest.get(1..).and_then(|inner| inner.find([quote, '\n']));
            close.filter(|at| rest.get(1 + at..).is_some_and(|t| t.starts_with(quote))).map_or(1, |at| at + 2)
        }
        Some(first) if is_name(first) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
        Some(first) if first.is_ascii_punctuation() && !"()[]{};,.".contains(first) => {
            let signs = |c: char| "=<>!&|+-*/%".contains(c);
            if signs(first) { rest.find(|c| !signs(c)).unwrap_or(rest.len()) } else { 1 }
        }
        Some(first) => first.len_utf8(),
        None => 0,
    };
    Span::new(start, start + length)
}

/// The bytes of the name that stands before a byte, white space between; none if it is no name.
pub(super) fn word_before(text: &str, end: usize) -> Span {
    let before = text.get(..end).unwrap_or_default().trim_end();
    let name = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
    Span::new(name.len(), before.len())
}
