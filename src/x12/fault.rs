//! What is wrong with a message, as data.

use std::fmt;

use crate::diagnostic::Code;

use super::segment::Segment;

/// One fault of a message: `rulebook explain CODE` tells more of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which kind of fault.
    pub code: Code,
    /// Where.
    pub spot: Spot,
    /// One line, lower case unless it begins with a segment's name, the sender's words in backticks.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Fault {
    /// Whether it is a decision by an unknown code (HCR01), in a message that can be read all the same.
    pub fn is_unknown_decision(&self) -> bool {
        self.code == Code::UnlistedCode && self.spot.id == "HCR" && self.spot.element == Some(1)
    }
}

/// A place in a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The first byte in the file, from 0.
    pub offset: usize,
    /// How many bytes are meant; 0 if something is missing.
    pub length: usize,
    /// The segment's number in the file, from 1; `None` outside of interchanges.
    pub segment: Option<usize>,
    /// The segment's name, if it has a readable one.
    pub id: String,
    /// The element's number, from 1.
    pub element: Option<usize>,
    /// The component's number, from 1.
    pub component: Option<usize>,
}

impl Spot {
    /// A whole segment.
    pub(super) fn segment(segment: &Segment<'_>) -> Spot {
        let id = segment.id();
        let readable = !id.is_empty() && id.len() <= 3 && id.iter().all(u8::is_ascii_alphanumeric);
        Spot {
            offset: segment.offset,
            length: segment.body.len(),
            segment: Some(segment.number),
            id: if readable { String::from_utf8_lossy(id).into_owned() } else { String::new() },
            element: None,
            component: None,
        }
    }

    /// An element of a segment; one that is absent lies at the segment's end.
    pub(super) fn element(segment: &Segment<'_>, number: usize) -> Spot {
        let found = segment.elements().nth(number.wrapping_sub(1));
        let (offset, length) = match found {
            Some(element) => (element.offset, element.bytes.len()),
            None => (segment.offset + segment.body.len(), 0),
        };
        Spot { offset, length, element: Some(number), ..Spot::segment(segment) }
    }

    /// Bytes outside of all interchanges.
    pub(super) fn text(offset: usize, length: usize) -> Spot {
        Spot { offset, length, segment: None, id: String::new(), element: None, component: None }
    }

    /// What people call the place: `NM1`, `NM108` or `UM04-2`; empty if the segment has no name.
    pub fn name(&self) -> String {
        let element = self.element.map(|element| format!("{element:02}")).unwrap_or_default();
        let component = self.component.map(|component| format!("-{component}")).unwrap_or_default();
        if self.id.is_empty() { String::new() } else { format!("{}{element}{component}", self.id) }
    }
}

/// `segment 12, NM108, byte 631`: bytes are counted from 0.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(segment) = self.segment {
            write!(f, "segment {segment}, ")?;
        }
        let name = self.name();
        if !name.is_empty() {
            write!(f, "{name}, ")?;
        }
        write!(f, "byte {}", self.offset)
    }
}
