//! What is wrong with a case.

use std::fmt;

use chrono::FixedOffset;
use serde_json::Value as Json;

use crate::diagnostic::{Code, nearest};
use crate::time::Instant;

use super::{Misfit, Raw, Vocabulary};

/// The keys that a case may have.
pub const CASE_KEYS: [&str; 8] = ["id", "at", "received", "type", "clock", "facts", "unknown", "events"];

/// A fault of a case, as data: what is wrong, with which fact, and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    code: Code,
    message: String,
    fact: Option<String>,
    value: Option<String>,
    expected: Option<String>,
    did_you_mean: Option<String>,
    help: Option<String>,
    event: Option<usize>,
}

impl Fault {
    /// A fault that concerns the case as a whole.
    // cold, and with it every path that ends in a fault: the code of cases without one stays close together
    #[cold]
    pub fn new(code: Code, message: impl Into<String>) -> Fault {
        Fault(Box::new(Parts {
            code,
            message: shortened(message.into()),
            fact: None,
            value: None,
            expected: None,
            did_you_mean: None,
            help: None,
            event: None,
        }))
    }

    /// A key that cases do not have.
    pub fn unknown_key(key: &str) -> Fault {
        Fault::unknown_key_among(key, "the case", &CASE_KEYS)
    }

    /// A key that a part of a case does not have.
    pub fn unknown_key_among(key: &str, part: &str, known: &[&str]) -> Fault {
        let fault = Fault::new(Code::CaseKey, format!("unknown key `{}` in {part}", cut(key)))
            .expected(format!("one of {}", known.join(", ")))
            .did_you_mean(nearest(key, known.iter().copied()));
        if known.contains(&"facts") { fault.help("facts go under `facts`") } else { fault }
    }

    /// Says which part of the case has the fault.
    #[must_use]
    pub fn of(mut self, part: &str) -> Fault {
        self.0.message = shortened(format!("{}: {}", cut(part), self.0.message));
        self
    }

    /// A fact that the vocabulary does not declare.
    pub fn unknown_fact(name: &str, vocabulary: &Vocabulary) -> Fault {
        Fault::new(Code::CaseFact, format!("unknown fact `{}`", cut(name)))
            .fact(name)
            .did_you_mean(vocabulary.nearest_fact(name))
            .help("correct the name, or declare the fact in the vocabulary")
    }

    /// Reads an instant with its offset.
    pub(super) fn or_instant(key: &str, raw: &Raw<'_>, text: &str) -> Result<(Instant, FixedOffset), Fault> {
        Instant::parse(text).map_err(|error| {
            Fault::new(Code::BadInstant, format!("`{key}` is no instant: {error}"))
                .value(raw)
                .expected("an RFC 3339 instant with an offset, such as 2026-05-12T09:00:00-04:00")
                .help(error.help())
        })
    }

    /// What stands under `unknown` is no list of names.
    pub fn no_names(found: &str) -> Fault {
        Fault::new(Code::CaseShape, format!("`unknown` is {found}, not a list"))
            .expected("a list of names of facts")
            .help("write the dotted name of each fact, such as `request.topic`, in brackets")
    }

    /// What stands in the list under `unknown` is no name.
    pub fn no_name(raw: &Raw<'_>) -> Fault {
        Fault::new(Code::CaseShape, format!("`unknown` names {}, which is no fact", Fault::shown(raw)))
            .expected("the dotted name of a fact")
    }

    /// A key or fact that was given before.
    pub fn twice(name: &str) -> Fault {
        Fault::new(Code::CaseTwice, format!("`{}` is given twice", cut(name))).help("keep one of the two")
    }

    /// Names the fact.
    #[must_use]
    pub fn fact(mut self, name: &str) -> Fault {
        self.0.fact = Some(cut(name));
        self
    }

    /// Shows the value as it was sent.
    #[must_use]
    pub fn value(mut self, raw: &Raw<'_>) -> Fault {
        let value = match raw {
            Raw::Null => Json::Null,
            Raw::Boolean(value) => Json::Bool(*value),
            Raw::Number(text) if text.len() > SHOWN => Json::String(cut(text)),
            // a number stays as it was written, digit for digit
            Raw::Number(text) => {
                self.0.value = Some((*text).to_owned());
                return self;
            }
            Raw::Text(text) => Json::String(cut(text)),
            Raw::Plain(text) => Json::String(cut(text)),
            Raw::Nested(_) => return self,
        };
        self.0.value = Some(value.to_string());
        self
    }

    /// Says what was expected instead.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Fault {
        self.0.expected = Some(expected.into());
        self
    }

    /// Names the nearest right name or value.
    #[must_use]
    pub fn did_you_mean(mut self, name: Option<&str>) -> Fault {
        self.0.did_you_mean = name.map(str::to_owned);
        self
    }

    /// Adds the cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.0.help = Some(shortened(help.into()));
        self
    }

    /// Says which event of the clock is concerned, counted from 0.
    #[must_use]
    pub fn event(mut self, index: usize) -> Fault {
        self.0.event = Some(index);
        self
    }

    /// Takes over why a value does not fit.
    #[must_use]
    pub fn misfit(mut self, misfit: Misfit) -> Fault {
        self.0.expected = Some(misfit.expected);
        self.0.did_you_mean = misfit.did_you_mean;
        self.0.help = misfit.help.map(shortened);
        self
    }

    /// A value as a message quotes it.
    pub fn shown(raw: &Raw<'_>) -> String {
        match raw {
            Raw::Null => "null".to_owned(),
            Raw::Boolean(value) => format!("`{value}`"),
            Raw::Number(text) => format!("`{}`", cut(text)),
            Raw::Text(text) => format!("`{}`", cut(text)),
            Raw::Plain(text) => format!("`{}`", cut(text)),
            Raw::Nested(text) if text.starts_with('[') => "a list".to_owned(),
            Raw::Nested(_) => "an object".to_owned(),
        }
    }

    /// Which kind of fault.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// One line, lower case, the user's words in backticks.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The fact concerned.
    pub fn fact_name(&self) -> Option<&str> {
        self.0.fact.as_deref()
    }

    /// The value as JSON.
    pub fn value_json(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// What was expected.
    pub fn expectation(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// The nearest right name or value.
    pub fn suggestion(&self) -> Option<&str> {
        self.0.did_you_mean.as_deref()
    }

    /// The cure.
    pub fn cure(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// Which event of the clock is concerned, counted from 0.
    pub fn event_index(&self) -> Option<usize> {
        self.0.event
    }

    /// Everything that helps, in one sentence: the nearest right name, what was expected, the cure.
    pub fn advice(&self) -> Option<String> {
        let parts: Vec<String> = [
            self.suggestion().map(|name| format!("did you mean `{name}`?")),
            self.expectation().map(|expected| format!("expected {expected}")),
            self.cure().map(str::to_owned),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join("; ").replace("?; ", "? "))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

/// A sentence that may quote a value as a whole.
fn shortened(sentence: String) -> String {
    const LONGEST: usize = 400;
    match sentence.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence,
    }
}

/// How many characters of a value are shown.
const SHOWN: usize = 80;

/// A value's beginning: messages stay readable, however long the value.
fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
