//! A second opinion on approvals: a small, slow interpreter of requests, written from `docs/approvals.md` alone.
//!
//! Of the engine's code it uses only `rulebook::time`, for the instants at which something is due. Random policies and
//! events hold the engine to it, and so do some requests that are worth reading.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected stops; clippy knows only `#[test]` functions as tests, not their helpers"
)]

mod answer;
mod condition;
mod events;
mod generate;
mod level;
mod model;
mod plan;
mod promises;
mod properties;
mod sequences;
