//! Decisions, and traces of why rules did not fire, as text and JSON.

mod json;
mod text;
mod trace;

pub use json::{json, unreadable};
pub use text::{text, unreadable_text};
pub use trace::{trace_json, trace_text};
