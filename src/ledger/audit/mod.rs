//! Histories that are only added to, each entry sealed by the one before it.

pub(super) mod anchor;
mod chain;
pub(super) mod difference;
pub(super) mod entry;
pub(super) mod finding;
pub(super) mod verify;
