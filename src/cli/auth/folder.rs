//! Files of the outbox and the inbox, and documents: written so that a crash leaves a whole file or none.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::ledger::NewDocument;

use super::super::Stop;
use super::super::bytes::bytes_within;
use super::super::cause::cause;
use super::answer::Failure;

/// What to do where a call can be made again.
pub(super) const REPEAT: &str = "mend that and repeat the call";

/// Puts a file into a folder: a temporary file, its content on the disk, then its name, then the name on the disk. Putting
/// the same file there again changes nothing. `cure` tells what to do if that fails.
pub(super) fn put(folder: &Path, name: &str, bytes: &[u8], cure: &str) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    let written = (|| {
        fs::create_dir_all(folder)?;
        let temporary = folder.join(format!(".{name}.part"));
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, &path)?;
        sync(folder)
    })();
    written.map_err(|error| unwritable(&path, &error, cure))?;
    Ok(path)
}

/// The name under which a file can be moved into a folder: its own, or one that is still free there.
pub(super) fn free_name(file: &Path, folder: &Path) -> OsString {
    let name = file.file_name().unwrap_or_default();
    let mut free = name.to_owned();
    let mut number = 1;
    while folder.join(&free).exists() {
        number += 1;
        free = name.to_owned();
        free.push(format!(".{number}"));
    }
    free
}

/// Moves a file into another folder, under a name that is free there.
pub(super) fn move_to(file: &Path, folder: &Path, name: &OsStr) -> Result<(), Failure> {
    let path = folder.join(name);
    let moved = (|| {
        fs::create_dir_all(folder)?;
        fs::rename(file, &path)?;
        sync(folder)
    })();
    moved.map_err(|error| unwritable(&path, &error, REPEAT))
}

/// The files of a folder, in the order of their names; those that begin with a point are still being written.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error: io::Error| {
        Failure::from(Stop::Usage(format!("`{}` cannot be read: {}", folder.display(), cause(&error, folder))))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A document to be stored.
pub(super) fn document(path: &Path) -> Result<NewDocument, Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(NewDocument { name, bytes: bytes_within(path, NewDocument::LARGEST)? })
}

/// Has the names in a folder written to the disk.
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn unwritable(path: &Path, error: &io::Error, cure: &str) -> Failure {
    let why = cause(error, path);
    Stop::Usage(format!("`{}` cannot be written: {why}; {cure}", path.display())).into()
}
