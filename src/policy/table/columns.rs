//! Lowers the columns of a table: the facts that its rows are about, and what they give.

use crate::diagnostic::Code;
use crate::facts::{FactId, Kind};
use crate::policy::matcher::Scope;
use crate::policy::named::names;
use crate::policy::reader::Reader;
use crate::policy::vocabulary::typed;
use crate::syntax::{Entry, Node};

use super::{Column, Gather, Hit};

const GATHERS: [(&str, Gather); 5] = [
    ("list", Gather::List),
    ("count", Gather::Count),
    ("sum", Gather::Sum),
    ("min", Gather::Min),
    ("max", Gather::Max),
];

/// Lowers `inputs:`.
pub(super) fn inputs(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<Vec<FactId>> {
    let before = reader.faults();
    let mut inputs = Vec::new();
    for (name, span) in reader.words(node, "facts") {
        match scope.vocabulary.fact_id(name) {
            Some(id) if inputs.contains(&id) => {
                let help = "name it once: a cell may hold a range or a list of matchers";
                reader.fault(Code::DuplicateName, span, format!("the fact `{name}` has two columns"), help);
            }
            Some(id) => inputs.push(id),
            // its declaration has faults, which have been reported
            None if scope.is_spoilt(name) => return None,
            None => {
                let names = scope.vocabulary.facts().map(|(_, fact)| fact.name.as_str());
                reader.unknown(Code::UnknownFact, span, "fact", name, names);
            }
        }
    }
    (reader.faults() == before).then_some(inputs)
}

/// Lowers `outputs:`.
pub(super) fn outputs(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    node: &Node,
    inputs: &[FactId],
    hit: Option<Hit>,
) -> Option<Vec<Column>> {
    let before = reader.faults();
    let entries = names(reader, node, "outputs")?;
    let columns: Vec<Column> = entries.iter().filter_map(|entry| output(reader, scope, entry, hit)).collect();
    for entry in entries {
        if inputs.iter().any(|id| scope.vocabulary.fact(*id).name == entry.key) {
            let message = format!("`{}` is an input as well", entry.key);
            reader.fault(Code::DuplicateName, entry.key_span, message, "give the output another name");
        }
    }
    (reader.faults() == before).then_some(columns)
}

fn output(reader: &mut Reader<'_>, scope: &Scope<'_>, entry: &Entry, hit: Option<Hit>) -> Option<Column> {
    let mut fields = reader.fields(&entry.value, "the output's type, such as `{ type: text }`")?;
    let captions = fields.captions(reader);
    let kind = typed(reader, &mut fields, scope.vocabulary.zones());
    let collect = fields.take("collect");
    fields.finish(reader);
    let gather = match collect {
        Some(entry) => gather(reader, entry, kind.as_ref(), hit)?,
        None => Gather::List,
    };
    Some(Column { name: entry.key.clone(), captions, kind: kind?, gather })
}

fn gather(reader: &mut Reader<'_>, entry: &Entry, kind: Option<&Kind>, hit: Option<Hit>) -> Option<Gather> {
    let node = &entry.value;
    if hit.is_some_and(|hit| hit != Hit::Collect) {
        let help = "write `hit: collect`, or delete the key";
        reader.fault(Code::BadCollect, entry.key_span, "nothing is collected: one row alone counts", help);
        return None;
    }
    let word = reader.word(node, "`list`, `count`, `sum`, `min` or `max`")?;
    let Some((_, gather)) = GATHERS.iter().find(|(name, _)| *name == word) else {
        let known = GATHERS.iter().map(|(name, _)| *name);
        reader.unknown(Code::UnknownValue, node.span, "way to collect", word, known);
        return None;
    };
    let kind = kind?;
    let (fits, takes) = match gather {
        Gather::List | Gather::Count => (true, ""),
        Gather::Sum => {
            (matches!(kind, Kind::Integer(_) | Kind::Decimal(_) | Kind::Duration), "integers, decimals and durations")
        }
        Gather::Min | Gather::Max => (kind.is_ordered(), "integers, decimals, durations and dates"),
    };
    if !fits {
        let message = format!("`{word}` does not go with the type `{}`", kind.name());
        reader.fault(Code::BadCollect, node.span, message, format!("it takes {takes}; `list` and `count` take all"));
        return None;
    }
    Some(*gather)
}
