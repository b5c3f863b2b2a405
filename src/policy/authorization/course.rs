//! What comes next, and what is to be noticed.

use crate::diagnostic::Code;
use crate::facts::{Kind, Ordinal};
use crate::syntax::{Entry, Node};

use super::super::matcher::Scope;
use super::super::named::names;
use super::super::reader::{Captions, Reader};
use super::super::turnaround::{self, Allowance};
use super::super::{Condition, Interval, Matcher, Rule, when};
use super::bindings::Bindings;
use super::demand::{actions, notes};
use super::field::Field;
use super::serving::test;

/// A move of `next`: the first that applies is what comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// When it applies; one that is repeated, no longer once it has been often enough.
    pub rule: Rule,
    /// What is to be done: where there are several, a person chooses.
    pub actions: Vec<String>,
    /// What is to be known.
    pub notes: Vec<String>,
    /// How soon, or at which intervals.
    pub allowed: Option<Allowance>,
    /// Whether it is done again and again.
    pub repeats: Option<Repeats>,
}

/// That a move is done again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeats {
    /// How often at most.
    pub at_most: Option<u32>,
}

/// Something that is to be noticed.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// When it is to be noticed.
    pub rule: Rule,
    /// What is to be done.
    pub actions: Vec<String>,
    /// What is to be known.
    pub notes: Vec<String>,
}

/// Lowers `next:`.
pub(super) fn moves(reader: &mut Reader<'_>, scope: &Scope<'_>, reads: &Bindings, node: &Node) -> Vec<Move> {
    let entries = names(reader, node, "moves").unwrap_or_default();
    entries.iter().filter_map(|entry| one(reader, scope, reads, entry)).collect()
}

fn one(reader: &mut Reader<'_>, scope: &Scope<'_>, reads: &Bindings, entry: &Entry) -> Option<Move> {
    let mut fields = reader.fields(&entry.value, "`{ when: …, actions: … }`")?;
    let before = reader.faults();
    let captions = fields.captions(reader);
    let when = fields.need(reader, "when", "with the condition under which it comes next");
    let when = when.and_then(|node| when::lower(reader, scope, node));
    let (actions, notes) = (actions(reader, scope, &mut fields), notes(reader, &mut fields));
    let (within, every, most) = (fields.node("within"), fields.take("every"), fields.take("at most"));
    fields.finish(reader);
    if let (Some(_), Some(every)) = (within, every) {
        let help = "delete one of the two: `every` says when it is due the next time";
        reader.fault(Code::BadMove, every.key_span, "a move is due either `within` a time or `every` so often", help);
    }
    if let (None, Some(most)) = (every, most) {
        let help = "add `every:` with the time between two attempts, or delete the key";
        reader.fault(Code::BadMove, most.key_span, "nothing says how often it is repeated", help);
    }
    if actions.is_empty() && notes.is_empty() && reader.faults() == before {
        let help = "add `actions:` or `notes:`";
        reader.fault(Code::BadMove, entry.key_span, format!("nothing is done by `{}`", entry.key), help);
    }
    let timed = within.or(every.map(|entry| &entry.value));
    let allowed = timed.map(|node| turnaround::measured(reader, scope, node));
    let at_most = match most {
        Some(most) => Some(times(reader, &most.value)?),
        None => None,
    };
    let mut when = when?;
    if let (Some(most), Some(at_most)) = (most, at_most) {
        when = capped(reader, scope, reads, most, when, at_most)?;
    }
    let rule = Rule { id: format!("next.{}", entry.key), place: reader.place(entry.key_span), when };
    (reader.faults() == before).then_some(Move {
        name: entry.key.clone(),
        captions,
        rule,
        actions,
        notes,
        allowed: allowed.flatten().map(Allowance::plain),
        repeats: every.map(|_| Repeats { at_most }),
    })
}

/// `6 times`.
fn times(reader: &mut Reader<'_>, node: &Node) -> Option<u32> {
    let text = reader.word(node, "a number such as `6 times`")?;
    let figure = text.strip_suffix(" times").and_then(|figure| figure.trim().parse().ok()).filter(|times| *times > 0);
    if figure.is_none() {
        let message = format!("`{text}` does not say how often");
        reader.fault(Code::BadMove, node.span, message, "write it such as `6 times`");
    }
    figure
}

/// A move that has been made as often as it may no longer applies. Attempts that nobody counted are none.
fn capped(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    reads: &Bindings,
    most: &Entry,
    when: Condition,
    at_most: u32,
) -> Option<Condition> {
    let Some(attempts) = reads.fact(Field::Attempts) else {
        unbound(reader, most.key_span, reads, &[Field::Attempts]);
        return None;
    };
    let limit = match scope.vocabulary.fact(attempts).kind {
        Kind::Decimal(_) => Ordinal::Exact(at_most.into()),
        _ => Ordinal::Whole(at_most.into()),
    };
    let exhausted = test(attempts, Matcher::Within(Interval::above(limit, true)), most.value.span);
    Some(Condition::All(vec![when, Condition::Not(Box::new(exhausted))]))
}

/// Reports what `reads` lacks.
pub(super) fn unbound(reader: &mut Reader<'_>, span: crate::source::Span, reads: &Bindings, wanted: &[Field]) {
    let lacking = reads.lacking(wanted).join(", ");
    let help = "bind it under `reads:` to a fact of the vocabulary";
    reader.fault(
        Code::UnboundField,
        span,
        format!("this needs {lacking}, and `reads` does not say which fact holds it"),
        help,
    );
}

/// Lowers `alerts:`.
pub(super) fn alerts(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Vec<Alert> {
    let entries = names(reader, node, "alerts").unwrap_or_default();
    entries.iter().filter_map(|entry| alert(reader, scope, entry)).collect()
}

fn alert(reader: &mut Reader<'_>, scope: &Scope<'_>, entry: &Entry) -> Option<Alert> {
    let mut fields = reader.fields(&entry.value, "`{ when: …, actions: … }`")?;
    let captions = fields.captions(reader);
    let when = fields.need(reader, "when", "with what is to be noticed");
    let when = when.and_then(|node| when::lower(reader, scope, node));
    let (actions, notes) = (actions(reader, scope, &mut fields), notes(reader, &mut fields));
    fields.finish(reader);
    let rule = Rule { id: format!("alerts.{}", entry.key), place: reader.place(entry.key_span), when: when? };
    Some(Alert { name: entry.key.clone(), captions, rule, actions, notes })
}
