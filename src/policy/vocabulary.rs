//! Lowers vocabulary files: facts, derived facts, lists, actions, roles.

use std::collections::{BTreeSet, HashSet};

use crate::diagnostic::Code;
use crate::facts::{Bounds, Fact, FactId, Formula, Kind, Missing, Term, Value, Vocabulary};
use crate::source::Span;
use crate::syntax::{Entry, Node};
use crate::time::Zones;

use super::hooks::Hooks;
use super::matcher::Scope;
use super::reader::{Fields, Reader};

/// How many values a fact may have: each is a class of its own in every policy.
const MOST_VALUES: usize = 10_000;

const TYPES: [&str; 7] = ["boolean", "integer", "decimal", "text", "duration", "date", "time zone"];

/// Adds a vocabulary file's words to `vocabulary`; the names of those that have faults go to `spoilt`.
pub(super) fn lower(reader: &mut Reader<'_>, root: &Node, vocabulary: &mut Vocabulary, spoilt: &mut BTreeSet<String>) {
    let Some(mut fields) = reader.fields(root, "a vocabulary") else { return };
    fields.node("vocabulary");
    fields.captions(reader);
    let mut section = |reader: &mut Reader<'_>, key| match fields.node(key) {
        Some(node) => reader.entries(node, "a map of names").unwrap_or_default(),
        None => &[],
    };
    for entry in section(reader, "facts") {
        let added = fact(reader, entry, vocabulary).is_some_and(|fact| add(reader, entry, fact, vocabulary));
        note(spoilt, entry, added);
    }
    for entry in section(reader, "derived") {
        let fact = derived(reader, entry, vocabulary, spoilt);
        let added = fact.is_some_and(|fact| add(reader, entry, fact, vocabulary));
        note(spoilt, entry, added);
    }
    for entry in section(reader, "lists") {
        let before = reader.faults();
        let values = reader.words(&entry.value, "values").into_iter().map(|(word, _)| word.to_owned()).collect();
        if reader.name(&entry.key, entry.key_span).is_some() && !vocabulary.add_list(&entry.key, values) {
            duplicate(reader, "list", &entry.key, entry.key_span);
        }
        note(spoilt, entry, reader.faults() == before);
    }
    for entry in section(reader, "actions") {
        let before = reader.faults();
        let description = reader.sentence(&entry.value, "what the action asks of people").unwrap_or_default();
        if reader.name(&entry.key, entry.key_span).is_some() && !vocabulary.add_action(&entry.key, &description) {
            duplicate(reader, "action", &entry.key, entry.key_span);
        }
        note(spoilt, entry, reader.faults() == before);
    }
    for entry in section(reader, "roles") {
        let before = reader.faults();
        let description = reader.sentence(&entry.value, "what people of this role do").unwrap_or_default();
        if reader.name(&entry.key, entry.key_span).is_some() && !vocabulary.add_role(&entry.key, &description) {
            duplicate(reader, "role", &entry.key, entry.key_span);
        }
        note(spoilt, entry, reader.faults() == before);
    }
    fields.finish(reader);
}

fn note(spoilt: &mut BTreeSet<String>, entry: &Entry, sound: bool) {
    if !sound {
        spoilt.insert(entry.key.clone());
    }
}

fn duplicate(reader: &mut Reader<'_>, what: &str, name: &str, span: Span) {
    let message = format!("the {what} `{name}` is declared already");
    reader.fault(Code::DuplicateName, span, message, "rename or delete one of the two");
}

/// Adds a fact; false if something is wrong with its name.
fn add(reader: &mut Reader<'_>, entry: &Entry, fact: Fact, vocabulary: &mut Vocabulary) -> bool {
    let before = reader.faults();
    let sound =
        entry.key.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let outer = entry.key.match_indices('.').filter_map(|(at, _)| entry.key.get(..at));
    let inside = outer.into_iter().find(|name| vocabulary.fact_id(name).is_some());
    if !sound {
        reader.fault(
            Code::BadName,
            entry.key_span,
            format!("`{}` is no name of a fact", entry.key),
            "names of facts have letters, digits and `_`, in parts joined with dots",
        );
    } else if vocabulary.is_group(&entry.key) || inside.is_some() {
        let message = format!("`{}` would be both a fact and a group of facts", entry.key);
        reader.fault(Code::DuplicateName, entry.key_span, message, "rename one of them");
    } else if vocabulary.add_fact(fact).is_none() {
        duplicate(reader, "fact", &entry.key, entry.key_span);
    }
    reader.faults() == before
}

