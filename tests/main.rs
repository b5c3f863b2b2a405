//! Integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod keywords;
mod oracle;
mod render_diagnostics;
mod time;
