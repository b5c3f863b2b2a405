//! The words that decisions of a policy may have: a test that expects another has a slip in it, and could never pass.

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::Entry;

use super::reader::Reader;
use super::suite::{OF_AUTHORIZATIONS, OF_ESCALATIONS, OF_EXCEPTIONS, OF_REQUESTS, OF_TABLES, keys_of};
use super::{Body, Expected, Policy, RequesterAct, exception_types};

/// What an event may do beside what the requester may.
const ACTS: [&str; 5] = ["submit", "approve", "deny", "return", "delegate"];
/// What else the history of a request tells of.
const HAPPENINGS: [&str; 8] =
    ["entered", "skipped", "undetermined", "lapsed", "approved", "denied", "returned", "closed"];
/// Why a request is closed.
const CLOSINGS: [&str; 4] = ["withdrawn", "by_requester", "cap", "deadline"];
/// Why an event is refused.
const REFUSALS: [&str; 19] = [
    "duplicate_id",
    "unknown_type",
    "misplaced_key",
    "no_delegate",
    "own_delegate",
    "bad_period",
    "after_case",
    "time_runs_backwards",
    "undetermined",
    "wrong_state",
    "not_in_force",
    "not_the_requester",
    "not_allowed",
    "wrong_role",
    "not_named",
    "own_request",
    "already_voted",
    "already_decided_a_level",
    "role_has_decided",
];

/// Refuses keys that no decision of the policy has.
pub(super) fn check_keys(reader: &mut Reader<'_>, entries: &[Entry], policy: &Policy) {
    let is_request = matches!(policy.body, Body::Approval(_));
    let known = keys_of(is_request);
    for entry in entries.iter().filter(|entry| !known.clone().any(|key| key == entry.key)) {
        let key = entry.key.as_str();
        if key == "state" {
            let message = "only requests for approval have a `state`";
            reader.fault(Code::UnknownKey, entry.key_span, message, "write `outcome:`");
        } else {
            reader.unknown(Code::UnknownKey, entry.key_span, "key of a decision", key, known.clone());
        }
    }
}

/// Refuses words that no decision of the policy has.
pub(super) fn check(reader: &mut Reader<'_>, expected: &Expected, policy: &Policy) {
    expected.each_word("", &mut |path: &str, word: &str, span: Span| {
        if let Some((code, what, words)) = known(policy, path)
            && !words.contains(&word)
        {
            reader.unknown(code, span, what, word, words.into_iter());
        }
    });
}

/// The words that stand under a key of a decision, if they are known. Items of a list have the key of the list.
fn known<'p>(policy: &'p Policy, path: &str) -> Option<(Code, &'static str, Vec<&'p str>)> {
    let vocabulary = &policy.vocabulary;
    let roles = || (Code::UnknownRole, "role", vocabulary.role_names().collect());
    let words = match (path, &policy.body) {
        ("needs", _) => {
            (Code::UnknownFact, "fact", vocabulary.facts().map(|(_, fact)| fact.name.as_str()).collect::<Vec<_>>())
        }
        ("outcome" | "certain.outcome", _) => (Code::UnknownOutcome, "outcome", outcomes(policy)),
        ("exception.type" | "certain.exception.type", Body::Exceptions(_)) => {
            (Code::UnknownCategory, "exception type", exception_types(policy))
        }
        ("exception.reason" | "certain.exception.reason", Body::Exceptions(exceptions)) => {
            let reasons = exceptions.types.iter().flat_map(|kind| &kind.reasons);
            (Code::UnknownCategory, "reason", reasons.map(|reason| reason.name.as_str()).collect())
        }
        ("also" | "may_also", Body::Exceptions(_)) => {
            (Code::UnknownCategory, "exception type", exception_types(policy))
        }
        (
            "category" | "also" | "may_also" | "matches.category" | "certain.category",
            Body::Escalations(escalations),
        ) => {
            let names = escalations.categories.iter().map(|category| category.name.as_str());
            (Code::UnknownCategory, "category", names.collect())
        }
        ("actions" | "matches.actions", Body::Escalations(_)) => {
            (Code::UnknownAction, "action", vocabulary.action_names().collect())
        }
        ("state", Body::Approval(_)) => (Code::UnknownOutcome, "state", OF_REQUESTS.to_vec()),
        ("closed" | "history.closed", Body::Approval(_)) => {
            (Code::UnknownOutcome, "way in which a request is closed:", CLOSINGS.to_vec())
        }
        ("level" | "history.level", Body::Approval(approval)) => {
            (Code::UnknownCategory, "level", approval.levels.iter().map(|level| level.name.as_str()).collect())
        }
        ("may_act.role" | "blocked", Body::Approval(_)) => roles(),
        ("history.notify" | "history.reassign" | "history.escalate", Body::Approval(_)) => roles(),
        ("may_act.actions", Body::Approval(_)) => (Code::UnknownOutcome, "act", acts().collect()),
        ("history.type", Body::Approval(_)) => {
            (Code::UnknownOutcome, "line of a history:", acts().chain(HAPPENINGS).collect())
        }
        ("refused.code", Body::Approval(_)) => (Code::UnknownOutcome, "refusal", REFUSALS.to_vec()),
        _ => return None,
    };
    Some(words)
}

fn acts() -> impl Iterator<Item = &'static str> {
    ACTS.into_iter().chain(RequesterAct::ALL.map(RequesterAct::word))
}

fn outcomes(policy: &Policy) -> Vec<&str> {
    match &policy.body {
        Body::Exceptions(exceptions) => {
            let windows = exceptions.types.iter().flat_map(|kind| &kind.windows);
            OF_EXCEPTIONS.into_iter().chain(windows.map(|window| window.otherwise.as_str())).collect()
        }
        Body::Escalations(_) => OF_ESCALATIONS.to_vec(),
        Body::Table(_) => OF_TABLES.to_vec(),
        Body::Approval(_) => OF_REQUESTS.to_vec(),
        Body::Authorization(_) => OF_AUTHORIZATIONS.to_vec(),
    }
}
