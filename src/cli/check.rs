//! `rulebook check`: every fault of every file.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::render::diagnostics;

use super::options::Options;
use super::output::Output;
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of policies, in place of `--rules`
    folder: Option<PathBuf>,
    /// How the faults are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// What else makes the check fail
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, which code hosts show beside a change
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let loaded = rules::load_folder(args.folder.as_deref().unwrap_or(&options.rules), options)?;
    let found = &loaded.diagnostics;
    let errors = loaded.errors();
    let warnings = found.len() - errors;
    match args.format {
        Format::Text => {
            out.write(&diagnostics::text(found, out.color))?;
            out.line(&diagnostics::summary(errors, warnings, loaded.files))?;
        }
        Format::Json => out.write(&diagnostics::json(found))?,
        Format::Sarif => out.write(&diagnostics::sarif(found))?,
    }
    let denied = args.deny == Some(Deny::Warnings) && warnings > 0;
    Ok(if errors > 0 || denied { Exit::Failed } else { Exit::Done })
}
