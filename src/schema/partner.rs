//! Trading partners.

use serde_json::{Value, json};

use super::keys::Keys;
use super::scalar;

pub(super) fn schema() -> Value {
    let usages = [("production", "Messages count."), ("test", "Messages are tests.")];
    Keys::named()
        .must("partner", "The partner's name.", scalar::name())
        .must("payers", "The payers that are reached through it.", scalar::one_or_more(&scalar::word()))
        .must("usage", "Whether messages count.", scalar::explained(usages.into_iter()))
        .must("sender", "Who sends requests.", party())
        .must("receiver", "Who receives them.", party())
        .may("delimiters", "The signs that hold messages apart.", delimiters())
        .may("acknowledgement", "Whether each interchange is to be acknowledged.", scalar::truth())
        .may("line breaks", "Whether each segment stands on a line of its own.", scalar::truth())
        .may("appeals by message", "Whether denials are appealed by a message to it.", scalar::truth())
        .must("reviewer", "Who decides on requests.", reviewer())
        .must("requester", "Who makes requests.", requester())
        .object()
}

fn party() -> Value {
    Keys::new()
        .must("qualifier", "The kind of identifier: two letters or digits.", scalar::word())
        .must("id", "The identifier in the interchange.", scalar::word())
        .may("application", "The code in the group; the identifier unless given.", scalar::word())
        .object()
}

fn reviewer() -> Value {
    Keys::new()
        .must("name", "The organisation's name.", scalar::sentence())
        .must("qualifier", "The kind of identifier, such as PI.", scalar::word())
        .must("id", "The identifier that the partner has given.", scalar::word())
        .object()
}

fn requester() -> Value {
    Keys::new()
        .must("name", "The organisation's name.", scalar::sentence())
        .must(
            "npi",
            "Its national provider identifier.",
            json!({ "type": ["string", "integer"], "pattern": "^[0-9]{10}$" }),
        )
        .object()
}

fn delimiters() -> Value {
    let sign = || json!({ "type": "string", "minLength": 1, "maxLength": 1 });
    Keys::new()
        .may("element", "Between elements; `*` unless given.", sign())
        .may("repetition", "Between repetitions; `^` unless given.", sign())
        .may("component", "Between components; `:` unless given.", sign())
        .may("segment", "After each segment; `~` unless given.", sign())
        .object()
}
