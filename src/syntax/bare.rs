//! Keys without a value within braces: mostly the rest of a text that YAML has cut at a comma.

use std::sync::Arc;

use crate::diagnostic::{Bag, Code, Diagnostic};
use crate::source::{Place, Source, Span};

use super::slip::split_unspaced;
use super::{Entry, Node, Scalar, Shape};

/// Reports what stands without a value in a map of braces, and gives the map as it was probably meant, so that what follows
/// from a slip is not reported as well.
pub(super) fn mended(source: &Arc<Source>, entries: Vec<Entry>, bag: &mut Bag) -> Vec<Entry> {
    if !entries.iter().any(|entry| is_bare(source, entry)) {
        return entries;
    }
    let mut mended: Vec<Entry> = Vec::new();
    let mut entries = entries.into_iter().peekable();
    while let Some(mut entry) = entries.next() {
        if is_bare(source, &entry) {
            mended.push(spaced(source, &entry, bag).unwrap_or(entry));
            continue;
        }
        let mut rest: Vec<Span> = Vec::new();
        if is_plain(&entry.value) {
            let of_text = |next: &Entry| is_bare(source, next) && split_unspaced(&next.key).is_none();
            while let Some(next) = entries.next_if(of_text) {
                rest.push(next.key_span);
            }
        }
        if let Some(last) = rest.last() {
            entry.value = cut(source, entry.value.span, last.end, rest.len(), bag);
        }
        mended.push(entry);
    }
    mended
}

/// Whether neither a colon nor a value follows.
fn is_bare(source: &Source, entry: &Entry) -> bool {
    let behind = source.text().get(entry.key_span.end..).unwrap_or_default();
    let is_quoted = source.text().get(entry.key_span.start..).is_some_and(|text| text.starts_with(['"', '\'']));
    entry.value.is_blank() && !entry.value.refused && !is_quoted && behind.trim_start().starts_with([',', '}'])
}

fn is_plain(node: &Node) -> bool {
    node.as_scalar().is_some_and(|scalar| !scalar.quoted && !scalar.text.is_empty()) && !node.refused
}

/// `when:always` with its space.
fn spaced(source: &Arc<Source>, entry: &Entry, bag: &mut Bag) -> Option<Entry> {
    let (key, value) = split_unspaced(&entry.key)?;
    let start = entry.key_span.start;
    let (colon, end) = (start + key.len(), entry.key_span.end);
    bag.push(
        Diagnostic::new(
            Code::YamlSyntax,
            Place::new(source, Span::new(colon, colon + 1)),
            format!("no space stands behind the colon of `{key}`"),
        )
        .help(format!("write `{key}: {value}`")),
    );
    let scalar = Scalar { text: value.to_owned(), in_flow: true, ..Scalar::default() };
    let value = Node { span: Span::new(colon + 1, end), shape: Shape::Scalar(scalar), refused: false };
    Some(Entry { key: key.to_owned(), key_span: Span::new(start, colon), value })
}

/// A text that goes on behind a comma: reported, and refused as a whole.
fn cut(source: &Arc<Source>, value: Span, end: usize, parts: usize, bag: &mut Bag) -> Node {
    let span = Span::new(value.start, end);
    let text = source.text().get(span.start..span.end).unwrap_or_default();
    let is_sentence = text.split(',').any(|part| part.trim().contains(' '));
    let is_number =
        text.split(',').skip(1).all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let (message, help) = if is_number && text.starts_with(|first: char| first.is_ascii_digit()) {
        let whole = text.replace(',', "");
        (
            format!("`{text}` is no number: within brackets YAML ends a value at each comma"),
            format!("write `{whole}`, or several values as [{text}]"),
        )
    } else if is_sentence {
        (
            "the text is not quoted: within brackets YAML ends it at each comma".to_owned(),
            format!("put the whole text in quotes: \"{text}\""),
        )
    } else {
        let alone = text.rsplit(',').next().unwrap_or_default().trim();
        let what = if parts == 1 { format!("`{alone}` stands") } else { "words stand".to_owned() };
        (
            format!("{what} alone: within brackets YAML ends a text at each comma"),
            format!("write several values as [{text}], a text with commas as \"{text}\", and a colon behind a key"),
        )
    };
    bag.push(Diagnostic::new(Code::UnquotedSentence, Place::new(source, span), message).help(help));
    Node { span, shape: Shape::Scalar(Scalar::default()), refused: true }
}
