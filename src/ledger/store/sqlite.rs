//! A ledger in a file, by SQLite.
//!
//! WAL, so that readers never wait; `synchronous=FULL`, so that what is committed survives a power cut; every write
//! takes its lock at once (`BEGIN IMMEDIATE`), so that no transaction fails half way for another's sake.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, params_from_iter};

use super::super::{Access, Error, Limits, StoreError};
use super::dialect::Dialect;
use super::schema::{VERSION, migrations};
use super::still::{Still, lacks_companion};
use super::{Damage, Database, Deed, Field, Row, Transaction};

/// Marks a file as a ledger: `RBLG`.
const APPLICATION: i64 = 0x5242_4c47;

/// Statements that stay prepared; there are about sixty.
const STATEMENTS: usize = 96;

/// An open file.
pub(in crate::ledger) struct Sqlite {
    connection: Connection,
    path: PathBuf,
    /// Whether it is read as a file that nobody writes.
    still: Option<Still>,
}

impl Sqlite {
    /// Opens a file; one that isn't there is made if it is to be written.
    pub(in crate::ledger) fn open(path: &Path, access: Access, limits: Limits) -> Result<Sqlite, StoreError> {
        let store = path.display().to_string();
        let unmade = |why: String| StoreError::Unopened { store: store.clone(), why };
        if path.is_dir() {
            return Err(unmade("it is a folder".to_owned()));
        }
        if access == Access::Write {
            make(path).map_err(|error| unmade(error.to_string()))?;
        }
        let flags = match access {
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Access::Read if !path.exists() => return Err(StoreError::Absent { store }),
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let unopened = |error: rusqlite::Error| match StoreError::from(error) {
            StoreError::Other { why } => StoreError::Unopened { store: store.clone(), why },
            StoreError::Damaged { why } if why == NOT_A_DATABASE => StoreError::Foreign { store: store.clone() },
            other => other,
        };
        let connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(unopened)?;
        let mut sqlite = Sqlite { connection, path: path.to_owned(), still: None };
        sqlite.connection.busy_timeout(limits.wait).map_err(unopened)?;
        if access == Access::Read && lacks_companion(&sqlite.connection) {
            let still = Still::of(path)?;
            sqlite.connection = still.connection().map_err(unopened)?;
            sqlite.still = Some(still);
        }
        sqlite.connection.set_prepared_statement_cache_capacity(STATEMENTS);
        sqlite.recognise(access, unopened)?;
        sqlite.settle(access).map_err(unopened)?;
        if let Some(pages) = limits.pages {
            let limit = format!("PRAGMA max_page_count = {pages}");
            sqlite.connection.query_row(&limit, [], |_| Ok(())).map_err(unopened)?;
        }
        match access {
            Access::Read => {}
            Access::Write => sqlite.migrate().map_err(unopened)?,
        }
        Ok(sqlite)
    }

    /// Whether the file is a ledger that this release knows, or nothing yet.
    fn recognise(&self, access: Access, unopened: impl Fn(rusqlite::Error) -> StoreError) -> Result<(), StoreError> {
        let store = self.path.display().to_string();
        let application = self.pragma("application_id").map_err(&unopened)?;
        let version = self.pragma("user_version").map_err(&unopened)?;
        let tables = "SELECT count(*) FROM sqlite_schema";
        let tables: i64 = self.connection.query_row(tables, [], |row| row.get(0)).map_err(&unopened)?;
        match (application, version) {
            (APPLICATION, found) if found > VERSION => Err(StoreError::Newer { store, found, known: VERSION }),
            (APPLICATION, found) if found < VERSION && access == Access::Read => {
                Err(StoreError::Older { store, found, known: VERSION })
            }
            (APPLICATION, _) => Ok(()),
            (0, 0) if tables == 0 && access == Access::Write => Ok(()),
            _ => Err(StoreError::Foreign { store }),
        }
    }

    fn pragma(&self, name: &str) -> Result<i64, rusqlite::Error> {
        self.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
    }

    fn settle(&self, access: Access) -> Result<(), rusqlite::Error> {
        if access == Access::Write {
            self.to_wal()?;
        }
        self.connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
        )
    }

