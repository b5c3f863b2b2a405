//! Tests beside policies: `*.tests.yaml`.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Case, CaseBuilder};
use crate::source::{Place, Span};
use crate::syntax::{Entry, Node, Shape};

use super::events;
use super::expected_words;
use super::given::{self, PlacedFault};
use super::reader::Reader;
use super::{Body, Expected, Policy, Versions};

/// The tests of one file.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The policy under test: of several versions the last.
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
const DECISION_KEYS: [&str; 20] = [
    "case",
    "policy",
    "version",
    "in_force",
    "at",
    "outcome",
    "outputs",
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
    "faults",
    "zone_data",
];
const MORE_KEYS: [&str; 4] = ["also", "may_also", "matches", "because"];
/// What a decision on an authorization has beside.
const AUTHORIZATION_KEYS: [&str; 8] =
    ["documents", "forms", "next", "determination", "not_served", "renewal", "alerts", "may_alert"];
/// What the state of a request has beside `case`, `policy`, `version` and the like.
const REQUEST_KEYS: [&str; 11] =
    ["state", "closed", "level", "round", "may_act", "due", "at_risk", "deadline", "history", "refused", "blocked"];

/// What decisions and requests alike have.
const OF_BOTH: [&str; 10] =
    ["case", "policy", "version", "in_force", "at", "outcome", "needs", "faults", "zone_data", "because"];

/// The outcomes that policies of each kind have, closed windows of exceptions aside.
pub(super) const OF_EXCEPTIONS: [&str; 4] = ["create_exception", "not_permitted", "no_exception", "undetermined"];
pub(super) const OF_ESCALATIONS: [&str; 5] = ["escalate", "redirect", "not_ready", "no_escalation", "undetermined"];
pub(super) const OF_TABLES: [&str; 4] = ["found", "no_row", "conflict", "undetermined"];
pub(super) const OF_AUTHORIZATIONS: [&str; 6] =
    ["required", "not_required", "ask_payer", "documents_needed", "satisfied", "undetermined"];
pub(super) const OF_REQUESTS: [&str; 7] =
    ["draft", "pending", "undetermined", "returned", "approved", "denied", "closed"];

/// Every key that a decision may have, at its outermost level.
pub fn decision_keys() -> impl Iterator<Item = &'static str> + Clone {
    DECISION_KEYS.into_iter().chain(MORE_KEYS).chain(AUTHORIZATION_KEYS).chain(REQUEST_KEYS)
}

/// The keys that a decision may have, or the state of a request.
pub(super) fn keys_of(is_request: bool) -> impl Iterator<Item = &'static str> + Clone {
    decision_keys().filter(move |key| match is_request {
        true => REQUEST_KEYS.contains(key) || OF_BOTH.contains(key),
        false => !REQUEST_KEYS.contains(key) || OF_BOTH.contains(key),
    })
}

/// Every outcome that a decision may have, but for the actions that closed windows call for.
pub fn outcome_words() -> impl Iterator<Item = &'static str> + Clone {
    OF_EXCEPTIONS.into_iter().chain(OF_ESCALATIONS).chain(OF_TABLES).chain(OF_AUTHORIZATIONS).chain(OF_REQUESTS)
}

/// Lowers a file of tests.
pub(super) fn lower(reader: &mut Reader<'_>, root: &Node, versions: &Versions) -> Option<Suite> {
    let policy = versions.latest()?;
    let mut fields = reader.fields(root, "tests")?;
    let place = fields.node("tests").map(|node| reader.place(node.span))?;
    fields.captions(reader);
    let given = fields.node("given");
    let cases = fields.need(reader, "cases", "with at least one test");
    fields.finish(reader);
    let given = match given {
        Some(node) => shared(reader, node, versions)?,
        None => &[],
    };
    let mut suite = Suite { policy: Arc::clone(policy), place, cases: Vec::new() };
    let cases = cases?;
    let entries = reader.entries(cases, "a map of tests")?;
    if entries.is_empty() {
        reader.fault(Code::EmptyList, cases.span, "there are no tests", "add one, or delete the file");
    }
    for entry in entries {
        suite.cases.extend(test(reader, entry, given, versions));
    }
    Some(suite)
}

/// What all cases are given: its faults are reported once.
fn shared<'n>(reader: &mut Reader<'_>, node: &'n Node, versions: &Versions) -> Option<&'n [Entry]> {
    let vocabulary = &versions.latest()?.vocabulary;
    let entries = reader.entries(node, "a map with `at` and `facts`")?;
    let mut fields = reader.fields(node, "a map with `at` and `facts`")?;
    for key in CASE {
        fields.node(key);
    }
    let before = reader.faults();
    fields.finish(reader);
    let mut builder = CaseBuilder::new(vocabulary);
    let mut faults = Vec::new();
    take(&mut builder, &entries.iter().collect::<Vec<_>>(), &|_| false, &mut faults);
    report(reader, faults);
    asked_type(reader, entries, versions.iter().flat_map(|policy| exception_types(policy)).collect());
    (reader.faults() == before).then_some(entries)
}

/// The keys of a case that a test may have.
const CASE: [&str; 7] = ["at", "received", "type", "clock", "facts", "unknown", "events"];