fn fact(reader: &mut Reader<'_>, entry: &Entry, vocabulary: &Vocabulary) -> Option<Fact> {
    let mut fields = reader.fields(&entry.value, "the fact's type")?;
    let kind = typed(reader, &mut fields, vocabulary.zones());
    let ask = fields.node("ask").and_then(|node| reader.sentence(node, "a question"));
    let description = fields.captions(reader).description;
    let if_missing = fields.take("if missing");
    let default = fields.take("default");
    fields.finish(reader);
    let kind = kind?;
    let missing = match (if_missing, default) {
        (None, None) => Missing::Ask,
        (Some(_), Some(default)) => {
            let message = "a fact has either `if missing` or a `default`";
            reader.fault(Code::UnknownKey, default.key_span, message, "delete one of the two");
            return None;
        }
        (Some(entry), None) => match reader.word(&entry.value, "`ask` or `no match`")? {
            "ask" => Missing::Ask,
            "no match" => Missing::NoMatch,
            other => {
                let known = ["ask", "no match"].into_iter();
                reader.unknown(Code::UnknownValue, entry.value.span, "way to treat a missing fact:", other, known);
                return None;
            }
        },
        (None, Some(entry)) => {
            let text = reader.word(&entry.value, "a value")?;
            match kind.parse(text, vocabulary.zones()) {
                Ok(value) => Missing::Default(value),
                Err(misfit) => {
                    let message = format!("`{text}` does not fit the fact");
                    reader.fault(Code::BadBounds, entry.value.span, message, format!("expected {}", misfit.expected));
                    return None;
                }
            }
        }
    };
    Some(Fact { name: entry.key.clone(), kind, missing, ask, description, formula: None })
}

/// The type of a fact, or of whatever else has values: its words, or its name and bounds.
pub(super) fn typed(reader: &mut Reader<'_>, fields: &mut Fields<'_>, zones: &Zones) -> Option<Kind> {
    let kind = kind(reader, fields);
    let (from, to) = (fields.node("from"), fields.node("to"));
    kind.and_then(|kind| bounded(reader, kind, zones, from, to))
}

