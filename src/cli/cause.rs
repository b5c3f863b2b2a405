//! Why the system hands out no file, in plain words.

use std::io::{Error, ErrorKind};
use std::path::Path;

/// Why a file or folder cannot be read.
pub(super) fn cause(error: &Error, path: &Path) -> String {
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    match error.kind() {
        ErrorKind::NotFound if is_link => "it is a link that leads nowhere".to_owned(),
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "it is closed to you".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ if is_link && path.metadata().is_err() => "it is a link that leads back to itself".to_owned(),
        _ => plain(error),
    }
}

/// The system's words without the system's number.
pub(super) fn plain(error: &Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("{first}{}", characters.as_str())
}
