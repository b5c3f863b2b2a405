//! Walks a region until every part of it has an answer.

use crate::program::{Completion, MOST_NODES, Program, Region, RuleId, Truth, Verdict};

/// The answers that the parts of a region have; `None` past the budget of regions visited.
///
/// `ask` answers from what is known of the rows, or names a rule that it cannot do without and that is open.
pub(super) fn leaves<L>(
    region: &Region<'_>,
    completions: &[Completion],
    ask: &impl Fn(&Truth) -> Result<L, RuleId>,
) -> Option<Vec<L>> {
    leaves_by(region, completions, ask, &mut |_| ())
}

/// The same; `split` hears of every completion that a region is split on.
pub(super) fn leaves_by<L>(
    region: &Region<'_>,
    completions: &[Completion],
    ask: &impl Fn(&Truth) -> Result<L, RuleId>,
    split: &mut impl FnMut(usize),
) -> Option<Vec<L>> {
    let mut found = Vec::new();
    let mut frontier = vec![region.clone()];
    let mut visited = 0;
    while let Some(region) = frontier.pop() {
        visited += 1;
        if visited > MOST_NODES {
            return None;
        }
        match ask(region.truth()) {
            Ok(leaf) => found.push(leaf),
            Err(open) => {
                let number = region.best_split(completions, open)?;
                split(number);
                frontier.extend(region.split(completions, number));
            }
        }
    }
    // the last part was visited first
    found.reverse();
    Some(found)
}

/// The answer that all parts of a region share; `None` if two differ or the budget runs out.
pub(super) fn agreed<L: PartialEq>(
    region: &Region<'_>,
    completions: &[Completion],
    ask: &impl Fn(&Truth) -> Result<L, RuleId>,
) -> Option<L> {
    let mut leaves = leaves(region, completions, ask)?.into_iter();
    let first = leaves.next()?;
    leaves.all(|leaf| leaf == first).then_some(first)
}

/// What is known of a rule. Rows that are open one by one may hold, or fail, together: that takes a walk.
pub(super) fn verdict(
    program: &Program,
    truth: &Truth,
    region: &Region<'_>,
    completions: &[Completion],
    rule: RuleId,
) -> Verdict {
    match program.verdict(truth, rule) {
        Verdict::Open => match agreed(region, completions, &|truth: &Truth| program.holds(truth, rule)) {
            Some(true) => Verdict::Yes,
            Some(false) => Verdict::No,
            None => Verdict::Open,
        },
        settled @ (Verdict::Yes | Verdict::No) => settled,
    }
}
