//! Integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod any_input;
mod cli;
mod command;
mod files;
mod keywords;
mod refusals;
mod render_diagnostics;
mod time;
