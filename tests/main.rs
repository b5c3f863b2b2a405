//! Integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod any_input;
mod approval_model;
mod approvals;
mod ask;
mod auth;
mod authorizations;
mod cli;
mod command;
mod coverage;
mod docs;
mod expected_words;
mod files;
mod floors;
mod hooks;
mod keywords;
mod ledger;
mod oracle;
mod peers;
mod refusals;
mod render_diagnostics;
mod schema;
mod shipped;
mod tables;
mod terminal;
mod time;
mod versions;
mod x12;
