//! When a rule applies: tests of facts, joined.

use std::sync::Arc;

use crate::facts::{FactId, Keyword, Ordinal, Value};
use crate::hook::Hook;
use crate::source::Span;

/// A condition over the facts of a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Holds for every case.
    Always,
    /// Holds if all of its parts do.
    All(Vec<Condition>),
    /// Holds if any of its parts does.
    Any(Vec<Condition>),
    /// Holds if its part does not.
    Not(Box<Condition>),
    /// Holds if a fact passes a test.
    Test(Test),
}

/// One fact put to one matcher.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The fact.
    pub fact: FactId,
    /// What it is held against.
    pub matcher: Matcher,
    /// Where the matcher stands in the policy's file.
    pub span: Span,
}

impl Test {
    /// The facts that it reads: its own, and those that a hook reads beside it.
    pub fn facts(&self) -> Vec<FactId> {
        match &self.matcher {
            Matcher::Hook(hook) => hook.reads().collect(),
            _ => vec![self.fact],
        }
    }
}

/// What a fact is held against. None but [`Matcher::Absent`] holds for an absent fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Matcher {
    /// Equal to one of these.
    OneOf(Vec<Value>),
    /// In none of these: the complement of a list, of the values that a fact may have.
    NoneOf(Vec<Value>),
    /// Within an interval of the fact's order.
    Within(Interval),
    /// So many days, or business days, before the case's date.
    Age(Unit, Interval),
    /// Names one of these words.
    Mentions(Vec<Keyword>),
    /// Begins with this text.
    StartsWith(String),
    /// Answered with true by a hook.
    Hook(Arc<Hook>),
    /// Reported at all.
    Present,
    /// Not reported.
    Absent,
}

/// What an age counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Business days of the policy's calendar.
    BusinessDays,
}

/// A stretch of an order, open or closed at each end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The lower end; `None` for no lower end.
    pub low: Option<Edge>,
    /// The upper end; `None` for no upper end.
    pub high: Option<Edge>,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The threshold.
    pub at: Ordinal,
    /// Whether the threshold itself lies inside.
    pub included: bool,
}

impl Interval {
    /// Everything above a threshold.
    pub fn above(at: Ordinal, included: bool) -> Interval {
        Interval { low: Some(Edge { at, included }), high: None }
    }

    /// Everything below a threshold.
    pub fn below(at: Ordinal, included: bool) -> Interval {
        Interval { low: None, high: Some(Edge { at, included }) }
    }

    /// From one threshold to another, both included.
    pub fn between(low: Ordinal, high: Ordinal) -> Interval {
        let edge = |at| Some(Edge { at, included: true });
        Interval { low: edge(low), high: edge(high) }
    }

    /// Whether a number lies inside.
    pub fn contains(&self, number: Ordinal) -> bool {
        let above = self.low.is_none_or(|low| low.at < number || (low.included && low.at == number));
        above && self.high.is_none_or(|high| number < high.at || (high.included && high.at == number))
    }

    /// The thresholds at its ends.
    pub fn thresholds(&self) -> impl Iterator<Item = Ordinal> {
        [self.low, self.high].into_iter().flatten().map(|edge| edge.at)
    }
}

impl Condition {
    /// Every test in it, nested ones included, in the order of the file.
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Condition::Always => Vec::new(),
            Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(Condition::tests).collect(),
            Condition::Not(part) => part.tests(),
            Condition::Test(test) => vec![test],
        }
    }
}
