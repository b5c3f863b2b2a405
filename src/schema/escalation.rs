//! Policies that say what is escalated, and how soon it is answered.

use serde_json::{Value, json};

use super::keys::{Keys, map_of, reference};
use super::{phrase, scalar};

/// The keys of escalations.
pub(super) fn rules(keys: Keys) -> Keys {
    keys.must("categories", "What is escalated, by category.", map_of(phrase::NAME, reference("category"), 1))
}

/// One category.
pub(super) fn category() -> Value {
    let section = |rule: Value| map_of(phrase::NAME, rule, 1);
    consequences(Keys::named())
        .may("priority", "Higher goes first; 0 unless given.", scalar::whole())
        .may("when", "When the category matches.", reference("condition"))
        .may("scenarios", "Ways in which it matches; all that hold add their actions and notes.", section(scenario()))
        .may("redirect", "What goes elsewhere instead; the first that holds counts.", section(redirect()))
        .may("requires", "What must be true before it is escalated.", section(requirement()))
        .must("turnaround", "How soon it is answered.", reference("turnaround"))
        .one_of(&["when", "scenarios"])
        .object()
}

fn consequences(keys: Keys) -> Keys {
    keys.may("actions", "What is to be done.", scalar::one_or_more(&reference("action"))).may(
        "notes",
        "What is to be known.",
        scalar::one_or_more(&scalar::sentence()),
    )
}

fn scenario() -> Value {
    consequences(Keys::named()).must("when", "When the scenario holds.", reference("condition")).object()
}

fn redirect() -> Value {
    Keys::named()
        .must("when", "When it goes elsewhere.", reference("condition"))
        .must("to", "Where it goes.", scalar::sentence())
        .may("because", "Why it goes there.", scalar::sentence())
        .object()
}

fn requirement() -> Value {
    Keys::named()
        .must("that", "What must be true.", reference("condition"))
        .must("else", "What to say while it is not.", scalar::sentence())
        .object()
}

/// `turnaround:`, a phrase, a phrase with what is said of its clock, or rows.
pub(super) fn turnaround() -> Value {
    let within = || reference("within");
    let stated = clock(Keys::named()).must("within", "The turnaround.", within()).object();
    let row = clock(Keys::named())
        .must("when", "When the row applies.", reference("condition"))
        .must("within", "The row's turnaround.", within())
        .object();
    let last = clock(Keys::named()).must("otherwise", "The turnaround of all other cases.", within()).object();
    let rows = json!({ "if": { "required": ["otherwise"] }, "then": last, "else": row });
    json!({ "anyOf": [within(), stated, { "type": "array", "items": rows, "minItems": 1 }] })
}

/// What is said of the clock beside a turnaround.
pub(super) fn clock(keys: Keys) -> Keys {
    keys.may("pausable", "Whether pauses count; `false` unless given.", scalar::truth()).may(
        "at risk",
        "Shares of the time up to the limit, such as `80%`.",
        scalar::one_or_more(&scalar::phrase(phrase::SHARE)),
    )
}

/// A turnaround in words.
pub(super) fn within() -> Value {
    let examples = ["24 hours", "2 business days", "5-7 business days", "48 hours on business days", "7 days"];
    let phrase = json!({ "type": "string", "pattern": phrase::turnaround(), "examples": examples });
    json!({ "anyOf": [{ "const": "none stated" }, { "const": "immediately" }, phrase] })
}
