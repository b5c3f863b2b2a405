//! What somebody says to a question.

use crate::engine::Told;
use crate::facts::{Fact, Kind, Missing, Raw};
use crate::time::Zones;

/// A reply to a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reply {
    /// What they tell of the fact.
    Told(Told),
    /// The question before this one, please.
    Back,
}

impl Reply {
    /// Reads a line: `<` goes back, `?` says that they don't know, an empty line that nobody reported the fact, where
    /// that means something; all else is a value.
    ///
    /// # Errors
    /// What is wrong with the value, in a line.
    pub fn read(line: &str, fact: &Fact, zones: &Zones) -> Result<Reply, String> {
        match (line.trim(), &fact.missing) {
            ("<", _) => Ok(Reply::Back),
            ("?", _) => Ok(Reply::Told(Told::Unknown)),
            ("", Missing::NoMatch | Missing::Default(_)) => Ok(Reply::Told(Told::Unreported)),
            ("", Missing::Ask) => Err("no answer; write `?` if you don't know".to_owned()),
            (word, _) => {
                let text = if fact.kind == Kind::Boolean { truth(word) } else { word };
                match fact.read(&Raw::Plain(text), zones) {
                    Ok(Some(value)) => Ok(Reply::Told(Told::Value(value))),
                    // no plain text is null
                    Ok(None) => Ok(Reply::Told(Told::Unreported)),
                    Err(fault) => {
                        Err(fault.advice().map_or_else(|| fault.to_string(), |advice| format!("{fault}; {advice}")))
                    }
                }
            }
        }
    }
}

/// People say yes and no where policies write true and false.
fn truth(word: &str) -> &str {
    match word.to_lowercase().as_str() {
        "yes" | "y" => "true",
        "no" | "n" => "false",
        _ => word,
    }
}
