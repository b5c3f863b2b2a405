//! Decisions, and traces of why rules did not fire, as text and JSON.

mod authorization;
mod json;
mod text;
mod trace;

pub(super) use json::{facts, faults, grounds, number, shares, stamp, value};
pub use json::{json, unreadable, write_json};
pub(super) use text::{at_risk, facts as told, known};
pub use text::{text, unreadable_text};
pub use trace::{Extent, trace_json, trace_text};
