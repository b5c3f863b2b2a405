//! Asks an exception policy: reasons, then who may create, then windows.

use crate::policy::{ExceptionType, Exceptions, Reason, WindowRule};
use crate::program::{Program, RuleId, Truth, TypeRules, Verdict};

use super::answer::{Answer, Creation, Keys};
use super::asked::{Bearing, Leaf};
use super::grounds::{Because, Reasons};

/// The question that a case puts to an exception policy.
pub(super) struct Asked<'p> {
    pub program: &'p Program,
    pub exceptions: &'p Exceptions,
    pub rules: &'p [TypeRules],
    /// The only type that is asked for.
    pub wanted: Option<usize>,
}

/// What is to become of one type.
enum Standing<'p> {
    /// Nothing calls for it.
    None,
    /// Something calls for it, and it may not be created.
    NotPermitted,
    /// It is to be created.
    Create(Option<&'p Reason>),
    /// Its window is closed.
    Closed(&'p WindowRule),
}

/// A type's standing with its grounds.
struct Found<'p> {
    standing: Standing<'p>,
    window: Option<&'p WindowRule>,
    grounds: Reasons,
}

impl<'p> Asked<'p> {
    /// The types that the case may end up with: the one asked for, or all that are not by hand.
    fn considered(&self) -> impl Iterator<Item = (usize, &'p ExceptionType, &'p TypeRules)> {
        let wanted = self.wanted;
        let types = self.exceptions.types.iter().zip(self.rules).enumerate();
        types
            .filter(move |(number, (kind, _))| wanted.map_or(!kind.by_hand, |wanted| wanted == *number))
            .map(|(number, (kind, rules))| (number, kind, rules))
    }

    /// The first type that may be created; if none, the first that something calls for.
    pub fn ask(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        let mut first: Option<(usize, &'p ExceptionType, Found<'p>)> = None;
        for (number, kind, rules) in self.considered() {
            let found = self.found(truth, kind, rules)?;
            match found.standing {
                Standing::Create(_) => return Ok(leaf(number, kind, found)),
                Standing::NotPermitted | Standing::Closed(_) if first.is_none() => first = Some((number, kind, found)),
                Standing::NotPermitted | Standing::Closed(_) | Standing::None => {}
            }
        }
        Ok(match first {
            Some((number, kind, found)) => leaf(number, kind, found),
            None => Leaf::nothing("no_exception"),
        })
    }

    /// The types beside the chosen one that might be created as well.
    pub fn others(&self, chosen: Option<usize>) -> impl Iterator<Item = (&'p ExceptionType, &'p TypeRules)> {
        self.considered().filter(move |(number, ..)| Some(*number) != chosen).map(|(_, kind, rules)| (kind, rules))
    }

    /// Whether a type is to be created.
    pub fn creates(&self, truth: &Truth, kind: &'p ExceptionType, rules: &'p TypeRules) -> Result<bool, RuleId> {
        Ok(matches!(self.found(truth, kind, rules)?.standing, Standing::Create(_)))
    }

    /// What is said about a type bears on the decision if the type is called for, or may be; whether a window is open
    /// does if the window applies, or may.
    pub fn bearings(&self, truth: &Truth) -> Vec<(RuleId, Bearing)> {
        let fails = |rule: RuleId| self.program.verdict(truth, rule) == Verdict::No;
        let bearing = |applies: bool| if applies { Bearing::Says } else { Bearing::Moot };
        let mut found = Vec::new();
        for (number, (kind, rules)) in self.exceptions.types.iter().zip(self.rules).enumerate() {
            let considered = self.wanted.map_or(!kind.by_hand, |wanted| wanted == number);
            let occasion = considered && !fails(rules.occasion);
            let called_for = occasion && (rules.reasons.is_empty() || !rules.reasons.iter().all(|rule| fails(*rule)));
            if !occasion {
                found.extend(rules.reasons.iter().map(|rule| (*rule, Bearing::Moot)));
            }
            found.extend(rules.may_create.map(|rule| (rule, bearing(called_for))));
            for window in &rules.windows {
                found.push((window.applies, bearing(called_for)));
                found.push((window.open, bearing(called_for && !fails(window.applies))));
            }
        }
        found
    }

    fn found(&self, truth: &Truth, kind: &'p ExceptionType, rules: &'p TypeRules) -> Result<Found<'p>, RuleId> {
        let holds = |rule: RuleId| self.program.holds(truth, rule);
        let mut found = Found { standing: Standing::None, window: None, grounds: Reasons::new() };
        if !holds(rules.occasion)? {
            return Ok(found);
        }
        if !self.program.rule(rules.occasion).always || kind.reasons.is_empty() {
            found.grounds.push(Because::Holds(rules.occasion));
        }
        let mut reason = None;
        for (candidate, rule) in kind.reasons.iter().zip(&rules.reasons) {
            if holds(*rule)? {
                found.grounds.push(Because::Holds(*rule));
                reason = Some(candidate);
                break;
            }
        }
        if reason.is_none() && !kind.reasons.is_empty() {
            return Ok(found);
        }
        if let Some(rule) = rules.may_create {
            if !holds(rule)? {
                found.grounds.push(Because::Fails(rule));
                found.standing = Standing::NotPermitted;
                return Ok(found);
            }
            found.grounds.push(Because::Holds(rule));
        }
        for (window, questions) in kind.windows.iter().zip(&rules.windows) {
            if holds(questions.applies)? {
                let open = holds(questions.open)?;
                let clock = if open { Because::Holds(questions.open) } else { Because::Fails(questions.open) };
                found.grounds.extend([Because::Holds(questions.applies), clock]);
                found.window = Some(window);
                if !open {
                    found.standing = Standing::Closed(window);
                    return Ok(found);
                }
                break;
            }
        }
        found.standing = Standing::Create(reason);
        Ok(found)
    }
}

fn leaf<'p>(number: usize, kind: &'p ExceptionType, found: Found<'p>) -> Leaf<'p> {
    let answer = match found.standing {
        Standing::None => Answer::of("no_exception"),
        Standing::NotPermitted => Answer::of("not_permitted"),
        Standing::Closed(window) => Answer::of(&window.otherwise),
        Standing::Create(reason) => {
            let exception = Some(Creation { kind, reason });
            Answer { outcome: "create_exception", keys: Keys { exception, ..Keys::default() } }
        }
    };
    Leaf { answer, window: found.window, grounds: found.grounds, chosen: Some(number) }
}
