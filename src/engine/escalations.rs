//! Asks an escalation policy: the first category that can be submitted now, else the first that matches.

use crate::policy::{Category, Escalations};
use crate::program::{CategoryRules, Entries, Program, RuleId, Truth, Verdict};

use super::answer::{Allowed, Answer, Redirection, Words};
use super::asked::{Bearing, Leaf};
use super::grounds::{Because, Reasons};

/// The question that a case puts to an escalation policy.
pub(super) struct Asked<'p> {
    pub program: &'p Program,
    pub escalations: &'p Escalations,
    pub order: &'p [usize],
    pub rules: &'p [CategoryRules],
    pub entries: &'p Entries,
    /// Whether the case's clock was paused.
    pub paused: bool,
}

/// What comes of a category that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It can be submitted now.
    Ready,
    /// It goes elsewhere; the number of the redirect.
    Redirected(usize),
    /// A requirement is not met.
    NotReady,
}

impl Standing {
    /// The outcome's word.
    pub fn outcome(self) -> &'static str {
        match self {
            Standing::Ready => "escalate",
            Standing::Redirected(_) => "redirect",
            Standing::NotReady => "not_ready",
        }
    }
}

/// What is to be done, and what is to be known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Advice<'p> {
    pub actions: Words<'p>,
    pub notes: Words<'p>,
}

/// The row of a turnaround that applies, with how soon it says.
type TurnaroundFound<'p> = Option<(RuleId, Option<Allowed<'p>>)>;

impl<'p> Asked<'p> {
    fn verdict(&self, truth: &Truth, rule: RuleId) -> Verdict {
        self.program.verdict(truth, rule)
    }

