//! Policy files: what each is, by the key that gives it its name.

use serde_json::{Map, Value, json};

use super::keys::{Keys, described, map_of, reference};
use super::words::Words;
use super::{
    approval, authorization, calendar, condition, escalation, exception, partner, phrase, scalar, suite, table,
    vocabulary,
};

/// The keys that say what a file is, and what it then holds.
const KINDS: [(&str, &str); 10] = [
    ("vocabulary", "The facts that policies and cases may speak of."),
    ("exception", "When one type of exception is created."),
    ("exceptions", "When several types of exception are created."),
    ("escalations", "What is escalated, how soon it is answered, what must be true first."),
    ("approval", "How a request is approved, level after level."),
    ("authorization", "How a payer authorizes services: when, with what, and what comes next."),
    ("partner", "Where 278 requests go, and what stands in their envelopes."),
    ("table", "What comes of which facts, row by row."),
    ("tests", "Cases for a policy, with what is expected of them."),
    // last: a policy names its calendar by the same key
    ("calendar", "Opening hours, holidays, and how days are counted."),
];

/// The schema of a file of any kind, with its definitions.
pub(super) fn schema(words: &Words<'_>) -> (Value, Map<String, Value>) {
    let mut definitions = suite::definitions(words);
    definitions.extend(condition::definitions(words));
    let mut define = |name: &str, schema: Value| definitions.insert(name.to_owned(), schema);
    define("vocabulary", vocabulary::schema());
    define("calendar", calendar::schema());
    define("exception", decides("exception", exception::single));
    define("exceptions", decides("exceptions", exception::several));
    define("escalations", decides("escalations", escalation::rules));
    define("approval", decides("approval", approval::rules));
    define("authorization", decides("authorization", authorization::rules));
    define("partner", partner::schema());
    define("table", decides("table", table::rules));
    define("level", approval::level());
    define("role", scalar::explained(words.roles.iter().map(|(name, does)| (*name, *does))));
    define("somebody", if words.anybody { scalar::word() } else { reference("role") });
    define("category", escalation::category());
    define("turnaround", escalation::turnaround());
    define("within", escalation::within());
    define("action", scalar::explained(words.actions.iter().map(|(name, asks)| (*name, *asks))));
    define("known fact", scalar::one_of(words.facts.keys().copied()));
    define("zone fact", scalar::one_of(words.zone_facts()));
    define("known calendar", scalar::one_of(words.calendars.iter().copied()));
    (by_kind(), definitions)
}

/// Each kind of file has its own schema; a file of none of them is refused.
fn by_kind() -> Value {
    let required = |key: &str| json!({ "required": [key] });
    let properties: Map<String, Value> =
        KINDS.iter().map(|(key, what)| ((*key).to_owned(), described(json!({}), what))).collect();
    let each: Vec<Value> = KINDS.iter().map(|(key, _)| required(key)).collect();
    let others: Vec<Value> = KINDS.iter().filter(|(key, _)| *key != "calendar").map(|(key, _)| required(key)).collect();
    let kinds = KINDS.iter().map(|(key, _)| {
        let is = match *key {
            "calendar" => json!({ "required": [key], "not": { "anyOf": others } }),
            _ => required(key),
        };
        json!({ "if": is, "then": reference(key) })
    });
    let kinds: Vec<Value> = kinds.collect();
    json!({ "type": "object", "properties": properties, "anyOf": each, "allOf": kinds })
}

/// A policy of one kind: its rules, or versions of them in time.
fn decides(kind: &str, rules: fn(Keys) -> Keys) -> Value {
    let dates = "The first and last date on which it is in force.";
    let one = rules(header(kind).may("effective", dates, effective())).object();
    let version = rules(Keys::named().must("effective", dates, effective())).object();
    let what = "Versions of the rules in time, by name.";
    let several = header(kind).must("versions", what, map_of(phrase::NAME, version, 1)).object();
    let versions = described(json!({}), what);
    json!({
        "properties": { "versions": versions },
        "if": { "required": ["versions"] },
        "then": several,
        "else": one,
    })
}

/// What every policy has beside its rules.
fn header(kind: &str) -> Keys {
    Keys::named()
        .must(kind, "The policy's name, by which it is called.", scalar::name())
        .may(
            "uses",
            "The vocabularies whose words it uses, if there are several.",
            scalar::one_or_more(&scalar::word()),
        )
        .may("calendar", "The calendar to count days and business hours in.", reference("known calendar"))
        .may("zone", "Whose dates `effective` means, if there is no calendar.", reference("zone"))
}

fn effective() -> Value {
    let date = || scalar::phrase(phrase::DATE);
    let keys = Keys::new().may("from", "The first date.", date()).may("to", "The last date.", date());
    keys.one_of(&["from", "to"]).object()
}
