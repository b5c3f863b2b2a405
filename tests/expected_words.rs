//! What tests beside policies may expect: every word that an answer can say, and no other.

use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::engine::approval::{Act, Closing, Refusal, State};
use rulebook::policy::Library;
use rulebook::render::diagnostics;
use rulebook::source::Source;
use rulebook::time::Zones;

/// Every word that an answer can hold may be expected of it.
#[test]
fn tests_may_expect_whatever_an_answer_can_say() {
    let vocabulary = "vocabulary: v\nroles: { buyer: buys, lead: leads }\n";
    let policy = "approval: p\nrequested by: buyer\nlevels:\n  first look: { role: lead }\n";
    let mut lines: Vec<String> = Vec::new();
    lines.extend(State::WORDS.iter().map(|word| format!("state: {word}, outcome: {word}")));
    lines.extend(Refusal::ALL.iter().map(|refusal| format!("refused: [{{ code: {} }}]", refusal.word())));
    for act in Act::ALL {
        lines.push(format!("history: [{{ type: {0} }}], may_act: [{{ role: lead, actions: [{0}] }}]", act.word()));
    }
    for closing in [Closing::Withdrawn, Closing::ByRequester, Closing::Cap, Closing::Deadline] {
        lines.push(format!("closed: {0}, history: [{{ closed: {0}, level: first look }}]", closing.word()));
    }
    for happening in ["entered", "skipped", "undetermined", "lapsed", "approved", "denied", "returned", "closed"] {
        lines.push(format!("level: first look, history: [{{ type: {happening}, notify: buyer }}], blocked: [lead]"));
    }
    let cases: String =
        lines.iter().enumerate().map(|(number, line)| format!("  c{number}: {{ expect: {{ {line} }} }}\n")).collect();
    let suite = format!("tests: p\ngiven: {{ at: 2026-05-12T09:00:00Z }}\ncases:\n{cases}");
    let files = [("v.yaml", vocabulary), ("p.yaml", policy), ("p.tests.yaml", suite.as_str())];
    let sources: Vec<Arc<Source>> = files.iter().map(|(path, text)| Arc::new(Source::new(*path, *text))).collect();
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "{}", diagnostics::text(&bag.into_sorted(), false));
    assert_eq!(library.suites().iter().map(|suite| suite.cases.len()).sum::<usize>(), lines.len());
}
