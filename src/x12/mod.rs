//! X12 278, health care services review, version 005010X217: bytes in, structures and faults out.
//!
//! A [`Document`] splits any bytes into segments and keeps every byte; [`check`] holds them to the tables of requests,
//! responses and acknowledgements; [`Request`] and [`Response`] say what a transaction means, and [`verdict`] what the
//! payer decided. Knows nothing of files, policies or what has been authorized before.

mod check;
mod delimiters;
mod document;
mod fault;
mod grammar;
mod header;
mod json;
mod model;

mod segment;
mod writer;

pub use check::{Checked, Group, Interchange, Kind, MOST_FAULTS, Transaction, check};
pub use delimiters::{DelimiterError, Delimiters};
pub use document::{Document, Part, Text};
pub use fault::{Fault, Spot};
pub use header::HeaderError;
pub use json::{JsonError, from_json, to_json};
pub use model::*;

pub use segment::{Element, Segment};
pub use writer::Writer;
