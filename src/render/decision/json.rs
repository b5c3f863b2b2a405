//! Decisions as JSON: one object, its keys in a fixed order, absent keys absent.

use std::fmt::Write;

use crate::engine::{AtRisk, ClockFace, Deadline, Decision, Gathered, Given, Ground, Keys, Output, Stamp, Unmet};
use crate::facts::{Fault, Kind, Unreadable, Value};
use crate::policy::Policy;
use crate::time::InHours;

use super::super::approval;
use super::super::json::{Object, object, string};
use super::authorization;

/// A decision as one line of JSON, without a line end.
pub fn json(decision: &Decision<'_>) -> String {
    let mut out = String::new();
    write_json(decision, &mut out);
    out
}

/// Writes a decision as one line of JSON, without a line end, behind what stands in `out`. Who writes many decisions
/// uses one text for all: asking for its memory anew would cost a tenth of each.
pub fn write_json(decision: &Decision<'_>, out: &mut String) {
    out.reserve(2048);
    object(out, |object| fill(object, decision));
}

/// What stands in the place of a case that could not be read or decided, as one line of JSON.
pub fn unreadable(case: &Unreadable, line: usize) -> String {
    let mut out = String::new();
    object(&mut out, |object| {
        object.optional("case", case.id.as_deref());
        object.value("line", |out| number(out, line));
        object.object("error", |error| wrong(error, &case.fault));
        object.objects("more", &case.more, wrong);
    });
    out
}

fn wrong(error: &mut Object<'_>, fault: &Fault) {
    error.text("code", &fault.code().to_string());
    error.name("name", &fault.code().name());
    error.text("message", fault.message());
    error.optional("fact", fault.fact_name());
    if let Some(value) = fault.value_json() {
        error.value("value", |out| out.push_str(value));
    }
    error.optional("expected", fault.expectation());
    error.optional("did_you_mean", fault.suggestion());
    error.optional("help", fault.cure());
}

/// Writes the keys of a decision.
pub(super) fn fill(object: &mut Object<'_>, decision: &Decision<'_>) {
    let (case, policy, answer) = (decision.case(), decision.program().policy(), &decision.answer);
    object.optional("case", case.id());
    object.name("policy", &policy.name);
    object.name("version", &policy.version);
    if policy.one_of_several {
        object.object("in_force", |object| in_force(object, policy));
    }
    object.name("at", case.at_text());
    object.name("outcome", answer.outcome);
    if let Some(request) = &decision.request {
        return approval::fill(object, decision, request);
    }
    let beside = decision.beside();
    let determination = beside.and_then(|beside| beside.determination.as_ref());
    keys(object, &answer.keys, decision.deadline.as_ref(), determination);
    object.objects("unmet", decision.unmet(), unmet);
    if let Some(beside) = beside {
        authorization::beside(object, beside);
    }
    if let Some(window) = &decision.window {
        object.object("window", |object| {
            object.name("name", window.name);
            object.boolean("open", window.open);
            if let Some(changes) = window.changes {
                stamp(object, if window.open { "until" } else { "opens" }, changes);
            }
        });
    }
    object.texts("also", decision.also());
    object.texts("may_also", decision.may_also());
    object.objects("matches", decision.matches(), |object, found| {
        object.name("category", found.category);
        object.optional("outcome", found.outcome);
        object.texts("scenarios", &found.scenarios);
        if let Some(deadline) = &found.deadline {
            turnaround(object, deadline);
        }
        object.texts("actions", &found.actions);
        object.texts("notes", &found.notes);
    });
    object.objects("matches", decision.conflict(), |object, hit| {
        object.text("rule", hit.rule);
        object.text("place", hit.place);
        outputs(object, &hit.outputs);
    });
    if let Some(open) = &decision.open {
        object.texts("needs", &open.needs);
        if !open.certain.is_empty() {
            object.object("certain", |object| {
                object.optional("outcome", open.certain.outcome);
                keys(object, &open.certain.keys, open.deadline.as_ref(), open.determination.as_ref());
            });
        }
    }
    faults(object, decision);
    object.optional("zone_data", decision.program().zone_data());
    grounds(object, &decision.because());
}

/// Writes which version of a policy decided.
fn in_force(object: &mut Object<'_>, policy: &Policy) {
    object.optional("name", policy.edition.as_deref());
    if let Some(effective) = &policy.effective {
        for (key, date) in [("from", effective.from), ("to", effective.to)] {
            if let Some(date) = date {
                object.value(key, |out| quoted(out, |out| display(out, date)));
            }
        }
    }
}

/// Writes which hooks failed.
pub(in crate::render) fn faults(object: &mut Object<'_>, decision: &Decision<'_>) {
    object.objects("faults", decision.faults(), |object, fault| {
        object.text("hook", &fault.hook);
        object.value("place", |out| string(out, &fault.place.to_string()));
        object.text("message", &fault.message);
    });
}

/// Writes what a decision rests on.
pub(in crate::render) fn grounds(object: &mut Object<'_>, grounds: &[Ground<'_>]) {
    object.objects("because", grounds, |object, ground| {
        object.name("rule", ground.rule);
        object.text("place", ground.place);
        facts(object, &ground.facts);
    });
}

