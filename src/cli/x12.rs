//! `rulebook x12`: 278 messages checked, shown and converted.

mod check;
mod convert;
mod excerpt;
mod request;
mod response;
mod show;

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::bytes::bytes_within;
use super::cause::plain;
use super::options::Format;
use super::output::Output;
use super::{Exit, Stop};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find every fault of a file of messages
    Check {
        /// The file; `-` for standard input
        file: PathBuf,
        /// How the faults are written
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: Format,
    },
    /// Tell what messages say, in words
    Show {
        /// The file; `-` for standard input
        file: PathBuf,
    },
    /// Write messages as JSON, or JSON as messages again
    Convert {
        /// The file; `-` for standard input
        file: PathBuf,
        /// What to write [default: messages if the file is JSON, else JSON]
        #[arg(long, value_name = "FORM")]
        to: Option<convert::Form>,
    },
}

pub(super) fn run(args: &Args, out: &mut Output) -> Result<Exit, Stop> {
    match &args.command {
        Command::Check { file, format } => check::run(&shown(file), &read(file)?, *format, out),
        Command::Show { file } => show::run(&shown(file), &read(file)?, out),
        Command::Convert { file, to } => convert::run(&shown(file), &read(file)?, *to, out),
    }
}

/// What messages call the file.
fn shown(file: &Path) -> String {
    if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() }
}

/// The bytes of the largest file that is taken: as JSON, messages need thirty times their own memory.
const LARGEST: usize = 64 * 1024 * 1024;

/// What a file holds, or standard input.
fn read(file: &Path) -> Result<Vec<u8>, Stop> {
    let sent = if file == Path::new("-") {
        let mut sent = Vec::new();
        let read = std::io::stdin().lock().take(LARGEST as u64 + 1).read_to_end(&mut sent);
        read.map_err(|error| Stop::Usage(format!("{} cannot be read: {}", shown(file), plain(&error))))?;
        sent
    } else {
        bytes_within(file, LARGEST)?
    };
    if sent.len() > LARGEST {
        let help = "split it, whole interchanges (ISA to IEA) at a time";
        return Err(Stop::Usage(format!("{} holds more than 64 MiB; {help}", shown(file))));
    }
    Ok(sent)
}

/// `1 fault`, `2 faults`.
fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
