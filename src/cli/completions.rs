//! `rulebook completions`: what a shell needs to complete commands and options.

use clap::CommandFactory;
use clap_complete::Shell;

use super::output::Output;
use super::{Exit, Stop};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run<C: CommandFactory>(args: &Args, out: &mut Output) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut C::command(), "rulebook", &mut script);
    out.write(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
