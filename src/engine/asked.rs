//! The question that a case puts to a policy, whatever the policy's kind.

use crate::diagnostic::{Code, nearest};
use crate::facts::{Case, Fault};
use crate::policy::{Body, Policy, WindowRule};
use crate::program::{Bits, Layout, Program, RuleId, Truth, Verdict};

use super::answer::Answer;
use super::grounds::{Because, Reasons};
use super::{authorization, escalations, exceptions, table};

/// An answer with what does not make it another one.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'p> {
    pub answer: Answer<'p>,
    /// The window that governs.
    pub window: Option<&'p WindowRule>,
    pub grounds: Reasons,
    /// The number of the type or category that the answer is about.
    pub chosen: Option<usize>,
}

impl<'p> Leaf<'p> {
    /// The answer where no rule applies.
    pub fn nothing(outcome: &'p str) -> Leaf<'p> {
        Leaf { answer: Answer::of(outcome), window: None, grounds: smallvec::smallvec![Because::Nothing], chosen: None }
    }
}

/// What is wrong with asking for a type by a policy that has none.
pub(super) fn typeless(policy: &Policy, name: &str) -> Fault {
    let message = format!("`{}` has no types, but the case asks for `{name}`", policy.name);
    Fault::new(Code::CaseType, message).help("leave `type` out: it chooses among exceptions")
}

/// How a rule bears on a decision, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearing {
    /// It says more about what applies, or may.
    Says,
    /// By it something else would be called for.
    Calls,
    /// It makes no difference: what it belongs to surely does not apply.
    Moot,
}

/// A policy of some kind, asked.
pub(super) enum Asked<'p> {
    Exceptions(exceptions::Asked<'p>),
    Escalations(escalations::Asked<'p>),
    Table(table::Asked<'p>),
    Authorization(authorization::Asked<'p>),
}

impl<'p> Asked<'p> {
    /// The question of this case; a fault if it asks for a type that the policy does not have.
    pub fn new(program: &'p Program, case: &Case) -> Result<Asked<'p>, Fault> {
        let policy = program.policy();
        match (&policy.body, program.layout()) {
            (Body::Exceptions(exceptions), Layout::Exceptions(rules)) => {
                let names = || exceptions.types.iter().map(|kind| kind.name.as_str());
                let number = |name: &str| {
                    names().position(|known| known == name).ok_or_else(|| {
                        Fault::new(Code::CaseType, format!("`{}` has no exception type `{name}`", policy.name))
                            .expected(format!("one of {}", names().collect::<Vec<_>>().join(", ")))
                            .did_you_mean(nearest(name, names()))
                    })
                };
                timeless(program, case)?;
                let wanted = case.wanted_type().map(number).transpose()?;
                Ok(Asked::Exceptions(exceptions::Asked { program, exceptions, rules, wanted }))
            }
            (Body::Escalations(escalations), Layout::Escalations { order, categories, entries }) => {
                untyped(program, case)?;
                Ok(Asked::Escalations(escalations::Asked {
                    program,
                    escalations,
                    order,
                    rules: categories,
                    entries,
                    paused: case.clock().is_paused_at_all(),
                }))
            }
            (Body::Table(table), Layout::Table(rules)) => {
                untyped(program, case)?;
                timeless(program, case)?;
                Ok(Asked::Table(table::Asked { program, table, rules }))
            }
            (Body::Authorization(authorization), Layout::Authorization(rules)) => {
                untyped(program, case)?;
                if !case.clock().is_empty() {
                    let message = format!("the times of `{}` run from `received` alone", policy.name);
                    return Err(Fault::new(Code::ClockUnused, message).help("leave `clock` out"));
                }
                Ok(Asked::Authorization(authorization::Asked { program, authorization, rules }))
            }
            (Body::Approval(_), _) => {
                let message = format!("`{}` follows requests through their events", policy.name);
                Err(Fault::new(Code::CaseType, message).help("use `rulebook eval` or `rulebook approval`"))
            }
            // a layout is compiled from the body beside it
            (Body::Exceptions(_) | Body::Escalations(_) | Body::Table(_) | Body::Authorization(_), _) => {
                Err(Fault::new(Code::CaseType, "the program belongs to a policy of another kind"))
            }
        }
    }

    /// How rules bear on the decision; those that are not named may call for something.
    pub fn bearings(&self, truth: &Truth) -> Vec<(RuleId, Bearing)> {
        match self {
            Asked::Exceptions(asked) => asked.bearings(truth),
            Asked::Escalations(asked) => asked.bearings(truth),
            Asked::Table(asked) => asked.bearings(truth),
            Asked::Authorization(asked) => asked.bearings(truth),
        }
    }

    /// The open rows of rules that may make a difference.
    pub fn at_stake(&self, program: &Program, truth: &Truth) -> Bits {
        let mut moot = self.bearings(truth);
        moot.retain(|(_, bearing)| *bearing == Bearing::Moot);
        let open = |rule: &RuleId| {
            program.verdict(truth, *rule) == Verdict::Open && !moot.iter().any(|(known, _)| known == rule)
        };
        program.reach(program.rule_ids().filter(open)).and(&truth.possible)
    }

    /// The answer, or the open rule that it cannot do without.
    pub fn ask(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        match self {
            Asked::Exceptions(asked) => asked.ask(truth),
            Asked::Escalations(asked) => asked.ask(truth),
            Asked::Table(asked) => asked.ask(truth),
            Asked::Authorization(asked) => asked.ask(truth),
        }
    }
}

/// Refuses a case with a clock where no time is counted.
fn timeless(program: &Program, case: &Case) -> Result<(), Fault> {
    if case.clock().is_empty() {
        return Ok(());
    }
    let message = format!("`{}` counts no time, but the case has a clock", program.policy().name);
    Err(Fault::new(Code::ClockUnused, message).help("leave `clock` out: it is for turnarounds"))
}

/// Refuses a case that asks for a type where there are none.
fn untyped(program: &Program, case: &Case) -> Result<(), Fault> {
    let Some(name) = case.wanted_type() else { return Ok(()) };
    let message = format!("`{}` has no types, but the case asks for `{name}`", program.policy().name);
    Err(Fault::new(Code::CaseType, message).help("leave `type` out: it chooses among exceptions"))
}
