//! A set of cases: what is known, and for each missing fact what it may still be.

use smallvec::SmallVec;

use super::completion::Completion;
use super::{Bits, Program, RuleId, Truth};

/// A region of cases: a point where nothing is missing, else a product of alternatives.
///
/// Decisions, needs, interviews and, later, analysis all ask it the same three things: which rows are possible, which are
/// certain, and what it splits into.
#[derive(Debug, Clone)]
pub struct Region<'p> {
    program: &'p Program,
    /// The rows that what is known leaves, but for those that no alternative of what is open would.
    rows: Bits,
    /// What is still open and makes a difference to some row.
    open: Numbers,
    truth: Truth,
}

/// Numbers of completions. Regions are made and moved by the thousand, so that they are short ones.
type Numbers = SmallVec<[u16; 16]>;

impl<'p> Region<'p> {
    /// The region that the rows left by the known facts, and completions of the missing ones, span.
    pub(super) fn new(program: &'p Program, rows: Bits, completions: &[Completion]) -> Region<'p> {
        Region::narrowed(program, rows, (0..).take(completions.len()).collect(), completions)
    }

    /// Drops what makes no difference any more: rows that cannot match, and facts that no other row depends on.
    fn narrowed(program: &'p Program, mut rows: Bits, mut open: Numbers, completions: &[Completion]) -> Region<'p> {
        let (mut possible, mut certain) = (rows.clone(), rows.clone());
        for completion in open.iter().filter_map(|number| completions.get(usize::from(*number))) {
            possible.keep(completion.possible.words());
            certain.keep(completion.certain.words());
        }
        let truth = program.index.truth(possible, certain);
        rows.keep(truth.possible.words());
        open.retain(|number| {
            completions.get(usize::from(*number)).is_some_and(|completion| completion.touches(&truth.possible))
        });
        Region { program, rows, open, truth }
    }

    /// The rows that can still match, and those that match for sure.
    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// The rows that can still match.
    pub fn possible(&self) -> &Bits {
        &self.truth.possible
    }

    /// The rows that match for sure.
    pub fn certain(&self) -> &Bits {
        &self.truth.certain
    }

    /// The numbers of the completions that make a difference to some row.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        self.open.iter().map(|number| usize::from(*number))
    }

    /// The regions that it falls into by the alternatives of one completion, which is then no longer open.
    pub fn split<'s>(&'s self, completions: &'s [Completion], number: usize) -> impl Iterator<Item = Region<'p>> + 's {
        let open: Numbers = self.open.iter().copied().filter(|known| usize::from(*known) != number).collect();
        let alternatives =
            completions.get(number).map(|completion| completion.alternatives.as_slice()).unwrap_or_default();
        alternatives.iter().map(move |alternative| {
            let rows = self.rows.clone().and(&alternative.rows);
            Region::narrowed(self.program, rows, open.clone(), completions)
        })
    }

    /// Whether a rule depends on a completion.
    pub fn hangs_on(&self, completions: &[Completion], rule: RuleId, number: usize) -> bool {
        let reach = self.program.rule(rule).reach.clone().and(&self.truth.possible);
        completions.get(number).is_some_and(|completion| completion.touches(&reach))
    }

    /// The completion to split on for the sake of an open rule: of those that it depends on, the one that leaves the
    /// smallest largest remainder of rows. `None` if it depends on no more than has too many alternatives to go through.
    pub fn best_split(&self, completions: &[Completion], rule: RuleId) -> Option<usize> {
        let truth = &self.truth;
        let reach = self.program.rule(rule).reach.clone().and(&truth.possible);
        self.open()
            .filter_map(|number| {
                let completion = completions.get(number)?;
                if completion.certain.holds_all(&reach) || completion.is_unbounded() {
                    return None;
                }
                Some((completion.remainder(&reach), number))
            })
            .min()
            .map(|(_, number)| number)
    }
}
