//! A word or phrase that a policy looks for in a text.

use std::fmt;

use super::fold;

/// How much of a word a keyword stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The word or phrase as a whole: `lawyer` is not in `lawyers`.
    Whole,
    /// The beginning of a word, written with a `*`: `lawyer*` is in `lawyers`.
    Beginning,
}

/// A word or phrase that `mentions` looks for, folded as the texts are that it is looked for in.
///
/// Customers who write `Lawyer`, `LAWYERS` or `law suit` over two lines are all found by `lawyer*` and `law suit`.
///
/// ```
/// use rulebook::facts::{Keyword, Reach};
///
/// let keyword = Keyword::parse("Lawyer*")?;
/// assert_eq!((keyword.folded(), keyword.reach()), ("lawyer", Reach::Beginning));
/// assert!(Keyword::parse("law*er").is_err());
/// # Ok::<(), rulebook::facts::KeywordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keyword {
    folded: Box<str>,
    reach: Reach,
}

impl Keyword {
    /// Reads a keyword as written in a policy.
    ///
    /// # Errors
    ///
    /// If nothing is left of it after folding, or a `*` stands anywhere but at the end of its last word.
    pub fn parse(written: &str) -> Result<Keyword, KeywordError> {
        let folded = fold(written);
        let (word, reach) = match folded.strip_suffix('*') {
            Some(word) => (word, Reach::Beginning),
            None => (&*folded, Reach::Whole),
        };
        if word.is_empty() {
            return Err(KeywordError::Empty(written.to_owned()));
        }
        if word.contains('*') {
            return Err(KeywordError::InnerStar(written.to_owned()));
        }
        if word.ends_with(' ') {
            return Err(KeywordError::LoneStar(written.to_owned()));
        }
        Ok(Keyword { folded: word.into(), reach })
    }

    /// What is looked for in the folded text, without the `*`.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether it stands for a whole word or the beginning of one.
    pub fn reach(&self) -> Reach {
        self.reach
    }
}

/// The keyword as a policy may write it.
impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.folded)?;
        match self.reach {
            Reach::Whole => Ok(()),
            Reach::Beginning => f.write_str("*"),
        }
    }
}

/// Why a keyword can never be found; each holds the keyword as written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeywordError {
    /// White space, or a `*` alone.
    #[error("the keyword `{0}` has no letters or signs to look for")]
    Empty(String),
    /// A `*` before the end.
    #[error("the keyword `{0}` has a `*` before its end")]
    InnerStar(String),
    /// A `*` after a space.
    #[error("the `*` of the keyword `{0}` follows a space, not the beginning of a word")]
    LoneStar(String),
}

impl KeywordError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            KeywordError::Empty(_) => "write a word or phrase, such as `lawyer*`".to_owned(),
            KeywordError::InnerStar(written) => match first_beginning(written) {
                Some(beginning) => {
                    format!("`*` stands for the rest of a word and comes last, such as `{beginning}*`")
                }
                None => "`*` stands for the rest of a word and comes last, such as `lawyer*`".to_owned(),
            },
            KeywordError::LoneStar(written) => {
                let word = written.trim_end().trim_end_matches('*').trim();
                format!("write `{word}*` for all words that begin so, or `{word}` for the word itself")
            }
        }
    }
}

/// The part before the first `*`, if it would do as a keyword.
fn first_beginning(written: &str) -> Option<&str> {
    written.split('*').next().map(str::trim).filter(|beginning| !beginning.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_is_folded_and_knows_how_far_it_reaches() {
        for (written, shown) in [
            ("Lawyer", "lawyer"),
            (" law \n SUIT* ", "law suit*"),
            ("c++", "c++"),
            ("$0", "$0"),
            ("Straße＊", "strasse*"),
        ] {
            assert_eq!(Keyword::parse(written).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn a_keyword_that_can_never_be_found_is_refused_with_its_cure() {
        for (written, message, help) in [
            ("", "the keyword `` has no letters or signs to look for", "write a word or phrase, such as `lawyer*`"),
            ("*", "the keyword `*` has no letters or signs to look for", "write a word or phrase, such as `lawyer*`"),
            (
                "law*er",
                "the keyword `law*er` has a `*` before its end",
                "`*` stands for the rest of a word and comes last, such as `law*`",
            ),
            (
                "*yer",
                "the keyword `*yer` has a `*` before its end",
                "`*` stands for the rest of a word and comes last, such as `lawyer*`",
            ),
            (
                "lawyer *",
                "the `*` of the keyword `lawyer *` follows a space, not the beginning of a word",
                "write `lawyer*` for all words that begin so, or `lawyer` for the word itself",
            ),
        ] {
            let error = Keyword::parse(written).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.help().as_str()), (message, help));
        }
    }
}
