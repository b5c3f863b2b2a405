//! A case: what is known of one request, and the instant for which it is decided.

use std::sync::Arc;

use chrono::FixedOffset;

use crate::diagnostic::Code;
use crate::time::{Clock, ClockEvent, Instant};

use super::{CASE_KEYS, Event, FactId, FactSet, Fault, Raw, Value, Vocabulary};

/// One case, read against a vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    id: Option<String>,
    at: Instant,
    at_text: String,
    at_offset: i32,
    received: Instant,
    wanted_type: Option<String>,
    clock: Clock,
    facts: FactSet,
    /// Facts that are unknown although their absence has a meaning.
    awaited: Vec<FactId>,
    events: Option<Arc<[Event]>>,
}

impl Case {
    /// The case's own name, if it has one.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The instant for which the case is decided: what windows, ages and versions read.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// `at` as the case wrote it.
    pub fn at_text(&self) -> &str {
        &self.at_text
    }

    /// The offset in which the case wrote `at`, in seconds east of UTC.
    pub fn at_offset(&self) -> i32 {
        self.at_offset
    }

    /// When the request was received: where turnarounds start. `at` unless the case says otherwise.
    pub fn received(&self) -> Instant {
        self.received
    }

    /// The exception type that the case asks for.
    pub fn wanted_type(&self) -> Option<&str> {
        self.wanted_type.as_deref()
    }

    /// What happened to the clock of what is asked for.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The value that the case gives a fact.
    pub fn value(&self, id: FactId) -> Option<&Value> {
        self.facts.get(id)
    }

    /// The facts that the case gives.
    pub fn facts(&self) -> &FactSet {
        &self.facts
    }

    /// Whether a fact counts as unknown as long as the case does not give it, whatever its absence means.
    pub fn awaits(&self, id: FactId) -> bool {
        self.awaited.contains(&id)
    }

    /// The facts of which that is so.
    pub fn awaited(&self) -> &[FactId] {
        &self.awaited
    }

    /// Whether any fact does.
    pub fn is_awaiting(&self) -> bool {
        !self.awaited.is_empty()
    }

    /// The same case, in which these facts count as unknown as long as it does not give them.
    #[must_use]
    pub fn awaiting(&self, facts: Vec<FactId>) -> Case {
        Case { awaited: facts, ..self.clone() }
    }

    /// The same case, in which this fact is no longer awaited: if it is not given, that is an answer.
    #[must_use]
    pub fn without_awaiting(&self, id: FactId) -> Case {
        let mut case = self.clone();
        case.awaited.retain(|awaited| *awaited != id);
        case
    }

    /// The same case at another instant.
    ///
    /// # Errors
    /// What is no instant, or one before the case was received.
    pub fn moved(&self, at: &str) -> Result<Case, Fault> {
        let (instant, offset) = Fault::or_instant("at", &Raw::Plain(at), at)?;
        let received = if self.received == self.at { instant } else { self.received };
        refuse_later(received, instant)?;
        let events = self.clock.events().to_vec();
        let clock = Clock::new(events, received, instant).map_err(|error| Fault::clock_order(&error))?;
        let at_offset = offset.local_minus_utc();
        Ok(Case { at: instant, at_text: at.to_owned(), at_offset, received, clock, ..self.clone() })
    }

    /// What happened to the request, in the order in which it was recorded; `None` for a case that does not say.
    pub fn events(&self) -> Option<&[Event]> {
        self.events.as_deref()
    }

    /// The case as it stands at another instant, with further facts, which go before those that it has.
    #[must_use]
    pub fn standing(&self, at: Instant, facts: &FactSet) -> Case {
        let mut case = Case { at, received: at, ..self.clone() };
        facts.iter().for_each(|(id, value)| case.facts.set(id, Some(value.clone())));
        case
    }

    /// Gives a fact its value, replaces it or, with `None`, withdraws it: for those who put many cases one after the other.
    pub fn set(&mut self, id: FactId, value: Option<Value>) {
        self.facts.set(id, value);
    }

    /// The same case with one fact given, replaced or, with `None`, withdrawn.
    #[must_use]
    pub fn with(&self, id: FactId, value: Option<Value>) -> Case {
        let mut case = self.clone();
        case.facts.set(id, value);
        case
    }
}

/// Takes the parts of a case in any order and refuses what is wrong with them.
#[derive(Debug)]
pub struct CaseBuilder {
    vocabulary: Arc<Vocabulary>,
    id: Option<String>,
    at: Option<(Instant, FixedOffset, String)>,
    /// Whether `at` was given, in order or not.
    dated: bool,
    received: Option<Instant>,
    wanted_type: Option<String>,
    clock: Vec<(ClockEvent, Instant)>,
    facts: FactSet,
    unknown: Vec<FactId>,
    events: Option<Vec<Event>>,
}

impl CaseBuilder {
    /// A case of which nothing is known yet.
    pub fn new(vocabulary: &Arc<Vocabulary>) -> CaseBuilder {
        CaseBuilder {
            vocabulary: Arc::clone(vocabulary),
            id: None,
            at: None,
            dated: false,
            received: None,
            wanted_type: None,
            clock: Vec::new(),
            facts: FactSet::new(vocabulary.len()),
            unknown: Vec::new(),
            events: None,
        }
    }

