//! Reads a case's clock: `[{ event, at }]`, in the order in which it happened.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::{Code, nearest};
use crate::time::{ClockError, ClockEvent, Instant};

use super::json::{Key, raw_of};
use super::{Fault, Raw};

/// The keys of an event.
const KEYS: [&str; 2] = ["event", "at"];

/// One event, its keys in any order.
#[derive(Debug)]
pub struct EventBuilder {
    index: usize,
    event: Option<ClockEvent>,
    at: Option<Instant>,
}

impl EventBuilder {
    /// The event of this number, counted from 0.
    pub fn new(index: usize) -> EventBuilder {
        EventBuilder { index, event: None, at: None }
    }

    /// What messages call it.
    pub fn name(index: usize) -> String {
        format!("event {} of `clock`", index + 1)
    }

    /// Takes a key.
    ///
    /// # Errors
    /// An unknown key, an unknown event, or an `at` that is no instant.
    pub fn set_key(&mut self, key: &str, raw: &Raw<'_>) -> Result<(), Fault> {
        let text = match raw {
            Raw::Null => return Ok(()),
            Raw::Text(text) => text.as_ref(),
            Raw::Plain(text) => text,
            Raw::Boolean(_) | Raw::Number(_) | Raw::Nested(_) => {
                let fault = Fault::new(Code::ClockShape, format!("{}: `{key}` is not a text", Self::name(self.index)))
                    .value(raw);
                return Err(fault.expected("a text in quotes"));
            }
        };
        match key {
            "event" => {
                let words = ClockEvent::ALL.map(ClockEvent::word);
                let unknown = || {
                    Fault::new(
                        Code::UnknownClockEvent,
                        format!("{} cannot be {}", Self::name(self.index), Fault::shown(raw)),
                    )
                    .value(raw)
                    .expected(format!("one of {}", words.join(", ")))
                    .did_you_mean(nearest(text, words))
                };
                self.event = Some(ClockEvent::parse(text).ok_or_else(unknown)?);
            }
            "at" => self.at = Some(Fault::or_instant("at", raw, text)?.0),
            _ => {
                return Err(Fault::new(
                    Code::ClockShape,
                    format!("{} takes no key {}", Self::name(self.index), Fault::shown(&Raw::Plain(key))),
                )
                .expected(format!("one of {}", KEYS.join(", ")))
                .did_you_mean(nearest(key, KEYS)));
            }
        }
        Ok(())
    }

    /// The event with its instant.
    ///
    /// # Errors
    /// One of the two is missing.
    pub fn finish(self) -> Result<(ClockEvent, Instant), Fault> {
        let missing =
            |key| Fault::new(Code::ClockShape, format!("{} has no `{key}`", Self::name(self.index))).help(SHAPE);
        Ok((self.event.ok_or_else(|| missing("event"))?, self.at.ok_or_else(|| missing("at"))?))
    }
}

/// What an event looks like.
const SHAPE: &str = "write it such as { event: pause, at: 2026-05-12T09:00:00-04:00 }";

impl Fault {
    /// A clock, or an event of it, of another shape than theirs.
    pub fn clock_shape(what: &str, found: &str, expected: &str) -> Fault {
        Fault::new(Code::ClockShape, format!("{what} is {found}, not {expected}")).help(SHAPE)
    }

    /// An event that cannot have happened then.
    pub(super) fn clock_order(error: &ClockError) -> Fault {
        let code = if error.misorder.is_of_instants() { Code::ClockInstant } else { Code::ClockOrder };
        Fault::new(code, format!("{}: {error}", EventBuilder::name(error.index))).help(error.help()).event(error.index)
    }
}

/// The events of a clock that is written as JSON.
pub(super) fn from_json(raw: &Raw<'_>) -> Result<Vec<(ClockEvent, Instant)>, Fault> {
    let no_list = || Fault::clock_shape("`clock`", &Fault::shown(raw), "a list of events");
    let items: Vec<&RawValue> = match raw {
        Raw::Null => return Ok(Vec::new()),
        Raw::Nested(text) => serde_json::from_str(text).map_err(|_| no_list())?,
        Raw::Boolean(_) | Raw::Number(_) | Raw::Text(_) | Raw::Plain(_) => return Err(no_list()),
    };
    let mut events = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let found = raw_of(item)?;
        let no_object = || Fault::clock_shape(&EventBuilder::name(index), &Fault::shown(&found), "an object");
        let Entries(entries) = serde_json::from_str(item.get()).map_err(|_| no_object())?;
        let mut event = EventBuilder::new(index);
        let mut seen: Vec<&str> = Vec::with_capacity(KEYS.len());
        for (key, value) in &entries {
            if seen.contains(&key.as_ref()) {
                return Err(Fault::twice(key));
            }
            event.set_key(key, &raw_of(value)?)?;
            seen.push(key);
        }
        events.push(event.finish()?);
    }
    Ok(events)
}

/// The keys of an object with their values, repeated ones included.
pub(super) struct Entries<'a>(pub(super) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries<'a>, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            entries.push((key, map.next_value()?));
        }
        Ok(Entries(entries))
    }
}
