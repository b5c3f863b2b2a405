//! Stores to test on, and short ways to say things to them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::NaiveDate;

use rulebook::ledger::{
    Access, Act, AddAuthorization, AddCharge, AddMember, Attach, Attached, Authorization, AuthorizationId, Charge,
    Codes, Command, Error, Ledger, Units,
};
use rulebook::time::{Instant, parse_date};

use super::server;

/// A folder that is gone with its last user.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        Folder::below(&std::env::temp_dir())
    }

    /// One in memory where the system has such folders, for those who write much and never cut the power.
    pub fn in_memory() -> Folder {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() { Folder::below(memory) } else { Folder::new() }
    }

    fn below(parent: &Path) -> Folder {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = parent.join(format!("rulebook-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A store of either kind.
pub struct Store {
    pub address: String,
    pub folder: Folder,
}

impl Store {
    pub fn file() -> Store {
        Store::within(Folder::new())
    }

    /// A file in that folder.
    pub fn within(folder: Folder) -> Store {
        Store { address: folder.file("ledger").to_str().unwrap().to_owned(), folder }
    }

    pub fn on_server() -> Option<Store> {
        Some(Store { address: server::database()?, folder: Folder::new() })
    }

    /// One of each kind that there is here.
    pub fn each() -> Vec<Store> {
        [Some(Store::file()), Store::on_server()].into_iter().flatten().collect()
    }

    pub fn open(&self) -> Ledger {
        open(&self.address)
    }
}

pub fn open(address: &str) -> Ledger {
    Ledger::open(address, Access::Write).unwrap_or_else(|error| panic!("{error}; {}", error.help()))
}

pub fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

pub fn units(text: &str) -> Units {
    text.parse().unwrap()
}

pub fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap().0
}

pub fn act() -> Act<'static> {
    Act {
        actor: "ana",
        at: instant("2026-03-02T09:00:00-05:00"),
        policy: "sha256:p",
        reason: Some("a test"),
        key: None,
    }
}

pub fn keyed(key: &str) -> Act<'_> {
    Act { key: Some(key), ..act() }
}

pub fn member(id: &str) -> AddMember {
    AddMember {
        id: id.to_owned(),
        last_name: "Ruiz".to_owned(),
        first_name: "Eva".to_owned(),
        born: Some(day("1980-07-09")),
        sex: None,
        subscriber: None,
    }
}

/// A charge of member `m` and payer `p`, on 10 March, for code `97110`.
pub fn charge(id: &str, amount: &str) -> AddCharge {
    AddCharge {
        id: id.to_owned(),
        member: "m".to_owned(),
        payer: "p".to_owned(),
        day: day("2026-03-10"),
        code: "97110".to_owned(),
        units: units(amount),
        auth_required: true,
        document: None,
    }
}

/// An authorization of member `m` and payer `p`, for all codes in March and April.
pub fn authorization(number: &str, approved: &str) -> AddAuthorization {
    AddAuthorization {
        member: "m".to_owned(),
        payer: "p".to_owned(),
        number: number.to_owned(),
        first_day: day("2026-03-01"),
        last_day: day("2026-04-30"),
        approved: units(approved),
        codes: Codes::default(),
        document: None,
    }
}

/// What a test says to a ledger.
pub trait Say {
    /// Does something that is not refused.
    fn done<C: Command>(&mut self, command: &C) -> C::Answer;
    /// The word by which something is refused.
    fn refused<C: Command>(&mut self, command: &C) -> &'static str
    where
        C::Answer: std::fmt::Debug;
    fn attach(&mut self, charge: &str, authorization: AuthorizationId) -> Attached;
    fn auth(&mut self, id: AuthorizationId) -> Authorization;
    fn one_charge(&mut self, id: &str) -> Charge;
    /// Nothing is wrong with it.
    fn sound(&mut self);
}

impl Say for Ledger {
    #[track_caller]
    fn done<C: Command>(&mut self, command: &C) -> C::Answer {
        self.run(act(), command).unwrap_or_else(|error| panic!("{}: {error}", C::NAME)).value
    }

    #[track_caller]
    fn refused<C: Command>(&mut self, command: &C) -> &'static str
    where
        C::Answer: std::fmt::Debug,
    {
        match self.run(act(), command) {
            Err(Error::Refused(refusal)) => refusal.word(),
            Err(Error::Store(error)) => panic!("{error}"),
            Ok(answer) => panic!("{} is not refused: {:?}", C::NAME, answer.value),
        }
    }

    #[track_caller]
    fn attach(&mut self, charge: &str, authorization: AuthorizationId) -> Attached {
        self.done(&Attach { charge: charge.to_owned(), authorization })
    }

    #[track_caller]
    fn auth(&mut self, id: AuthorizationId) -> Authorization {
        self.authorization(id).unwrap().unwrap()
    }

    #[track_caller]
    fn one_charge(&mut self, id: &str) -> Charge {
        self.charge(id).unwrap().unwrap()
    }

    #[track_caller]
    fn sound(&mut self) {
        let findings = self.verify(None).unwrap().findings;
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

/// A ledger with member `m`, an authorization and a charge of one unit.
pub fn one_of_each(store: &Store, approved: &str) -> (Ledger, AuthorizationId) {
    let mut ledger = store.open();
    ledger.done(&member("m"));
    ledger.done(&charge("c", "1"));
    let id = ledger.done(&authorization("A-1", approved)).authorization;
    (ledger, id)
}
