//! A set of cases: what is known, and for each missing fact what it may still be.

use super::completion::Completion;
use super::{Bits, Program, RuleId, Truth};

/// A region of cases: a point where nothing is missing, else a product of alternatives.
///
/// Decisions, needs, interviews and, later, analysis all ask it the same three things: which rows are possible, which are
/// certain, and what it splits into.
#[derive(Debug, Clone)]
pub struct Region<'p> {
    program: &'p Program,
    /// The rows that what is known leaves.
    rows: Bits,
    /// What is still open, by number.
    open: Vec<usize>,
}

impl<'p> Region<'p> {
    /// The region that the rows left by the known facts, and completions of the missing ones, span.
    pub(super) fn new(program: &'p Program, rows: Bits, completions: &[Completion]) -> Region<'p> {
        Region { program, rows, open: (0..completions.len()).collect() }
    }

    /// The rows that can still match, and those that match for sure.
    pub fn truth(&self, completions: &[Completion]) -> Truth {
        let (mut possible, mut certain) = (self.rows.clone(), self.rows.clone());
        for completion in self.open.iter().filter_map(|number| completions.get(*number)) {
            possible.keep(completion.possible.words());
            certain.keep(completion.certain.words());
        }
        self.program.index.truth(possible, certain)
    }

    /// The rows that can still match.
    pub fn possible(&self, completions: &[Completion]) -> Bits {
        self.truth(completions).possible
    }

    /// The rows that match for sure.
    pub fn certain(&self, completions: &[Completion]) -> Bits {
        self.truth(completions).certain
    }

    /// The regions that it falls into by the alternatives of one completion, which is then no longer open.
    pub fn split<'s>(&'s self, completions: &'s [Completion], number: usize) -> impl Iterator<Item = Region<'p>> + 's {
        let open: Vec<usize> = self.open.iter().copied().filter(|known| *known != number).collect();
        let alternatives =
            completions.get(number).map(|completion| completion.alternatives.as_slice()).unwrap_or_default();
        alternatives.iter().map(move |alternative| Region {
            program: self.program,
            rows: self.rows.clone().and(&alternative.rows),
            open: open.clone(),
        })
    }

    /// The completion to split on for the sake of an open rule: of those that it depends on, the one that leaves the
    /// smallest largest remainder of rows. `None` if it depends on no more than has too many alternatives to go through.
    pub fn best_split(&self, completions: &[Completion], rule: RuleId) -> Option<usize> {
        let truth = self.truth(completions);
        let reach = self.program.rule(rule).reach.clone().and(&truth.possible);
        self.open
            .iter()
            .copied()
            .filter_map(|number| {
                let completion = completions.get(number)?;
                let undecided = reach.clone().and(&completion.certain.complement(self.program.rows.len()));
                if undecided.is_empty() || completion.is_unbounded() {
                    return None;
                }
                let left = completion.alternatives.iter().map(|alternative| reach.clone().and(&alternative.rows).len());
                Some((left.max().unwrap_or(0), number))
            })
            .min()
            .map(|(_, number)| number)
    }
}
