//! Looks for the next level whose condition holds.

use crate::facts::{Case, Fault};
use crate::hook::HookFault;
use crate::program::{Answers, Program, RuleId, Truth};

use super::super::grounds::{Ground, Holding, ground};
use super::super::{needs, walk};
use super::fold::Procedure;

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Next<'a> {
    /// The level of this number.
    Level(usize),
    /// No further level: the request is approved.
    Done,
    /// That hangs on missing facts, from the level of this number on.
    Open(usize, Vec<&'a str>),
}

/// Conditions of levels as they were read once.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    pub(in crate::engine) program: &'a Program,
    pub(in crate::engine) case: Case,
    pub(in crate::engine) truth: Truth,
    pub(in crate::engine) rules: Vec<(RuleId, Read)>,
    /// What hooks were asked and said.
    pub(in crate::engine) answers: Answers,
    /// The hooks that gave no answer where something hangs on it.
    pub(in crate::engine) faults: Vec<HookFault>,
}

/// What was read of a level's condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// It holds: the level was entered.
    Entered,
    /// It does not hold.
    Skipped,
    /// It hangs on missing facts.
    Open,
}

impl<'a> Reading<'a> {
    /// The rules with the facts by which levels were entered or skipped.
    pub(super) fn grounds(&self) -> impl Iterator<Item = Ground<'a>> {
        self.rules.iter().filter_map(|(rule, read)| {
            let holding = match read {
                Read::Entered => Holding::Holds,
                Read::Skipped => Holding::Fails,
                Read::Open => return None,
            };
            Some(ground(self.program, &self.case, &self.truth, *rule, holding))
        })
    }
}

/// The first level from a number on whose condition holds, in every completion of the missing facts.
pub(super) fn next<'a>(procedure: Procedure<'a>, case: Case, from: usize) -> Result<(Next<'a>, Reading<'a>), Fault> {
    let Procedure { program, rules, .. } = procedure;
    let mut answers = program.unasked();
    let Look { truth, found, hooks } = loop {
        let look = look(procedure, &case, &answers, from)?;
        // each hook is asked at most once, so this comes to an end
        match look.hooks.iter().find(|hook| answers.fault(**hook).is_none()) {
            Some(hook) => program.ask(&case, &mut answers, *hook),
            None => break look,
        }
    };
    let read = rules.iter().enumerate().skip(from).map_while(|(number, rule)| {
        let read = match &found {
            Found::Level(last) if number > *last => return None,
            Found::Level(last) if number == *last => Read::Entered,
            Found::Open(first, _) if number >= *first => Read::Open,
            Found::Level(_) | Found::Open(..) => Read::Skipped,
        };
        Some((*rule, read))
    });
    let faults = hooks.into_iter().filter_map(|hook| answers.fault(hook).cloned()).collect();
    let reading = Reading { program, truth, rules: read.collect(), answers, faults, case };
    let next = match found {
        Found::Level(number) if number < rules.len() => Next::Level(number),
        Found::Level(_) => Next::Done,
        Found::Open(number, needs) => Next::Open(number, needs),
    };
    Ok((next, reading))
}

/// What one look at the levels shows.
struct Look<'a> {
    truth: Truth,
    found: Found<'a>,
    /// The hooks without an answer that this hangs on.
    hooks: Vec<usize>,
}

/// Which level comes next.
enum Found<'a> {
    /// That of this number; the number of levels for none.
    Level(usize),
    /// From that of this number on it hangs on missing facts.
    Open(usize, Vec<&'a str>),
}

/// Looks for the next level as far as the hooks that were asked so far settle it.
fn look<'a>(procedure: Procedure<'a>, case: &Case, answers: &Answers, from: usize) -> Result<Look<'a>, Fault> {
    let Procedure { program, rules, .. } = procedure;
    let ask = |truth: &Truth| -> Result<usize, RuleId> {
        for (number, rule) in rules.iter().enumerate().skip(from) {
            if program.holds(truth, *rule)? {
                return Ok(number);
            }
        }
        Ok(rules.len())
    };
    let now = program.now(case)?;
    let truth = program.first_sight(case, &now, answers)?;
    if let Ok(level) = ask(&truth) {
        return Ok(Look { truth, found: Found::Level(level), hooks: Vec::new() });
    }
    let completions = program.completions(case, &now, answers);
    let region = program.region(case, &now, answers, &completions)?;
    let truth = region.truth().clone();
    let hooks = needs::hooks(&region, &completions, &ask);
    let leaves = walk::leaves(&region, &completions, &ask);
    let least = leaves.as_ref().and_then(|leaves| leaves.iter().min().copied());
    let found = match least.filter(|least| leaves.is_some_and(|leaves| leaves.iter().all(|leaf| leaf == least))) {
        Some(level) => Found::Level(level),
        None => {
            let at_stake = program.reach(rules.iter().copied().skip(from)).and(&truth.possible);
            let facts = needs::needs(&region, &completions, &ask, &at_stake);
            let names = facts.into_iter().map(|fact| program.vocabulary().fact(fact).name.as_str());
            Found::Open(least.unwrap_or(from), names.collect())
        }
    };
    Ok(Look { truth, found, hooks })
}
