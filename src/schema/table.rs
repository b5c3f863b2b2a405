//! Policies that say row by row what comes of which facts.

use serde_json::{Value, json};

use super::keys::{Keys, map_of, reference};
use super::{phrase, scalar, vocabulary};

/// The keys of a table.
pub(super) fn rules(keys: Keys) -> Keys {
    let listed = json!({ "type": "array", "items": row(), "minItems": 1 });
    let rows = json!({ "anyOf": [map_of(phrase::NAME, row(), 1), listed] });
    let hits = [
        ("first", "The first row that matches counts."),
        ("unique", "Two rows that match are a conflict."),
        ("collect", "All rows that match count."),
    ];
    keys.must(
        "inputs",
        "The facts that the rows are about, a column for each.",
        scalar::one_or_more(&reference("known fact")),
    )
    .must("outputs", "What the rows give, a column for each.", map_of(phrase::NAME, output(), 1))
    .must("hit", "What comes of several rows that match.", scalar::explained(hits.into_iter()))
    .may("rows", "The rows: a cell for each input, then one for each output.", rows)
    .may("rows from", "A CSV file that holds the rows.", scalar::word())
    .may("default", "What is given where no row matches.", map_of(phrase::NAME, cell(), 1))
    .rule(json!({ "oneOf": [{ "required": ["rows"] }, { "required": ["rows from"] }] }))
}

fn output() -> Value {
    let gathers = [
        ("list", "All cells, in the order of the rows."),
        ("count", "How many cells there are."),
        ("sum", "What the cells add up to."),
        ("min", "The least of the cells."),
        ("max", "The greatest of the cells."),
    ];
    vocabulary::typed(Keys::named())
        .may("collect", "What is made of the cells of several rows.", scalar::explained(gathers.into_iter()))
        .object()
}

/// Which column a cell belongs to depends on its place and on the file's own columns: no schema can say that.
fn row() -> Value {
    json!({ "type": "array", "items": cell(), "minItems": 1 })
}

fn cell() -> Value {
    let item = json!({ "anyOf": [scalar::sentence(), reference("operator on a text")] });
    json!({ "anyOf": [scalar::sentence(), reference("operator on a text"), { "type": "array", "items": item, "minItems": 1 }] })
}
