//! Calls that are killed at any moment, as a person or a power cut ends them: repeated, each is carried out once.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rulebook::ledger::{AuthorizationId, Kind, Outcome, RequestId};

use super::clinic::{Clinic, response};
use crate::ledger::kills::random;
use crate::ledger::store::Store;

/// Kills of one round: an attachment, a submission, what it left in the outbox, a response and an inbox.
const EACH: u32 = 5;

/// What became of calls that were killed.
#[derive(Debug, Default)]
struct Killed {
    calls: u32,
    /// It had ended by itself.
    ended: u32,
    /// Nothing of it was in the ledger.
    undone: u32,
    /// The ledger had all or some of it, and the call had not ended.
    midway: u32,
}

/// An office whose calls are killed.
struct Victim {
    clinic: Clinic,
    store: Store,
    seed: u64,
    killed: Killed,
    /// How long a call takes on this machine, and how long one that takes a folder in.
    whole: Duration,
    folder: Duration,
}

impl Victim {
    fn new(name: &str, store: Store, seed: u64) -> Victim {
        let begun = Instant::now();
        let clinic = Clinic::on(name, &store.address);
        let whole = begun.elapsed();
        Victim { clinic, store, seed, killed: Killed::default(), whole, folder: 2 * whole }
    }

    fn outbox(&self) -> PathBuf {
        self.clinic.folder.path().join("outbox")
    }

