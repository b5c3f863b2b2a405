//! The ISA: the one segment of fixed length, which says by what the others are held apart.

use super::delimiters::{DelimiterError, Delimiters};

/// How many bytes an ISA has, its terminator included.
pub(super) const LENGTH: usize = 106;
/// How long each of its elements is.
pub(super) const WIDTHS: [usize; 16] = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];
/// How far a wrong ISA is looked through for what is wrong with it.
const FARTHEST: usize = 256;
/// Where the repetition separator stands.
const REPETITION: usize = 82;
/// Where the component separator stands.
const COMPONENT: usize = 104;

/// Why the beginning of an interchange cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// An element is longer or shorter than it must be, so that the ISA has not 106 bytes.
    #[error("the ISA is not {LENGTH} bytes long: ISA{element:02} has {found} of {}", needed(*element))]
    Length {
        /// The first element at fault, from 1.
        element: usize,
        /// How many bytes it has.
        found: usize,
    },
    /// The file ends before the ISA does.
    #[error("the ISA is not {LENGTH} bytes long: the file ends after {found} of them")]
    CutOff {
        /// How many bytes there are.
        found: usize,
    },
    /// It can be measured, but what it names cannot be told apart.
    #[error(transparent)]
    Delimiters(#[from] DelimiterError),
}

fn needed(element: usize) -> usize {
    WIDTHS.get(element.wrapping_sub(1)).copied().unwrap_or(0)
}

impl HeaderError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            HeaderError::Length { element, found } if *found < needed(*element) => {
                format!("fill ISA{element:02} up with spaces to {} bytes", needed(*element))
            }
            HeaderError::Length { element, .. } => {
                format!("cut ISA{element:02} to {} bytes, or find the separator that is missing", needed(*element))
            }
            HeaderError::CutOff { .. } => "ask the sender for the whole file".to_owned(),
            HeaderError::Delimiters(error) => error.help().to_owned(),
        }
    }

    /// The element at fault, from 1, if it is one, with where it begins in the ISA and how long it is.
    pub fn element(&self) -> Option<(usize, usize, usize)> {
        match self {
            HeaderError::Length { element, found } => {
                // those before it have their lengths
                let start = 4 + WIDTHS.iter().take(element.saturating_sub(1)).map(|width| width + 1).sum::<usize>();
                Some((*element, start, *found))
            }
            HeaderError::CutOff { .. } | HeaderError::Delimiters(_) => None,
        }
    }
}

/// Whether bytes begin as an ISA does: its name, a sign, and the two digits of ISA01.
pub(super) fn begins(bytes: &[u8]) -> bool {
    match bytes {
        [b'I', b'S', b'A', separator, first, second, ..] => {
            !separator.is_ascii_alphanumeric()
                && *separator != b' '
                && first.is_ascii_digit()
                && second.is_ascii_digit()
        }
        _ => false,
    }
}

/// Reads the delimiters of the ISA that `bytes` begin with. Looks at no more than 256 bytes.
pub(super) fn read(bytes: &[u8]) -> Result<Delimiters, HeaderError> {
    let separator = bytes.get(3).copied().unwrap_or_default();
    let mut start = 4;
    for (element, width) in (1..).zip(WIDTHS).take(15) {
        let from = bytes.get(start..bytes.len().min(FARTHEST)).unwrap_or_default();
        let found = from.iter().position(|byte| *byte == separator);
        match found {
            Some(found) if found == width => start += width + 1,
            Some(found) => return Err(HeaderError::Length { element, found }),
            None if bytes.len() < LENGTH => return Err(HeaderError::CutOff { found: bytes.len() }),
            None => return Err(HeaderError::Length { element, found: from.len() }),
        }
    }
    let &[component, segment, ..] = bytes.get(COMPONENT..).unwrap_or_default() else {
        return Err(HeaderError::CutOff { found: bytes.len() });
    };
    // before version 00402 a `U` stood here, for no repetitions at all
    let repetition = bytes.get(REPETITION).copied().filter(|byte| !byte.is_ascii_alphanumeric() && *byte != b' ');
    Ok(Delimiters::new(separator, repetition, component, segment)?)
}
