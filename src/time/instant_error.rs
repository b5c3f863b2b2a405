//! What can be wrong with an instant.

use std::ops::Range;

/// Why a text is no instant. Places are bytes within the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// It isn't laid out as RFC 3339 lays it out.
    #[error("`{text}` is not an instant")]
    Shape {
        /// The text as given.
        text: String,
        /// Where it stops looking like one.
        at: Range<usize>,
    },
    /// The offset from UTC is missing.
    #[error("`{text}` has no offset from UTC")]
    NoOffset {
        /// The text as given.
        text: String,
    },
    /// A part lies outside its range, such as month 13.
    #[error("`{text}` has no such {part}: `{found}`")]
    Part {
        /// The text as given.
        text: String,
        /// The name of the part.
        part: &'static str,
        /// The part as written.
        found: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// The year lies outside 1900 to 2199.
    #[error("the year `{year}` lies outside 1900 to 2199")]
    Year {
        /// The year as written.
        year: i32,
    },
    /// A fraction of a second other than zero.
    #[error("`{text}` has a fraction of a second")]
    Fraction {
        /// The text as given.
        text: String,
        /// Where the fraction stands.
        at: Range<usize>,
    },
    /// Second 60.
    #[error("`{text}` names a leap second")]
    LeapSecond {
        /// The text as given.
        text: String,
    },
}

impl InstantError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            InstantError::Shape { .. } => "write it like `2026-03-01T21:30:00-05:00`".to_owned(),
            InstantError::NoOffset { text } => format!(
                "add the offset from UTC that the place had at that time, like `-05:00` for New York in winter and `-04:00` \
                 in summer, or write `{text}Z` for UTC"
            ),
            InstantError::Part { part: "day", .. } => "check the date against a calendar".to_owned(),
            InstantError::Part { .. } => {
                "months are 01 to 12, hours 00 to 23, minutes and seconds 00 to 59, offsets up to 23:59".to_owned()
            }
            InstantError::Year { .. } => "give a year from 1900 to 2199".to_owned(),
            InstantError::Fraction { .. } => "instants are whole seconds: drop the fraction".to_owned(),
            InstantError::LeapSecond { .. } => "seconds are 00 to 59: write second 59".to_owned(),
        }
    }

    /// Where in the text it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            InstantError::Shape { at, .. } | InstantError::Part { at, .. } | InstantError::Fraction { at, .. } => {
                Some(at.clone())
            }
            InstantError::NoOffset { text } => Some(text.len()..text.len()),
            InstantError::Year { .. } => Some(0..4),
            InstantError::LeapSecond { .. } => Some(17..19),
        }
    }
}
