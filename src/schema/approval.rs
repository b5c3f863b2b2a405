//! Policies by which a request is approved, level after level.

use serde_json::{Value, json};

use crate::policy::{Remedy, RequesterAct};

use super::keys::{Keys, map_of, reference};
use super::{escalation, phrase, scalar};

/// The keys of an approval.
pub(super) fn rules(keys: Keys) -> Keys {
    let roles = scalar::one_or_more(&reference("role"));
    let after = [
        ("return to requester", "The requester gets it back; unless something else is said."),
        ("end", "It is denied for good."),
    ];
    let acts = scalar::one_of(RequesterAct::ALL.map(RequesterAct::word).into_iter());
    keys.must("requested by", "Who makes requests.", roles)
        .must("levels", "Who decides, level after level.", map_of(phrase::NAME, reference("level"), 1))
        .may("on denial", "What a denial leads to.", scalar::explained(after.into_iter()))
        .may("requester may", "What the requester may do; everything unless given.", scalar::one_or_more(&acts))
        .may(
            "separation of duties",
            "Whether nobody decides two levels of one round, nor a request of their own; `true` unless given.",
            scalar::truth(),
        )
        .may("within", "How long the request may take as a whole.", reference("within"))
        .may("resubmissions", "How often it may be handed in again.", phrase_of(phrase::AT_MOST, "at most 3"))
}

/// One level.
pub(super) fn level() -> Value {
    let ways = [
        ("at once", "One denial ends the round; unless something else is said."),
        ("when approval is impossible", "It ends the round once the approvals needed cannot be reached any more."),
    ];
    let approvers = json!({ "anyOf": [{ "const": "any" }, { "const": "all" }, phrase_of(phrase::SEATS, "2 of")] });
    escalation::clock(Keys::named())
        .may("role", "Who decides.", reference("role"))
        .may("roles", "Who decides, if people of several roles do.", scalar::one_or_more(&reference("role")))
        .may("people", "The only people of these roles who decide.", scalar::one_or_more(&scalar::word()))
        .may("when", "When the level is entered; always unless given.", reference("condition"))
        .may("approvers", "How many approvals it takes; one unless given.", approvers)
        .may("deny", "What one denial does.", scalar::explained(ways.into_iter()))
        .may("within", "How soon it is decided.", reference("within"))
        .may("if it lapses", "What happens when it is not decided in time.", scalar::one_or_more(&lapse()))
        .rule(json!({ "oneOf": [{ "required": ["role"] }, { "required": ["roles"] }] }))
        .rule(json!({ "dependentRequired": { "if it lapses": ["within"] } }))
        .object()
}

fn lapse() -> Value {
    let remedies = [
        (Remedy::Notify, "Who is told."),
        (Remedy::Reassign, "Who decides instead, and has as long as the first had."),
        (Remedy::Escalate, "Who may decide too."),
    ];
    let keys =
        Keys::named().may("after", "How long after the level was due; at once unless given.", reference("within"));
    let one: Vec<Value> = remedies.iter().map(|(remedy, _)| json!({ "required": [remedy.word()] })).collect();
    let keys = remedies.iter().fold(keys, |keys, (remedy, who)| keys.may(remedy.word(), who, reference("role")));
    keys.rule(json!({ "oneOf": one })).object()
}

fn phrase_of(pattern: &str, example: &str) -> Value {
    json!({ "type": "string", "pattern": pattern, "examples": [example] })
}
