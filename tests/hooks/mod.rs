//! Hooks: what they may do and cost, when they are asked, and that they decide as matchers do.

mod asking;
mod language;
mod matchers;
mod sandbox;

use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::render::{decision, diagnostics};
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::Value;

const VOCABULARY: &str = "vocabulary: words
facts:
  order.code: { type: text, if missing: no match }
  order.total: { type: decimal }
  order.count: { type: integer }
  order.status: { one of: [open, closed, lost] }
  order.placed: { type: date, if missing: no match }
  order.waited: { type: duration, if missing: no match }
  order.express: { type: boolean, default: false }
derived:
  order.left: { from: order.total - order.count }
";

/// What the files come to, with what is wrong with them.
fn load(files: &[(&str, &str)]) -> (Option<Program>, String) {
    let sources: Vec<Arc<Source>> = files.iter().map(|(path, text)| Arc::new(Source::new(*path, *text))).collect();
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    let program = library.policies().next().map(Program::compile);
    (program, diagnostics::text(&bag.into_sorted(), false))
}

/// A policy over [`VOCABULARY`] and a file of hooks.
#[track_caller]
fn policy(hooks: &str, categories: &str) -> Program {
    let policy = format!("escalations: p\ncategories:\n{categories}");
    let (program, faults) = load(&[("v.yaml", VOCABULARY), ("p.yaml", &policy), ("hooks/h.rhai", hooks)]);
    assert!(faults.is_empty(), "{faults}");
    program.unwrap()
}

/// A category that is entered by a script about a fact.
fn entered_by(fact: &str, script: &str) -> String {
    let script = script.replace('\'', "''");
    format!("  it holds:\n    when: {{ order.{fact}: {{ rhai: '{script}' }} }}\n    turnaround: none stated\n")
}

/// A policy whose only category is entered by one script.
#[track_caller]
fn asking(fact: &str, script: &str) -> Program {
    policy("", &entered_by(fact, script))
}

/// The decision on a case of these facts, without what differs from policy to policy.
#[track_caller]
fn answer(program: &Program, facts: &Value) -> Value {
    let text = serde_json::json!({ "at": "2026-05-12T09:00:00Z", "facts": facts }).to_string();
    let case = Case::from_json(&text, &program.policy().vocabulary).unwrap();
    let mut answer: Value = serde_json::from_str(&decision::json(&decide(program, &case).unwrap())).unwrap();
    answer.as_object_mut().unwrap().remove("version");
    answer
}

/// What a script says of a text; the message of its fault if it has one.
#[track_caller]
fn says(script: &str, text: &str) -> Result<bool, String> {
    let answer = answer(&asking("code", script), &serde_json::json!({ "order.code": text }));
    match answer["faults"].as_array() {
        Some(faults) => {
            assert_eq!(answer["outcome"], "undetermined");
            Err(faults[0]["message"].as_str().unwrap().to_owned())
        }
        None => Ok(answer["outcome"] == "escalate"),
    }
}
