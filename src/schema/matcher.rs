//! What may stand beside a fact in a condition.

use serde_json::{Value, json};

use crate::facts::Kind;

use super::keys::{Keys, reference};
use super::phrase::{Ordered, comparison};
use super::words::{Known, Words};
use super::{scalar, value};

/// The operators that go with every type, and those of texts.
pub(super) fn definitions(words: &Words<'_>) -> [(&'static str, Value); 2] {
    let lists = || scalar::explained(words.lists.iter().map(|(name, values)| (*name, values.as_str())));
    let hooks = scalar::one_of(words.hooks.iter().copied());
    let facts = scalar::one_of(words.facts.keys().copied());
    let everywhere = || {
        Keys::new()
            .may("in", "Holds for the values of this list.", lists())
            .may("not in", "Holds for all values but those of this list.", lists())
            .may("hook", "Asks this hook.", hooks.clone())
            .may("rhai", "Asks this script, to which the fact is `value`.", scalar::word())
            .may("reads", "The facts that the hook reads beside this one.", scalar::one_or_more(&facts))
            .rule(json!({ "dependentSchemas": { "reads": one_of(&HOOKS) } }))
    };
    let of_texts = everywhere()
        .may(
            "mentions",
            "Holds if the text has one of these words or phrases; `lawyer*` also finds `lawyers`.",
            scalar::one_or_more(&scalar::word()),
        )
        .may("starts with", "Holds if the text begins with this, letter for letter.", scalar::word());
    let texts = ["in", "not in", "hook", "rhai", "mentions", "starts with"];
    [
        ("operator", everywhere().rule(one_of(&["in", "not in", "hook", "rhai"])).object()),
        ("operator on a text", of_texts.rule(one_of(&texts)).object()),
    ]
}

/// The operators that ask a hook.
const HOOKS: [&str; 2] = ["hook", "rhai"];

/// Exactly one of these keys.
fn one_of(keys: &[&str]) -> Value {
    let each: Vec<Value> = keys.iter().map(|key| json!({ "required": [key] })).collect();
    json!({ "oneOf": each })
}

/// The matchers of a fact, as any of its declarations has them.
pub(super) fn schema(declared: &[Known<'_>]) -> Value {
    let matchers: Vec<Value> = declared.iter().map(one).collect();
    value::captioned(scalar::choice(matchers), declared)
}

fn one(known: &Known<'_>) -> Value {
    let kind = &known.fact.kind;
    let operator = reference(if *kind == Kind::Text { "operator on a text" } else { "operator" });
    let item = [plain(kind, known.may_be_absent), operator];
    let list = json!({ "type": "array", "items": { "anyOf": item }, "minItems": 1 });
    let [plain, operator] = item;
    json!({ "anyOf": [plain, operator, list] })
}

/// A value or phrase.
fn plain(kind: &Kind, may_be_absent: bool) -> Value {
    let presence: &[&str] = if may_be_absent { &["present", "absent"] } else { &[] };
    let ordered = |types: Value, of: Ordered, examples: &[&str]| json!({ "type": types, "pattern": comparison(of, may_be_absent), "examples": examples });
    match kind {
        Kind::OneOf(values) => scalar::one_of(values.iter().map(String::as_str).chain(presence.iter().copied())),
        Kind::Boolean => {
            let mut known = vec![json!(true), json!(false), json!("true"), json!("false")];
            known.extend(presence.iter().map(|word| json!(word)));
            json!({ "enum": known })
        }
        Kind::Integer(_) => {
            let examples = ["more than 2", "at least 2", "at most 5", "less than 5", "2 to 5"];
            value::bounded(ordered(json!(["integer", "string"]), Ordered::Integer, &examples), kind)
        }
        Kind::Decimal(_) => {
            let examples = ["more than 99.50", "at least 100", "at most 100", "less than 100", "2 to 5"];
            value::bounded(ordered(json!(["number", "string"]), Ordered::Decimal, &examples), kind)
        }
        Kind::Duration => {
            let examples = ["more than 2 minutes", "at least 1 hour 30 minutes", "2 to 5 minutes"];
            ordered(json!("string"), Ordered::Duration, &examples)
        }
        Kind::Days => ordered(json!(["integer", "string"]), Ordered::Days, &["more than 30 days", "2 to 5 days"]),
        Kind::Date => {
            let examples = [
                "more than 45 business days ago",
                "within the last 10 days",
                "within the next 14 days",
                "before 2026-01-01",
                "on or after 2026-01-01",
                "2026-01-01 to 2026-03-31",
            ];
            ordered(json!("string"), Ordered::Date, &examples)
        }
        // every scalar is literal; `present` and `absent` are texts as well
        Kind::Text => scalar::sentence(),
        Kind::TimeZone if may_be_absent => json!({ "anyOf": [reference("zone"), { "enum": presence }] }),
        Kind::TimeZone => reference("zone"),
    }
}
