//! What people and programs read: data of the floors above as text, JSON and SARIF. Reads no file and prints nothing.

pub mod diagnostics;
mod page;

pub use page::{index, page};
