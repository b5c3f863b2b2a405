//! Requests that are approved: where they stand, what happened to them, and the route that a policy lays out.

mod json;
mod mermaid;
mod route;
mod svg;
mod text;

pub(in crate::render) use json::fill;
pub use mermaid::mermaid;
pub use svg::svg;
pub use text::timeline;
pub(in crate::render) use text::{headline, rows};
