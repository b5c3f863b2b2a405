//! Which facts tell why a rule holds.

use std::borrow::Cow;
use std::ops::Range;

use smallvec::SmallVec;

use crate::facts::FactId;

use super::atom::{Atom, Classing};
use super::{CompiledRule, Program, RuleId, Truth};

/// The facts of a rule, of which there are few.
pub type Facts = SmallVec<[FactId; 8]>;

/// By row, the facts that it reads, in the order in which the editor wrote them; none of a row that goes by other rows.
pub(super) type Told = Vec<Option<Box<[FactId]>>>;

impl Program {
    /// What each row tells, made once: who explains decisions asks for it again and again.
    pub(super) fn told(&self) -> Told {
        let mut told = vec![None; self.rows.len()];
        for rule in &self.rules {
            for row in rule.rows.clone().filter(|row| !self.goes_by_others(*row)) {
                if let Some(slot) = told.get_mut(row) {
                    let mut facts = Facts::new();
                    self.add_row(None, row, &mut facts);
                    *slot = Some(in_order(rule, facts).into_vec().into_boxed_slice());
                }
            }
        }
        told
    }

    /// The facts of the row by which a rule holds, in the order in which the editor wrote them; of all its rows where
    /// several may.
    pub fn facts_told(&self, truth: &Truth, id: RuleId) -> Cow<'_, [FactId]> {
        let rule = self.rule(id);
        let found = truth.certain.first_in(rule.rows.clone());
        if let Some(facts) = found.and_then(|row| self.told.get(row)?.as_deref()) {
            return Cow::Borrowed(facts);
        }
        let mut facts = Facts::new();
        self.add_rows(truth, found.map_or(rule.rows.clone(), |row| row..row + 1), &mut facts);
        Cow::Owned(in_order(rule, facts).into_vec())
    }

    /// Adds the facts of these rows, each once.
    pub fn add_rows(&self, truth: &Truth, rows: Range<usize>, facts: &mut Facts) {
        rows.for_each(|row| self.add_row(Some(truth), row, facts));
    }

    fn add_row(&self, truth: Option<&Truth>, row: usize, facts: &mut Facts) {
        for literal in self.row(row).map(|row| row.literals()).unwrap_or_default() {
            let Some(atom) = self.atom(literal.atom) else { continue };
            if matches!(atom.classing, Classing::Group) {
                let rows = self.group(literal.atom).unwrap_or_default();
                if let Some(inner) = truth.and_then(|truth| truth.certain.first_in(rows)) {
                    self.add_row(truth, inner, facts);
                }
                continue;
            }
            for fact in self.facts_of(atom) {
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
        }
    }

    fn goes_by_others(&self, row: usize) -> bool {
        let literals = self.row(row).map(|row| row.literals()).unwrap_or_default();
        let mut atoms = literals.iter().filter_map(|literal| self.atom(literal.atom));
        atoms.any(|atom| matches!(atom.classing, Classing::Group))
    }

    /// The facts that an atom classes.
    pub fn facts_of(&self, atom: &Atom) -> Facts {
        match atom.classing {
            Classing::Hook(number) => self.hook(number).map(|hook| hook.reads().collect()).unwrap_or_default(),
            _ => atom.fact.into_iter().collect(),
        }
    }
}

fn in_order(rule: &CompiledRule, mut facts: Facts) -> Facts {
    facts.sort_by_key(|fact| rule.facts.iter().position(|known| known == fact));
    facts
}
