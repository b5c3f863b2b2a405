//! Integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod docs;
mod floors;
mod keywords;
mod oracle;
mod render_diagnostics;
mod shipped;
mod time;
