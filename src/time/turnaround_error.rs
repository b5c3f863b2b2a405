//! What can be wrong with a turnaround.

use std::ops::Range;

/// Why a phrase is no turnaround.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TurnaroundError {
    /// Nothing is written.
    #[error("the turnaround is empty")]
    Empty,
    /// A figure is missing.
    #[error("`{found}` does not begin with a figure")]
    NoFigure {
        /// What stands where a figure must.
        found: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A figure is zero.
    #[error("a turnaround of `0` is none")]
    Zero {
        /// Where it stands.
        at: Range<usize>,
    },
    /// A figure has a fraction.
    #[error("`{figure}` is not a whole figure")]
    Fraction {
        /// As written.
        figure: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A figure is past all reason.
    #[error("`{figure}` is too large")]
    TooLarge {
        /// As written.
        figure: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A range goes down.
    #[error("the range `{low}-{high}` goes down")]
    Backwards {
        /// The first figure.
        low: u32,
        /// The second.
        high: u32,
        /// The phrase as it was probably meant.
        meant: String,
        /// Where the range stands.
        at: Range<usize>,
    },
    /// A range ends where it begins.
    #[error("both ends of the range are `{figure}`")]
    EqualEnds {
        /// The figure.
        figure: u32,
        /// The phrase as it was probably meant.
        meant: String,
        /// Where the range stands.
        at: Range<usize>,
    },
    /// `up to` before a range.
    #[error("`up to` stands before a range")]
    UpToRange {
        /// The range without it.
        meant: String,
        /// Where the range stands.
        at: Range<usize>,
    },
    /// The unit is missing.
    #[error("`{text}` does not say what it counts")]
    NoUnit {
        /// The phrase as given.
        text: String,
        /// Where the unit is missing.
        at: Range<usize>,
    },
    /// A word is no unit.
    #[error("`{word}` is not a unit of time")]
    Unit {
        /// The word.
        word: String,
        /// The word that was probably meant.
        meant: Option<&'static str>,
        /// Where it stands.
        at: Range<usize>,
    },
    /// `working days`.
    #[error("`{word}` is not the word for days on which the office is open")]
    Working {
        /// The word.
        word: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// Units that don't go together, such as `business weeks`.
    #[error("`{text}` mixes units")]
    Mixed {
        /// The phrase as given.
        text: String,
        /// What may stand instead.
        meant: &'static str,
        /// Where they stand.
        at: Range<usize>,
    },
    /// Something follows.
    #[error("`{rest}` follows the turnaround")]
    Trailing {
        /// What follows.
        rest: String,
        /// Where it stands.
        at: Range<usize>,
    },
}

impl TurnaroundError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            TurnaroundError::Empty | TurnaroundError::NoFigure { .. } | TurnaroundError::Trailing { .. } => {
                "write it like `5-7 business days`, `up to 60 business days`, `24 hours`, `48 hours on business days`, \
                 `8 business hours`, `7 days` or `immediately`"
                    .to_owned()
            }
            TurnaroundError::Zero { .. } => "write `immediately`, or a figure of one or more".to_owned(),
            TurnaroundError::Fraction { .. } => "use a smaller unit, like `90 minutes`".to_owned(),
            TurnaroundError::TooLarge { .. } => "figures go up to 10000000".to_owned(),
            TurnaroundError::Backwards { meant, .. }
            | TurnaroundError::EqualEnds { meant, .. }
            | TurnaroundError::UpToRange { meant, .. } => format!("write `{meant}`"),
            TurnaroundError::NoUnit { .. } => "add `business days`, `hours` or another unit".to_owned(),
            TurnaroundError::Unit { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
            TurnaroundError::Unit { meant: None, .. } => {
                "units are seconds, minutes, hours, days and weeks, and `business days`".to_owned()
            }
            TurnaroundError::Working { .. } => "write `business days` or `business hours`".to_owned(),
            TurnaroundError::Mixed { meant, .. } => format!("write `{meant}`"),
        }
    }

    /// Where in the phrase it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            TurnaroundError::Empty => None,
            TurnaroundError::NoFigure { at, .. }
            | TurnaroundError::Zero { at }
            | TurnaroundError::Fraction { at, .. }
            | TurnaroundError::TooLarge { at, .. }
            | TurnaroundError::Backwards { at, .. }
            | TurnaroundError::EqualEnds { at, .. }
            | TurnaroundError::UpToRange { at, .. }
            | TurnaroundError::NoUnit { at, .. }
            | TurnaroundError::Unit { at, .. }
            | TurnaroundError::Working { at, .. }
            | TurnaroundError::Mixed { at, .. }
            | TurnaroundError::Trailing { at, .. } => Some(at.clone()),
        }
    }
}
