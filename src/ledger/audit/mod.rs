//! Histories that are only added to, each entry sealed by the one before it.

pub(super) mod anchor;
pub(super) mod entry;
pub(super) mod verify;
