//! Cases written in YAML: those of tests, and those that people write by hand.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Bag, Code};
use crate::facts::{CASE_KEYS, Case, CaseBuilder, EventBuilder, Fault, Kind, Raw, Unreadable, Vocabulary};
use crate::source::{Source, Span};
use crate::syntax::{self, Entry, Node, Shape};

use super::events;

/// A fault of a case with where it stands.
pub(super) struct PlacedFault {
    pub span: Span,
    pub fault: Fault,
}

/// Reads a YAML file that holds one case or a list of them, each with the line on which it begins. Faults of the YAML
/// itself go into `bag`.
pub fn read_cases(
    source: &Arc<Source>,
    vocabulary: &Arc<Vocabulary>,
    bag: &mut Bag,
) -> Vec<(usize, Result<Case, Unreadable>)> {
    let Some(root) = syntax::read(source, bag) else { return Vec::new() };
    let nodes = match &root.shape {
        Shape::List(items) => items.as_slice(),
        Shape::Scalar(_) | Shape::Map(_) => std::slice::from_ref(&root),
    };
    let read = |node: &Node| {
        let mut builder = CaseBuilder::new(vocabulary);
        match whole(&mut builder, node) {
            Ok(faults) => builder.finish_with(faults.into_iter().map(|placed| placed.fault).collect()),
            Err(fault) => Err(Unreadable::of(None, fault)),
        }
    };
    nodes.iter().map(|node| (source.position(node.span.start).line, read(node))).collect()
}

/// Takes all keys of a case; what is wrong with each comes in order of place.
fn whole(builder: &mut CaseBuilder, node: &Node) -> Result<Vec<PlacedFault>, Fault> {
    let Shape::Map(entries) = &node.shape else {
        return Err(Fault::new(Code::CaseShape, format!("the case is {}, not a map", node.description()))
            .expected("a map with `at` and `facts`"));
    };
    let mut faults = Vec::new();
    for entry in entries {
        match entry.key.as_str() {
            "facts" => facts(builder, &entry.value, "", &|_| false, &mut faults),
            "events" => events::lower(builder, &entry.value, &mut faults),
            _ => key(builder, entry, &mut faults),
        }
    }
    Ok(faults)
}

/// Takes a key beside `facts`.
pub(super) fn key(builder: &mut CaseBuilder, entry: &Entry, faults: &mut Vec<PlacedFault>) {
    if !CASE_KEYS.contains(&entry.key.as_str()) {
        faults.push(PlacedFault { span: entry.key_span, fault: Fault::unknown_key(&entry.key) });
    } else if entry.key == "clock" {
        clock(builder, &entry.value, faults);
    } else if entry.key == "unknown" {
        unknown(builder, &entry.value, faults);
    } else if let Err(fault) = builder.set_key(&entry.key, &raw(&entry.value)) {
        faults.push(PlacedFault { span: entry.value.span, fault });
    }
}

/// Takes the names of facts that are unknown.
fn unknown(builder: &mut CaseBuilder, node: &Node, faults: &mut Vec<PlacedFault>) {
    let Shape::List(items) = &node.shape else {
        if !node.is_blank() && !node.refused {
            faults.push(PlacedFault { span: node.span, fault: Fault::no_names(node.description()) });
        }
        return;
    };
    for item in items.iter().filter(|item| !item.refused) {
        let taken = match item.as_scalar() {
            Some(name) => builder.add_unknown(&name.text),
            None => Err(Fault::no_name(&raw(item))),
        };
        faults.extend(taken.err().map(|fault| PlacedFault { span: item.span, fault }));
    }
}

/// Takes what happened to the clock, unless something of it is at fault.
fn clock(builder: &mut CaseBuilder, node: &Node, faults: &mut Vec<PlacedFault>) {
    let before = faults.len();
    let Shape::List(items) = &node.shape else {
        if !node.is_blank() && !node.refused {
            let fault = Fault::clock_shape("`clock`", node.description(), "a list of events");
            faults.push(PlacedFault { span: node.span, fault });
        }
        return;
    };
    let mut events = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let Shape::Map(entries) = &item.shape else {
            let fault = Fault::clock_shape(&EventBuilder::name(index), item.description(), "a map");
            faults.push(PlacedFault { span: item.span, fault });
            continue;
        };
        let already = faults.len();
        let mut event = EventBuilder::new(index);
        for entry in entries {
            let span = if matches!(entry.key.as_str(), "event" | "at") { entry.value.span } else { entry.key_span };
            faults.extend(event.set_key(&entry.key, &raw(&entry.value)).err().map(|fault| PlacedFault { span, fault }));
        }
        match event.finish() {
            Ok(event) => events.push(event),
            // an event that could not be read is not missing
            Err(_) if faults.len() > already => {}
            Err(fault) => faults.push(PlacedFault { span: item.span, fault }),
        }
    }
    if faults.len() == before {
        builder.set_clock(events);
    }
}

