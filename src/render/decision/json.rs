//! Decisions as JSON: one object, its keys in a fixed order, absent keys absent.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use crate::engine::{
    Answer, Certain, Creation, Deadline, Decision, Given, Ground, Match, Redirection, Stamp, Unmet, WindowState,
};
use crate::facts::{Unreadable, Value};
use crate::time::Turnaround;

use super::super::instant::rfc3339;

/// A decision as one line of JSON, without a line end.
pub fn json(decision: &Decision<'_>) -> String {
    let mut out = Vec::with_capacity(1024);
    // strings and numbers into memory: neither can fail
    let _ = serde_json::to_writer(&mut out, &Shown(decision));
    String::from_utf8(out).unwrap_or_default()
}

/// What stands in the place of a case that could not be read or decided, as one line of JSON.
pub fn unreadable(case: &Unreadable, line: usize) -> String {
    serde_json::to_string(&Failure { case, line }).unwrap_or_default()
}

/// Something that is written in its own way.
pub(super) struct Shown<'s, T>(pub &'s T);

impl Serialize for Shown<'_, Decision<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let decision = self.0;
        let (case, policy) = (decision.case(), decision.program().policy());
        let mut map = serializer.serialize_map(None)?;
        optional(&mut map, "case", case.id())?;
        map.serialize_entry("policy", &policy.name)?;
        map.serialize_entry("version", &policy.version)?;
        map.serialize_entry("at", case.at_text())?;
        let Answer { outcome, exception, category, title, turnaround, redirect, actions, notes } = &decision.answer;
        map.serialize_entry("outcome", outcome)?;
        let keys =
            Keys { exception, category, title, turnaround, redirect, actions, notes, deadline: decision.deadline };
        keys.write(&mut map, &decision.unmet)?;
        optional(&mut map, "window", decision.window.as_ref().map(Shown))?;
        list(&mut map, "also", &decision.also)?;
        list(&mut map, "may_also", &decision.may_also)?;
        shown(&mut map, "matches", &decision.matches)?;
        list(&mut map, "needs", &decision.needs)?;
        if !decision.certain.is_empty() {
            map.serialize_entry("certain", &CertainKeys(decision))?;
        }
        optional(&mut map, "zone_data", decision.program().zone_data())?;
        shown(&mut map, "because", &decision.because())?;
        map.end()
    }
}

struct CertainKeys<'s, 'a>(&'s Decision<'a>);

impl Serialize for CertainKeys<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let Certain { outcome, exception, category, title, turnaround, redirect, actions, notes } = &self.0.certain;
        optional(&mut map, "outcome", outcome.as_ref())?;
        let deadline = self.0.certain_deadline;
        Keys { exception, category, title, turnaround, redirect, actions, notes, deadline }.write(&mut map, &[])?;
        map.end()
    }
}

/// The keys that answers and what is certain of them have in common.
struct Keys<'s, 'a> {
    exception: &'s Option<Creation<'a>>,
    category: &'s Option<&'a str>,
    title: &'s Option<&'a str>,
    turnaround: &'s Option<&'a Turnaround>,
    redirect: &'s Option<Redirection<'a>>,
    actions: &'s Vec<&'a str>,
    notes: &'s Vec<&'a str>,
    deadline: Option<Deadline<'a>>,
}

impl Keys<'_, '_> {
    fn write<M: SerializeMap>(&self, map: &mut M, unmet: &[Unmet<'_>]) -> Result<(), M::Error> {
        optional(map, "exception", self.exception.as_ref().map(Shown))?;
        optional(map, "category", self.category.as_ref())?;
        optional(map, "title", self.title.as_ref())?;
        // a turnaround goes with its deadline
        optional(map, "turnaround", self.turnaround.and(self.deadline.as_ref()).map(Shown))?;
        optional(map, "redirect", self.redirect.as_ref().map(Shown))?;
        shown(map, "unmet", unmet)?;
        list(map, "actions", self.actions)?;
        list(map, "notes", self.notes)
    }
}

fn optional<M: SerializeMap, T: Serialize>(map: &mut M, key: &'static str, value: Option<T>) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, &value),
        None => Ok(()),
    }
}

fn list<M: SerializeMap>(map: &mut M, key: &'static str, words: &[&str]) -> Result<(), M::Error> {
    if words.is_empty() { Ok(()) } else { map.serialize_entry(key, words) }
}

