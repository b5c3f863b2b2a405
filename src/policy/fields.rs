//! The keys of a map, taken one by one.

use crate::diagnostic::{Code, nearest};
use crate::source::Span;
use crate::syntax::{Entry, Node, Shape};

use super::reader::{Captions, Reader};

/// The keys of one map. Those that nobody asked for are reported at the end.
pub(super) struct Fields<'n> {
    entries: &'n [Entry],
    span: Span,
    asked: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    pub(super) fn new(entries: &'n [Entry], span: Span) -> Fields<'n> {
        Fields { entries, span, asked: Vec::new() }
    }

    /// The map's bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether nothing stands in the map.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// An entry that may be there.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of a key that may be there.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.take(key).map(|entry| &entry.value)
    }

    /// The value of a key that must be there.
    pub fn need(&mut self, reader: &mut Reader<'_>, key: &'static str, why: &str) -> Option<&'n Node> {
        let node = self.node(key);
        // a slip of the keyboard is reported where it stands, as an unknown key
        let slip = |entry: &Entry| !self.asked.contains(&entry.key.as_str()) && is_slip(&entry.key, key);
        if node.is_none() && !self.entries.iter().any(slip) {
            let start = Span::new(self.span.start, self.span.start);
            reader.fault(Code::MissingKey, start, format!("the key `{key}` is missing"), format!("add `{key}:` {why}"));
        }
        node
    }

    /// `title` and `description`, which are allowed everywhere.
    pub fn captions(&mut self, reader: &mut Reader<'_>) -> Captions {
        let mut sentence = |key| self.node(key).and_then(|node| reader.sentence(node, "a sentence"));
        Captions { title: sentence("title"), description: sentence("description") }
    }

    /// Reports each key that nobody asked for.
    pub fn finish(self, reader: &mut Reader<'_>) {
        let before = std::iter::once(None).chain(self.entries.iter().map(Some));
        for (entry, above) in self.entries.iter().zip(before) {
            if self.asked.contains(&entry.key.as_str()) {
                continue;
            }
            let is_near = self.asked.iter().any(|key| nearest(&entry.key, [*key]).is_some());
            if let Some((message, help)) = self.misplaced(entry, above).filter(|_| !is_near) {
                reader.fault(Code::UnknownKey, entry.key_span, message, help);
            } else if entry.value.is_blank() && entry.key.contains(' ') && !is_near {
                reader.fault(
                    Code::UnquotedSentence,
                    entry.key_span,
                    format!("`{}` looks like the rest of a sentence that YAML has cut at a comma", entry.key),
                    "put the whole sentence in quotes",
                );
            } else {
                reader.unknown(Code::UnknownKey, entry.key_span, "key", &entry.key, self.asked.iter().copied());
            }
        }
    }

    /// What is wrong with a key that has strayed into this map by its indentation, and the cure: one that holds keys of this
    /// map is another of its kind, and one below a key without a value belongs under that.
    fn misplaced(&self, entry: &Entry, above: Option<&Entry>) -> Option<(String, String)> {
        let key = &entry.key;
        let Shape::Map(inner) = &entry.value.shape else { return None };
        if inner.iter().any(|inner| self.asked.contains(&inner.key.as_str())) {
            let message = format!("`{key}` stands within the entry above it");
            return Some((
                message,
                "indent it as far as the name of that entry, with all that stands under it".to_owned(),
            ));
        }
        let above = above.filter(|above| above.value.is_blank() && self.asked.contains(&above.key.as_str()))?;
        let message = format!("`{key}` does not stand under `{}`", above.key);
        Some((message, format!("indent it further than `{}`, with all that stands under it", above.key)))
    }
}

/// Whether a key is another one with a letter or two astray, or its words run together.
fn is_slip(written: &str, key: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().replace([' ', '-', '_'], "");
    let (written, key) = (letters(written), letters(key));
    written == key || (key.len() > 4 && nearest(&written, [key.as_str()]).is_some())
}
