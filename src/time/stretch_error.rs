//! What can be wrong with a stretch of the day.

use std::ops::Range;

/// Why a phrase is no stretch, no list of them, or no time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StretchError {
    /// It isn't two times with a hyphen between them.
    #[error("`{text}` is not a stretch of the day")]
    Shape {
        /// The phrase as given.
        text: String,
        /// Where it stops looking like one.
        at: Range<usize>,
    },
    /// It isn't a time.
    #[error("`{text}` is not a time of day")]
    Time {
        /// As written.
        text: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// Minutes are missing.
    #[error("`{text}` has an hour without minutes")]
    Minutes {
        /// The phrase as given.
        text: String,
        /// The phrase as it was probably meant.
        meant: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// Twelve-hour clock.
    #[error("`{text}` is written by the twelve-hour clock")]
    TwelveHours {
        /// The phrase as given.
        text: String,
        /// Where `am` or `pm` stands.
        at: Range<usize>,
    },
    /// The hour is past 24.
    #[error("the hour of `{time}` is out of range")]
    Hour {
        /// The time as written.
        time: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// The minute is past 59, or past zero at 24 hours.
    #[error("the minute of `{time}` is out of range")]
    Minute {
        /// The time as written.
        time: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// It opens at 24:00.
    #[error("`{text}` opens at the end of the day")]
    OpensAtEnd {
        /// The phrase as given.
        text: String,
        /// The phrase as it was probably meant.
        meant: String,
        /// Where `24:00` stands.
        at: Range<usize>,
    },
    /// Both ends are the same.
    #[error("`{text}` ends where it begins")]
    EqualEnds {
        /// The phrase as given.
        text: String,
        /// Where it stands.
        at: Range<usize>,
    },
}

impl StretchError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            StretchError::Shape { .. } => "write two times with a hyphen between them, like `20:00-08:00`".to_owned(),
            StretchError::Time { .. } => "write hours and minutes, like `17:00`".to_owned(),
            StretchError::Minutes { meant, .. } | StretchError::OpensAtEnd { meant, .. } => {
                format!("write `{meant}`")
            }
            StretchError::TwelveHours { .. } => {
                "write it by the twenty-four-hour clock: 8 pm is `20:00`, 8 am is `08:00`".to_owned()
            }
            StretchError::Hour { .. } => "hours are 00 to 23, and `24:00` is the end of the day".to_owned(),
            StretchError::Minute { .. } => "minutes are 00 to 59, and the last time of the day is `24:00`".to_owned(),
            StretchError::EqualEnds { .. } => "write `00:00-24:00` for the whole day".to_owned(),
        }
    }

    /// Where in the phrase it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            StretchError::Shape { at, .. }
            | StretchError::Time { at, .. }
            | StretchError::Minutes { at, .. }
            | StretchError::TwelveHours { at, .. }
            | StretchError::Hour { at, .. }
            | StretchError::Minute { at, .. }
            | StretchError::OpensAtEnd { at, .. }
            | StretchError::EqualEnds { at, .. } => Some(at.clone()),
        }
    }
}
