//! Where the characters of a text lie.

/// From the parser's character index to a byte of the text.
pub(super) enum Bytes {
    /// All characters are one byte.
    Ascii(usize),
    Table(Vec<usize>),
}

impl Bytes {
    pub fn of(text: &str) -> Bytes {
        if text.is_ascii() {
            Bytes::Ascii(text.len())
        } else {
            Bytes::Table(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
        }
    }

    /// The byte of a character; past the last, the end of the text.
    pub fn at(&self, character: usize) -> usize {
        match self {
            Bytes::Ascii(len) => character.min(*len),
            Bytes::Table(table) => table.get(character).or(table.last()).copied().unwrap_or(0),
        }
    }
}
