//! What can be wrong with a store.

/// A fault of the store, as opposed to a refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no such store.
    #[error("there is no ledger `{store}`")]
    Absent {
        /// Where it was looked for.
        store: String,
    },
    /// Something else is there.
    #[error("`{store}` is not a ledger")]
    Foreign {
        /// What was opened.
        store: String,
    },
    /// A later release wrote it.
    #[error("the ledger `{store}` has version {found}, and this release reads up to {known}")]
    Newer {
        /// What was opened.
        store: String,
        /// Its version.
        found: i64,
        /// The latest version that this release knows.
        known: i64,
    },
    /// An earlier release wrote it, and it is only being read.
    #[error("the ledger `{store}` has version {found}, and this release reads {known}")]
    Older {
        /// What was opened.
        store: String,
        /// Its version.
        found: i64,
        /// The version that this release reads.
        known: i64,
    },
    /// It can't be opened.
    #[error("the ledger `{store}` can't be opened: {why}")]
    Unopened {
        /// What was to be opened.
        store: String,
        /// What the system says.
        why: String,
    },
    /// It is only being read, what was written last lies beside it, and nobody who reads it here can put the two together.
    #[error(
        "the ledger `{store}` can't be read here: what was written last lies in `{store}-wal`, and the folder can't be written"
    )]
    Unmerged {
        /// What was to be opened.
        store: String,
    },
    /// This build has no such store.
    #[error("this build has no PostgreSQL")]
    NoPostgres,
    /// Somebody else is writing.
    #[error("the ledger is locked by another process")]
    Locked,
    /// Others changed the same rows again and again.
    #[error("others changed the same entries {tries} times in a row")]
    Contended {
        /// How often it was tried.
        tries: u32,
    },
    /// It may not be written.
    #[error("the ledger can't be written: it is read-only")]
    ReadOnly,
    /// There is no room.
    #[error("the ledger can't be written: the disk is full")]
    Full,
    /// Its pages or rows are not what a ledger writes.
    #[error("the ledger is damaged: {why}")]
    Damaged {
        /// What is wrong.
        why: String,
    },
    /// The server is gone.
    #[error("the connection to the ledger's server is lost")]
    Lost,
    /// A backup would overwrite something.
    #[error("`{path}` exists already")]
    Exists {
        /// Where the backup was to go.
        path: String,
    },
    /// A server's data is not in a file of ours.
    #[error("a ledger on a server isn't backed up from here")]
    Server,
    /// Anything else.
    #[error("the ledger failed: {why}")]
    Other {
        /// What the store says.
        why: String,
    },
}

impl StoreError {
    /// A stable word for it.
    pub fn word(&self) -> &'static str {
        match self {
            StoreError::Absent { .. } => "no_ledger",
            StoreError::Foreign { .. } => "not_a_ledger",
            StoreError::Newer { .. } => "newer_ledger",
            StoreError::Older { .. } => "older_ledger",
            StoreError::Unopened { .. } => "ledger_not_opened",
            StoreError::Unmerged { .. } => "ledger_unmerged",
            StoreError::NoPostgres => "no_postgres",
            StoreError::Locked => "ledger_locked",
            StoreError::Contended { .. } => "ledger_contended",
            StoreError::ReadOnly => "ledger_read_only",
            StoreError::Full => "ledger_full",
            StoreError::Damaged { .. } => "ledger_damaged",
            StoreError::Lost => "ledger_lost",
            StoreError::Exists { .. } => "backup_exists",
            StoreError::Server => "backup_on_a_server",
            StoreError::Other { .. } => "ledger_failed",
        }
    }

    /// The cure.
    pub fn help(&self) -> String {
        match self {
            StoreError::Absent { .. } => "check the path; the first command that writes creates it",
            StoreError::Foreign { .. } => "name another file or, on a server, a database of its own",
            StoreError::Newer { .. } => "use the release that wrote it, or a later one",
            StoreError::Older { .. } => "the first command that writes brings it up to date",
            StoreError::Unopened { .. } => "check the path or address, and that you may read and write there",
            StoreError::Unmerged { .. } => {
                "copy the ledger together with its `-wal` to a folder that you can write, or have its owner make a copy with \
                 `rulebook auth backup`"
            }
            StoreError::NoPostgres => "build with `--features postgres`, or name a file",
            StoreError::Locked => "wait for the other process to end, then try again; nothing has changed",
            StoreError::Contended { .. } => "try again; nothing has changed",
            StoreError::ReadOnly => "allow yourself to write the file and its folder; nothing has changed",
            StoreError::Full => "make room, then try again; nothing has changed",
            StoreError::Damaged { .. } => "stop writing to it, keep a copy, and go back to the latest backup",
            StoreError::Lost => "try again with the same key: what was done is answered, what was not is done",
            StoreError::Exists { .. } => "name a file that isn't there",
            StoreError::Server => "use the server's own `pg_dump`, which is safe while others write",
            StoreError::Other { .. } => "try again with the same key; if it stays, keep a copy and tell us",
        }
        .to_owned()
    }

    pub(super) fn damaged(why: impl Into<String>) -> StoreError {
        StoreError::Damaged { why: why.into() }
    }
}
