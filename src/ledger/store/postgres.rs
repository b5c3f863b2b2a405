//! A ledger on a PostgreSQL server.
//!
//! Transactions see what is committed (`READ COMMITTED`): what has to hold is said in the statements that change rows,
//! which look again after waiting for a lock. A transaction that would deadlock, or that meets a row which another
//! wrote first, is done again from the start.

use std::collections::HashMap;
use std::path::Path;

use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, IsolationLevel, NoTls, Statement};

use super::super::{Access, Error, StoreError};
use super::dialect::Dialect;
use super::retry::{WAIT_MS, pause};
use super::schema::{VERSION, migrations};
use super::{Damage, Database, Deed, Field, Row, Transaction};

/// Whoever makes or migrates the tables holds this lock meanwhile: `RBLG`.
const MIGRATION_LOCK: i64 = 0x5242_4c47;

/// A connection to a server.
pub(in crate::ledger) struct Postgres {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Postgres {
    /// Connects to an address `postgres://user@host/database`.
    pub(in crate::ledger) fn open(address: &str, access: Access) -> Result<Postgres, StoreError> {
        let store = without_password(address);
        let unopened = |error: postgres::Error| StoreError::Unopened { store: store.clone(), why: said(&error) };
        let mut client = Client::connect(address, NoTls).map_err(unopened)?;
        let read_only = match access {
            Access::Read => "on",
            Access::Write => "off",
        };
        client
            .batch_execute(&format!(
                "SET lock_timeout = {WAIT_MS}; SET synchronous_commit = on; SET default_transaction_read_only = {read_only}"
            ))
            .map_err(StoreError::from)?;
        let mut postgres = Postgres { client, statements: HashMap::new() };
        postgres.recognise(&store, access)?;
        Ok(postgres)
    }

    /// Makes the tables, brings them up to date, or tells that something else is there.
    fn recognise(&mut self, store: &str, access: Access) -> Result<(), StoreError> {
        let mut transaction = self.client.transaction()?;
        if access == Access::Write {
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK])?;
        }
        let ours: bool = transaction.query_one("SELECT to_regclass('rulebook_ledger') IS NOT NULL", &[])?.try_get(0)?;
        let found: i64 = match ours {
            true => transaction.query_one("SELECT version FROM rulebook_ledger", &[])?.try_get(0)?,
            false => 0,
        };
        let tables =
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";
        let tables: i64 = transaction.query_one(tables, &[])?.try_get(0)?;
        let store = store.to_owned();
        match access {
            _ if found > VERSION => return Err(StoreError::Newer { store, found, known: VERSION }),
            _ if !ours && tables > 0 => return Err(StoreError::Foreign { store }),
            Access::Read if !ours => return Err(StoreError::Absent { store }),
            Access::Read if found < VERSION => return Err(StoreError::Older { store, found, known: VERSION }),
            Access::Read => {}
            Access::Write => {
                if !ours {
                    transaction.batch_execute(
                        "CREATE TABLE rulebook_ledger (version BIGINT NOT NULL); INSERT INTO rulebook_ledger VALUES (0)",
                    )?;
                }
                if found < VERSION {
                    for migration in migrations(Dialect::Postgres, found) {
                        transaction.batch_execute(&migration)?;
                    }
                    transaction.execute("UPDATE rulebook_ledger SET version = $1", &[&VERSION])?;
                }
            }
        }
        Ok(transaction.commit()?)
    }

    fn within(&mut self, read: bool, deed: &mut Deed<'_>) -> Result<(), Error> {
        let builder = self.client.build_transaction();
        let builder = match read {
            true => builder.isolation_level(IsolationLevel::RepeatableRead).read_only(true),
            false => builder.isolation_level(IsolationLevel::ReadCommitted),
        };
        let mut transaction = builder.start().map_err(StoreError::from)?;
        deed(&mut Open { transaction: &mut transaction, statements: &mut self.statements })?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(())
    }
}

