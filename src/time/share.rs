//! Shares of the time allowed.

use std::fmt;

use super::phrase::{Kind, tokens};

/// A share of the time allowed, 1% to 99%: `80%`.
///
/// ```
/// use rulebook::time::Share;
/// assert_eq!(Share::parse("80 %").unwrap().to_string(), "80%");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u8);

/// Why a text is no share.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It isn't a whole figure and a percent sign.
    #[error("`{text}` is not a share")]
    Shape {
        /// The text as given.
        text: String,
    },
    /// It is nothing, all, or more than all.
    #[error("`{text}` is not a part of the time allowed")]
    Range {
        /// The text as given.
        text: String,
    },
}

impl ShareError {
    /// The cure.
    pub fn help(&self) -> &'static str {
        match self {
            ShareError::Shape { .. } => "write whole percent, like `80%`",
            ShareError::Range { .. } => "write 1% to 99%: at 100% the limit itself is reached",
        }
    }
}

impl Share {
    /// Reads whole percent.
    ///
    /// # Errors
    ///
    /// A [`ShareError`] for anything but `1%` to `99%`.
    pub fn parse(text: &str) -> Result<Share, ShareError> {
        match tokens(text).as_slice() {
            [figure, percent] if figure.kind == Kind::Number && percent.text == "%" => {
                let part = figure.figure().and_then(|figure| u8::try_from(figure).ok());
                let part = part.filter(|part| (1..100).contains(part));
                part.map(Share).ok_or_else(|| ShareError::Range { text: text.to_owned() })
            }
            _ => Err(ShareError::Shape { text: text.to_owned() }),
        }
    }

    /// So much of a number of seconds, rounded up: a share is reached when all of it has run.
    pub(super) fn of(self, seconds: i64) -> i64 {
        let (hundreds, rest) = (seconds / 100, seconds % 100);
        let share = i64::from(self.0);
        hundreds * share + (rest * share + 99) / 100
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}
