//! What cases tell of the past: events of clocks and of requests.

use serde_json::{Value, json};

use crate::time::ClockEvent;

use super::case::nothing_or;
use super::keys::{Keys, reference};
use super::{phrase, scalar};

/// What happened to a clock.
pub(super) fn of_a_clock() -> Value {
    Keys::new()
        .must("event", "What happened.", scalar::one_of(ClockEvent::ALL.map(ClockEvent::word).into_iter()))
        .must("at", "When it happened.", instant())
        .object()
}

/// What happened to a request. Of a type that nobody knows the answer tells, so that any word may stand there.
pub(super) fn of_a_request() -> Value {
    let named = json!({ "anyOf": [scalar::sentence(), person(), { "type": "null" }] });
    Keys::new()
        .must("id", "The event's own name.", scalar::sentence())
        .must("at", "When it happened.", instant())
        .must("type", "What happened.", scalar::sentence())
        .must("by", "Who acted.", person())
        .may("facts", "The facts that came with it.", reference("facts"))
        .may("to", "Whom it names beside the one who acted.", named)
        .may("from", "Where the period begins that it speaks of.", nothing_or(instant()))
        .may("until", "Where that period ends.", nothing_or(instant()))
        .may("comment", "What was said.", nothing_or(scalar::sentence()))
        .object()
}

fn person() -> Value {
    let role = || json!({ "type": ["string", "number", "boolean", "null"] });
    let roles = json!({ "anyOf": [role(), { "type": "array", "items": role() }] });
    Keys::new()
        .must("id", "By what they are known.", scalar::sentence())
        .may("roles", "The roles in which they act.", roles)
        .object()
}

fn instant() -> Value {
    scalar::phrase(phrase::INSTANT)
}
