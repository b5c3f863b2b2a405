//! Weighs which fact to ask for: of those that have to be asked for anyway, the one that rules out most.
//!
//! An answer is found by looking at rules in their order, until one decides. How far that goes hangs on how likely each
//! of them is to hold, and that on the facts that it waits for: what the vocabulary says of a fact that nobody reports is
//! taken to be the usual case, all values else for equally likely. A fact that will most likely be asked for sooner or
//! later costs nothing if it is asked for at once. So one of those comes first, the one after which there are the fewest
//! rules to look at on an average. By this nothing is decided but the order of the questions.

use crate::facts::{FactId, Kind};
use crate::program::{Completion, Program, Region, RuleId, Truth};

/// What is less likely than this is not followed.
const LEAST: f64 = 0.05;

/// Into how many steps the likelihood is divided that a fact is asked for anyway.
const STEPS: f64 = 5.0;

/// What is so many times as likely as an alternative is expected instead of it.
const EXPECTED: f64 = 5.0;

/// Into how many parts a look at a rule is divided where two prospects are compared.
const PARTS: f64 = 1000.0;

/// How likely rules are to hold in a region, and how far one has to look.
pub(super) struct Prospect<'p, 'c> {
    program: &'p Program,
    completions: &'c [Completion],
    /// For each completion, by row: how likely it is to leave the row.
    shares: Vec<Vec<f64>>,
    /// For each completion, how likely it is to be looked at.
    reach: Vec<f64>,
}

impl<'p, 'c> Prospect<'p, 'c> {
    pub fn new<A>(
        program: &'p Program,
        region: &Region<'_>,
        completions: &'c [Completion],
        ask: &impl Fn(&Truth) -> Result<A, RuleId>,
    ) -> Prospect<'p, 'c> {
        let shares = completions.iter().map(|completion| completion.shares(program.row_count())).collect();
        Prospect { program, completions, shares, reach: reach(region, completions, ask) }
    }

    /// How likely a completion is to turn out not to be needed, in steps.
    pub fn detour(&self, number: usize) -> u64 {
        let reach = self.reach.get(number).copied().unwrap_or_default();
        ((1.0 - reach).max(0.0) * STEPS).round() as u64
    }

    /// How many rules there are still to look at after a reply on one completion, on an average, and how laborious the
    /// reply is, in parts of a look.
    pub fn ahead<A>(&self, region: &Region<'_>, number: usize, ask: &impl Fn(&Truth) -> Result<A, RuleId>) -> u64 {
        let Some(completion) = self.completions.get(number) else { return u64::MAX };
        let labour: f64 = completion.facts.iter().map(|fact| self.labour(*fact)).sum();
        let looks = if completion.is_unbounded() {
            self.looks(region, ask)
        } else {
            let parts = region.split(self.completions, number).zip(completion.weights());
            parts.map(|(part, weight)| weight * self.looks(&part, ask)).sum()
        };
        ((looks + labour) * PARTS).round() as u64
    }

    /// How laborious it is to answer, counted in looks: choosing is nothing.
    fn labour(&self, fact: FactId) -> f64 {
        match self.program.vocabulary().fact(fact).kind {
            Kind::OneOf(_) | Kind::Boolean => 0.0,
            Kind::Integer(_) | Kind::Decimal(_) | Kind::Duration | Kind::Date | Kind::Days | Kind::TimeZone => 0.25,
            Kind::Text => 0.5,
        }
    }

    /// How many rules there are to look at until there is an answer, on an average.
    fn looks<A>(&self, region: &Region<'_>, ask: &impl Fn(&Truth) -> Result<A, RuleId>) -> f64 {
        let mut looks = 0.0;
        let mut pending = vec![(region.truth().clone(), 1.0)];
        while let Some((mut truth, mut weight)) = pending.pop() {
            while weight >= LEAST
                && let Err(open) = ask(&truth)
            {
                looks += weight;
                let holds = self.likelihood(region, &truth, open);
                if weight * holds >= LEAST {
                    pending.push((self.program.supposing(&truth, open, true), weight * holds));
                }
                weight *= 1.0 - holds;
                truth = self.program.supposing(&truth, open, false);
            }
        }
        looks
    }

    /// How likely an open rule is to hold, as if its rows had nothing to do with one another.
    fn likelihood(&self, region: &Region<'_>, truth: &Truth, rule: RuleId) -> f64 {
        let row = |row: usize| match (truth.certain.contains(row), truth.possible.contains(row)) {
            (true, _) => 1.0,
            (false, false) => 0.0,
            (false, true) => {
                let share = |number: usize| self.shares.get(number).and_then(|shares| shares.get(row)).unwrap_or(&1.0);
                region.open().map(share).product()
            }
        };
        1.0 - self.program.rule(rule).rows.clone().map(|number| 1.0 - row(number)).product::<f64>()
    }
}

/// How likely each completion is to be looked at if rules are looked at in their order, as a walk does, and nothing
/// unexpected turns up.
fn reach<A>(region: &Region<'_>, completions: &[Completion], ask: &impl Fn(&Truth) -> Result<A, RuleId>) -> Vec<f64> {
    let mut reach = vec![0.0; completions.len()];
    let mut pending = vec![(region.clone(), 1.0)];
    while let Some((region, likely)) = pending.pop() {
        let Err(open) = ask(region.truth()) else { continue };
        let Some(number) = region.best_split(completions, open) else { continue };
        let (Some(sum), Some(completion)) = (reach.get_mut(number), completions.get(number)) else { continue };
        *sum += likely;
        let most = completion.weights().fold(0.0, f64::max);
        let is_expected = |weight: &f64| weight * EXPECTED >= most;
        let whole: f64 = completion.weights().filter(is_expected).sum();
        let parts = region.split(completions, number).zip(completion.weights());
        let expected = parts.filter(|(_, weight)| is_expected(weight));
        pending.extend(
            expected.map(|(part, weight)| (part, likely * weight / whole)).filter(|(_, likely)| *likely >= LEAST),
        );
    }
    reach
}
