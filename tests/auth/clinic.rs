//! A provider's office: a ledger in a folder of its own, and somebody who works with it.

use std::process::Command;
use std::rc::Rc;

use serde_json::Value;

use crate::command::{Folder, finish, rulebook};

/// A ledger with one member, and somebody who works with it at an instant.
#[derive(Clone)]
pub struct Clinic {
    pub folder: Rc<Folder>,
    store: String,
    actor: String,
    at: String,
    rules: Option<String>,
}

impl Clinic {
    pub fn new(name: &str) -> Clinic {
        let folder = Folder::new(&format!("auth-{name}"));
        let store = folder.path().join("a.ledger").to_str().unwrap().to_owned();
        Clinic::of(folder, store)
    }

    /// An office whose ledger lies elsewhere.
    pub fn on(name: &str, store: &str) -> Clinic {
        Clinic::of(Folder::new(&format!("auth-{name}")), store.to_owned())
    }

    fn of(folder: Folder, store: String) -> Clinic {
        let clinic = Clinic {
            folder: Rc::new(folder),
            store,
            actor: "ana:authorization_coordinator".to_owned(),
            at: "2026-03-02T10:00:00-05:00".to_owned(),
            rules: None,
        };
        clinic.json(&["member", "m1", "--last-name", "RUIZ", "--first-name", "EVA", "--born", "1980-02-03"]);
        clinic
    }

    /// The same office with another ledger.
    pub fn with_store(&self, store: &str) -> Clinic {
        Clinic { store: store.to_owned(), ..self.clone() }
    }

    /// The same office at another instant.
    pub fn at(&self, at: &str) -> Clinic {
        Clinic { at: at.to_owned(), ..self.clone() }
    }

    /// The same office with somebody else at work.
    pub fn acting(&self, actor: &str) -> Clinic {
        Clinic { actor: actor.to_owned(), ..self.clone() }
    }

    /// The same office by other rules: in the partner's file, one text stands for another.
    pub fn by_rules_where(&self, text: &str, other: &str) -> Clinic {
        let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let partner = "partners/example-clearinghouse.yaml";
        let used = [
            "vocabulary.yaml",
            "calendars/us-business.yaml",
            "approvals/service-authorization.yaml",
            "authorizations/service.yaml",
            partner,
        ];
        for name in used {
            let written = std::fs::read_to_string(rules.join(name)).unwrap();
            assert!(name != partner || written.contains(text), "{text}");
            let written = if name == partner { written.replace(text, other) } else { written };
            self.folder.write(&format!("rules/{name}"), written);
        }
        let rules = self.folder.path().join("rules").to_str().unwrap().to_owned();
        Clinic { rules: Some(rules), ..self.clone() }
    }

    /// A call that is not started yet.
    pub fn call(&self, call: &[&str]) -> Command {
        let desk = ["--store", &self.store, "--as", &self.actor, "--at", &self.at, "--format", "json"];
        let rules = self.rules.as_deref().map_or(Vec::new(), |rules| vec!["--rules", rules]);
        rulebook(&[&["auth"], &desk[..], &rules[..], call].concat())
    }