fn shown<'s, M: SerializeMap, T>(map: &mut M, key: &'static str, items: &'s [T]) -> Result<(), M::Error>
where
    Shown<'s, T>: Serialize,
{
    if items.is_empty() { Ok(()) } else { map.serialize_entry(key, &Items(items)) }
}

struct Items<'s, T>(&'s [T]);

impl<'s, T> Serialize for Items<'s, T>
where
    Shown<'s, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for item in self.0 {
            seq.serialize_element(&Shown(item))?;
        }
        seq.end()
    }
}

impl Serialize for Shown<'_, Creation<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let exception = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", exception.kind)?;
        map.serialize_entry("status", exception.status)?;
        optional(&mut map, "reason", exception.reason)?;
        optional(&mut map, "comment", exception.comment)?;
        if !exception.notifies.is_empty() {
            map.serialize_entry("notifies", exception.notifies)?;
        }
        optional(&mut map, "worked_by", exception.worked_by)?;
        map.end()
    }
}

impl Serialize for Shown<'_, Redirection<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("to", self.0.to)?;
        optional(&mut map, "because", self.0.because)?;
        map.end()
    }
}

impl Serialize for Shown<'_, Stamp> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&rfc3339(*self.0))
    }
}

impl Serialize for Shown<'_, Turnaround> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

impl Serialize for Shown<'_, Deadline<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("within", &Shown(self.0.within))?;
        optional(&mut map, "target", self.0.target.as_ref().map(Shown))?;
        map.serialize_entry("limit", &Shown(&self.0.limit))?;
        map.end()
    }
}

impl Serialize for Shown<'_, WindowState<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.0.name)?;
        map.serialize_entry("open", &self.0.open)?;
        let key = if self.0.open { "until" } else { "opens" };
        optional(&mut map, key, self.0.changes.as_ref().map(Shown))?;
        map.end()
    }
}

impl Serialize for Shown<'_, Unmet<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", self.0.rule)?;
        map.serialize_entry("say", self.0.say)?;
        map.serialize_entry("facts", &Facts(&self.0.facts))?;
        map.end()
    }
}

impl Serialize for Shown<'_, Match<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("category", self.0.category)?;
        optional(&mut map, "outcome", self.0.outcome)?;
        list(&mut map, "scenarios", &self.0.scenarios)?;
        optional(&mut map, "turnaround", self.0.deadline.as_ref().map(Shown))?;
        map.end()
    }
}

impl Serialize for Shown<'_, Ground<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        optional(&mut map, "rule", Some(self.0.rule).filter(|rule| !rule.is_empty()))?;
        map.serialize_entry("place", self.0.place)?;
        map.serialize_entry("facts", &Facts(&self.0.facts))?;
        map.end()
    }
}

/// Facts as an object, each value in the form in which a case may carry it.
pub(super) struct Facts<'s, 'a>(pub &'s [Given<'a>]);

impl Serialize for Facts<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for given in self.0 {
            map.serialize_entry(given.name, &Shown(given))?;
        }
        map.end()
    }
}

impl Serialize for Shown<'_, Given<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &*self.0.value {
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            value @ (Value::Choice(_) | Value::Decimal(_) | Value::Duration(_) | Value::Date(_) | Value::Zone(_)) => {
                serializer.serialize_str(&value.text(self.0.kind))
            }
        }
    }
}

struct Failure<'s> {
    case: &'s Unreadable,
    line: usize,
}

impl Serialize for Failure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        optional(&mut map, "case", self.case.id.as_ref())?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("error", &ErrorKeys(self.case))?;
        map.end()
    }
}

struct ErrorKeys<'s>(&'s Unreadable);

impl Serialize for ErrorKeys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fault = &self.0.fault;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &fault.code().to_string())?;
        map.serialize_entry("message", fault.message())?;
        optional(&mut map, "fact", fault.fact_name())?;
        // as it was sent, digit for digit
        let value = fault.value_json().and_then(|json| RawValue::from_string(json.to_owned()).ok());
        optional(&mut map, "value", value)?;
        optional(&mut map, "expected", fault.expectation())?;
        optional(&mut map, "did_you_mean", fault.suggestion())?;
        optional(&mut map, "help", fault.cure())?;
        map.end()
    }
}
