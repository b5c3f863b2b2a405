//! What a program shows about its policy: rules that never hold, turnarounds that leave something open.

use crate::diagnostic::{Code, Diagnostic};

use super::{Bits, Layout, Literal, Program, Row, RuleId};

impl Program {
    /// The faults that only the rows show, in no particular order.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for rule in self.rules.iter().filter(|rule| rule.rows.is_empty()) {
            found.push(
                Diagnostic::new(Code::NeverMatches, rule.place.clone(), format!("`{}` can never hold", rule.id))
                    .help("its conditions exclude each other: correct or delete them"),
            );
        }
        if let Layout::Escalations { categories, .. } = &self.layout {
            categories.iter().for_each(|category| self.turnaround(&category.turnaround, &mut found));
        }
        found
    }

    /// Walks the rows of a turnaround in order, keeping the boxes that are still open.
    fn turnaround(&self, rules: &[RuleId], found: &mut Vec<Diagnostic>) {
        let mut open = vec![Row::default()];
        for id in rules {
            let rule = self.rule(*id);
            if open.is_empty() {
                found.push(
                    Diagnostic::new(Code::NeverReached, rule.place.clone(), "this row is never reached")
                        .help("the rows before it cover every case: delete it, or narrow them"),
                );
                continue;
            }
            for row in rule.rows.clone().filter_map(|number| self.row(number)) {
                open = open.iter().flat_map(|region| self.without(region, row)).collect();
            }
        }
        let (Some(first), Some(region)) = (rules.first(), open.first()) else { return };
        let place = self.rule(*first).place.clone();
        let left: Vec<String> = region.literals().iter().map(|literal| self.described(literal)).collect();
        found.push(
            Diagnostic::new(Code::OpenTurnaround, place, "the rows of this turnaround leave something open")
                .label(format!("no row for {}", left.join(" and ")))
                .help("add a last row, such as `- { otherwise: none stated }`"),
        );
    }

    /// The parts of a box outside of a row: one a literal, each inside all literals before it.
    fn without(&self, region: &Row, row: &Row) -> Vec<Row> {
        let mut parts = Vec::new();
        let mut inside = region.clone();
        for literal in row.literals() {
            let size = self.atom(literal.atom).map_or(0, |atom| atom.classes);
            let outside = Literal { atom: literal.atom, classes: literal.classes.complement(size) };
            parts.extend(inside.and(&Row::of(outside)));
            match inside.and(&Row::of(literal.clone())) {
                Some(narrowed) => inside = narrowed,
                None => return vec![region.clone()],
            }
        }
        parts
    }

    fn described(&self, literal: &Literal) -> String {
        let Some(atom) = self.atom(literal.atom) else { return String::new() };
        let fact = atom.fact.map(|fact| self.vocabulary().fact(fact));
        let name = fact.map_or("the instant", |fact| fact.name.as_str());
        let classes: &Bits = &literal.classes;
        let words: Vec<String> = match fact.map(|fact| &fact.kind) {
            Some(crate::facts::Kind::OneOf(values)) => {
                classes.iter().filter_map(|class| values.get(class).cloned()).collect()
            }
            Some(crate::facts::Kind::Boolean) => {
                classes.iter().filter(|class| *class < 2).map(|class| (class == 1).to_string()).collect()
            }
            Some(_) | None => Vec::new(),
        };
        if words.is_empty() { format!("other values of `{name}`") } else { format!("`{name}` {}", words.join(", ")) }
    }
}
