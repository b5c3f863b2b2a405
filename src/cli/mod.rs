//! The command line: one file a command. The only floor that reads files, prints or exits.

mod approval;
mod ask;
mod auth;
mod bytes;
mod cases;
mod cause;
mod check;
mod completions;
mod due;
mod eval;
mod explain;
mod options;
mod output;
mod prompt;
mod reply;
mod rules;
mod schema;
mod snapshot;
mod test;
mod transcript;
mod x12;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use options::Options;
use output::Output;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// `check` or `test` found faults, or the rules cannot be used.
    Failed,
    /// The call or a case was in error.
    Error,
    /// A case was undetermined or in conflict.
    Undetermined,
    /// The output could not be written.
    Unwritten,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Error => 2,
            Exit::Undetermined => 3,
            Exit::Unwritten => 4,
            Exit::Interrupted => 130,
        }
    }
}

/// Why a command stopped before its end.
#[derive(Debug, thiserror::Error)]
enum Stop {
    /// The call cannot be carried out; the text says why and what to do.
    #[error("{0}")]
    Usage(String),
    /// The rules cannot be used: their faults have been shown.
    #[error("the rules have faults")]
    Rules,
    /// The reader of the output went away, which is no fault.
    #[error("the output was closed")]
    Closed,
    /// The output cannot be written.
    #[error("the output cannot be written: {0}")]
    Unwritten(std::io::Error),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Stop {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Stop::Closed,
            _ => Stop::Unwritten(error),
        }
    }
}

/// Decides casework by procedures that are written as YAML.
#[derive(Debug, Parser)]
#[command(name = "rulebook", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Call {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes: 0 done; 1 check or test found faults; 2 the call or a case was in error; 3 a case is undetermined or in \
conflict; 4 the output cannot be written; 130 somebody pressed Ctrl-C.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Find every fault of every policy file
    Check(check::Args),
    /// Decide cases
    Eval(eval::Args),
    /// Ask for what a decision needs, one question at a time
    Ask(ask::Args),
    /// Tell why a case is decided as it is, or what a diagnostic code means
    Explain(explain::Args),
    /// Run the tests beside the policies
    Test(test::Args),
    /// Tell where requests stand that are to be approved, or draw their route
    Approval(approval::Args),
    /// Keep authorizations of services: enter, find, attach, request, send, receive, watch
    Auth(Box<auth::Args>),
    /// Work out when something is due, or how much open time has passed
    Due(due::Args),
    /// Write JSON Schemas, by which editors complete and check policies and cases
    Schema(schema::Args),
    /// Check, show and convert X12 278 messages
    X12(x12::Args),
    /// Write the completions of a shell
    Completions(completions::Args),
}

/// Runs the command that the arguments ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Call::try_parse_from(arguments) {
        Ok(call) => carry_out(&call),
        Err(error) => {
            let asked_for = if error.use_stderr() { Exit::Error } else { Exit::Done };
            ended(error.print().map(|()| asked_for).map_err(Stop::from))
        }
    };
    ExitCode::from(exit.code())
}

fn carry_out(call: &Call) -> Exit {
    let mut out = Output::stdout(call.options.color);
    let done = match &call.command {
        Command::Check(args) => check::run(args, &call.options, &mut out),
        Command::Eval(args) => eval::run(args, &call.options, &mut out),
        Command::Ask(args) => ask::run(args, &call.options, &mut out),
        Command::Explain(args) => explain::run(args, &call.options, &mut out),
        Command::Test(args) => test::run(args, &call.options, &mut out),
        Command::Approval(args) => approval::run(args, &call.options, &mut out),
        Command::Auth(args) => auth::run(args, &call.options, &mut out),
        Command::Due(args) => due::run(args, &call.options, &mut out),
        Command::Schema(args) => schema::run(args, &call.options, &mut out),
        Command::X12(args) => x12::run(args, &mut out),
        Command::Completions(args) => completions::run::<Call>(args, &mut out),
    };
    ended(done.and_then(|exit| out.finish().map(|()| exit).map_err(Stop::from)))
}

/// How a run ended; what kept it from its end is told.
fn ended(done: Result<Exit, Stop>) -> Exit {
    match done {
        Ok(exit) => exit,
        Err(Stop::Closed) => Exit::Done,
        Err(Stop::Rules) => Exit::Failed,
        Err(stop @ Stop::Usage(_)) => {
            output::complain(&stop.to_string());
            Exit::Error
        }
        Err(stop @ Stop::Unwritten(_)) => {
            output::complain(&stop.to_string());
            Exit::Unwritten
        }
    }
}
