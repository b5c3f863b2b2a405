//! All bytes of a file: messages and documents need not be UTF-8.

use std::path::Path;

use super::Stop;
use super::cause::cause;

/// Reads a file, or says why it cannot be read.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Stop> {
    std::fs::read(path).map_err(|error| {
        Stop::Usage(format!("`{}` cannot be read: {}; check the path", path.display(), cause(&error, path)))
    })
}
