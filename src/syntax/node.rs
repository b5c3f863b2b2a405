//! One node of a file.

use crate::source::Span;

/// A scalar, list or map where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes it takes.
    pub span: Span,
    /// What it is.
    pub shape: Shape,
    /// Whether it was refused, and its fault reported: what stands here instead of it says nothing.
    pub refused: bool,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A word, number or sentence.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file; no key stands twice.
    Map(Vec<Entry>),
}

/// A scalar's text, with what tells whether YAML may have cut it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scalar {
    /// The text without quotes. Never converted: `20:00`, `NO` and `017` stay as they were written.
    pub text: String,
    /// Whether it stood in quotes or in a block of its own.
    pub quoted: bool,
    /// Whether it stood within `{ }` or `[ ]`, where a comma ends an unquoted text.
    pub in_flow: bool,
    /// Whether a ` #` followed on its line, which ends an unquoted text.
    pub commented: bool,
    /// Whether that `#` has no space behind it, as in `ticket #12`: hardly a comment.
    pub cut: bool,
}

/// A key of a map with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// The bytes of the key.
    pub key_span: Span,
    /// What it stands for.
    pub value: Node,
}

impl Scalar {
    /// Whether it stands within brackets without quotes, where a comma ends it.
    pub fn is_bare(&self) -> bool {
        self.in_flow && !self.quoted && !self.text.is_empty()
    }
}

impl Node {
    /// The scalar, if it is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.shape {
            Shape::Scalar(scalar) => Some(scalar),
            Shape::List(_) | Shape::Map(_) => None,
        }
    }

    /// Whether nothing was written: `key:` and no more.
    pub fn is_blank(&self) -> bool {
        self.as_scalar().is_some_and(|scalar| !scalar.quoted && scalar.text.is_empty())
    }

    /// Moves it, and all within, to so many bytes further on.
    pub(super) fn shift(&mut self, by: usize) {
        let moved = |span: Span| Span::new(span.start + by, span.end + by);
        self.span = moved(self.span);
        match &mut self.shape {
            Shape::Scalar(_) => {}
            Shape::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Shape::Map(entries) => {
                for entry in entries {
                    entry.key_span = moved(entry.key_span);
                    entry.value.shift(by);
                }
            }
        }
    }

    /// What the node is, as messages call it.
    pub fn description(&self) -> &'static str {
        match &self.shape {
            Shape::Scalar(_) if self.is_blank() => "nothing",
            Shape::Scalar(_) => "a single value",
            Shape::List(_) => "a list",
            Shape::Map(_) => "a map",
        }
    }
}
