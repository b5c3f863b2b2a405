//! The ledger: what commands do, what is refused, what survives.

mod children;
mod commands;
mod determinations;
mod faults;
mod follow_ons;
mod histories;
mod keys;
pub mod kills;
mod linear;
mod model;
mod refusals;
mod server;
mod stopped;
pub mod store;
mod tampering;
mod together;