    /// The words that the case may use.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// The case's name as far as it is known, for messages.
    pub fn known_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether `at` was given, in order or not.
    pub fn was_dated(&self) -> bool {
        self.dated
    }

    /// Takes a key beside `facts`.
    ///
    /// # Errors
    /// An unknown key, or a value that the key does not take.
    pub fn set_key(&mut self, key: &str, raw: &Raw<'_>) -> Result<(), Fault> {
        if !CASE_KEYS.contains(&key) {
            return Err(Fault::unknown_key(key));
        }
        self.dated |= key == "at" && *raw != Raw::Null;
        let Some(text) = text(key, raw)? else { return Ok(()) };
        match key {
            "id" => self.id = Some(text.to_owned()),
            "at" => {
                let (at, offset) = Fault::or_instant(key, raw, text)?;
                self.at = Some((at, offset, text.to_owned()));
            }
            "received" => self.received = Some(Fault::or_instant(key, raw, text)?.0),
            "type" => self.wanted_type = Some(text.to_owned()),
            _ => return Err(Fault::unknown_key(key)),
        }
        Ok(())
    }

    /// Takes what happened to the clock.
    pub fn set_clock(&mut self, events: Vec<(ClockEvent, Instant)>) {
        self.clock = events;
    }

    /// Says what happened to the request.
    pub fn set_events(&mut self, events: Vec<Event>) {
        self.events = Some(events);
    }

    /// Takes the name of a fact that is unknown, whatever its absence means.
    ///
    /// # Errors
    /// A name that no fact has, or that of a derived fact, and one that was named before.
    pub fn add_unknown(&mut self, name: &str) -> Result<(), Fault> {
        let id = self.vocabulary.fact_id(name).ok_or_else(|| Fault::unknown_fact(name, &self.vocabulary))?;
        if self.vocabulary.fact(id).formula.is_some() {
            return Err(Fault::new(Code::CaseFact, format!("`{name}` is derived and cannot be unknown by itself"))
                .fact(name)
                .help("name those of the facts that it is computed from"));
        }
        if self.unknown.contains(&id) {
            return Err(Fault::twice(name).fact(name));
        }
        self.unknown.push(id);
        Ok(())
    }

    /// The facts taken so far.
    pub fn into_facts(self) -> FactSet {
        self.facts
    }

    /// Gives a fact its value.
    ///
    /// # Errors
    /// A value outside the fact's type, a derived fact, or one that was given before.
    pub fn set_fact(&mut self, id: FactId, raw: &Raw<'_>) -> Result<(), Fault> {
        let fact = self.vocabulary.fact(id);
        if let Some(value) = fact.read(raw, self.vocabulary.zones())?
            && !self.facts.add(id, value)
        {
            return Err(Fault::twice(&fact.name).fact(&fact.name).value(raw));
        }
        Ok(())
    }

    /// The finished case.
    ///
    /// # Errors
    /// No `at`, `received` after it, a clock to which that cannot have happened, or a fact that is given and said to be
    /// unknown.
    pub fn finish(self) -> Result<Case, Fault> {
        let Some((at, offset, at_text)) = self.at else {
            return Err(Fault::new(Code::MissingInstant, "the case has no `at`")
                .expected("an RFC 3339 instant with an offset")
                .help("add \"at\" with an offset, such as \"2026-05-12T09:00:00-04:00\""));
        };
        let received = self.received.unwrap_or(at);
        refuse_later(received, at)?;
        let clock = Clock::new(self.clock, received, at).map_err(|error| Fault::clock_order(&error))?;
        if let Some(id) = self.unknown.iter().find(|id| self.facts.contains(**id)) {
            let name = &self.vocabulary.fact(*id).name;
            return Err(Fault::new(Code::CaseTwice, format!("`{name}` is given, and said to be unknown"))
                .fact(name)
                .help("leave it out of `unknown`, or do not give it"));
        }
        Ok(Case {
            id: self.id,
            at,
            at_text,
            at_offset: offset.local_minus_utc(),
            received,
            wanted_type: self.wanted_type,
            clock,
            facts: self.facts,
            awaited: self.unknown,
            events: self.events.map(Arc::from),
        })
    }
}

fn refuse_later(received: Instant, at: Instant) -> Result<(), Fault> {
    if received > at {
        return Err(Fault::new(Code::ReceivedLater, "`received` is later than `at`")
            .help("a case cannot be decided before it is received: correct one of the two"));
    }
    Ok(())
}

/// A key's text; `None` for null.
pub(super) fn text<'r>(key: &str, raw: &'r Raw<'_>) -> Result<Option<&'r str>, Fault> {
    match raw {
        Raw::Null => Ok(None),
        Raw::Text(text) => Ok(Some(text)),
        Raw::Plain(text) => Ok(Some(text)),
        Raw::Boolean(_) | Raw::Number(_) | Raw::Nested(_) => {
            let is_instant = ["at", "received", "from", "until"].contains(&key);
            let code = if is_instant { Code::BadInstant } else { Code::CaseShape };
            Err(Fault::new(code, format!("`{key}` is not a text")).value(raw).expected("a text in quotes"))
        }
    }
}
