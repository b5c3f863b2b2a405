//! Calendar files.

use serde_json::{Value, json};

use super::keys::{Keys, map_of, reference};
use super::{phrase, scalar};

pub(super) fn schema() -> Value {
    let hours = || scalar::one_or_more(&scalar::phrase(&phrase::hours()));
    let late = phrase::words(&["counts as the next business day", "counts as the same day"]);
    let due = phrase::words(&["close", "end of date", "same time"]);
    let example = |schema: Value, examples: &[&str]| with_examples(schema, examples);
    Keys::named()
        .must("calendar", "The calendar's name.", scalar::name())
        .must("zone", "Where the calendar's clocks hang.", reference("zone"))
        .must(
            "hours",
            "The opening hours of a week, by days such as `monday to friday`.",
            map_of(&phrase::weekdays(), hours(), 1),
        )
        .may("holidays", "Days on which nothing opens, by name.", map_of(phrase::ANYTHING, holiday(), 0))
        .may("special hours", "What single dates have instead.", map_of(phrase::DATE, hours(), 0))
        .may(
            "late receipt",
            "What receipt after hours counts as.",
            example(scalar::phrase(&late), &["counts as the next business day", "counts as the same day"]),
        )
        .may("cut-off", "Later than this is late.", scalar::phrase(phrase::TIME))
        .may("due at", "When business days end.", example(scalar::phrase(&due), &["close", "end of date", "same time"]))
        .rule(json!({ "dependentRequired": { "cut-off": ["late receipt"] } }))
        .object()
}

fn holiday() -> Value {
    let day = || {
        let examples =
            ["25 December", "third Monday of January", "last Monday of May", "Easter", "2 days before Easter"];
        with_examples(scalar::phrase(&phrase::holiday()), &examples)
    };
    let observed = scalar::phrase(&phrase::words(&["nearest weekday"]));
    let map = Keys::named()
        .must("every", "The day.", day())
        .may(
            "observed",
            "On a Saturday, Friday is closed too; on a Sunday, Monday.",
            with_examples(observed, &["nearest weekday"]),
        )
        .may("from", "The first year.", scalar::whole())
        .may("to", "The last year.", scalar::whole())
        .object();
    json!({ "anyOf": [day(), map] })
}

fn with_examples(mut schema: Value, examples: &[&str]) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("examples".to_owned(), examples.into());
    }
    schema
}
