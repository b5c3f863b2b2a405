//! An oracle: policies decided rule by rule, and missing facts by trying every value that could make a difference.
//!
//! Nothing here knows of atoms, rows or regions: conditions are read as a caseworker would read them, and what a missing
//! fact means is found by going through its values. Random vocabularies, policies and cases hold the engine to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected stops; clippy knows only `#[test]` functions as tests, not their helpers"
)]

mod authorization;
mod compare;
mod complete;
mod generate;
mod grid;
mod interview;
mod naive;
mod properties;
mod regressions;
mod shipped;
mod table;
pub mod tape;
mod verdict;
mod world;
mod yaml;

pub use generate::{Family, scenarios};
