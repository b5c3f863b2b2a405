//! Rulebook decides cases by procedures that policy editors write as YAML.
//!
//! Each module is a floor and imports only from the floors before it (see `ARCHITECTURE.md`).

pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod facts;
pub mod hook;
pub mod ledger;
pub mod policy;
pub mod program;
pub mod render;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod time;
