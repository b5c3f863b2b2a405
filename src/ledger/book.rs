//! The one way in.

use std::path::Path;
use std::time::Duration;

use super::command::{Command, fingerprint, seal};
use super::store::{Damage, Database, Field, Sqlite, Transaction};
use super::work::{Work, json};
use super::{Act, Answer, Error, Hash, Refusal, StoreError};

/// Whether a store is opened in order to change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only to look at it; one that isn't there is an error.
    Read,
    /// To change it; one that isn't there is made, and an older one brought up to date.
    Write,
}

/// How long a file is waited for, and how large it may grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long to wait for others that write it: 10 seconds, unless said otherwise.
    pub wait: Duration,
    /// How many pages of 4 KiB it may have: as many as there is room for, unless said otherwise.
    pub pages: Option<u32>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { wait: Duration::from_secs(10), pages: None }
    }
}

/// A ledger of members, charges, authorizations and what passed between provider and payer.
///
/// ```
/// use rulebook::ledger::{Access, Act, AddAuthorization, AddCharge, AddMember, Attach, Codes, Ledger};
/// use rulebook::time::{Instant, parse_date};
///
/// # let folder = std::env::temp_dir().join(format!("rulebook-ledger-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// let mut ledger = Ledger::open(folder.join("example.ledger").to_str().unwrap(), Access::Write).unwrap();
/// let (at, _) = Instant::parse("2026-03-01T09:00:00-05:00").unwrap();
/// let act = Act { actor: "ana", at, policy: "sha256:0", reason: None, key: None };
/// let day = |text| parse_date(text).unwrap();
/// ledger.run(act, &AddMember { id: "m1".into(), last_name: "Ruiz".into(), first_name: "Eva".into(), born: None,
///     sex: None, subscriber: None }).unwrap();
/// ledger.run(act, &AddCharge { id: "c1".into(), member: "m1".into(), payer: "p1".into(), day: day("2026-03-05"),
///     code: "97110".into(), units: "1.5".parse().unwrap(), auth_required: true, document: None }).unwrap();
/// let added = ledger.run(act, &AddAuthorization { member: "m1".into(), payer: "p1".into(), number: "A-77".into(),
///     first_day: day("2026-03-01"), last_day: day("2026-05-31"), approved: "12".parse().unwrap(),
///     codes: Codes::new(["97110"]).unwrap(), document: None }).unwrap().value;
/// let attach = Attach { charge: "c1".into(), authorization: added.authorization };
/// let once = ledger.run(Act { key: Some("k1"), ..act }, &attach).unwrap();
/// let again = ledger.run(Act { key: Some("k1"), ..act }, &attach).unwrap();
/// assert_eq!(once.value, again.value);
/// assert!(again.replayed && !ledger.charge("c1").unwrap().unwrap().auth_required);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// ```
pub struct Ledger {
    database: Box<dyn Database>,
}

impl Ledger {
    /// Opens a ledger: a file by its path, or a database by its address `postgres://user@host/database`.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] if there is none, something else is there, or it can't be opened.
    pub fn open(store: &str, access: Access) -> Result<Ledger, StoreError> {
        if store.starts_with("postgres://") || store.starts_with("postgresql://") {
            return Ledger::on_server(store, access);
        }
        Ok(Ledger { database: Box::new(Sqlite::open(Path::new(store), access, Limits::default())?) })
    }

    /// Opens a file within limits.
    ///
    /// # Errors
    ///
    /// As [`Ledger::open`].
    pub fn open_file(path: &Path, access: Access, limits: Limits) -> Result<Ledger, StoreError> {
        Ok(Ledger { database: Box::new(Sqlite::open(path, access, limits)?) })
    }

    #[cfg(feature = "postgres")]
    fn on_server(address: &str, access: Access) -> Result<Ledger, StoreError> {
        Ok(Ledger { database: Box::new(super::store::Postgres::open(address, access)?) })
    }

    #[cfg(not(feature = "postgres"))]
    fn on_server(_address: &str, _access: Access) -> Result<Ledger, StoreError> {
        Err(StoreError::NoPostgres)
    }

    /// Does something, in one transaction with its histories. If it has a key by which it was done before, it is
    /// answered and not done again.
    ///
    /// # Errors
    ///
    /// A [`Refusal`], which is not kept for the key, or a [`StoreError`]; both leave nothing behind, but after a lost
    /// connection only a retry by the same key tells.
    pub fn run<C: Command>(&mut self, act: Act<'_>, command: &C) -> Result<Answer<C::Answer>, Error> {
        act.check()?;
        let fingerprint = fingerprint(&act, command)?;
        self.write(|tx| {
            if let Some(key) = act.key
                && let Some(answer) = answered(tx, key, &fingerprint)?
            {
                let value = serde_json::from_str(&answer)
                    .map_err(|_| StoreError::damaged(format!("the answer that is kept for `{key}` is unreadable")))?;
                return Ok(Answer { value, replayed: true });
            }
            let mut work = Work::new(tx, act);
            let value = command.carry_out(&mut work)?;
            match act.key {
                None => work.finish(None)?,
                Some(key) => {
                    let answer = json(&value)?;
                    work.finish(Some(seal(&fingerprint, &answer)))?;
                    let values = [key.into(), (&fingerprint).into(), answer.as_str().into(), act.at.into()];
                    tx.execute("INSERT INTO answers (key, command, answer, at) VALUES (?1, ?2, ?3, ?4)", &values)?;
                }
            }
            Ok(Answer { value, replayed: false })
        })
    }

    /// Copies the ledger to a file that isn't there. Safe while others write: the copy is as the ledger is at one moment.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] if the file is there, or can't be written, or the ledger is on a server.
    pub fn backup(&mut self, to: &Path) -> Result<(), StoreError> {
        self.database.backup(to)
    }

    pub(super) fn check(&mut self) -> Result<Damage, StoreError> {
        self.database.check()
    }

    pub(super) fn write<T>(
        &mut self,
        mut deed: impl FnMut(&mut dyn Transaction) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut done = None;
        self.database.write(&mut |tx| {
            done = Some(deed(tx)?);
            Ok(())
        })?;
        done.ok_or_else(|| StoreError::damaged("the store did nothing").into())
    }

    pub(super) fn read<T>(
        &mut self,
        mut deed: impl FnMut(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut done = None;
        let read = self.database.read(&mut |tx| {
            done = Some(deed(tx)?);
            Ok(())
        });
        match read {
            Ok(()) => done.ok_or_else(|| StoreError::damaged("the store did nothing")),
            Err(Error::Store(error)) => Err(error),
            Err(Error::Refused(refusal)) => Err(StoreError::Other { why: refusal.to_string() }),
        }
    }
}

/// The answer that is kept for a key.
fn answered(tx: &mut dyn Transaction, key: &str, fingerprint: &Hash) -> Result<Option<String>, Error> {
    let sql = "SELECT command, answer FROM answers WHERE key = ?1";
    match tx.first(sql, &[Field::Text(key)], |row| Ok((row.hash()?, row.text()?)))? {
        None => Ok(None),
        Some((command, answer)) if command == *fingerprint => Ok(Some(answer)),
        Some(_) => Err(Refusal::KeyReused { key: key.to_owned() }.into()),
    }
}