    /// Kills a call somewhere on its way; tells whether it had ended before. Every second kill comes late, where calls
    /// write: before that they read the policies.
    fn kill(&mut self, call: &[&str], whole: Duration) -> bool {
        let share = (random(&mut self.seed) % 1_000) as f64 / 1_000.0;
        let share = if self.killed.calls.is_multiple_of(2) { share } else { 0.7 + 0.3 * share };
        let mut child = self.clinic.call(call).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(share));
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        self.killed.calls += 1;
        self.sound();
        ended
    }

    /// Notes where a kill came: by whether the call had ended, and whether the ledger had anything of it.
    fn note(&mut self, ended: bool, any: bool) {
        match (ended, any) {
            (true, _) => self.killed.ended += 1,
            (false, true) => self.killed.midway += 1,
            (false, false) => self.killed.undone += 1,
        }
    }

    fn sound(&self) {
        let verified = self.clinic.json(&["verify"]);
        assert!(verified["findings"].as_array().unwrap().is_empty(), "{verified}");
    }

    /// Attaches a charge of one unit by a key.
    fn attach(&mut self, round: u32) {
        let (charge, key) = (format!("a{round}"), format!("k{round}"));
        self.clinic.charge(&charge, "2026-03-05", "1");
        let call = ["attach", &charge, "1", "--key", &key];
        let ended = self.kill(&call, self.whole);
        let begun = Instant::now();
        let again = self.clinic.json(&call);
        self.whole = begun.elapsed();
        assert_eq!(again["used"], (round + 1).to_string(), "each is attached once");
        self.note(ended, again["replayed"] == true);
        let attachments = self.store.open().attachments(AuthorizationId(1)).unwrap();
        assert_eq!(attachments.len() as u32, round + 1);
    }

    /// Submits a request by a key, then has what was left put out; tells the request, its authorization and its trace.
    fn submit(&mut self, round: u32) -> (RequestId, AuthorizationId, String) {
        let charge = format!("s{round}");
        self.clinic.charge(&charge, "2026-03-05", "1");
        let said = ["--fact", "documents.supporting=true", "--diagnosis", "M54.5"];
        let opened = self.clinic.json(&[&["request", "--charge", &charge], &said[..]].concat());
        let number = opened["request"].to_string();
        let request = RequestId(opened["request"].as_i64().unwrap());
        let (outbox, key) = (self.outbox(), format!("s{round}"));
        let outbox = outbox.to_str().unwrap();
        let call = ["submit", &number, "--outbox", outbox, "--key", &key];
        let ended = self.kill(&call, self.whole);
        let any = !self.store.open().transmissions(request).unwrap().is_empty();
        self.note(ended, any);
        // whoever repeats the call, or the one that puts out what waits, may come first, and may be killed too
        let waiting = ["submit", "--waiting", "--outbox", outbox];
        if round.is_multiple_of(2) {
            let waits = !self.store.open().waiting().unwrap().is_empty();
            let ended = self.kill(&waiting, self.whole);
            self.note(ended, waits && self.store.open().waiting().unwrap().is_empty());
            self.clinic.lines(&waiting);
            assert!(self.store.open().waiting().unwrap().is_empty());
            self.clinic.json(&call);
        } else {
            let ended = self.kill(&call, self.whole);
            self.note(ended, true);
            self.clinic.json(&call);
            self.clinic.lines(&waiting);
        }
        let mut ledger = self.store.open();
        assert!(ledger.waiting().unwrap().is_empty());
        let sent = ledger.transmissions(request).unwrap();
        assert_eq!(sent.iter().map(|sent| sent.control).collect::<Vec<_>>(), [round + 1], "one message, no gap");
        assert_eq!(ledger.request(request).unwrap().unwrap().attempts, 1);
        let folder = self.outbox().join("example-clearinghouse");
        let bytes = ledger.transmission_bytes(sent[0].id).unwrap().unwrap();
        assert_eq!(std::fs::read(folder.join(&sent[0].name)).unwrap(), bytes);
        assert_eq!(std::fs::read_dir(folder).unwrap().count() as u32, round + 1, "nothing half written is left");
        let authorization = AuthorizationId(opened["authorization"].as_i64().unwrap());
        (request, authorization, opened["trace"].as_str().unwrap().to_owned())
    }

    /// Takes an approval in, whose charge is attached with it.
    fn receive(&mut self, round: u32, sent: &(RequestId, AuthorizationId, String)) {
        let (request, authorization, trace) = sent;
        let name = format!("response-{round}.x12");
        let answer = format!("HCR*A1*AUTH-{round}~");
        self.clinic.folder.write(&name, response(trace, &format!("20260303*{:04}", 900 + round % 60), &answer));
        let file = self.clinic.folder.path().join(&name);
        let call = ["receive", file.to_str().unwrap(), "--attach"];
        let ended = self.kill(&call, self.whole);
        let again = self.clinic.json(&call);
        self.note(ended, again["already"] == true);
        let mut ledger = self.store.open();
        let known = ledger.request(*request).unwrap().unwrap();
        assert_eq!(known.outcome, Some(Outcome::Approved));
        assert_eq!(ledger.attachments(*authorization).unwrap().len(), 1);
        assert_eq!(self.clinic.json(&call)["already"], true);
    }

    /// How many messages the ledger took in.
    fn messages(&self) -> u32 {
        let mut messages = 0;
        let first = |kind, seq| u32::from(kind == Kind::Message && seq == 1);
        self.store.open().each_recorded(|entry| messages += first(entry.kind, entry.seq)).unwrap();
        messages
    }

    /// Takes a folder in: messages of which each changes nothing but itself, and one that cannot be read.
    fn inbox(&mut self, round: u32, trace: &str) {
        const FILES: u32 = 6;
        let inbox = self.clinic.folder.path().join("inbox");
        for number in 0..FILES {
            let issued = format!("2026030{}*{:04}", 4 + round % 5, 900 + number);
            let name = format!("inbox/{round}-{number}.x12");
            self.clinic.folder.write(&name, response(trace, &issued, "HCR*A4**0B~"));
        }
        self.clinic.folder.write(&format!("inbox/{round}-bad.x12"), format!("ISA*00*cut off {round}"));
        let call = ["receive", "--inbox", inbox.to_str().unwrap()];
        let before = self.messages();
        let ended = self.kill(&call, self.folder);
        let taken = self.messages() - before;
        self.note(ended, taken > 0);
        let begun = Instant::now();
        self.clinic.lines(&call);
        if taken == 0 {
            self.folder = begun.elapsed();
        }
        assert_eq!(self.messages() - before, FILES + 1, "each content is taken once");
        let count = |folder: &str| std::fs::read_dir(inbox.join(folder)).unwrap().count() as u32;
        assert_eq!(count("done"), (round + 1) * FILES, "each file is moved once");
        assert_eq!(count("bad"), (round + 1) * 2, "each with its reason");
        assert_eq!(count("."), 2, "nothing is left");
    }
}

/// `KILLS` says how often, on each kind of store.
#[test]
fn a_call_that_was_killed_is_carried_out_once_when_it_is_repeated() {
    let kills: u32 = std::env::var("KILLS").map_or(2 * EACH, |kills| kills.parse().unwrap());
    for (number, store) in Store::each().into_iter().enumerate() {
        let kind = if store.address.starts_with("postgres") { "PostgreSQL" } else { "SQLite" };
        let mut victim = Victim::new(&format!("kills-{number}"), store, 278 + number as u64);
        victim.clinic.authorize("A-1", "100000");
        for round in 0..kills.div_ceil(EACH) {
            victim.attach(round);
            let sent = victim.submit(round);
            victim.receive(round, &sent);
            victim.inbox(round, &sent.2);
        }
        victim.sound();
        let alerts = victim.clinic.lines(&["alerts"]);
        assert!(!alerts.is_empty() && alerts.iter().all(|line| line.get("error").is_none()), "{alerts:?}");
        eprintln!("{kind}: {:?}", victim.killed);
    }
}
