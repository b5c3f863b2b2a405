//! What the rows of a table show about each other: rows that are never reached, rows that can both match.
//!
//! A row of thousands meets few others. Which ones falls out of the index, so that only those are looked at closely.

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::FactId;
use crate::policy::{Body, Hit};

use super::findings::{Search, unreached};
use super::{Bits, Literal, Program, Row, RuleId, TableRules};

/// How many rows are held against others, or stretches of their bitmaps looked up, over a whole table. What lies beyond
/// is not found.
const MOST_LOOKS: usize = 4_000_000;

impl Program {
    /// The findings of a table, by its hit policy.
    pub(super) fn table(&self, rules: &TableRules, found: &mut Vec<Diagnostic>) {
        match &self.policy().body {
            Body::Table(table) => match table.hit {
                Hit::First => self.unreached(&rules.rows, found),
                Hit::Unique => self.overlapping(&rules.rows, found),
                Hit::Collect => {}
            },
            Body::Exceptions(_) | Body::Escalations(_) | Body::Approval(_) | Body::Authorization(_) => {}
        }
    }

    /// Rows of which every case goes to a row before them.
    fn unreached(&self, rules: &[RuleId], found: &mut Vec<Diagnostic>) {
        let mut looks = MOST_LOOKS;
        for rule in rules.iter().map(|id| self.rule(*id)) {
            let mut covered = !rule.rows.is_empty();
            for row in rule.rows.clone().filter_map(|number| self.row(number)) {
                let Some(met) = self.met(row, &mut looks) else { return };
                let before: Vec<&Row> =
                    met.iter().take_while(|number| *number < rule.rows.start).filter_map(|n| self.row(n)).collect();
                let cost = before.len() + 1;
                let mut search = Search::within(self, &before, (looks / cost).min(super::MOST_NODES));
                let most = search.left();
                covered &= matches!(search.uncovered(row), Ok(None));
                looks = looks.saturating_sub((most - search.left()) * cost);
            }
            if covered {
                found.push(unreached(rule));
            }
        }
    }

    /// Pairs of rows that some case has both of; of each row the first that it meets.
    fn overlapping(&self, rules: &[RuleId], found: &mut Vec<Diagnostic>) {
        let mut looks = MOST_LOOKS;
        let mut owners = vec![None; self.rows.len()];
        for (id, rule) in rules.iter().map(|id| (*id, self.rule(*id))) {
            owners.get_mut(rule.rows.clone()).into_iter().flatten().for_each(|owner| *owner = Some(id));
            let other = rule.rows.clone().find_map(|number| {
                let row = self.row(number)?;
                let met = self.met(row, &mut looks)?;
                let mut before = met.iter().take_while(|number| *number < rule.rows.start);
                before.find(|other| {
                    looks = looks.saturating_sub(1);
                    looks > 0 && self.row(*other).is_some_and(|other| self.share(row, other))
                })
            });
            if let Some(other) = other.and_then(|number| owners.get(number).copied().flatten()).map(|id| self.rule(id))
            {
                found.push(
                    Diagnostic::new(Code::OverlappingRows, rule.place.clone(), "another row can match with this one")
                        .related(other.place.clone(), "this row")
                        .help("narrow one of the two: a case that both match comes out as `conflict`"),
                );
            }
        }
    }

    /// The rows that share some class of each atom with a row; `None` past the budget.
    fn met(&self, row: &Row, looks: &mut usize) -> Option<Bits> {
        let mut met = self.index.all().clone();
        for literal in row.literals() {
            *looks = looks.checked_sub(literal.classes.len() * met.words().len() / 64)?;
            let mut any = self.index.none();
            literal.classes.iter().for_each(|class| any.add(self.index.mask(literal.atom, class)));
            met.keep(any.words());
        }
        Some(met)
    }

    /// Whether some case surely has both rows: where several atoms depend on one fact, that is not to be told so easily.
    fn share(&self, one: &Row, other: &Row) -> bool {
        let Some(both) = one.and(other) else { return false };
        let mut facts: Vec<FactId> = Vec::new();
        let inhabited = |literal: &Literal| literal.classes.meets(&self.inhabited(literal.atom).0);
        let apart = both.literals().iter().all(|literal| {
            let Some(fact) = self.atom(literal.atom).and_then(|atom| atom.fact) else { return false };
            let declared = self.vocabulary().fact(fact);
            let parts = declared.formula.as_ref().map_or_else(|| vec![fact], |formula| formula.parts().into_vec());
            let free = parts.iter().all(|part| !facts.contains(part));
            facts.extend(parts);
            free
        });
        apart && both.literals().iter().all(inhabited)
    }
}