/// Writes a whole number.
pub(in crate::render) fn number(out: &mut String, value: usize) {
    display(out, value);
}

/// Writes what goes with an outcome; a turnaround goes with its deadline.
fn keys(
    object: &mut Object<'_>,
    keys: &Keys<'_>,
    deadline: Option<&Deadline<'_>>,
    determination: Option<&Deadline<'_>>,
) {
    outputs(object, &keys.outputs);
    if let Some(exception) = &keys.exception {
        object.object("exception", |object| {
            object.text("type", &exception.kind.name);
            object.text("status", &exception.kind.opens_as);
            object.optional("reason", exception.reason.map(|reason| reason.name.as_str()));
            object.optional("comment", exception.reason.map(|reason| reason.comment.as_str()));
            object.texts("notifies", &exception.kind.notifies);
            object.optional("worked_by", exception.kind.worked_by.as_deref());
        });
    }
    object.optional("category", keys.category);
    object.optional("title", keys.title);
    if let Some(course) = &keys.course {
        authorization::course(object, course);
    }
    if let Some(deadline) = deadline {
        turnaround(object, deadline);
    }
    if let Some(redirect) = &keys.redirect {
        object.object("redirect", |object| {
            object.text("to", redirect.to);
            object.optional("because", redirect.because);
        });
    }
    object.texts("actions", &keys.actions);
    object.texts("notes", &keys.notes);
    if let Some(deadline) = determination {
        object.object("determination", |object| limits(object, deadline));
    }
}

/// What a table gives, each value in the form in which a case may carry it.
fn outputs(object: &mut Object<'_>, outputs: &[Output<'_>]) {
    if outputs.is_empty() {
        return;
    }
    object.object("outputs", |object| {
        for output in outputs {
            match &output.value {
                Gathered::One(one) => object.value(output.name, |out| value(out, output.kind, one)),
                Gathered::List(cells) => object.list(output.name, cells, |out, cell| value(out, output.kind, cell)),
            }
        }
    });
}

fn turnaround(object: &mut Object<'_>, deadline: &Deadline<'_>) {
    object.object("turnaround", |object| limits(object, deadline));
}

fn limits(object: &mut Object<'_>, deadline: &Deadline<'_>) {
    // writing to a string cannot fail
    object.value("within", |out| quoted(out, |out| deadline.within.write(out).unwrap_or_default()));
    if let Some(target) = deadline.target {
        stamp(object, "target", target);
    }
    stamp(object, "limit", deadline.limit);
    if let Some(face) = &deadline.clock {
        object.object("clock", |object| clock(object, face));
    }
}

/// A requirement that is not met.
pub(super) fn unmet(object: &mut Object<'_>, unmet: &Unmet<'_>) {
    object.name("rule", unmet.rule);
    object.text("say", unmet.say);
    facts(object, &unmet.facts);
}

/// What the clock of a turnaround shows.
fn clock(object: &mut Object<'_>, face: &ClockFace) {
    object.text("state", face.state.word());
    object.text("used", &InHours(face.used).to_string());
    object.text("left", &InHours(face.left).to_string());
    shares(object, &face.at_risk);
    object.boolean("breached", face.breached);
    if let Some(met) = face.met {
        object.boolean("met", met);
    }
    if face.ran_through {
        object.boolean("pauses_count", false);
    }
}

/// Writes from when on a time is at risk.
pub(in crate::render) fn shares(object: &mut Object<'_>, at_risk: &[AtRisk]) {
    object.objects("at_risk", at_risk, |object, risk| {
        object.text("share", &risk.share.to_string());
        stamp(object, "at", risk.at);
        object.boolean("reached", risk.reached);
    });
}

/// Writes an instant.
pub(in crate::render) fn stamp(object: &mut Object<'_>, key: &str, stamp: Stamp) {
    object.value(key, |out| quoted(out, |out| stamp.at.format(stamp.offset, out)));
}

/// Writes what needs no escapes between quotes.
fn quoted(out: &mut String, write: impl FnOnce(&mut String)) {
    out.push('"');
    write(out);
    out.push('"');
}

/// Writes what displays without escapes.
fn display(out: &mut String, value: impl std::fmt::Display) {
    // writing to a string cannot fail
    let _ = write!(out, "{value}");
}

/// Facts as an object, each value in the form in which a case may carry it.
pub(in crate::render) fn facts(object: &mut Object<'_>, facts: &[Given<'_>]) {
    object.object("facts", |object| facts.iter().for_each(|given| object.value(given.name, |out| fact(out, given))));
}

/// One fact's value.
pub(super) fn fact(out: &mut String, given: &Given<'_>) {
    value(out, given.kind, &given.value);
}

/// A value in the form in which a case may carry it.
pub(in crate::render) fn value(out: &mut String, kind: &Kind, value: &Value) {
    match value {
        Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Integer(value) => display(out, value),
        value @ (Value::Choice(_)
        | Value::Text(_)
        | Value::Decimal(_)
        | Value::Duration(_)
        | Value::Date(_)
        | Value::Zone(_)) => string(out, &value.text(kind)),
    }
}
