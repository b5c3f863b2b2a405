//! One segment and its elements, as slices of the file.

use memchr::memchr;

use super::delimiters::Delimiters;

/// A segment where it stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    pub(super) number: usize,
    pub(super) offset: usize,
    pub(super) body: &'a [u8],
    pub(super) end: &'a [u8],
    pub(super) delimiters: Delimiters,
}

/// What stands between two separators, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) offset: usize,
}

impl<'a> Segment<'a> {
    /// Its place among the segments of the file, from 1.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Its first byte in the file, from 0.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Its bytes without the terminator.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// Its terminator and the line breaks after it; nothing if the file ends before.
    pub fn end(&self) -> &'a [u8] {
        self.end
    }

    /// Whether it is ended by a terminator.
    pub fn is_ended(&self) -> bool {
        !self.end.is_empty()
    }

    /// What holds it apart.
    pub fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// Its name, such as `NM1`.
    pub fn id(&self) -> &'a [u8] {
        let separator = self.delimiters.element();
        // names have two or three letters
        let short = self.body.iter().take(4).position(|byte| *byte == separator);
        let end = short.or_else(|| memchr(separator, self.body)).unwrap_or(self.body.len());
        self.body.get(..end).unwrap_or_default()
    }

    /// Whether it has this name.
    pub fn is(&self, id: &str) -> bool {
        self.id() == id.as_bytes()
    }

    /// Its elements in order, without its name.
    pub fn elements(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        split(self.body, self.offset, self.delimiters.element()).skip(1)
    }

    /// An element by its number, from 1; nothing if it is absent or empty.
    pub fn element(&self, number: usize) -> Option<Element<'a>> {
        self.elements().nth(number.checked_sub(1)?).filter(|element| !element.bytes.is_empty())
    }

    /// The bytes of an element; empty if there is none.
    pub fn value(&self, number: usize) -> &'a [u8] {
        let separator = self.delimiters.element();
        let mut rest = self.body;
        for _ in 0..number {
            let Some(at) = rest.iter().position(|byte| *byte == separator) else { return &[] };
            rest = rest.get(at + 1..).unwrap_or_default();
        }
        let end = rest.iter().position(|byte| *byte == separator).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The bytes of a component, both counted from 1; empty if there is none.
    pub(super) fn component(&self, number: usize, component: usize) -> &'a [u8] {
        let element = self.element(number);
        let found = element.and_then(|element| element.components(self.delimiters).nth(component.checked_sub(1)?));
        found.map_or(&[], |component| component.bytes)
    }
}

impl<'a> Element<'a> {
    /// Its bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Its first byte in the file, from 0.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Its components, at least one.
    pub fn components(&self, delimiters: Delimiters) -> impl Iterator<Item = Element<'a>> + use<'a> {
        split(self.bytes, self.offset, delimiters.component())
    }

    /// Its repetitions, at least one.
    pub fn repetitions(&self, delimiters: Delimiters) -> impl Iterator<Item = Element<'a>> + use<'a> {
        // what has no repetitions is held apart by a byte that it cannot hold
        split(self.bytes, self.offset, delimiters.repetition().unwrap_or(delimiters.segment()))
    }
}

/// The pieces between separators, at least one.
pub(super) fn split(bytes: &[u8], offset: usize, separator: u8) -> impl Iterator<Item = Element<'_>> + use<'_> {
    let mut at = offset;
    bytes.split(move |byte| *byte == separator).map(move |bytes| {
        let element = Element { bytes, offset: at };
        at += bytes.len() + 1;
        element
    })
}
