//! The bytes of a file: messages and documents need not be UTF-8.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Stop;
use super::cause::cause;

/// Reads a file, but only one byte more than `most` if it holds more, or says why it cannot be read.
pub(super) fn bytes_within(path: &Path, most: usize) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Stop {
    Stop::Usage(format!("`{}` cannot be read: {}; check the path", path.display(), cause(error, path)))
}
