//! Lowers `when:` and `that:`.

use crate::diagnostic::Code;
use crate::syntax::{Entry, Node, Shape};

use super::condition::Condition;
use super::matcher::{self, Scope};
use super::reader::Reader;

/// Lowers a condition: `always`, or a map of facts and `any of`, `all of`, `not`, all of which must hold.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<Condition> {
    if node.refused {
        return None;
    }
    match &node.shape {
        Shape::Scalar(scalar) if !scalar.quoted && scalar.text == "always" => Some(Condition::Always),
        Shape::Scalar(_) if node.is_blank() => empty(reader, node),
        Shape::Map(entries) if entries.is_empty() => empty(reader, node),
        Shape::Map(entries) => {
            let parts: Vec<Option<Condition>> = entries.iter().map(|entry| part(reader, scope, entry)).collect();
            Some(join(parts.into_iter().collect::<Option<Vec<_>>>()?, Condition::All))
        }
        Shape::List(_) => {
            reader.fault(
                Code::WrongShape,
                node.span,
                "a list where a condition was expected",
                "write a map of facts; several conditions go under `all of:` or `any of:`",
            );
            None
        }
        Shape::Scalar(scalar) => {
            let message = format!("`{}` is no condition", scalar.text);
            reader.fault(
                Code::WrongShape,
                node.span,
                message,
                "write a map such as `{ fact.name: value }`; `always` holds for every case, and `by hand` marks an exception \
                 that only people call for",
            );
            None
        }
    }
}

fn empty(reader: &mut Reader<'_>, node: &Node) -> Option<Condition> {
    reader.fault(
        Code::EmptyCondition,
        node.span,
        "the condition is empty",
        "write the condition; `always` would make it hold for every case",
    );
    None
}

fn part(reader: &mut Reader<'_>, scope: &Scope<'_>, entry: &Entry) -> Option<Condition> {
    match entry.key.as_str() {
        "any of" => list(reader, scope, entry).map(|parts| join(parts, Condition::Any)),
        "all of" => list(reader, scope, entry).map(|parts| join(parts, Condition::All)),
        "not" => lower(reader, scope, &entry.value).map(|part| Condition::Not(Box::new(part))),
        name => match scope.vocabulary.fact_id(name) {
            Some(id) => matcher::lower(reader, scope, id, &entry.value),
            // its declaration has faults, which have been reported
            None if scope.is_spoilt(name) => None,
            None => {
                let names = scope.vocabulary.facts().map(|(_, fact)| fact.name.as_str());
                let known = names.chain(["any of", "all of", "not"]);
                reader.unknown(Code::UnknownFact, entry.key_span, "fact", name, known);
                None
            }
        },
    }
}

fn list(reader: &mut Reader<'_>, scope: &Scope<'_>, entry: &Entry) -> Option<Vec<Condition>> {
    let Shape::List(items) = &entry.value.shape else {
        reader.wrong_shape(&entry.value, "a list of conditions");
        return None;
    };
    if items.is_empty() {
        let message = format!("`{}` has no conditions", entry.key);
        reader.fault(Code::EmptyList, entry.value.span, message, "fill the list or delete the key");
        return None;
    }
    let parts: Vec<Option<Condition>> = items.iter().map(|item| lower(reader, scope, item)).collect();
    parts.into_iter().collect()
}

fn join(mut parts: Vec<Condition>, kind: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => kind(parts),
    }
}
