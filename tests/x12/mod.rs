//! X12 278 messages.

mod any_bytes;
mod faults;
mod json;
mod message;
mod model;
mod pyx12;
mod samples;
mod verdict;
mod write;

pub use faults::CODES;
