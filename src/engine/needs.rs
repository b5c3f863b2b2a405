//! Which missing facts a decision waits for.

use std::cmp::Reverse;

use crate::facts::FactId;
use crate::program::{Bits, Completion, MOST_NODES, Region, RuleId, Truth};

use super::walk;

/// Every missing fact for which two completions that differ in it alone decide differently; those whose values settle
/// the case most often come first, then the order of the vocabulary.
///
/// A fact that cannot be shown to be needless within the budget counts as needed; of those that touch no row at stake
/// that is known beforehand.
pub(super) fn needs<L: PartialEq>(
    region: &Region<'_>,
    completions: &[Completion],
    ask: &impl Fn(&Truth) -> Result<L, RuleId>,
    at_stake: &Bits,
) -> Vec<FactId> {
    let open = region.open().filter_map(|number| completions.get(number));
    let open = open.filter(|completion| completion.touches(at_stake));
    let mut facts: Vec<FactId> = open.flat_map(|completion| completion.facts.iter().copied()).collect();
    facts.sort_unstable();
    facts.dedup();
    facts.retain(|fact| matters(region, completions, ask, |completion| completion.facts.contains(fact)));
    facts.sort_by_cached_key(|fact| (Reverse(settled_share(region, completions, ask, *fact)), *fact));
    facts
}

/// Whether there are two completions that differ in one fact, or in what one hook says, alone and decide differently.
pub(super) fn matters<L: PartialEq>(
    region: &Region<'_>,
    completions: &[Completion],
    ask: &impl Fn(&Truth) -> Result<L, RuleId>,
    is_of_it: impl Fn(&Completion) -> bool,
) -> bool {
    let of_fact = |number: &usize| completions.get(*number).is_some_and(&is_of_it);
    let unbounded = |number: usize| completions.get(number).is_some_and(Completion::is_unbounded);
    if region.open().filter(of_fact).any(unbounded) {
        return true;
    }
    // the fact's own alternatives, times what it does to derived facts that lack other parts too
    let mut branches = vec![region.clone()];
    for number in region.open().filter(of_fact) {
        branches = branches.iter().flat_map(|branch| branch.split(completions, number)).collect();
    }
    let mut frontier = vec![branches];
    let mut visited = 0;
    while let Some(branches) = frontier.pop() {
        visited += branches.len();
        if visited > MOST_NODES {
            return true;
        }
        let mut answered: Option<L> = None;
        let mut open = None;
        for branch in &branches {
            match ask(branch.truth()) {
                Ok(answer) => match &answered {
                    Some(known) if *known != answer => return true,
                    Some(_) => {}
                    None => answered = Some(answer),
                },
                Err(rule) => match branch.best_split(completions, rule) {
                    Some(number) => open = open.or(Some(number)),
                    None => return true,
                },
            }
        }
        if let Some(number) = open {
            // all branches take the same alternative of the other fact
            let mut split: Vec<_> = branches.iter().map(|branch| branch.split(completions, number)).collect();
            let alternatives = completions.get(number).map_or(0, Completion::count);
            let next = |_| split.iter_mut().filter_map(Iterator::next).collect();
            frontier.extend((0..alternatives).map(next));
        }
    }
    false
}

/// The hooks without an answer on which an answer hangs, in the order in which the rules ask them. Those that wait for
/// missing facts are left to the facts.
pub(super) fn hooks<L: PartialEq>(
    region: &Region<'_>,
    completions: &[Completion],
    ask: &impl Fn(&Truth) -> Result<L, RuleId>,
) -> Vec<usize> {
    let open = region.open().filter_map(|number| Some((number, completions.get(number)?)));
    let waiting = open.filter(|(_, completion)| completion.facts.is_empty());
    let mut hooks: Vec<(usize, usize)> = waiting.filter_map(|(at, completion)| Some((at, completion.hook?))).collect();
    if hooks.is_empty() {
        return Vec::new();
    }
    // those of the rule at which the answer stops come first
    if let Err(rule) = ask(region.truth()) {
        hooks.sort_by_key(|(at, hook)| (!region.hangs_on(completions, rule, *at), *hook));
    }
    let hooks = hooks.into_iter().map(|(_, hook)| hook);
    hooks.filter(|hook| matters(region, completions, ask, |completion| completion.hook == Some(*hook))).collect()
}

/// For how many of 1,000 alternatives of a fact the case would be decided.
fn settled_share<L: PartialEq>(
    region: &Region<'_>,
    completions: &[Completion],
    ask: &impl Fn(&Truth) -> Result<L, RuleId>,
    fact: FactId,
) -> usize {
    let Some(number) = completions.iter().position(|completion| completion.facts == [fact]) else { return 0 };
    let parts = region.split(completions, number);
    let settled = parts.filter(|part| walk::agreed(part, completions, ask).is_some()).count();
    settled * 1000 / completions.get(number).map_or(1, Completion::count).max(1)
}
