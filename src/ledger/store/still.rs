//! A file of SQLite that is read as it lies, without the files that SQLite keeps beside it.

use std::ffi::OsString;
use std::fmt::Write;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::super::StoreError;

/// A ledger that its reader cannot write beside, as it was when it was opened.
///
/// To read a file in WAL mode SQLite makes another beside it (`-shm`), by which those who use it at the same time know of
/// each other. Where that cannot be made the file is read as one that nobody writes. That is so on a read-only file system
/// or in an archive; elsewhere [`Still::is_so`] tells whether it was.
pub(super) struct Still {
    path: PathBuf,
    stamp: Stamp,
}

/// What changes when a file is written.
type Stamp = (u64, Option<SystemTime>);

impl Still {
    /// The file, if what is in it is all that was written: what was written last may lie in another beside it (`-wal`).
    pub(super) fn of(path: &Path) -> Result<Still, StoreError> {
        let store = path.display().to_string();
        let unread = |error: std::io::Error| StoreError::Unopened { store: store.clone(), why: error.to_string() };
        // before looking for the other: whoever writes that later writes this one after it
        let stamp = std::fs::metadata(path).map(stamp).map_err(unread)?;
        match std::fs::metadata(beside(path, "-wal")) {
            Ok(wal) if wal.len() > 0 => Err(StoreError::Unmerged { store }),
            Ok(_) => Ok(Still { path: path.to_owned(), stamp }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Still { path: path.to_owned(), stamp }),
            Err(error) => Err(unread(error)),
        }
    }

    pub(super) fn connection(&self) -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(address(&self.path), flags)
    }

    /// Whether nobody has written the file since: what was read of it else may be half old and half new.
    pub(super) fn is_so(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|metadata| stamp(metadata) == self.stamp)
    }
}

/// Whether a file is open, and cannot be read for want of the one that SQLite makes beside it.
pub(super) fn lacks_companion(connection: &Connection) -> bool {
    let read = connection.query_row("PRAGMA user_version", [], |_| Ok(()));
    read.is_err_and(|error| matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)))
}

fn stamp(metadata: Metadata) -> Stamp {
    (metadata.len(), metadata.modified().ok())
}

/// The name of a file that lies beside another.
fn beside(path: &Path, ending: &str) -> OsString {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name
}

/// The address of a file that does not change (<https://sqlite.org/uri.html>): what may mean something else is escaped.
fn address(path: &Path) -> String {
    let mut address = if path.is_absolute() { "file://".to_owned() } else { "file:".to_owned() };
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => address.push(char::from(*byte)),
            // a text takes whatever is written to it
            _ => drop(write!(address, "%{byte:02X}")),
        }
    }
    address + "?immutable=1"
}
