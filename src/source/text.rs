//! One file's text, with a table of its lines.

use super::Position;

/// A policy file as it was read: its path as people name it, and its text without a byte-order mark.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    path: String,
    relative: String,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// Takes a file's text. `path` is the one that messages show.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        let path = path.into();
        Source::within(path.clone(), path, text)
    }

    /// Takes the text of a file in a folder of policies: `relative` is its path from that folder, with forward slashes.
    pub fn within(path: impl Into<String>, relative: impl Into<String>, text: impl Into<String>) -> Source {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Source { path: path.into(), relative: relative.into(), text, line_starts }
    }

    /// The path that messages show.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path from the folder of policies: the same wherever that folder lies.
    pub fn relative(&self) -> &str {
        &self.relative
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte; past the end of the text, of its end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        // a byte within a character means the character
        let byte = (start..=byte).rev().find(|byte| self.text.is_char_boundary(*byte)).unwrap_or(start);
        let column = self.text.get(start..byte).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// The first byte of a line, counted from 1; past the last line, the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The text with LF line ends: what a policy's version is computed over, so that it is the same on every machine.
    pub fn normalized(&self) -> String {
        self.text.replace("\r\n", "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_and_a_byte_order_mark_is_no_part_of_the_text() {
        let source = Source::new("a.yaml", "\u{feff}é: 1\nb: 2\n");
        assert_eq!(source.position(4), Position { line: 1, column: 4 });
        assert_eq!(source.position(6), Position { line: 2, column: 1 });
        assert_eq!(source.position(999), Position { line: 3, column: 1 });
        assert_eq!(source.line_start(2), 6);
    }
}
