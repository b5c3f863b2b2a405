//! What a command answers, and why it does not do what it was asked for.

use serde_json::{Value, json};

use crate::auth::AuthError;
use crate::ledger::{Answer, Error, StoreError};

use super::super::options::Format;
use super::super::output::{self, Output};
use super::super::{Exit, Stop};

/// Why a command ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// It is refused.
    Refused(AuthError),
    /// The call itself is in error.
    Stopped(Stop),
}

impl From<AuthError> for Failure {
    fn from(error: AuthError) -> Failure {
        Failure::Refused(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Refused(error.into())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Refused(error.into())
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Failure {
        Failure::Stopped(stop)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Stopped(error.into())
    }
}

impl Failure {
    /// Tells why: on standard error to people, as the answer to machines.
    pub fn tell(self, format: Format, out: &mut Output) -> Result<Exit, Stop> {
        let error = match self {
            Failure::Stopped(stop) => return Err(stop),
            Failure::Refused(error) => error,
        };
        match format {
            Format::Json => {
                let told =
                    json!({ "error": { "code": error.word(), "message": error.to_string(), "help": error.help() } });
                out.line(&told.to_string())?;
            }
            Format::Text => {
                let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
                output::complain(&format!("{error}{help}"));
            }
        }
        Ok(Exit::Error)
    }
}

/// Writes an answer: `text` for people, `json` for machines.
pub(super) fn tell(format: Format, out: &mut Output, text: &str, json: &Value) -> Result<Exit, Failure> {
    match format {
        Format::Text => out.line(text)?,
        Format::Json => out.line(&json.to_string())?,
    }
    Ok(Exit::Done)
}

/// Tells people on standard error what an empty answer means; to machines it says so itself.
pub(super) fn note(format: Format, text: &str) {
    match format {
        Format::Text => output::report(&format!("{text}\n")),
        Format::Json => {}
    }
}

/// An answer of the ledger as JSON, with whether it was given before.
pub(super) fn value<T: serde::Serialize>(answer: &Answer<T>) -> Value {
    let mut value = serde_json::to_value(&answer.value).unwrap_or_default();
    if let (true, Some(object)) = (answer.replayed, value.as_object_mut()) {
        object.insert("replayed".to_owned(), true.into());
    }
    value
}

/// What stands behind an answer that was given before.
pub(super) fn again<T>(answer: &Answer<T>) -> &'static str {
    if answer.replayed { " (done before by this key)" } else { "" }
}
