//! Where a request stands as JSON, its keys in a fixed order.

use crate::engine::approval::{Entry, Happening, Request, State, Turn};
use crate::engine::{Decision, Stamp, event_facts};

use super::super::decision::{facts, faults, grounds, number, shares, stamp};
use super::super::json::Object;

/// Writes the keys of a decision on a request.
pub(in crate::render) fn fill(object: &mut Object<'_>, decision: &Decision<'_>, request: &Request<'_>) {
    object.text("state", request.state.word());
    if let State::Closed(closing) = request.state {
        object.text("closed", closing.word());
    }
    object.optional("level", request.level);
    if let Some(round) = request.round {
        object.value("round", |out| number(out, round));
    }
    object.objects("may_act", &request.may_act, turn);
    if let Some(due) = request.due {
        stamp(object, "due", due);
    }
    shares(object, &request.at_risk);
    if let Some(deadline) = request.deadline {
        stamp(object, "deadline", deadline);
    }
    object.objects("history", &request.history, |object, (offset, entry)| line(object, decision, *offset, entry));
    object.objects("refused", &request.refused, |object, refused| {
        object.text("event", &refused.event.id);
        object.text("code", refused.code.word());
        object.text("message", &refused.message);
    });
    object.texts("blocked", &request.blocked);
    object.texts("needs", &request.needs);
    faults(object, decision);
    object.optional("zone_data", decision.program().zone_data());
    grounds(object, &decision.because());
}

fn turn(object: &mut Object<'_>, turn: &Turn<'_>) {
    object.text("role", turn.role);
    object.texts("actions", turn.actions.iter().map(|act| act.word()));
    object.texts("only", &turn.only);
    object.texts("not", &turn.not);
}

fn line(object: &mut Object<'_>, decision: &Decision<'_>, offset: i32, entry: &Entry<'_>) {
    let stamped = |at| Stamp { at, offset };
    stamp(object, "at", stamped(entry.at));
    if let Some(round) = entry.round {
        object.value("round", |out| number(out, round));
    }
    object.optional("level", entry.level);
    match &entry.happening {
        Happening::Acted { event, act, instead_of } => {
            object.text("event", &event.id);
            object.text("type", act.word());
            object.text("by", &event.by.id);
            object.optional("instead_of", *instead_of);
            object.optional("to", event.to.as_deref());
            for (key, at) in [("from", event.from), ("until", event.until)] {
                if let Some(at) = at {
                    stamp(object, key, decision.stamp(at));
                }
            }
            object.optional("comment", event.comment.as_deref());
            let given = event_facts(decision.program(), event);
            if !given.is_empty() {
                facts(object, &given);
            }
        }
        Happening::Entered { due } => {
            object.text("type", "entered");
            due.iter().for_each(|due| stamp(object, "due", decision.stamp(*due)));
        }
        Happening::Skipped => object.text("type", "skipped"),
        Happening::Undetermined => object.text("type", "undetermined"),
        Happening::Lapsed { remedy, role, due } => {
            object.text("type", "lapsed");
            object.text(remedy.word(), role);
            due.iter().for_each(|due| stamp(object, "due", decision.stamp(*due)));
        }
        Happening::Approved => object.text("type", "approved"),
        Happening::Denied => object.text("type", "denied"),
        Happening::Returned => object.text("type", "returned"),
        Happening::Closed(closing) => {
            object.text("type", "closed");
            object.text("closed", closing.word());
        }
    }
}
