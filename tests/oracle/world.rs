//! A world: a policy and a case of which everything that matters is known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use rulebook::facts::{Case, FactId, Formula, Kind, Missing, Value, Vocabulary};
use rulebook::policy::Policy;
use rulebook::time::{Calendar, Instant, Zone};
use rust_decimal::Decimal;

use super::naive::number;

/// What a world says of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// Its value.
    Value(Value),
    /// The result of a derived one.
    Derived(Decimal),
    /// Nobody reported it.
    Absent,
}

impl Seen {
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Seen::Value(value) => number(value),
            Seen::Derived(result) => Some(*result),
            Seen::Absent => None,
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Seen::Value(Value::Text(text)) => text,
            other => panic!("{other:?} is no text"),
        }
    }
}

/// A policy, the case's instant, and values.
#[derive(Debug, Clone)]
pub struct World<'p> {
    pub policy: &'p Policy,
    pub at: Instant,
    values: BTreeMap<FactId, Value>,
    /// Derived facts that are taken to be something, whatever their parts.
    taken: BTreeMap<FactId, Seen>,
    /// The facts that the case does not give.
    tried: BTreeSet<FactId>,
}

impl<'p> World<'p> {
    pub fn new(policy: &'p Policy, case: &Case) -> World<'p> {
        let values = policy.vocabulary.facts().filter_map(|(id, _)| Some((id, case.value(id)?.clone()))).collect();
        World { policy, at: case.at(), values, taken: BTreeMap::new(), tried: BTreeSet::new() }
    }

    pub fn vocabulary(&self) -> &'p Vocabulary {
        &self.policy.vocabulary
    }

    pub fn calendar(&self) -> &'p Calendar {
        self.policy.calendar.as_deref().expect("ages need a calendar")
    }

    /// The case's date by the calendar's clocks.
    pub fn today(&self) -> NaiveDate {
        self.calendar().zone().to_local(self.at).date()
    }

    /// Gives a fact a value, or takes a derived one to be something.
    pub fn set(&mut self, fact: FactId, seen: &Seen) {
        self.tried.insert(fact);
        match seen {
            Seen::Value(value) => drop(self.values.insert(fact, value.clone())),
            Seen::Derived(_) | Seen::Absent => drop(self.taken.insert(fact, seen.clone())),
        }
    }

    /// Whether a fact that is asked for has no value.
    pub fn lacks(&self, fact: FactId) -> bool {
        let declared = self.vocabulary().fact(fact);
        declared.formula.is_none() && declared.missing == Missing::Ask && !self.values.contains_key(&fact)
    }

    /// Whether a fact that is not asked for, and has no default, has no value.
    pub fn surely_absent(&self, fact: FactId) -> bool {
        let declared = self.vocabulary().fact(fact);
        declared.formula.is_none() && declared.missing == Missing::NoMatch && !self.values.contains_key(&fact)
    }

    /// Takes a fact's value away.
    pub fn withdraw(&mut self, fact: FactId) {
        self.values.remove(&fact);
    }

    /// Whether a fact's value is not the case's own.
    pub fn is_tried(&self, fact: FactId) -> bool {
        self.tried.contains(&fact)
    }

    pub fn zone(&self, fact: FactId) -> Option<Zone> {
        match self.seen(fact) {
            Seen::Value(Value::Zone(zone)) => Some(zone),
            Seen::Value(_) | Seen::Derived(_) | Seen::Absent => None,
        }
    }

    /// What it says of a fact: the value, else the default, else that nobody reported it.
    pub fn seen(&self, fact: FactId) -> Seen {
        if let Some(taken) = self.taken.get(&fact) {
            return taken.clone();
        }
        let declared = self.vocabulary().fact(fact);
        if let Some(formula) = &declared.formula {
            let whole = matches!(declared.kind, Kind::Integer(_) | Kind::Duration | Kind::Days);
            return self.derived(formula, whole).map_or(Seen::Absent, Seen::Derived);
        }
        match (self.values.get(&fact), &declared.missing) {
            (Some(value), _) | (None, Missing::Default(value)) => Seen::Value(value.clone()),
            (None, Missing::NoMatch) => Seen::Absent,
            (None, Missing::Ask) => panic!("`{}` is missing: no world lacks it", declared.name),
        }
    }

    /// The sum or share, if every part is there. What is too large to be held is as large as can be.
    fn derived(&self, formula: &Formula, whole: bool) -> Option<Decimal> {
        let part = |fact: &FactId| self.seen(*fact).number();
        match formula {
            Formula::Sum(terms) => {
                let parts: Vec<Decimal> = terms.iter().map(|term| part(&term.fact)).collect::<Option<_>>()?;
                let signed = terms.iter().zip(parts).map(|(term, part)| if term.minus { -part } else { part });
                let sum = signed.fold(Decimal::ZERO, Decimal::saturating_add);
                Some(if whole { sum.clamp(Decimal::from(i64::MIN), Decimal::from(i64::MAX)) } else { sum })
            }
            Formula::Percent { part: measured, whole } => {
                let (measured, whole) = (part(measured)?, part(whole)?);
                measured.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
            }
        }
    }
}

/// A date's place in the order of dates.
pub fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce())
}
