//! Segments out as bytes.

use super::delimiters::Delimiters;

/// Writes segments one after the other. What it is given it writes as it is: whoever calls it has seen to delimiters.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    delimiters: Delimiters,
    /// What follows each terminator.
    after: &'static [u8],
}

impl Writer {
    /// A writer that puts nothing between segments, or a line break if `lines`.
    pub fn new(delimiters: Delimiters, lines: bool) -> Writer {
        Writer { out: Vec::new(), delimiters, after: if lines { b"\n" } else { b"" } }
    }

    /// Writes a segment: its name and its elements, each a list of components. Empty ones at the end are left out.
    pub fn segment<E: AsRef<[u8]>>(&mut self, id: &str, elements: &[Vec<E>]) {
        self.out.extend_from_slice(id.as_bytes());
        let is_empty = |element: &Vec<E>| element.iter().all(|component| component.as_ref().is_empty());
        let last = elements.iter().rposition(|element| !is_empty(element)).map_or(0, |last| last + 1);
        for element in elements.iter().take(last) {
            self.out.push(self.delimiters.element());
            let components = element.iter().rposition(|part| !part.as_ref().is_empty()).map_or(0, |last| last + 1);
            for (at, component) in element.iter().take(components).enumerate() {
                if at > 0 {
                    self.out.push(self.delimiters.component());
                }
                self.out.extend_from_slice(component.as_ref());
            }
        }
        self.out.push(self.delimiters.segment());
        self.out.extend_from_slice(self.after);
    }

    /// All that was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }
}
