//! A case as it is sent.

use crate::engine::Stamp;
use crate::facts::{Case, Vocabulary};

use super::decision;
use super::instant::rfc3339;
use super::json::object;

/// A case as one line of JSON, without a line end; facts under their dotted names, in the order in which they were given.
pub fn case(case: &Case, vocabulary: &Vocabulary) -> String {
    let mut out = String::new();
    object(&mut out, |object| {
        object.optional("id", case.id());
        object.text("at", case.at_text());
        if case.received() != case.at() {
            object.text("received", &rfc3339(Stamp { at: case.received(), offset: case.at_offset() }));
        }
        object.optional("type", case.wanted_type());
        object.objects("clock", case.clock().events(), |object, (event, at)| {
            object.text("event", event.word());
            object.text("at", &rfc3339(Stamp { at: *at, offset: case.at_offset() }));
        });
        object.object("facts", |object| {
            for (id, value) in case.facts().iter() {
                let fact = vocabulary.fact(id);
                object.value(&fact.name, |out| decision::value(out, &fact.kind, value));
            }
        });
        object.texts("unknown", case.awaited().iter().map(|id| vocabulary.fact(*id).name.as_str()));
    });
    out
}
