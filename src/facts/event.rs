//! What happened to a request: events in the order in which they were recorded.

use crate::diagnostic::Code;
use crate::time::Instant;

use super::case::text;
use super::{FactSet, Fault, Raw, Vocabulary};

/// How many events a case may carry.
pub const MOST_EVENTS: usize = 10_000;

/// The keys that an event may have.
pub const EVENT_KEYS: [&str; 9] = ["id", "at", "type", "by", "facts", "to", "from", "until", "comment"];

/// The keys of those who act.
pub(crate) const PERSON_KEYS: [&str; 2] = ["id", "roles"];

/// One event of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its own name.
    pub id: String,
    /// When it happened.
    pub at: Instant,
    /// Its type, as the case writes it.
    pub kind: String,
    /// Who acted.
    pub by: Person,
    /// The facts that came with it.
    pub facts: FactSet,
    /// Whom it names beside the one who acted.
    pub to: Option<String>,
    /// Where the period begins that it speaks of.
    pub from: Option<Instant>,
    /// The first instant after that period.
    pub until: Option<Instant>,
    /// What was said.
    pub comment: Option<String>,
}

/// Somebody who acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// By what they are known.
    pub id: String,
    /// The roles in which they act.
    pub roles: Vec<String>,
}

/// Takes the parts of an event in any order and refuses what is wrong with them.
#[derive(Debug, Default)]
pub struct RequestEventBuilder {
    number: usize,
    id: Option<String>,
    at: Option<Instant>,
    kind: Option<String>,
    by: Option<Person>,
    facts: FactSet,
    to: Option<String>,
    from: Option<Instant>,
    until: Option<Instant>,
    comment: Option<String>,
}

impl RequestEventBuilder {
    /// The event of this number, counted from 1, of which nothing is known yet.
    pub fn new(number: usize, vocabulary: &Vocabulary) -> RequestEventBuilder {
        RequestEventBuilder { number, facts: FactSet::new(vocabulary.len()), ..RequestEventBuilder::default() }
    }

    /// Says of a fault which event has it.
    #[must_use]
    pub fn placed(&self, fault: Fault) -> Fault {
        match &self.id {
            Some(id) => fault.of(&format!("event {} `{id}`", self.number)),
            None => fault.of(&format!("event {}", self.number)),
        }
    }

    /// Takes a key whose value is a text.
    ///
    /// # Errors
    /// An unknown key, or a value that the key does not take.
    pub fn set_key(&mut self, key: &str, raw: &Raw<'_>) -> Result<(), Fault> {
        if !EVENT_KEYS.contains(&key) {
            return Err(Fault::unknown_key_among(key, "an event", &EVENT_KEYS));
        }
        if key == "by" || key == "facts" {
            return match raw {
                Raw::Null => Ok(()),
                _ => Err(Fault::new(Code::CaseShape, format!("`{key}` is not a map")).value(raw).expected(match key {
                    "by" => "a person, such as {\"id\": \"ana\", \"roles\": [\"…\"]}",
                    _ => "a map of facts",
                })),
            };
        }
        let Some(text) = text(key, raw)? else { return Ok(()) };
        match key {
            "id" => self.id = Some(text.to_owned()),
            "at" => self.at = Some(Fault::or_instant(key, raw, text)?.0),
            "from" => self.from = Some(Fault::or_instant(key, raw, text)?.0),
            "until" => self.until = Some(Fault::or_instant(key, raw, text)?.0),
            "type" => self.kind = Some(text.to_owned()),
            "to" => self.to = Some(text.to_owned()),
            _ => self.comment = Some(text.to_owned()),
        }
        Ok(())
    }

    /// Says who acted.
    pub fn set_by(&mut self, person: Person) {
        self.by = Some(person);
    }

    /// Names somebody beside the one who acted.
    pub fn set_to(&mut self, person: Person) {
        self.to = Some(person.id);
    }

    /// Gives the facts that came with it.
    pub fn set_facts(&mut self, facts: FactSet) {
        self.facts = facts;
    }

    /// The finished event.
    ///
    /// # Errors
    /// A key that every event has and that is missing.
    pub fn finish(self) -> Result<Event, Fault> {
        let missing = |key: &str| {
            let help = "give every event an `id`, its `at`, its `type` and by whom it is";
            self.placed(Fault::new(Code::EventIncomplete, format!("the key `{key}` is missing")).help(help))
        };
        let absent = [
            ("id", self.id.is_none()),
            ("at", self.at.is_none()),
            ("type", self.kind.is_none()),
            ("by", self.by.is_none()),
        ];
        match (&self.id, self.at, &self.kind, &self.by) {
            (Some(id), Some(at), Some(kind), Some(by)) => Ok(Event {
                id: id.clone(),
                at,
                kind: kind.clone(),
                by: by.clone(),
                facts: self.facts,
                to: self.to,
                from: self.from,
                until: self.until,
                comment: self.comment,
            }),
            _ => Err(missing(absent.iter().find(|(_, absent)| *absent).map_or("id", |(key, _)| key))),
        }
    }
}

impl Person {
    /// Somebody of whom no roles are known.
    ///
    /// # Errors
    /// No `id`.
    pub fn checked(id: Option<String>, roles: Vec<String>) -> Result<Person, Fault> {
        match id {
            Some(id) => Ok(Person { id, roles }),
            None => Err(Fault::new(Code::EventIncomplete, "a person has no `id`")
                .help("write {\"id\": \"ana\", \"roles\": [\"…\"]}")),
        }
    }
}

/// Refuses more events than a case may carry.
///
/// # Errors
/// Too many of them.
pub fn bounded(count: usize) -> Result<(), Fault> {
    if count <= MOST_EVENTS {
        return Ok(());
    }
    Err(Fault::new(Code::CaseShape, format!("the case has more than {MOST_EVENTS} events"))
        .help("leave out those that concern other requests"))
}