/// Where an event of a clock stands: its instant if that is at fault.
pub(super) fn event_span(node: &Node, index: usize, code: Code) -> Option<Span> {
    let Shape::List(items) = &node.shape else { return None };
    let item = items.get(index)?;
    let Shape::Map(entries) = &item.shape else { return Some(item.span) };
    let key = if code == Code::ClockInstant { "at" } else { "event" };
    Some(entries.iter().find(|entry| entry.key == key)?.value.span)
}

/// Takes facts, nested or under dotted names, but for those that `skip` says are settled.
pub(super) fn facts(
    builder: &mut CaseBuilder,
    node: &Node,
    prefix: &str,
    skip: &dyn Fn(&str) -> bool,
    faults: &mut Vec<PlacedFault>,
) {
    let Shape::Map(entries) = &node.shape else {
        if !node.is_blank() && !node.refused {
            let fault = Fault::new(Code::CaseShape, format!("facts are a map, not {}", node.description()))
                .help("write `facts: { fact.name: value }`");
            faults.push(PlacedFault { span: node.span, fault });
        }
        return;
    };
    for entry in entries {
        let name = if prefix.is_empty() { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
        if skip(&name) || entry.value.refused {
            continue;
        }
        let vocabulary = Arc::clone(builder.vocabulary());
        match vocabulary.fact_id(&name) {
            Some(id) => {
                let whole = uncut(&entry.value, &vocabulary.fact(id).kind);
                let taken = whole.and_then(|()| builder.set_fact(id, &raw(&entry.value)));
                faults.extend(taken.err().map(|fault| PlacedFault { span: entry.value.span, fault }));
            }
            None if vocabulary.is_group(&name) && !matches!(entry.value.shape, Shape::Scalar(_)) => {
                facts(builder, &entry.value, &name, skip, faults);
            }
            None => {
                let fault = Fault::unknown_fact(&name, &vocabulary).value(&raw(&entry.value));
                faults.push(PlacedFault { span: entry.key_span, fault });
            }
        }
    }
}

/// Refuses an unquoted text of which YAML may have cut the end.
pub(super) fn uncut(node: &Node, kind: &Kind) -> Result<(), Fault> {
    let Some(scalar) = node.as_scalar().filter(|scalar| !scalar.quoted) else { return Ok(()) };
    let why = match (scalar.cut || (scalar.commented && *kind == Kind::Text), scalar.in_flow) {
        (true, _) => "YAML ends it at ` #`",
        (false, true) if *kind == Kind::Text && scalar.text.contains(' ') => {
            "within brackets YAML ends it at each comma"
        }
        (false, _) => return Ok(()),
    };
    Err(Fault::new(Code::UnquotedSentence, format!("the text is not quoted: {why}"))
        .value(&raw(node))
        .help(format!("put the whole text in double quotes: \"{} …\"", scalar.text)))
}

/// The dotted names of all facts that are written here, empty ones included.
pub(super) fn names(node: &Node, prefix: &str, vocabulary: &Vocabulary, found: &mut Vec<String>) {
    let Shape::Map(entries) = &node.shape else { return };
    for entry in entries {
        let name = if prefix.is_empty() { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
        match vocabulary.fact_id(&name) {
            Some(_) => found.push(name),
            None => names(&entry.value, &name, vocabulary, found),
        }
    }
}

/// A scalar as it stands in the file.
pub(super) fn raw(node: &Node) -> Raw<'_> {
    match &node.shape {
        Shape::Scalar(scalar) if scalar.quoted => Raw::Text(Cow::Borrowed(&scalar.text)),
        Shape::Scalar(scalar) if matches!(scalar.text.as_str(), "" | "null" | "~") => Raw::Null,
        Shape::Scalar(scalar) => Raw::Plain(&scalar.text),
        Shape::List(_) => Raw::Nested("["),
        Shape::Map(_) => Raw::Nested("{"),
    }
}
