//! Events of requests written in YAML.

use crate::diagnostic::Code;
use crate::facts::{
    CaseBuilder, EVENT_KEYS, Event, Fault, Kind, PERSON_KEYS, Person, Raw, RequestEventBuilder, bounded,
};
use crate::syntax::{Node, Shape};

use super::given::{PlacedFault, facts, raw, uncut};

/// Takes the events of a case.
pub(super) fn lower(builder: &mut CaseBuilder, node: &Node, faults: &mut Vec<PlacedFault>) {
    if node.is_blank() || node.refused {
        return;
    }
    let Shape::List(items) = &node.shape else {
        let fault = Fault::new(Code::CaseShape, "`events` is not a list").expected("a list of events, each a map");
        faults.push(PlacedFault { span: node.span, fault });
        return;
    };
    if let Err(fault) = bounded(items.len()) {
        faults.push(PlacedFault { span: node.span, fault });
        return;
    }
    let read: Vec<Event> = (1..).zip(items).filter_map(|(number, item)| event(builder, item, number, faults)).collect();
    builder.set_events(read);
}

fn event(case: &CaseBuilder, node: &Node, number: usize, faults: &mut Vec<PlacedFault>) -> Option<Event> {
    let mut builder = RequestEventBuilder::new(number, case.vocabulary());
    let Shape::Map(entries) = &node.shape else {
        let fault = Fault::new(Code::CaseShape, "the event is not a map").expected("a map");
        faults.push(PlacedFault { span: node.span, fault: builder.placed(fault) });
        return None;
    };
    let mut found = Vec::new();
    for entry in entries {
        let is_map = matches!(entry.value.shape, Shape::Map(_));
        match entry.key.as_str() {
            "by" if is_map => found.extend(person(&entry.value).map(|person| builder.set_by(person)).err()),
            "to" if is_map => found.extend(person(&entry.value).map(|person| builder.set_to(person)).err()),
            "facts" if is_map => {
                let mut given = CaseBuilder::new(case.vocabulary());
                facts(&mut given, &entry.value, "", &|_| false, &mut found);
                builder.set_facts(given.into_facts());
            }
            "comment" => {
                let taken =
                    uncut(&entry.value, &Kind::Text).and_then(|()| builder.set_key(&entry.key, &raw(&entry.value)));
                found.extend(taken.err().map(|fault| PlacedFault { span: entry.value.span, fault }));
            }
            key => {
                let known = EVENT_KEYS.contains(&key);
                let span = if known { entry.value.span } else { entry.key_span };
                found.extend(builder.set_key(key, &raw(&entry.value)).err().map(|fault| PlacedFault { span, fault }));
            }
        }
    }
    if found.is_empty() {
        return builder.finish().map_err(|fault| faults.push(PlacedFault { span: node.span, fault })).ok();
    }
    faults.extend(
        found.into_iter().map(|PlacedFault { span, fault }| PlacedFault { span, fault: builder.placed(fault) }),
    );
    None
}

fn person(node: &Node) -> Result<Person, PlacedFault> {
    let Shape::Map(entries) = &node.shape else { return Ok(Person::default()) };
    let (mut id, mut roles) = (None, Vec::new());
    let word = |node: &Node| match raw(node) {
        Raw::Text(text) => Ok(Some(text.into_owned())),
        Raw::Plain(text) => Ok(Some(text.to_owned())),
        Raw::Null => Ok(None),
        Raw::Boolean(_) | Raw::Number(_) | Raw::Nested(_) => Err(PlacedFault {
            span: node.span,
            fault: Fault::new(Code::CaseShape, "a person's id and roles are words").expected("a word"),
        }),
    };
    for entry in entries {
        match (entry.key.as_str(), &entry.value.shape) {
            ("id", _) => id = word(&entry.value)?,
            ("roles", Shape::List(items)) => {
                for item in items {
                    roles.extend(word(item)?);
                }
            }
            ("roles", _) => roles.extend(word(&entry.value)?),
            (key, _) => {
                let fault = Fault::unknown_key_among(key, "a person", &PERSON_KEYS);
                return Err(PlacedFault { span: entry.key_span, fault });
            }
        }
    }
    Person::checked(id, roles).map_err(|fault| PlacedFault { span: node.span, fault })
}