impl Database for Postgres {
    fn write(&mut self, deed: &mut Deed<'_>) -> Result<(), Error> {
        let mut tries = 0;
        loop {
            match self.within(false, deed) {
                Err(Error::Store(StoreError::Contended { .. })) => {
                    tries += 1;
                    pause(tries)?;
                }
                done => return done,
            }
        }
    }

    fn read(&mut self, deed: &mut Deed<'_>) -> Result<(), Error> {
        self.within(true, deed)
    }

    fn backup(&mut self, _to: &Path) -> Result<(), StoreError> {
        Err(StoreError::Server)
    }

    fn check(&mut self) -> Result<Damage, StoreError> {
        // the server checks its pages as it reads them, if it was made with checksums; its schema is its owner's
        Ok(Damage::default())
    }
}

struct Open<'a, 't> {
    transaction: &'a mut postgres::Transaction<'t>,
    statements: &'a mut HashMap<String, Statement>,
}

impl Open<'_, '_> {
    fn statement(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.transaction.prepare(&Dialect::Postgres.statement(sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Transaction for Open<'_, '_> {
    fn execute(&mut self, sql: &str, values: &[Field<'_>]) -> Result<u64, StoreError> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        Ok(self.transaction.execute(&statement, &values)?)
    }

    fn visit(
        &mut self,
        sql: &str,
        values: &[Field<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.statement(sql)?;
        let mut rows = self.transaction.query_raw(&statement, values)?;
        while let Some(row) = rows.next()? {
            each(&row)?;
        }
        Ok(())
    }
}

impl Row for postgres::Row {
    fn field(&self, column: usize) -> Result<Field<'_>, StoreError> {
        let kind = self.columns().get(column).map(|column| column.type_().clone());
        let field = match kind {
            Some(Type::INT8) => self.try_get::<_, Option<i64>>(column)?.map(Field::Int),
            Some(Type::TEXT) => self.try_get::<_, Option<&str>>(column)?.map(Field::Text),
            Some(Type::BYTEA) => self.try_get::<_, Option<&[u8]>>(column)?.map(Field::Bytes),
            _ => return Err(StoreError::damaged("a column has a type that no ledger writes")),
        };
        Ok(field.unwrap_or(Field::Null))
    }
}

impl ToSql for Field<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Field::Null => Ok(IsNull::Yes),
            Field::Int(int) => int.to_sql(kind, out),
            Field::Text(text) => text.to_sql(kind, out),
            Field::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> StoreError {
        let why = said(&error);
        match error.code() {
            // somebody else was quicker: the transaction is done again
            Some(code)
                if [
                    SqlState::T_R_SERIALIZATION_FAILURE,
                    SqlState::T_R_DEADLOCK_DETECTED,
                    SqlState::UNIQUE_VIOLATION,
                ]
                .contains(code) =>
            {
                StoreError::Contended { tries: 1 }
            }
            Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => StoreError::Locked,
            Some(code) if *code == SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::ReadOnly,
            Some(code) if *code == SqlState::INSUFFICIENT_PRIVILEGE => StoreError::ReadOnly,
            Some(code) if *code == SqlState::DISK_FULL => StoreError::Full,
            Some(code) if [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED].contains(code) => {
                StoreError::Damaged { why }
            }
            Some(code)
                if [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW]
                    .contains(code) =>
            {
                StoreError::Lost
            }
            Some(_) => StoreError::Other { why },
            None if error.is_closed() || caused_by_io(&error) => StoreError::Lost,
            None => StoreError::Other { why },
        }
    }
}

fn caused_by_io(error: &postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
}

/// What the server says, rather than that it said something.
fn said(error: &postgres::Error) -> String {
    match (error.as_db_error(), std::error::Error::source(error)) {
        (Some(answer), _) => answer.message().to_owned(),
        (None, Some(source)) => source.to_string(),
        (None, None) => error.to_string(),
    }
}

/// An address as it may be shown: a password can stand before the host and among the settings.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return "postgres".to_owned() };
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((who, host)) => format!("{scheme}://{}@{host}", who.split(':').next().unwrap_or_default()),
        None => format!("{scheme}://{rest}"),
    }
}
