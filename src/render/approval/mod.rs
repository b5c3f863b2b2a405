//! Requests that are approved: where they stand, what happened to them, and the route that a policy lays out.

mod json;
mod text;

pub(in crate::render) use json::fill;
pub(in crate::render) use text::{headline, rows};
pub use text::timeline;