    /// Changing the journal doesn't wait for others by itself, and two processes may make a store at the same time.
    fn to_wal(&self) -> Result<(), rusqlite::Error> {
        let mut tries = 0;
        loop {
            let mode = self.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
            match mode {
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && tries < 200 => {
                    tries += 1;
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(error) => return Err(error),
                Ok(_) => return Ok(()),
            }
        }
    }

    fn migrate(&mut self) -> Result<(), rusqlite::Error> {
        if self.pragma("user_version")? == VERSION {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // somebody else may have been quicker
        let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        for migration in migrations(Dialect::Sqlite, version) {
            transaction.execute_batch(&migration)?;
        }
        transaction
            .execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"))?;
        transaction.commit()
    }

    fn within(&mut self, behavior: TransactionBehavior, deed: &mut Deed<'_>) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(StoreError::from)?;
        deed(&mut Open { connection: &transaction })?;
        transaction.commit().map_err(StoreError::from)?;
        match &self.still {
            Some(still) if !still.is_so() => Err(StoreError::Locked.into()),
            Some(_) | None => Ok(()),
        }
    }
}

impl Database for Sqlite {
    fn write(&mut self, deed: &mut Deed<'_>) -> Result<(), Error> {
        self.within(TransactionBehavior::Immediate, deed)
    }

    fn read(&mut self, deed: &mut Deed<'_>) -> Result<(), Error> {
        self.within(TransactionBehavior::Deferred, deed)
    }

    fn backup(&mut self, to: &Path) -> Result<(), StoreError> {
        let exists = || StoreError::Exists { path: to.display().to_string() };
        if to.exists() {
            return Err(exists());
        }
        // a copy that was cut off must not look like a backup
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let copied = self.copy(&part).and_then(|()| {
            place(&part, to).map_err(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists => exists(),
                _ => StoreError::Unopened { store: to.display().to_string(), why: error.to_string() },
            })
        });
        // what is left after a fault is no backup; that it may not be there is no fault
        let _ = std::fs::remove_file(&part);
        copied
    }

    fn check(&mut self) -> Result<Damage, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let lines: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let pages = lines.into_iter().filter(|line| line != "ok").collect();
        let made = Connection::open_in_memory()?;
        for migration in migrations(Dialect::Sqlite, 0) {
            made.execute_batch(&migration)?;
        }
        let (made, found) = (schema(&made)?, schema(&self.connection)?);
        let mut damage = Damage { pages, ..Damage::default() };
        for (name, (kind, sql)) in &made {
            let what = match found.get(name) {
                Some((_, found)) if found == sql => continue,
                Some(_) => "is not as it was made",
                None => "is gone",
            };
            damage.lacks_tables |= kind == "table" && !found.contains_key(name);
            damage.schema.push(format!("the {kind} `{name}` {what}"));
        }
        let strange = found.iter().filter(|(name, _)| !made.contains_key(*name));
        damage.schema.extend(strange.map(|(name, (kind, _))| format!("the {kind} `{name}` is not one of a ledger's")));
        Ok(damage)
    }
}

impl Sqlite {
    /// One step copies all pages under one read lock, which in WAL keeps nobody from writing.
    fn copy(&self, part: &Path) -> Result<(), StoreError> {
        let _ = std::fs::remove_file(part);
        make(part)
            .map_err(|error| StoreError::Unopened { store: part.display().to_string(), why: error.to_string() })?;
        let mut target = Connection::open(part)?;
        {
            let backup = Backup::new(&self.connection, &mut target)?;
            let mut tries = 0;
            loop {
                match backup.step(-1)? {
                    StepResult::Done => break,
                    _ if tries >= 1_000 => return Err(StoreError::Locked),
                    _ => tries += 1,
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        // one file, without a journal beside it
        target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        target.close().map_err(|(_, error)| error)?;
        Ok(())
    }
}

/// Tables, indexes and triggers by their names: of what kind each is, and by what words it was made.
fn schema(connection: &Connection) -> Result<BTreeMap<String, (String, String)>, rusqlite::Error> {
    let sql = "SELECT name, type, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'";
    let mut statement = connection.prepare(sql)?;
    statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.collect()
}

/// Makes an empty file that only its owner can read: it is to hold what patients had done.
fn make(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Gives a finished file its name, unless that is taken.
fn place(part: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::File::open(part)?.sync_all()?;
    std::fs::hard_link(part, to)?;
    match to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => std::fs::File::open(".")?.sync_all(),
    }
}

struct Open<'a> {
    connection: &'a Connection,
}

impl Transaction for Open<'_> {
    fn execute(&mut self, sql: &str, values: &[Field<'_>]) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(&Dialect::Sqlite.statement(sql))?;
        Ok(statement.execute(params_from_iter(values))? as u64)
    }

    fn visit(
        &mut self,
        sql: &str,
        values: &[Field<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(&Dialect::Sqlite.statement(sql))?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }
}

impl Row for rusqlite::Row<'_> {
    fn field(&self, column: usize) -> Result<Field<'_>, StoreError> {
        match self.get_ref(column)? {
            ValueRef::Null => Ok(Field::Null),
            ValueRef::Integer(int) => Ok(Field::Int(int)),
            ValueRef::Real(_) => Err(StoreError::damaged("a column holds a fraction")),
            ValueRef::Text(text) => {
                let text =
                    str::from_utf8(text).map_err(|_| StoreError::damaged("a column holds text that is not UTF-8"))?;
                Ok(Field::Text(text))
            }
            ValueRef::Blob(bytes) => Ok(Field::Bytes(bytes)),
        }
    }
}

impl ToSql for Field<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match *self {
            Field::Null => ValueRef::Null,
            Field::Int(int) => ValueRef::Integer(int),
            Field::Text(text) => ValueRef::Text(text.as_bytes()),
            Field::Bytes(bytes) => ValueRef::Blob(bytes),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

const NOT_A_DATABASE: &str = "it is not a database";

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        let why = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly,
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::NotADatabase) => StoreError::damaged(NOT_A_DATABASE),
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { why },
            _ => StoreError::Other { why },
        }
    }
}
