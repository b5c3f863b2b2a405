//! The one set of SQL over two stores: what a store can do, and what differs between them.

mod dialect;
mod field;
#[cfg(feature = "postgres")]
mod postgres;
mod retry;
mod schema;
mod sqlite;
mod still;

pub(super) use field::{Field, Reader, Row};
#[cfg(feature = "postgres")]
pub(super) use postgres::Postgres;
pub(super) use sqlite::Sqlite;

use std::path::Path;

use super::{Error, StoreError};

/// What is done within one transaction. It may be done again from the start, if the store gave way to another writer.
pub(super) type Deed<'a> = dyn FnMut(&mut dyn Transaction) -> Result<(), Error> + 'a;

/// A store.
pub(super) trait Database: Send {
    /// Does something in one transaction: all of it is stored if it succeeds, and nothing otherwise.
    fn write(&mut self, deed: &mut Deed<'_>) -> Result<(), Error>;

    /// Looks at the store as it is at one moment.
    fn read(&mut self, deed: &mut Deed<'_>) -> Result<(), Error>;

    /// Copies it to a file that isn't there, while others write.
    fn backup(&mut self, to: &Path) -> Result<(), StoreError>;

    /// What is wrong with the store itself.
    fn check(&mut self) -> Result<Damage, StoreError>;
}

/// What is wrong with a store itself, whatever is in it.
#[derive(Debug, Default)]
pub(super) struct Damage {
    /// What the store finds wrong with its pages.
    pub pages: Vec<String>,
    /// Tables, indexes and triggers that are not as this release makes them.
    pub schema: Vec<String>,
    /// Whether tables are gone, without which there is nothing to look at.
    pub lacks_tables: bool,
}

/// A transaction in progress. Statements are the same for both stores: parameters are `?1`, `?2`, …, in that order.
pub(super) trait Transaction {
    /// Changes rows, and tells how many.
    fn execute(&mut self, sql: &str, values: &[Field<'_>]) -> Result<u64, StoreError>;

    /// Visits each row of an answer. Nothing else can be done meanwhile.
    fn visit(
        &mut self,
        sql: &str,
        values: &[Field<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;
}

impl dyn Transaction + '_ {
    /// All rows of an answer.
    pub(super) fn all<T>(
        &mut self,
        sql: &str,
        values: &[Field<'_>],
        read: impl Fn(&mut Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.visit(sql, values, &mut |row| {
            found.push(read(&mut Reader::new(row))?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row of an answer, if there is one.
    pub(super) fn first<T>(
        &mut self,
        sql: &str,
        values: &[Field<'_>],
        read: impl Fn(&mut Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.visit(sql, values, &mut |row| {
            if found.is_none() {
                found = Some(read(&mut Reader::new(row))?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The row that a statement always answers.
    pub(super) fn one<T>(
        &mut self,
        sql: &str,
        values: &[Field<'_>],
        read: impl Fn(&mut Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.first(sql, values, read)?.ok_or_else(|| StoreError::damaged("an entry that must be there is not"))
    }
}
