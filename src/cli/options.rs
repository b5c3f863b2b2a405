//! What every command takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Options of all commands.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder of policies
    #[arg(long, value_name = "DIR", default_value = "rules", global = true)]
    pub rules: PathBuf,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Color,
    /// Read time zones from this folder of compiled zone files instead of those built in
    #[arg(long, value_name = "DIR", global = true)]
    pub tzdata: Option<PathBuf>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal that shows them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How decisions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}
