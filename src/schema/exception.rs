//! Policies that say when an exception is created.

use serde_json::{Value, json};

use super::keys::{Keys, map_of, reference};
use super::{phrase, scalar};

/// The keys of several types.
pub(super) fn several(keys: Keys) -> Keys {
    let types = map_of(phrase::NAME, single(Keys::named()).object(), 1);
    keys.must("types", "The types of exception, in order.", types)
}

/// The keys of one type.
pub(super) fn single(keys: Keys) -> Keys {
    let when = json!({ "anyOf": [reference("condition"), { "const": "by hand" }] });
    keys.may("when", "What calls for the exception; `by hand` if only people do.", when)
        .may("reasons", "Why it is created; the first that holds counts.", map_of(phrase::NAME, reason(), 1))
        .may("may create", "Who may create it; everybody unless given.", reference("condition"))
        .may("windows", "When it may be created only at certain times.", map_of(phrase::NAME, window(), 1))
        .may("opens as", "The status in which it is opened; `open` unless given.", scalar::word())
        .may("notifies", "Who hears of it.", scalar::one_or_more(&reference("somebody")))
        .may("worked by", "Who works it.", reference("somebody"))
        .may("means", "What it means, for people.", scalar::sentence())
        .one_of(&["when", "reasons"])
}

fn reason() -> Value {
    Keys::named()
        .must("when", "When the reason applies.", reference("condition"))
        .may(
            "comment",
            "What is entered as the exception's comment; the reason's name unless given.",
            scalar::sentence(),
        )
        .may("means", "What the reason means, for people.", scalar::sentence())
        .object()
}

fn window() -> Value {
    let zone = json!({ "anyOf": [reference("zone fact"), reference("zone")] });
    Keys::named()
        .must("when", "The cases that are limited.", reference("condition"))
        .must("open", "When creating is allowed, such as `20:00-08:00`.", scalar::phrase(&phrase::window()))
        .must("in", "Whose time of day is meant: a fact that holds a time zone, or a zone.", zone)
        .must("otherwise", "The outcome while the window is closed.", reference("action"))
        .object()
}
