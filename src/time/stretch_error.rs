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
    /// Minutes are missing, or not written behind a colon.
    #[error("`{text}` is not written in hours and minutes")]
    Minutes {
        /// The phrase as given.
        text: String,
        /// What to write instead: each likely reading, in words.
        advice: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// It ends before it begins, or begins before the one that it follows, unless the other half of the day is meant.
    #[error("`{text}` may be hours of the day or of the night")]
    EitherHalf {
        /// The phrase as given.
        text: String,
        /// What to write instead: each likely reading, in words.
        advice: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// Twelve-hour clock.
    #[error("`{text}` is written by the twelve-hour clock")]
    TwelveHours {
        /// The phrase as given.
        text: String,
        /// What to write instead, where both ends can be read.
        advice: Option<String>,
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
            StretchError::OpensAtEnd { meant, .. } => format!("write `{meant}`"),
            StretchError::Minutes { advice, .. }
            | StretchError::EitherHalf { advice, .. }
            | StretchError::TwelveHours { advice: Some(advice), .. } => advice.clone(),
            StretchError::TwelveHours { advice: None, .. } => {
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
            | StretchError::EitherHalf { at, .. }
            | StretchError::TwelveHours { at, .. }
            | StretchError::Hour { at, .. }
            | StretchError::Minute { at, .. }
            | StretchError::OpensAtEnd { at, .. }
            | StretchError::EqualEnds { at, .. } => Some(at.clone()),
        }
    }
}
