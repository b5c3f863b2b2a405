//! The text of a policy file and places in it. Knows nothing of what the text means.

mod place;
mod text;

pub use place::{Place, Position, Span};
pub use text::Source;
