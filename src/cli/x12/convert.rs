//! `rulebook x12 convert`.

use clap::ValueEnum;

use crate::diagnostic::Code;
use crate::x12::{Document, from_json, to_json};

use super::super::output::{Output, report};
use super::super::{Exit, Stop};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// JSON
    Json,
    /// Messages
    X12,
}

pub(super) fn run(file: &str, bytes: &[u8], to: Option<Form>, out: &mut Output) -> Result<Exit, Stop> {
    let is_json = bytes.trim_ascii_start().starts_with(b"{");
    match to.unwrap_or(if is_json { Form::X12 } else { Form::Json }) {
        Form::Json => out.write(&to_json(&Document::read(bytes)))?,
        Form::X12 => {
            let text = str::from_utf8(bytes);
            let text =
                text.map_err(|_| Stop::Usage(format!("`{file}` is no UTF-8, and so no JSON: name another file")))?;
            match from_json(text) {
                Ok(message) => out.bytes(&message)?,
                Err(error) => {
                    let code = Code::BadMessageJson;
                    report(&format!(
                        "error[{code}]: {error}\n --> {file}\n  = help: {}\n  = note: `rulebook explain {code}` tells what this means and how to mend it\n",
                        error.help()
                    ));
                    return Ok(Exit::Failed);
                }
            }
        }
    }
    Ok(Exit::Done)
}
