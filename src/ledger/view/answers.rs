//! Answers that are kept for keys.

use super::super::{Ledger, StoreError};

impl Ledger {
    /// Whether something was done by this key.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn has_answered(&mut self, key: &str) -> Result<bool, StoreError> {
        let sql = "SELECT at FROM answers WHERE key = ?1";
        self.read(|tx| tx.first(sql, &[key.into()], |row| row.int())).map(|found| found.is_some())
    }
}
