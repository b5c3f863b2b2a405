//! Which facts of the vocabulary carry what is known of an authorization, a charge and a request: `reads`.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::facts::{FactId, Missing};
use crate::source::Span;
use crate::syntax::{Entry, Node};

use super::super::matcher::Scope;
use super::super::reader::Reader;
use super::field::{Field, Group};

/// The fact of each field that the policy reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bindings {
    facts: BTreeMap<Field, (FactId, Span)>,
}

impl Bindings {
    /// The fact that carries a field, if the policy reads it.
    pub fn fact(&self, field: Field) -> Option<FactId> {
        self.facts.get(&field).map(|(fact, _)| *fact)
    }

    /// Every field that the policy reads, with its fact.
    pub fn iter(&self) -> impl Iterator<Item = (Field, FactId)> {
        self.facts.iter().map(|(field, (fact, _))| (*field, *fact))
    }

    /// Where a field is bound.
    pub(super) fn span(&self, field: Field) -> Option<Span> {
        self.facts.get(&field).map(|(_, span)| *span)
    }

    /// Whether any of the fields that tell whether an authorization serves is bound.
    pub(super) fn serves(&self) -> bool {
        Field::SERVING.iter().any(|field| self.facts.contains_key(field))
    }

    /// The fields of `wanted` that are not bound, in words.
    pub(super) fn lacking(&self, wanted: &[Field]) -> Vec<String> {
        let lacking = wanted.iter().filter(|field| !self.facts.contains_key(field));
        lacking.map(|field| format!("`{}` of `{}`", field.word(), field.group().word())).collect()
    }
}

/// Lowers `reads:`.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Bindings {
    let mut bindings = Bindings::default();
    let groups = reader.entries(node, "a map of what is read of an authorization, a charge and a request");
    for entry in groups.unwrap_or_default() {
        let known = Group::ALL.into_iter().find(|group| group.word() == entry.key);
        let Some(group) = known else {
            let words = Group::ALL.map(Group::word);
            reader.unknown(Code::UnknownField, entry.key_span, "group of fields", &entry.key, words.into_iter());
            continue;
        };
        for entry in reader.entries(&entry.value, "a map of fields and facts").unwrap_or_default() {
            if let Some((field, fact)) = bind(reader, scope, group, entry) {
                bindings.facts.insert(field, (fact, entry.key_span));
            }
        }
    }
    bindings
}

fn bind(reader: &mut Reader<'_>, scope: &Scope<'_>, group: Group, entry: &Entry) -> Option<(Field, FactId)> {
    let of_group = || Field::ALL.into_iter().filter(move |field| field.group() == group);
    let Some(field) = of_group().find(|field| field.word() == entry.key) else {
        let what = format!("field of `{}`", group.word());
        let words: Vec<&str> = of_group().map(Field::word).collect();
        reader.unknown(Code::UnknownField, entry.key_span, &what, &entry.key, words.into_iter());
        return None;
    };
    let name = reader.word(&entry.value, "a fact")?;
    let Some(id) = scope.vocabulary.fact_id(name) else {
        if !scope.is_spoilt(name) {
            let names = scope.vocabulary.facts().map(|(_, fact)| fact.name.as_str());
            reader.unknown(Code::UnknownFact, entry.value.span, "fact", name, names);
        }
        return None;
    };
    let fact = scope.vocabulary.fact(id);
    let message = if fact.formula.is_some() {
        Some(format!("`{name}` is computed, so that nobody can say what it is"))
    } else if field == Field::SubmittedOn && fact.missing != Missing::NoMatch {
        // what is not submitted yet has no such day
        let message = format!("`{name}` is never absent, but a request may not have gone out yet");
        reader.fault(Code::FieldType, entry.value.span, message, "bind it to a date with `if missing: no match`");
        return None;
    } else if field.kind().fits(&fact.kind) {
        None
    } else {
        Some(format!("`{name}` cannot hold `{}` of `{}`", field.word(), group.word()))
    };
    if let Some(message) = message {
        reader.fault(Code::FieldType, entry.value.span, message, format!("bind it to {}", field.kind().expected()));
        return None;
    }
    Some((field, id))
}
