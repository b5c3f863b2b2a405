//! Tests beside policies: `*.tests.yaml`.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Case, CaseBuilder};
use crate::source::Place;
use crate::syntax::{Entry, Node, Shape};

use super::given::{self, PlacedFault};
use super::reader::Reader;
use super::{Body, Expected, Policy};

/// The tests of one file.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The policy under test.
    pub policy: Arc<Policy>,
    /// The file's name of the policy.
    pub place: Place,
    /// The tests in order.
    pub cases: Vec<SuiteCase>,
}

/// One test.
#[derive(Debug, Clone)]
pub struct SuiteCase {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// The case to decide.
    pub case: Case,
    /// What part of the decision is expected.
    pub expect: Option<Expected>,
    /// Whether the whole decision is held against a snapshot.
    pub snapshot: bool,
}

/// What a decision may have, at its outermost level.
const DECISION_KEYS: [&str; 17] = [
    "case",
    "policy",
    "version",
    "at",
    "outcome",
    "exception",
    "category",
    "title",
    "turnaround",
    "actions",
    "notes",
    "redirect",
    "unmet",
    "window",
    "needs",
    "certain",
    "zone_data",
];
const MORE_KEYS: [&str; 4] = ["also", "may_also", "matches", "because"];

/// Lowers a file of tests.
pub(super) fn lower(reader: &mut Reader<'_>, root: &Node, policy: &Arc<Policy>) -> Option<Suite> {
    let mut fields = reader.fields(root, "tests")?;
    let place = fields.node("tests").map(|node| reader.place(node.span))?;
    fields.captions(reader);
    let given = fields.node("given");
    let cases = fields.need(reader, "cases", "with at least one test");
    fields.finish(reader);
    let given = match given {
        Some(node) => reader.entries(node, "a map with `at` and `facts`")?,
        None => &[],
    };
    let mut suite = Suite { policy: Arc::clone(policy), place, cases: Vec::new() };
    let cases = cases?;
    let entries = reader.entries(cases, "a map of tests")?;
    if entries.is_empty() {
        reader.fault(Code::EmptyList, cases.span, "there are no tests", "add one, or delete the file");
    }
    for entry in entries {
        suite.cases.extend(test(reader, entry, given, policy));
    }
    Some(suite)
}

fn test(reader: &mut Reader<'_>, entry: &Entry, given: &[Entry], policy: &Arc<Policy>) -> Option<SuiteCase> {
    let entries = reader.entries(&entry.value, "a map with `facts` and `expect`")?;
    let mut fields = reader.fields(&entry.value, "a map with `facts` and `expect`")?;
    fields.captions(reader);
    // an empty part of a decision would agree with every one
    let expect = fields.node("expect").filter(|node| !matches!(&node.shape, Shape::Map(entries) if entries.is_empty()));
    let snapshot = fields.node("snapshot").and_then(|node| reader.boolean(node)).unwrap_or(false);
    if snapshot {
        // its file bears the test's name
        reader.name(&entry.key, entry.key_span);
    }
    for key in ["at", "received", "type", "facts"] {
        fields.node(key);
    }
    fields.finish(reader);
    if expect.is_none() && !snapshot {
        let message = format!("`{}` expects nothing", entry.key);
        reader.fault(Code::MissingKey, entry.key_span, message, "add `expect:` or `snapshot: true`");
    }
    let own: Vec<&Entry> = entries
        .iter()
        .filter(|entry| !["expect", "snapshot", "title", "description"].contains(&entry.key.as_str()))
        .collect();
    let case = match case(&own, given, policy) {
        Ok(case) => Some(case),
        Err(PlacedFault { span, fault }) => {
            let place = if span == entry.value.span { entry.key_span } else { span };
            let mut diagnostic = Diagnostic::new(fault.code(), reader.place(place), fault.message());
            if let Some(advice) = fault.advice() {
                diagnostic = diagnostic.help(advice);
            }
            reader.report(diagnostic);
            None
        }
    };
    let expect = match expect {
        Some(node) => Some(expectation(reader, node, policy)?),
        None => None,
    };
    Some(SuiteCase { name: entry.key.clone(), place: reader.place(entry.key_span), case: case?, expect, snapshot })
}

/// What the case says itself goes before what all cases of the file are given.
fn case(own: &[&Entry], given: &[Entry], policy: &Policy) -> Result<Case, PlacedFault> {
    let mut builder = CaseBuilder::new(&policy.vocabulary);
    let mut settled = Vec::new();
    for entry in own {
        if entry.key == "facts" {
            given::facts(&mut builder, &entry.value, "", &|_| false)?;
            given::names(&entry.value, "", &policy.vocabulary, &mut settled);
        } else {
            given::key(&mut builder, entry)?;
        }
    }
    for entry in given {
        if entry.key == "facts" {
            given::facts(&mut builder, &entry.value, "", &|name| settled.iter().any(|known| known == name))?;
        } else if !own.iter().any(|other| other.key == entry.key) {
            given::key(&mut builder, entry)?;
        }
    }
    let span = own.first().map_or_else(Default::default, |entry| entry.key_span);
    builder.finish().map_err(|fault| PlacedFault { span, fault })
}

/// Lowers `expect:` and refuses what no decision of this policy could have.
fn expectation(reader: &mut Reader<'_>, node: &Node, policy: &Policy) -> Option<Expected> {
    let entries = reader.entries(node, "a part of a decision, such as `{ outcome: … }`")?;
    let known = DECISION_KEYS.into_iter().chain(MORE_KEYS);
    for entry in entries.iter().filter(|entry| !known.clone().any(|key| key == entry.key)) {
        reader.unknown(Code::UnknownKey, entry.key_span, "key of a decision", &entry.key, known.clone());
    }
    let expected = Expected::lower(reader, node);
    if let Some((outcome, span)) = expected.word_at("outcome") {
        let outcomes = outcomes(policy);
        if !outcomes.contains(&outcome) {
            reader.unknown(Code::UnknownOutcome, span, "outcome", outcome, outcomes.iter().copied());
        }
    }
    if let Some((category, span)) = expected.word_at("category") {
        let names = categories(policy);
        if !names.contains(&category) {
            reader.unknown(Code::UnknownCategory, span, "category", category, names.iter().copied());
        }
    }
    Some(expected)
}

fn outcomes(policy: &Policy) -> Vec<&str> {
    match &policy.body {
        Body::Exceptions(exceptions) => {
            let windows = exceptions.types.iter().flat_map(|kind| &kind.windows);
            let mut outcomes = vec!["create_exception", "not_permitted", "no_exception", "undetermined"];
            outcomes.extend(windows.map(|window| window.otherwise.as_str()));
            outcomes
        }
        Body::Escalations(_) => vec!["escalate", "redirect", "not_ready", "no_escalation", "undetermined"],
    }
}

fn categories(policy: &Policy) -> Vec<&str> {
    match &policy.body {
        Body::Exceptions(_) => Vec::new(),
        Body::Escalations(escalations) => {
            escalations.categories.iter().map(|category| category.name.as_str()).collect()
        }
    }
}
