//! Histories.

use super::super::audit::entry::{Recorded, recorded};
use super::super::store::Reader;
use super::super::{Entity, Ledger, StoreError};

impl Ledger {
    /// The history of a thing, oldest first.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn history(&mut self, entity: &Entity) -> Result<Vec<Recorded>, StoreError> {
        let sql = concat!("SELECT ", recorded!(), " FROM audit WHERE kind = ?1 AND entity = ?2 ORDER BY seq");
        let values = [entity.kind.word().into(), entity.id.as_str().into()];
        self.read(|tx| tx.all(sql, &values, Recorded::read))
    }

    /// All histories, in the order in which they were written.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn each_recorded(&mut self, mut each: impl FnMut(Recorded)) -> Result<(), StoreError> {
        let sql = concat!("SELECT ", recorded!(), " FROM audit ORDER BY n");
        self.read(|tx| {
            tx.visit(sql, &[], &mut |row| {
                each(Recorded::read(&mut Reader::new(row))?);
                Ok(())
            })
        })
    }
}
