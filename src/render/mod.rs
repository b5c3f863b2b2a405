//! What people and programs read: data of the floors above as text, JSON and SARIF. Reads no file and prints nothing.

pub mod approval;
mod case;
pub mod decision;
pub mod diagnostics;
mod instant;
mod json;
mod page;
pub mod question;
mod style;
pub mod test;

pub use case::case;
pub use instant::{readable, rfc3339};
pub use page::{index, page};
