//! Looks for the next level whose condition holds.

use crate::facts::{Case, Fault};
use crate::program::{Program, RuleId, Truth};

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
    let ask = |truth: &Truth| -> Result<usize, RuleId> {
        for (number, rule) in rules.iter().enumerate().skip(from) {
            if program.holds(truth, *rule)? {
                return Ok(number);
            }
        }
        Ok(rules.len())
    };
    let now = program.now(&case)?;
    let mut truth = program.first_sight(&case, &now)?;
    let mut found = ask(&truth).ok();
    let mut open = from;
    let mut asked = Vec::new();
    if found.is_none() {
        let completions = program.completions(&case, &now);
        let region = program.region(&case, &now, &completions)?;
        truth = region.truth().clone();
        let leaves = walk::leaves(&region, &completions, &ask);
        let least = leaves.as_ref().and_then(|leaves| leaves.iter().min().copied());
        if leaves.is_some_and(|leaves| leaves.iter().all(|leaf| Some(*leaf) == least)) {
            found = least;
        } else {
            open = least.unwrap_or(from);
            let facts = needs::needs(&region, &completions, &ask, &program.reach(rules.iter().copied().skip(from)));
            asked = facts.into_iter().map(|fact| program.vocabulary().fact(fact).name.as_str()).collect();
        }
    }
    let read = rules.iter().enumerate().skip(from).map_while(|(number, rule)| {
        let last = found.unwrap_or(open);
        let read = match (number < last, number == last, found.is_some()) {
            (true, ..) => Read::Skipped,
            (false, true, true) => Read::Entered,
            (false, _, false) => Read::Open,
            (false, false, true) => return None,
        };
        Some((*rule, read))
    });
    let reading = Reading { program, truth, rules: read.collect(), case };
    let next = match found {
        Some(number) if number < rules.len() => Next::Level(number),
        Some(_) => Next::Done,
        None => Next::Open(open, asked),
    };
    Ok((next, reading))
}
