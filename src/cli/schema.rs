//! `rulebook schema`: JSON Schemas of policies, tests and cases, for editors and for those who send cases.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::policy::Policy;
use crate::render::diagnostics;
use crate::schema;

use super::options::Options;
use super::output::{self, Output};
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rulebook schema policy --output rules/.schema/policy.json
  rulebook schema case patient-billing")]
pub(super) struct Args {
    /// What the schema is of
    of: Of,
    /// The policy whose cases it is of; without it, cases of all policies
    policy: Option<String>,
    /// Write the schema to this file, not to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// Policy files of every kind, tests among them
    Policy,
    /// Files of tests alone
    Tests,
    /// Cases, one or a list
    Case,
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let loaded = rules::load(options)?;
    let schema = match (args.of, &args.policy) {
        (Of::Case, Some(name)) => {
            // refuses one that cannot be used, with its faults
            loaded.policy(name)?;
            let versions = loaded.library.policies().filter(|policy| policy.name == *name);
            schema::cases_of(&versions.map(|policy| &**policy).collect::<Vec<&Policy>>())
        }
        (Of::Policy, Some(name)) => return Err(for_all("policy files", name)),
        (Of::Tests, Some(name)) => return Err(for_all("tests", name)),
        // a schema that lacks words would make editors underline what is right
        (Of::Policy | Of::Tests | Of::Case, None) if !loaded.library.words_are_sound() || loaded.files == 0 => {
            output::report(&diagnostics::text(&loaded.diagnostics, true));
            output::complain("a schema needs sound vocabularies, calendars and hooks; mend what is shown above");
            return Err(Stop::Rules);
        }
        (Of::Policy, None) => schema::policy(&loaded.library),
        (Of::Tests, None) => schema::tests(&loaded.library),
        (Of::Case, None) => schema::cases(&loaded.library),
    };
    let text = format!("{schema:#}\n");
    match &args.output {
        Some(path) => write(path, &text).map_err(Stop::Unwritten)?,
        None => out.write(&text)?,
    }
    Ok(Exit::Done)
}

/// Only cases differ from policy to policy.
fn for_all(what: &str, policy: &str) -> Stop {
    Stop::Usage(format!("a schema of {what} is for all policies: leave `{policy}` out"))
}

/// Writes a file, and the folder that it lies in if that is not there yet.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
