//! Trying again when others were quicker.

use super::super::StoreError;

/// How often a transaction is tried that had to give way to others.
pub(super) const TRIES: u32 = 12;

/// How long anyone waits for another's lock on a server, in milliseconds.
#[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "a file has its own limits"))]
pub(super) const WAIT_MS: u64 = 10_000;

/// Sleeps a little longer with each try, so that those who collide come apart.
#[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "writers of SQLite take turns"))]
pub(super) fn pause(tries: u32) -> Result<(), StoreError> {
    if tries >= TRIES {
        return Err(StoreError::Contended { tries });
    }
    // processes differ by their ids, so that two that collide don't wait equally long
    let spread = u64::from(std::process::id() % 7 + 1);
    std::thread::sleep(std::time::Duration::from_millis(spread * u64::from(tries)));
    Ok(())
}
