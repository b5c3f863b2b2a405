//! A policy file as it was written: nested maps, lists and scalars, or the cells of a sheet, with their places. Knows
//! nothing of their meaning.

mod bare;
mod bytes;
mod complaint;
mod indentation;
mod node;
mod read;
mod sheet;
mod slip;

pub use node::{Entry, Node, Scalar, Shape};
pub use read::{DEEPEST, LARGEST_FILE, MOST_NODES, read};
pub use sheet::{Record, read_sheet};
