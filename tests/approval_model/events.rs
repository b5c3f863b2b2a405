//! Requests: what is known of them, and what happened to them.

use rulebook::time::Instant;
use serde_json::{Map, Value as Json, json};

use super::condition::Facts;

/// A case of an approval policy.
#[derive(Debug, Clone)]
pub struct Request {
    pub at: Instant,
    pub facts: Facts,
    pub events: Vec<Event>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: String,
    pub at: Instant,
    pub kind: &'static str,
    pub by: &'static str,
    pub roles: Vec<&'static str>,
    pub facts: Facts,
    pub comment: Option<&'static str>,
    pub to: Option<&'static str>,
    pub from: Option<Instant>,
    pub until: Option<Instant>,
}

impl Event {
    pub fn new(
        id: impl Into<String>,
        at: Instant,
        kind: &'static str,
        by: &'static str,
        roles: &[&'static str],
    ) -> Event {
        Event {
            id: id.into(),
            at,
            kind,
            by,
            roles: roles.to_vec(),
            facts: Facts::new(),
            comment: None,
            to: None,
            from: None,
            until: None,
        }
    }

    fn json(&self) -> Json {
        let mut event = Map::new();
        event.insert("id".to_owned(), json!(self.id));
        event.insert("at".to_owned(), json!(written(self.at)));
        event.insert("type".to_owned(), json!(self.kind));
        event.insert("by".to_owned(), json!({ "id": self.by, "roles": self.roles }));
        if !self.facts.is_empty() {
            event.insert("facts".to_owned(), facts(&self.facts));
        }
        let texts = [
            ("comment", self.comment.map(str::to_owned)),
            ("to", self.to.map(str::to_owned)),
            ("from", self.from.map(written)),
            ("until", self.until.map(written)),
        ];
        for (key, text) in texts {
            event.extend(text.map(|text| (key.to_owned(), json!(text))));
        }
        Json::Object(event)
    }
}

impl Request {
    pub fn json(&self) -> String {
        let events: Vec<Json> = self.events.iter().map(Event::json).collect();
        json!({ "at": written(self.at), "facts": facts(&self.facts), "events": events }).to_string()
    }

    /// One event a line, for people.
    pub fn readable(&self) -> String {
        let mut text = format!("at {} with {}\n", written(self.at), facts(&self.facts));
        for event in &self.events {
            text += &format!("  {}\n", event.json());
        }
        text
    }
}

fn facts(facts: &Facts) -> Json {
    let value = |fact: &str, value: i64| if fact == "deal.amount" { json!(value) } else { json!(value == 1) };
    Json::Object(facts.iter().map(|(fact, number)| (fact.clone(), value(fact, *number))).collect())
}

/// An instant as cases give it.
pub fn written(at: Instant) -> String {
    let mut text = String::new();
    at.format(0, &mut text);
    text
}