fn kind(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Kind> {
    let (values, kind) = (fields.take("one of"), fields.take("type"));
    match (values, kind) {
        (Some(values), None) => {
            let words = reader.words(&values.value, "values");
            let mut distinct: Vec<String> = Vec::new();
            let mut seen = HashSet::new();
            for (word, span) in words {
                if seen.insert(word) {
                    distinct.push(word.to_owned());
                } else {
                    duplicate(reader, "value", word, span);
                }
            }
            if distinct.len() > MOST_VALUES {
                let message = format!("the fact has more than {MOST_VALUES} values");
                let help = "make it a fact of `type: text`, which takes any value";
                reader.fault(Code::TooManyNodes, values.key_span, message, help);
                return None;
            }
            (!distinct.is_empty()).then_some(Kind::OneOf(distinct))
        }
        (None, Some(entry)) => {
            let name = reader.word(&entry.value, "a type")?;
            match name {
                "boolean" => Some(Kind::Boolean),
                "integer" => Some(Kind::Integer(Bounds::default())),
                "decimal" => Some(Kind::Decimal(Bounds::default())),
                "text" => Some(Kind::Text),
                "duration" => Some(Kind::Duration),
                "date" => Some(Kind::Date),
                "time zone" => Some(Kind::TimeZone),
                other => {
                    reader.unknown(Code::BadValue, entry.value.span, "type", other, TYPES.into_iter());
                    None
                }
            }
        }
        (Some(_), Some(entry)) => {
            let help = "delete one of the two";
            reader.fault(Code::UnknownKey, entry.key_span, "a fact has either `one of` or a `type`", help);
            None
        }
        (None, None) => {
            let help = format!("add `one of: [...]` or `type:` with one of {}", TYPES.join(", "));
            reader.fault(Code::MissingKey, fields.span(), "the fact has no type", help);
            None
        }
    }
}

fn bounded(reader: &mut Reader<'_>, kind: Kind, zones: &Zones, from: Option<&Node>, to: Option<&Node>) -> Option<Kind> {
    match kind {
        Kind::Integer(_) => {
            let whole = |value| if let Value::Integer(number) = value { Some(number) } else { None };
            let mut bound = |node| bound(reader, &kind, zones, node, whole);
            let bounds = Bounds { from: bound(from)?, to: bound(to)? };
            rising(reader, bounds, to).map(Kind::Integer)
        }
        Kind::Decimal(_) => {
            let exact = |value| if let Value::Decimal(number) = value { Some(number) } else { None };
            let mut bound = |node| bound(reader, &kind, zones, node, exact);
            let bounds = Bounds { from: bound(from)?, to: bound(to)? };
            rising(reader, bounds, to).map(Kind::Decimal)
        }
        other => {
            if let Some(node) = from.or(to) {
                let message = format!("a fact of this type has no bounds: it is {}", other.name());
                reader.fault(Code::MatcherMismatch, node.span, message, "bounds belong to integers and decimals");
            }
            Some(other)
        }
    }
}

/// A bound is written as the values are that it bounds. The outer `None`: it cannot be read.
fn bound<N>(
    reader: &mut Reader<'_>,
    kind: &Kind,
    zones: &Zones,
    node: Option<&Node>,
    take: fn(Value) -> Option<N>,
) -> Option<Option<N>> {
    let Some(node) = node else { return Some(None) };
    let text = reader.word(node, "a number")?;
    match kind.parse(text, zones) {
        Ok(value) => Some(take(value)),
        Err(misfit) => {
            let help = misfit.help.unwrap_or_else(|| format!("write {}", misfit.expected));
            reader.fault(Code::BadValue, node.span, format!("`{text}` is no bound of this fact"), help);
            None
        }
    }
}

fn rising<N: PartialOrd + Copy>(reader: &mut Reader<'_>, bounds: Bounds<N>, to: Option<&Node>) -> Option<Bounds<N>> {
    match (bounds.from, bounds.to, to) {
        (Some(low), Some(high), Some(node)) if low > high => {
            reader.fault(Code::BadBounds, node.span, "`to` lies below `from`", "write the smaller bound under `from`");
            None
        }
        _ => Some(bounds),
    }
}

fn derived(reader: &mut Reader<'_>, entry: &Entry, vocabulary: &Vocabulary, spoilt: &BTreeSet<String>) -> Option<Fact> {
    let scope = Scope { vocabulary, spoilt, has_calendar: false, hooks: &Hooks::default() };
    let mut fields = reader.fields(&entry.value, "`{ from: … }` or `{ percent: … of … }`")?;
    let (from, percent) = (fields.node("from"), fields.node("percent"));
    let description = fields.captions(reader).description;
    let span = fields.span();
    fields.finish(reader);
    let (formula, kind) = match (from, percent) {
        (Some(node), None) => sum(reader, node, &scope)?,
        (None, Some(node)) => share(reader, node, &scope)?,
        _ => {
            reader.fault(
                Code::BadDerived,
                span,
                "a derived fact has either `from` or `percent`",
                "write it such as `{ from: auth.approved - auth.used }` or `{ percent: auth.used of auth.approved }`",
            );
            return None;
        }
    };
    let missing = Missing::NoMatch;
    Some(Fact { name: entry.key.clone(), kind, missing, ask: None, description, formula: Some(formula) })
}

fn part(reader: &mut Reader<'_>, span: Span, name: &str, scope: &Scope<'_>) -> Option<FactId> {
    let vocabulary = scope.vocabulary;
    let Some(id) = vocabulary.fact_id(name) else {
        if scope.is_spoilt(name) {
            return None;
        }
        let names = vocabulary.facts().map(|(_, fact)| fact.name.as_str());
        reader.unknown(Code::UnknownFact, span, "fact", name, names);
        return None;
    };
    let fact = vocabulary.fact(id);
    if fact.formula.is_some() || !fact.kind.is_ordered() {
        let message = format!("`{name}` is no number, duration or date that a case carries");
        reader.fault(Code::BadDerived, span, message, "compute with integers, decimals, durations or dates");
        return None;
    }
    Some(id)
}

fn sum(reader: &mut Reader<'_>, node: &Node, scope: &Scope<'_>) -> Option<(Formula, Kind)> {
    let text = reader.word(node, "a sum such as `a.b - c.d`")?;
    let mut terms: Vec<Term> = Vec::new();
    let mut minus = false;
    let mut expects_fact = true;
    for word in text.split_whitespace() {
        match (word, expects_fact) {
            ("+" | "-", false) => minus = word == "-",
            (name, true) if name != "+" && name != "-" => {
                let fact = part(reader, node.span, name, scope)?;
                if terms.iter().any(|term| term.fact == fact) {
                    let message = format!("`{name}` stands in the sum twice");
                    reader.fault(Code::BadDerived, node.span, message, "name each fact once");
                    return None;
                }
                terms.push(Term { minus, fact });
            }
            _ => {
                let help = "put one `+` or `-`, with spaces around it, between two facts";
                reader.fault(Code::BadDerived, node.span, format!("`{text}` is no sum of facts"), help);
                return None;
            }
        }
        expects_fact = !expects_fact;
    }
    if expects_fact {
        let help = "end the sum with a fact";
        reader.fault(Code::BadDerived, node.span, format!("`{text}` is no sum of facts"), help);
        return None;
    }
    match sum_kind(&terms, scope.vocabulary) {
        Some(kind) => Some((Formula::Sum(terms), kind)),
        None => {
            let help = "add and subtract numbers, or durations, or one date from another";
            reader.fault(Code::BadDerived, node.span, format!("the facts of `{text}` do not add up"), help);
            None
        }
    }
}

fn sum_kind(terms: &[Term], vocabulary: &Vocabulary) -> Option<Kind> {
    let kinds: Vec<&Kind> = terms.iter().map(|term| &vocabulary.fact(term.fact).kind).collect();
    let all = |fits: fn(&Kind) -> bool| kinds.iter().all(|kind| fits(kind));
    if all(|kind| matches!(kind, Kind::Integer(_))) {
        Some(Kind::Integer(Bounds::default()))
    } else if all(|kind| matches!(kind, Kind::Integer(_) | Kind::Decimal(_))) {
        Some(Kind::Decimal(Bounds::default()))
    } else if all(|kind| *kind == Kind::Duration) {
        Some(Kind::Duration)
    } else {
        let one_less_other = matches!(terms, [Term { minus: false, .. }, Term { minus: true, .. }]);
        (one_less_other && all(|kind| *kind == Kind::Date)).then_some(Kind::Days)
    }
}

fn share(reader: &mut Reader<'_>, node: &Node, scope: &Scope<'_>) -> Option<(Formula, Kind)> {
    let text = reader.word(node, "a share such as `a.b of c.d`")?;
    let Some((measured, against)) = text.split_once(" of ") else {
        let help = "write it such as `auth.used of auth.approved`";
        reader.fault(Code::BadDerived, node.span, format!("`{text}` is no share"), help);
        return None;
    };
    let part_id = part(reader, node.span, measured.trim(), scope)?;
    let whole = part(reader, node.span, against.trim(), scope)?;
    let group = |id: FactId| match scope.vocabulary.fact(id).kind {
        Kind::Integer(_) | Kind::Decimal(_) => Some(0),
        Kind::Duration => Some(1),
        _ => None,
    };
    if part_id == whole || group(part_id).is_none() || group(part_id) != group(whole) {
        let help = "take a percentage of two different numbers or two durations";
        reader.fault(Code::BadDerived, node.span, format!("`{text}` is no share"), help);
        return None;
    }
    Some((Formula::Percent { part: part_id, whole }, Kind::Decimal(Bounds::default())))
}
