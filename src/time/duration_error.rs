//! What can be wrong with a duration.

use std::ops::Range;

/// Why a text is no duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// It isn't figures and units.
    #[error("`{text}` is not a duration")]
    Shape {
        /// The text as given.
        text: String,
        /// Where it stops looking like one.
        at: Range<usize>,
    },
    /// A figure has no unit.
    #[error("`{figure}` has no unit")]
    NoUnit {
        /// The figure.
        figure: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A word is no unit of fixed length.
    #[error("`{word}` is not a unit of time that has a fixed length")]
    Unit {
        /// The word.
        word: String,
        /// The unit that was probably meant.
        meant: Option<&'static str>,
        /// Where it stands.
        at: Range<usize>,
    },
    /// Units are repeated, or a longer one follows a shorter one.
    #[error("`{word}` stands out of order")]
    Order {
        /// The unit.
        word: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// It is less than nothing.
    #[error("`{text}` is negative")]
    Negative {
        /// The text as given.
        text: String,
    },
    /// It has a fraction.
    #[error("`{text}` has a fraction")]
    Fraction {
        /// The text as given.
        text: String,
        /// Where the fraction begins.
        at: Range<usize>,
    },
    /// It is more than 64 bits of seconds.
    #[error("`{text}` is too long")]
    TooLong {
        /// The text as given.
        text: String,
    },
}

impl DurationError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            DurationError::NoUnit { figure, .. } => format!("say of what, like `{figure} minutes`"),
            DurationError::Unit { meant: Some(unit), .. } => format!("did you mean `{unit}`?"),
            DurationError::Unit { meant: None, .. } => "units are weeks, days, hours, minutes and seconds".to_owned(),
            DurationError::Order { .. } => {
                "name each unit once, the longest first, like `1 hour 30 minutes`".to_owned()
            }
            DurationError::Negative { .. } => "durations are zero or more".to_owned(),
            DurationError::Fraction { .. } => "use a smaller unit: `1 hour 30 minutes` for 1.5 hours".to_owned(),
            DurationError::Shape { .. } | DurationError::TooLong { .. } => {
                "write it like `2 minutes 1 second` or `PT2M1S`".to_owned()
            }
        }
    }

    /// Where in the text it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            DurationError::Shape { at, .. }
            | DurationError::NoUnit { at, .. }
            | DurationError::Unit { at, .. }
            | DurationError::Order { at, .. }
            | DurationError::Fraction { at, .. } => Some(at.clone()),
            DurationError::Negative { .. } | DurationError::TooLong { .. } => None,
        }
    }
}