    /// Every line that a call answers.
    pub fn lines(&self, call: &[&str]) -> Vec<Value> {
        let outcome = finish(self.call(call), "");
        assert_eq!(outcome.stderr, "", "{call:?}");
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The only line that a call answers.
    pub fn run(&self, call: &[&str]) -> Value {
        let mut lines = self.lines(call);
        assert_eq!(lines.len(), 1, "{call:?}: {lines:?}");
        lines.remove(0)
    }

    /// The answer of a call that is carried out.
    #[track_caller]
    pub fn json(&self, call: &[&str]) -> Value {
        let answer = self.run(call);
        assert!(answer.get("error").is_none(), "{call:?}: {answer}");
        answer
    }

    /// The word by which a call is refused.
    #[track_caller]
    pub fn refused(&self, call: &[&str]) -> String {
        let answer = self.run(call);
        answer["error"]["code"].as_str().unwrap_or_else(|| panic!("{call:?} is not refused: {answer}")).to_owned()
    }

    /// Enters a charge that shows the issue.
    pub fn charge(&self, id: &str, on: &str, units: &str) {
        let of = ["--member", "m1", "--payer", "example-health-plan", "--code", "97110", "--auth-required", "true"];
        self.json(&[&["charge", id, "--on", on, "--units", units], &of[..]].concat());
    }

    /// Enters an authorization of March to May.
    pub fn authorize(&self, number: &str, units: &str) -> i64 {
        let of = ["--member", "m1", "--payer", "example-health-plan", "--from", "2026-03-01", "--to", "2026-05-31"];
        let added = self.json(&[&["add", "--number", number, "--units", units], &of[..]].concat());
        added["authorization"].as_i64().unwrap()
    }

    /// The folder from which partners take messages.
    pub fn outbox(&self) -> String {
        self.folder.path().join("outbox").to_str().unwrap().to_owned()
    }

    /// Requests an authorization for the charge `c1` and sends the request; tells its trace.
    pub fn submitted(&self) -> String {
        self.charge("c1", "2026-03-05", "1");
        let opened =
            self.json(&["request", "--charge", "c1", "--fact", "documents.supporting=true", "--diagnosis", "M54.5"]);
        let outbox = self.folder.path().join("outbox");
        self.json(&["submit", "1", "--outbox", outbox.to_str().unwrap()]);
        opened["trace"].as_str().unwrap().to_owned()
    }

    /// Takes in a response that was issued so and says this of the event; on that day, if it lies ahead by more than one.
    pub fn receive(&self, trace: &str, issued: &str, said: &str) -> Value {
        self.take(&response(trace, issued, said), issued)
    }

    /// Takes in a message that was issued so.
    pub fn take(&self, message: &str, issued: &str) -> Value {
        let (year, rest) = issued.split_at(4);
        let (month, rest) = rest.split_at(2);
        let day = &rest[..2];
        let at = format!("{year}-{month}-{day}T09:00:00-05:00");
        let ahead = at[..10] > *"2026-03-03";
        let clinic = if ahead && at > self.at { self.at(&at) } else { self.clone() };
        self.folder.write("response.x12", message);
        clinic.json(&["receive", self.folder.path().join("response.x12").to_str().unwrap()])
    }
}

/// A response to a request of this trace: `issued` is `date*time`, `said` its HCR or AAA and what follows after UM.
pub fn response(trace: &str, issued: &str, said: &str) -> String {
    let (rejected, decided) = match said.split_once('~') {
        Some((rejected, rest)) if rejected.starts_with("AAA") => (format!("{rejected}~\n"), rest.trim_start()),
        Some(_) | None => (String::new(), said),
    };
    let line = if decided.is_empty() { String::new() } else { format!("{decided}\n") };
    let body = format!(
        "ST*278*0001*005010X217~
BHT*0007*11*{trace}*{issued}*18~
HL*1**20*1~
NM1*X3*2*EXAMPLE HEALTH PLAN*****PI*12345~
HL*2*1*21*1~
NM1*1P*2*OUR CLINIC*****XX*1234567893~
HL*3*2*22*1~
NM1*IL*1*RUIZ*EVA****MI*m1~
HL*4*3*EV*0~
TRN*2*{trace}*9123456789~
{rejected}UM*HS*I**11:B~
{line}"
    );
    let count = body.matches('~').count() + 1;
    let number = issued.replace('*', "");
    let control = number.get(3..12).unwrap();
    format!(
        "ISA*00*          *00*          *ZZ*EXAMPLECH      *ZZ*OURCLINIC      *260303*0900*^*00501*{control}*0*T*:~
GS*HI*EXAMPLECH*OURCLINIC*20260303*0900*901*X*005010X217~
{body}SE*{count}*0001~
GE*1*901~
IEA*1*{control}~
"
    )
}
