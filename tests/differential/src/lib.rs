//! Our reader of 278 messages beside that of x12-types, on the separators which that one knows.

use x12_types::util::Parser;
use x12_types::v005010::{_278, Transmission};

/// What x12-types reads of a file, if it reads all of it.
pub fn theirs(file: &str) -> Option<Transmission<_278>> {
    let (rest, read) = Transmission::<_278>::parse(file).ok()?;
    rest.trim().is_empty().then_some(read)
}
