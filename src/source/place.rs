//! Where something stands: a span of bytes in a source, and the line and column that people read.

use std::fmt;
use std::sync::Arc;

use super::Source;

/// A half-open range of bytes of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// The part of this span that a phrase's own error points at: `range` counts bytes from this span's start.
    pub fn within(self, range: std::ops::Range<usize>) -> Span {
        let start = (self.start + range.start).min(self.end);
        Span::new(start, (self.start + range.end).clamp(start, self.end))
    }
}

/// A line and a column as editors count them, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A span in one source: what every diagnostic and every ground of a decision points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes meant.
    pub span: Span,
}

impl Place {
    /// The place of `span` in `source`.
    pub fn new(source: &Arc<Source>, span: Span) -> Place {
        Place { source: Arc::clone(source), span }
    }

    /// Line and column of the first byte.
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }

    /// What sorts places as a reader meets them: file by file, top to bottom.
    pub fn order(&self) -> (&str, usize, usize) {
        (self.source.path(), self.span.start, self.span.end)
    }
}

/// `path:line:column`, which terminals and editors make a link of.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.path(), self.position())
    }
}
