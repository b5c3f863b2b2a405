//! A rule's condition in words.

use crate::program::{Program, RuleId};

use super::needed::needed;

/// What a rule asks for: a line for each way to fulfil it, all but the first beginning with `or`.
pub fn condition(program: &Program, id: RuleId) -> Vec<String> {
    const SHOWN: usize = 6;
    let rows = program.rule(id).rows.clone();
    let count = rows.len();
    let mut lines: Vec<String> = Vec::new();
    for row in rows.take(SHOWN).filter_map(|number| program.row(number)) {
        let literals = row.literals().iter().map(|literal| {
            let fact = program.atom(literal.atom).and_then(|atom| atom.fact);
            match (program.group(literal.atom), fact) {
                (Some(_), _) => "one of several conditions".to_owned(),
                (None, Some(fact)) => format!("{}: {}", program.vocabulary().fact(fact).name, needed(program, literal)),
                (None, None) => needed(program, literal),
            }
        });
        let text = literals.collect::<Vec<_>>().join(" and ");
        lines.push(if lines.is_empty() { text } else { format!("or {text}") });
    }
    if count > SHOWN {
        lines.push(format!("or {} other ways", count - SHOWN));
    }
    lines
}
