//! The piece of work on which other engines were measured: an exception with windows, and a table of 42 rows.
//!
//! Cases, rows and answers lie in `../shared/peers`; the policies are made here, from them.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::Value;

const FOLLOW_UP: &str = "exception: follow-up
reasons:
  NA: { when: { any of: [ { job.addressed: false }, { job.denial: full } ] } }
  PCD: { when: { job.denial: partial } }
  NCC: { when: { job.charges: true } }
  none: { when: always }
may create: { agent.department: authorizations }
windows:
  non-medical emergency:
    when: { job.severity: non_medical_emergency, any of: &needed }
    open: 20:00-08:00
    in: customer.zone
    otherwise: call_customer
  medical emergency:
    when: { job.severity: medical_emergency, any of: &needed }
    open: 22:00-06:00
    in: customer.zone
    otherwise: call_customer
";

/// Where an exception is needed at all.
const NEEDED: &str = "[ { job.addressed: false }, { job.denial: [full, partial] }, { job.charges: true } ]";

/// The two policies, and the cases as Rulebook takes them.
pub struct Work {
    /// Decision A.
    pub follow_up: Program,
    /// Decision B.
    pub triage: Program,
    /// The cases, one JSON object each.
    pub cases: Vec<String>,
}

/// Where the work lies, if it is there.
pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/peers");
    folder.is_dir().then_some(folder)
}

/// The objects of a file, one a line.
pub fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Each value that a key has in the cases or rows, once.
fn words(objects: &[Value], key: &str) -> String {
    let mut words: Vec<&str> = objects.iter().filter_map(|object| object[key].as_str()).collect();
    words.sort_unstable();
    words.dedup();
    words.join(", ")
}

impl Work {
    /// Reads the work and makes policies of it.
    pub fn load(folder: &Path) -> Work {
        let given = lines(&folder.join("cases.ndjson"));
        let rows: Vec<Value> =
            serde_json::from_str(&std::fs::read_to_string(folder.join("rows.json")).unwrap()).unwrap();
        let both: Vec<Value> = given.iter().chain(&rows).cloned().collect();
        let vocabulary = format!(
            "vocabulary: peers
facts:
  agent.department: {{ one of: [{}] }}
  job.severity: {{ one of: [{}] }}
  job.denial: {{ one of: [{}] }}
  job.addressed: {{ type: boolean }}
  job.charges: {{ type: boolean }}
  customer.zone: {{ type: time zone }}
  topic: {{ one of: [{}] }}
  channel: {{ one of: [{}] }}
  unresolved: {{ type: integer }}
  wait: {{ type: integer }}
  closed: {{ type: boolean }}
  keyword: {{ type: boolean }}
  days: {{ type: integer }}
actions: {{ call_customer: \"Call the customer.\" }}
",
            words(&given, "agent_department"),
            words(&given, "severity"),
            words(&given, "denial"),
            words(&both, "topic"),
            words(&both, "channel"),
        );
        let follow_up = FOLLOW_UP.replace("&needed", NEEDED);
        let files = [("v.yaml", vocabulary), ("a.yaml", follow_up), ("b.yaml", triage(&rows))];
        let sources = files.map(|(path, text)| Arc::new(Source::new(path, text)));
        let mut bag = Bag::default();
        let library = Library::load(&sources, &Zones::embedded(), &mut bag);
        let faults = rulebook::render::diagnostics::text(&bag.into_sorted(), false);
        assert!(faults.is_empty(), "{faults}");
        let program = |name| Program::compile(library.policy(name).unwrap());
        Work { follow_up: program("follow-up"), triage: program("triage"), cases: given.iter().map(case).collect() }
    }
}

fn triage(rows: &[Value]) -> String {
    let mut text = "table: triage
inputs: [topic, channel, unresolved, wait, closed, keyword, days]
outputs:
  category: { type: text }
  amount: { type: integer }
  unit: { type: text }
  queue: { type: text }
  priority: { type: integer }
hit: first
rows:
"
    .to_owned();
    for row in rows {
        let word = |key: &str| row[key].as_str().unwrap_or("any").to_owned();
        let flag = |key: &str| row[key].as_bool().map_or("any".to_owned(), |flag| flag.to_string());
        let least = |key: &str| row[key].as_i64().map_or("any".to_owned(), |least| format!("at least {least}"));
        let days = match (row["min_days"].as_i64(), row["max_days"].as_i64()) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (None, Some(to)) => format!("at most {to}"),
            (_, None) => least("min_days"),
        };
        let out = &row["out"];
        writeln!(
            text,
            "  - [{}, {}, {}, {}, {}, {}, {days}, {}, {}, {}, {}, {}]",
            word("topic"),
            word("channel"),
            least("min_unresolved"),
            least("min_wait"),
            flag("balance_closed"),
            flag("keyword_hit"),
            out["category"].as_str().unwrap(),
            out["tat_amount"],
            out["tat_unit"].as_str().unwrap(),
            out["queue"].as_str().unwrap(),
            out["priority"],
        )
        .unwrap();
    }
    text
}

/// A case as Rulebook takes it: the minute of the day is the time at which it is decided.
fn case(given: &Value) -> String {
    let minute = given["minute"].as_i64().unwrap();
    format!(
        r#"{{"id":"{}","at":"2026-03-03T{:02}:{:02}:00Z","facts":{{"agent":{{"department":{}}},"job":{{"severity":{},"denial":{},"addressed":{},"charges":{}}},"customer":{{"zone":"UTC"}},"topic":{},"channel":{},"unresolved":{},"wait":{},"closed":{},"keyword":{},"days":{}}}}}"#,
        given["id"],
        minute / 60,
        minute % 60,
        given["agent_department"],
        given["severity"],
        given["denial"],
        given["addressed"],
        given["non_covered_charges"],
        given["topic"],
        given["channel"],
        given["unresolved_attempts"],
        given["wait_minutes"],
        given["balance_closed"],
        given["keyword_hit"],
        given["days_since_service"],
    )
}
