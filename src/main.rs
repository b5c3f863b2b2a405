//! The `rulebook` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    rulebook::cli::run(std::env::args_os())
}
