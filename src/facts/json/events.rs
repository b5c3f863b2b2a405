//! Reads the events of a case from JSON.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use crate::diagnostic::Code;
use crate::facts::clock::Entries;
use crate::facts::event::{PERSON_KEYS, bounded};
use crate::facts::{Event, Fault, Person, Raw, RequestEventBuilder, Vocabulary};

use super::{FactsSeed, Group, Reader, Values, raw_of, syntax};

/// The events of a case; `None` for null.
pub(super) fn read(raw: &Raw<'_>, vocabulary: &Arc<Vocabulary>) -> Result<Option<Vec<Event>>, Fault> {
    let items = match raw {
        Raw::Null => return Ok(None),
        Raw::Nested(text) => serde_json::from_str::<Vec<&RawValue>>(text).ok(),
        Raw::Boolean(_) | Raw::Number(_) | Raw::Text(_) | Raw::Plain(_) => None,
    };
    let items = items.ok_or_else(|| {
        Fault::new(Code::CaseShape, "`events` is not a list").expected("a list of events, each an object")
    })?;
    bounded(items.len())?;
    (1..).zip(items).map(|(number, item)| event(item, number, vocabulary)).collect::<Result<_, _>>().map(Some)
}

fn list(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// The entries of an object; a fault if it is none, or has a key twice.
fn entries<'v>(value: &'v RawValue, what: &str) -> Result<Vec<(Cow<'v, str>, &'v RawValue)>, Fault> {
    let Ok(Entries(entries)) = serde_json::from_str(value.get()) else {
        return Err(Fault::new(Code::CaseShape, format!("{what} is not an object")).expected("an object"));
    };
    for (number, (key, _)) in entries.iter().enumerate() {
        if entries.iter().take(number).any(|(known, _)| known == key) {
            return Err(Fault::twice(key));
        }
    }
    Ok(entries)
}

fn event(value: &RawValue, number: usize, vocabulary: &Arc<Vocabulary>) -> Result<Event, Fault> {
    let mut builder = RequestEventBuilder::new(number, vocabulary);
    match taken(&mut builder, value, vocabulary) {
        Ok(()) => builder.finish(),
        Err(fault) => Err(builder.placed(fault)),
    }
}

fn taken(builder: &mut RequestEventBuilder, value: &RawValue, vocabulary: &Arc<Vocabulary>) -> Result<(), Fault> {
    for (key, value) in entries(value, "the event")? {
        let raw = raw_of(value)?;
        match (&*key, &raw) {
            ("by", Raw::Nested(_)) => builder.set_by(person(value)?),
            ("to", Raw::Nested(_)) => builder.set_to(person(value)?),
            ("facts", Raw::Nested(_)) => {
                let mut reader = Reader::new(vocabulary, Values::AsWritten);
                let seed = FactsSeed { reader: &mut reader, names: vocabulary.names(), group: Group::Top };
                let read = seed.deserialize(&mut serde_json::Deserializer::from_str(value.get()));
                match (reader.faults.into_iter().next(), read) {
                    (Some(fault), _) => return Err(fault),
                    (None, Err(error)) => return Err(syntax::fault(&error, value.get())),
                    (None, Ok(())) => builder.set_facts(reader.builder.into_facts()),
                }
            }
            _ => builder.set_key(&key, &raw)?,
        }
    }
    Ok(())
}

fn person(value: &RawValue) -> Result<Person, Fault> {
    let (mut id, mut roles) = (None, Vec::new());
    for (key, value) in entries(value, "a person")? {
        match &*key {
            "id" => id = word(&key, value)?,
            "roles" => match list(value) {
                Some(items) => {
                    for item in items {
                        roles.extend(word("roles", item)?);
                    }
                }
                None => roles.extend(word("roles", value)?),
            },
            _ => return Err(Fault::unknown_key_among(&key, "a person", &PERSON_KEYS)),
        }
    }
    Person::checked(id, roles)
}

fn word(key: &str, value: &RawValue) -> Result<Option<String>, Fault> {
    let raw = raw_of(value)?;
    Ok(crate::facts::case::text(key, &raw)?.map(str::to_owned))
}