    /// The categories that can match, in the order in which they are asked, with their numbers.
    pub fn possible<'t>(
        &'t self,
        truth: &'t Truth,
    ) -> impl Iterator<Item = (usize, &'p Category, &'p CategoryRules)> + 't {
        self.entries.possible(truth).filter_map(|place| {
            let number = *self.order.get(place)?;
            Some((number, self.escalations.categories.get(number)?, self.rules.get(number)?))
        })
    }

    /// The first category that can be submitted now; if none, the first that matches.
    pub fn ask(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        let mut first: Option<(usize, &'p Category, &'p CategoryRules, Standing)> = None;
        for (number, category, rules) in self.possible(truth) {
            if !self.matches(truth, rules)? {
                continue;
            }
            let standing = self.standing(truth, rules)?;
            if standing == Standing::Ready {
                return self.leaf(truth, number, category, rules, standing);
            }
            first = first.or(Some((number, category, rules, standing)));
        }
        match first {
            Some((number, category, rules, standing)) => self.leaf(truth, number, category, rules, standing),
            None => Ok(Leaf::nothing("no_escalation")),
        }
    }

    /// Whether a category matches.
    pub fn matches(&self, truth: &Truth, rules: &CategoryRules) -> Result<bool, RuleId> {
        // what surely fails settles it, whatever else is open
        if self.verdict(truth, rules.rule) == Verdict::No {
            return Ok(false);
        }
        let mut open = None;
        let mut any = rules.scenarios.is_empty();
        for rule in &rules.scenarios {
            match self.verdict(truth, *rule) {
                Verdict::Yes => any = true,
                Verdict::Open => open = open.or(Some(*rule)),
                Verdict::No => {}
            }
        }
        match (any, open) {
            (false, None) => Ok(false),
            (false, Some(rule)) => Err(rule),
            (true, _) => self.program.holds(truth, rules.rule),
        }
    }

    /// What comes of a category that matches: a redirect outranks what is not ready.
    pub fn standing(&self, truth: &Truth, rules: &CategoryRules) -> Result<Standing, RuleId> {
        for (number, rule) in rules.redirects.iter().enumerate() {
            if self.program.holds(truth, *rule)? {
                return Ok(Standing::Redirected(number));
            }
        }
        let mut open = None;
        for rule in &rules.requires {
            match self.verdict(truth, *rule) {
                Verdict::Yes => {}
                Verdict::No => return Ok(Standing::NotReady),
                Verdict::Open => open = open.or(Some(*rule)),
            }
        }
        open.map_or(Ok(Standing::Ready), Err)
    }

    /// What is said about a category bears on the decision if the category matches, or may.
    pub fn bearings(&self, truth: &Truth) -> Vec<(RuleId, Bearing)> {
        let mut found = Vec::new();
        for rules in self.rules {
            let unmatched = self.matches(truth, rules) == Ok(false);
            let bearing = if unmatched { Bearing::Moot } else { Bearing::Says };
            let sections = rules.redirects.iter().chain(&rules.requires).chain(&rules.turnaround);
            found.extend(sections.map(|rule| (*rule, bearing)));
            if self.verdict(truth, rules.rule) == Verdict::No {
                found.extend(rules.scenarios.iter().map(|rule| (*rule, Bearing::Moot)));
            }
        }
        found
    }

    /// How soon a category is answered.
    pub fn turnaround(
        &self,
        truth: &Truth,
        category: &'p Category,
        rules: &CategoryRules,
    ) -> Result<TurnaroundFound<'p>, RuleId> {
        for (row, rule) in category.turnaround.iter().zip(&rules.turnaround) {
            if self.program.holds(truth, *rule)? {
                let allowed = row.allowed.as_ref().map(|allowance| Allowed { allowance, paused: self.paused });
                return Ok(Some((*rule, allowed)));
            }
        }
        Ok(None)
    }

    fn leaf(
        &self,
        truth: &Truth,
        number: usize,
        category: &'p Category,
        rules: &'p CategoryRules,
        standing: Standing,
    ) -> Result<Leaf<'p>, RuleId> {
        let mut answer = Answer::of(standing.outcome());
        answer.keys.category = Some(&category.name);
        answer.keys.title = category.captions.title.as_deref();
        let mut grounds = Reasons::new();
        if !self.program.rule(rules.rule).always || rules.scenarios.is_empty() {
            grounds.push(Because::Holds(rules.rule));
        }
        let holding = |rule: &&RuleId| self.verdict(truth, **rule) == Verdict::Yes;
        rules.scenarios.iter().filter(holding).for_each(|rule| grounds.push(Because::Holds(*rule)));
        match standing {
            Standing::Ready => {
                rules.requires.iter().for_each(|rule| grounds.push(Because::Holds(*rule)));
                if let Some((rule, allowed)) = self.turnaround(truth, category, rules)? {
                    answer.keys.turnaround = allowed;
                    if !self.program.rule(rule).always {
                        grounds.push(Because::Holds(rule));
                    }
                }
                let Advice { actions, notes } = self.advice(truth, category, rules)?;
                answer.keys.actions = actions;
                answer.keys.notes = notes;
            }
            Standing::Redirected(at) => {
                if let (Some(redirect), Some(rule)) = (category.redirects.get(at), rules.redirects.get(at)) {
                    answer.keys.redirect = Some(Redirection { to: &redirect.to, because: redirect.because.as_deref() });
                    grounds.push(Because::Holds(*rule));
                }
            }
            Standing::NotReady => {
                let failing = rules.requires.iter().filter(|rule| self.verdict(truth, **rule) == Verdict::No);
                failing.for_each(|rule| grounds.push(Because::Fails(*rule)));
            }
        }
        Ok(Leaf { answer, window: None, grounds, chosen: Some(number) })
    }

    /// What is to be done and to be known: what the category says, and what its scenarios that match add.
    pub fn advice(&self, truth: &Truth, category: &'p Category, rules: &CategoryRules) -> Result<Advice<'p>, RuleId> {
        let mut advice = Advice::default();
        append(&mut advice.actions, &category.actions);
        append(&mut advice.notes, &category.notes);
        for (scenario, rule) in category.scenarios.iter().zip(&rules.scenarios) {
            // a scenario that adds nothing may stay open
            let silent = scenario.actions.is_empty() && scenario.notes.is_empty();
            if !silent && self.program.holds(truth, *rule)? {
                append(&mut advice.actions, &scenario.actions);
                append(&mut advice.notes, &scenario.notes);
            }
        }
        Ok(advice)
    }
}

/// Adds what is not there yet.
fn append<'p>(list: &mut Words<'p>, more: &'p [String]) {
    for word in more {
        if !list.contains(&word.as_str()) {
            list.push(word);
        }
    }
}