fn test(reader: &mut Reader<'_>, entry: &Entry, given: &[Entry], versions: &Versions) -> Option<SuiteCase> {
    let latest = versions.latest()?;
    let entries = reader.entries(&entry.value, "a map with `facts` and `expect`")?;
    let mut fields = reader.fields(&entry.value, "a map with `facts` and `expect`")?;
    fields.captions(reader);
    // an empty part of a decision would agree with every one
    let expect = fields.node("expect").filter(|node| !matches!(&node.shape, Shape::Map(entries) if entries.is_empty()));
    let snapshot = fields.node("snapshot");
    let stated = expect.is_some() || snapshot.is_some();
    let snapshot = snapshot.and_then(|node| reader.boolean(node)).unwrap_or(false);
    if snapshot {
        // its file bears the test's name
        reader.name(&entry.key, entry.key_span);
    }
    for key in CASE {
        fields.node(key);
    }
    fields.finish(reader);
    if !stated {
        let message = format!("`{}` expects nothing", entry.key);
        reader.fault(Code::MissingKey, entry.key_span, message, "add `expect:` or `snapshot: true`");
    }
    let own: Vec<&Entry> = entries.iter().filter(|entry| CASE.contains(&entry.key.as_str())).collect();
    let case = case(reader, entry.key_span, &own, given, latest);
    let policy = case.as_ref().and_then(|case| versions.at(case.at())).unwrap_or(latest);
    asked_type(reader, entries, exception_types(policy));
    let expect = match expect {
        Some(node) => Some(expectation(reader, node, policy)?),
        None => None,
    };
    Some(SuiteCase { name: entry.key.clone(), place: reader.place(entry.key_span), case: case?, expect, snapshot })
}

/// What the case says itself goes before what all cases of the file are given.
fn case(reader: &mut Reader<'_>, name: Span, own: &[&Entry], given: &[Entry], policy: &Policy) -> Option<Case> {
    let mut builder = CaseBuilder::new(&policy.vocabulary);
    let mut faults = Vec::new();
    take(&mut builder, own, &|_| false, &mut faults);
    let mut settled = Vec::new();
    for entry in own.iter().filter(|entry| entry.key == "facts") {
        given::names(&entry.value, "", &policy.vocabulary, &mut settled);
    }
    let is_own = |key: &str| key != "facts" && own.iter().any(|entry| entry.key == key);
    let shared: Vec<&Entry> = given.iter().filter(|entry| !is_own(&entry.key)).collect();
    take(&mut builder, &shared, &|name| settled.iter().any(|known| known == name), &mut faults);
    if faults.is_empty() {
        match builder.finish() {
            Ok(case) => return Some(case),
            Err(fault) => {
                let find = |key: &str| own.iter().chain(&shared).find(|entry| entry.key == key);
                let late = find("received").filter(|_| fault.code() == Code::ReceivedLater);
                let event = fault.event_index().zip(find("clock"));
                let event = event.and_then(|(index, entry)| given::event_span(&entry.value, index, fault.code()));
                let span = event.or(late.map(|entry| entry.value.span)).unwrap_or(name);
                faults.push(PlacedFault { span, fault });
            }
        }
    }
    report(reader, faults);
    None
}

/// Takes a case's keys, the facts among them but for those that are settled.
fn take(
    builder: &mut CaseBuilder,
    entries: &[&Entry],
    is_settled: &dyn Fn(&str) -> bool,
    faults: &mut Vec<PlacedFault>,
) {
    for entry in entries.iter().filter(|entry| CASE.contains(&entry.key.as_str())) {
        match entry.key.as_str() {
            "facts" => given::facts(builder, &entry.value, "", is_settled, faults),
            "events" => events::lower(builder, &entry.value, faults),
            _ => given::key(builder, entry, faults),
        }
    }
}

fn report(reader: &mut Reader<'_>, faults: Vec<PlacedFault>) {
    for PlacedFault { span, fault } in faults {
        let diagnostic = Diagnostic::new(fault.code(), reader.place(span), fault.message());
        reader.report(match fault.advice() {
            Some(advice) => diagnostic.help(advice),
            None => diagnostic,
        });
    }
}

/// Refuses an exception type that the policy does not have.
fn asked_type(reader: &mut Reader<'_>, entries: &[Entry], types: Vec<&str>) {
    let asked = entries.iter().find(|entry| entry.key == "type").map(|entry| &entry.value);
    let Some((node, text)) = asked.and_then(|node| Some((node, node.as_scalar()?.text.as_str()))) else { return };
    if !types.contains(&text) {
        reader.unknown(Code::CaseType, node.span, "exception type", text, types.into_iter());
    }
}

/// Lowers `expect:` and refuses what no decision of this policy could have.
fn expectation(reader: &mut Reader<'_>, node: &Node, policy: &Policy) -> Option<Expected> {
    let entries = reader.entries(node, "a part of a decision, such as `{ outcome: … }`")?;
    expected_words::check_keys(reader, entries, policy);
    let expected = Expected::lower(reader, node);
    expected_words::check(reader, &expected, policy);
    let given = entries.iter().find(|entry| entry.key == "outputs").map(|entry| &entry.value.shape);
    if let Some(Shape::Map(given)) = given {
        let names = outputs(policy);
        for entry in given.iter().filter(|entry| !names.contains(&entry.key.as_str())) {
            reader.unknown(Code::UnknownKey, entry.key_span, "output", &entry.key, names.iter().copied());
        }
    }
    Some(expected)
}

/// The types of exception that a policy has.
pub fn exception_types(policy: &Policy) -> Vec<&str> {
    match &policy.body {
        Body::Exceptions(exceptions) => exceptions.types.iter().map(|kind| kind.name.as_str()).collect(),
        Body::Escalations(_) | Body::Table(_) | Body::Approval(_) | Body::Authorization(_) => Vec::new(),
    }
}

fn outputs(policy: &Policy) -> Vec<&str> {
    match &policy.body {
        Body::Exceptions(_) | Body::Escalations(_) | Body::Approval(_) | Body::Authorization(_) => Vec::new(),
        Body::Table(table) => table.outputs.iter().map(|column| column.name.as_str()).collect(),
    }
}
