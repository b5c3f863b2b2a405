//! The values that a missing fact is tried with: dense around everything that a policy says of it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rulebook::facts::{Bounds, FactId, Formula, Keyword, Kind, Value};
use rulebook::policy::{Body, Matcher, Policy, Test, Unit, WindowRule, ZoneSource};
use rust_decimal::Decimal;

use super::naive::{number, threshold};
use super::verdict::{Question, questions};
use super::world::{Seen, World, day_number};

/// How many values are tried of a fact that makes a derived one together with other missing facts.
const MOST_JOINT: usize = 7;

/// Everything that a policy's conditions say.
pub struct Said<'p> {
    pub policy: &'p Policy,
    pub tests: Vec<&'p Test>,
    windows: Vec<&'p WindowRule>,
}

impl<'p> Said<'p> {
    pub fn of(policy: &'p Policy) -> Said<'p> {
        let tests = questions(policy)
            .into_iter()
            .flat_map(|question| match question {
                Question::When(rule) => rule.when.tests(),
                Question::Open(_) => Vec::new(),
            })
            .collect();
        let windows = match &policy.body {
            Body::Exceptions(exceptions) => exceptions.types.iter().flat_map(|kind| &kind.windows).collect(),
            Body::Escalations(_) | Body::Table(_) | Body::Approval(_) | Body::Authorization(_) => Vec::new(),
        };
        Said { policy, tests, windows }
    }

    fn tests_of(&self, fact: FactId) -> impl Iterator<Item = &'p Test> {
        self.tests.iter().copied().filter(move |test| test.fact == fact)
    }

    /// The derived facts that some test reads.
    pub fn derived(&self) -> Vec<FactId> {
        let derived = self.tests.iter().map(|test| test.fact);
        let derived: BTreeSet<FactId> =
            derived.filter(|fact| self.policy.vocabulary.fact(*fact).formula.is_some()).collect();
        derived.into_iter().collect()
    }

    /// The values to try of a missing fact: of those that no test, window or derived fact tells apart, one.
    ///
    /// `alone` are the derived facts of which it is the only missing part, `jointly` says that there are others.
    pub fn values(&self, world: &World<'p>, fact: FactId, alone: &[FactId], jointly: bool) -> Vec<Seen> {
        let mut values: Vec<Value> = match &self.policy.vocabulary.fact(fact).kind {
            Kind::OneOf(words) => (0..words.len()).map(|at| Value::Choice(u16::try_from(at).unwrap())).collect(),
            Kind::Boolean => vec![Value::Boolean(false), Value::Boolean(true)],
            Kind::Integer(bounds) => self.whole(world, fact, alone, *bounds).into_iter().map(Value::Integer).collect(),
            Kind::Duration => {
                let bounds = Bounds { from: Some(0), to: None };
                self.whole(world, fact, alone, bounds).into_iter().map(Value::Duration).collect()
            }
            Kind::Decimal(bounds) => self.exact(world, fact, alone, *bounds).into_iter().map(Value::Decimal).collect(),
            Kind::Date => self.dates(world, fact, alone).into_iter().map(Value::Date).collect(),
            Kind::Text => self.texts(fact).into_iter().map(|text| Value::Text(text.into())).collect(),
            Kind::TimeZone => {
                let zones = self.policy.vocabulary.zones();
                zones.names().filter_map(|name| zones.get(name)).map(Value::Zone).collect()
            }
            Kind::Days => unreachable!("no case carries it"),
        };
        if jointly && values.len() > MOST_JOINT {
            let step = values.len().div_ceil(MOST_JOINT);
            values = values.into_iter().step_by(step).collect();
        }
        let mut told_apart: Vec<(Vec<bool>, Option<Decimal>)> = Vec::new();
        let mut kept = Vec::new();
        for value in values {
            let seen = Seen::Value(value);
            let mut world = world.clone();
            world.set(fact, &seen);
            let mut signs: Vec<bool> = self.tests_of(fact).map(|test| world.passes(test)).collect();
            signs.extend(alone.iter().flat_map(|derived| self.tests_of(*derived)).map(|test| world.passes(test)));
            let windows = self.windows.iter().filter(|window| window.zone == ZoneSource::Fact(fact));
            signs.extend(windows.map(|window| window.open.contains(&world.zone(fact).unwrap(), world.at)));
            let sign = (signs, seen.number().filter(|_| jointly));
            if !told_apart.contains(&sign) {
                told_apart.push(sign);
                kept.push(seen);
            }
        }
        kept
    }

    /// What a derived fact is taken to be where several of its parts are missing: anything, near what is said of it.
    pub fn results(&self, world: &World<'p>, fact: FactId) -> Vec<Seen> {
        let mut results: Vec<Seen> = spread(self.thresholds(fact)).into_iter().map(Seen::Derived).collect();
        if self.policy.vocabulary.may_be_absent(fact) {
            results.push(Seen::Absent);
        }
        let mut told_apart: Vec<Vec<bool>> = Vec::new();
        results.retain(|seen| {
            let mut world = world.clone();
            world.set(fact, seen);
            let sign: Vec<bool> = self.tests_of(fact).map(|test| world.passes(test)).collect();
            let new = !told_apart.contains(&sign);
            told_apart.push(sign);
            new
        });
        results
    }

    /// The numbers that tests hold a fact against; not ages.
    fn thresholds(&self, fact: FactId) -> Vec<Decimal> {
        let of_test = |test: &Test| match &test.matcher {
            Matcher::OneOf(values) | Matcher::NoneOf(values) => values.iter().filter_map(number).collect(),
            Matcher::Within(interval) => interval.thresholds().map(threshold).collect(),
            _ => Vec::new(),
        };
        self.tests_of(fact).flat_map(of_test).collect()
    }

    /// Where something changes: the fact's own thresholds, and where derived facts reach theirs.
    fn turns(&self, world: &World<'p>, fact: FactId, alone: &[FactId]) -> Vec<Decimal> {
        let mut turns = self.thresholds(fact);
        for derived in alone {
            let formula = self.policy.vocabulary.fact(*derived).formula.as_ref().unwrap();
            for result in self.thresholds(*derived) {
                turns.extend(solved(world, formula, fact, result));
            }
        }
        turns
    }

    fn whole(&self, world: &World<'p>, fact: FactId, alone: &[FactId], bounds: Bounds<i64>) -> Vec<i64> {
        let mut centres: Vec<i64> =
            self.turns(world, fact, alone).iter().filter_map(|turn| i64::try_from(turn.floor()).ok()).collect();
        centres.extend([Some(0), bounds.from, bounds.to].into_iter().flatten());
        let near: BTreeSet<i64> = centres.iter().flat_map(|c| (-3..=3).filter_map(|by| c.checked_add(by))).collect();
        near.into_iter()
            .filter(|number| bounds.from.is_none_or(|from| from <= *number))
            .filter(|number| bounds.to.is_none_or(|to| *number <= to))
            .collect()
    }

    fn exact(&self, world: &World<'p>, fact: FactId, alone: &[FactId], bounds: Bounds<Decimal>) -> Vec<Decimal> {
        let mut centres = self.turns(world, fact, alone);
        centres.push(Decimal::ZERO);
        centres.extend([bounds.from, bounds.to].into_iter().flatten());
        let mut numbers = spread(centres);
        numbers.retain(|number| {
            bounds.from.is_none_or(|from| from <= *number) && bounds.to.is_none_or(|to| *number <= to)
        });
        numbers
    }

    /// Days about thresholds, and day by day as far as ages reach.
    fn dates(&self, world: &World<'p>, fact: FactId, alone: &[FactId]) -> Vec<NaiveDate> {
        let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
        let about = |date: NaiveDate, reach: u64| {
            (0..=2 * reach)
                .filter_map(move |by| date.checked_sub_days(Days::new(reach))?.checked_add_days(Days::new(by)))
        };
        let epoch = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for turn in self.turns(world, fact, alone) {
            let by = chrono::TimeDelta::days(i64::try_from(turn.floor()).unwrap() - day_number(epoch));
            days.extend(epoch.checked_add_signed(by).into_iter().flat_map(|date| about(date, 3)));
        }
        for test in self.tests_of(fact) {
            let Matcher::Age(unit, interval) = &test.matcher else { continue };
            let furthest =
                interval.thresholds().map(|at| u64::try_from(threshold(at).abs()).unwrap()).max().unwrap_or(0);
            let reach = match unit {
                Unit::Days => furthest + 3,
                Unit::BusinessDays => furthest * 2 + 12,
            };
            days.extend(about(world.today(), reach));
        }
        let ends =
            [(1900, 1, 1), (2199, 12, 31)].map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap());
        days.extend(ends);
        days.into_iter().filter(|day| (ends[0]..=ends[1]).contains(day)).collect()
    }

    /// Every beginning and literal, going on in several ways, with every set of keywords after it.
    fn texts(&self, fact: FactId) -> Vec<String> {
        let mut beginnings = vec![String::new()];
        let mut literals = Vec::new();
        let mut keywords: BTreeSet<&Keyword> = BTreeSet::new();
        for test in self.tests_of(fact) {
            match &test.matcher {
                Matcher::OneOf(values) | Matcher::NoneOf(values) => literals.extend(values.iter().map(|value| {
                    let Value::Text(text) = value else { panic!("{value:?} is no text") };
                    text.to_string()
                })),
                Matcher::StartsWith(beginning) => beginnings.push(beginning.clone()),
                Matcher::Mentions(words) => keywords.extend(words),
                _ => {}
            }
        }
        let keywords: Vec<&Keyword> = keywords.into_iter().collect();
        let mut texts = literals.clone();
        for beginning in beginnings.iter().chain(&literals) {
            for going_on in ["", "%", "q", "z", "s", " %"] {
                for set in 0..1_usize << keywords.len() {
                    let mut text = format!("{beginning}{going_on}");
                    for (at, keyword) in keywords.iter().enumerate() {
                        if set >> at & 1 == 1 {
                            let separator = if text.is_empty() { "" } else { " % " };
                            text = format!("{text}{separator}{}", keyword.folded());
                        }
                    }
                    texts.push(text);
                }
            }
        }
        let distinct: BTreeSet<String> = texts.into_iter().collect();
        distinct.into_iter().collect()
    }
}

/// Each number, close to it on either side, and between each two.
fn spread(mut centres: Vec<Decimal>) -> Vec<Decimal> {
    centres.push(Decimal::ZERO);
    centres.sort_unstable();
    centres.dedup();
    let near: Vec<Decimal> = [0, 1, 100].into_iter().map(|hundredths| Decimal::new(hundredths, 2)).collect();
    let mut numbers: Vec<Decimal> =
        centres.iter().flat_map(|c| near.iter().flat_map(move |by| [*c - *by, *c + *by])).collect();
    numbers.extend(centres.windows(2).map(|pair| (pair[0] + pair[1]) / Decimal::TWO));
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The value of a part at which a formula reaches a result, the other parts being known.
fn solved(world: &World<'_>, formula: &Formula, fact: FactId, result: Decimal) -> Option<Decimal> {
    let known = |part: FactId| world.seen(part).number();
    match formula {
        Formula::Sum(terms) => {
            let own = terms.iter().find(|term| term.fact == fact)?;
            let mut others = Decimal::ZERO;
            for term in terms.iter().filter(|term| term.fact != fact) {
                others += if term.minus { -known(term.fact)? } else { known(term.fact)? };
            }
            Some(if own.minus { others - result } else { result - others })
        }
        Formula::Percent { part, whole } if *part == fact => Some(result * known(*whole)? / Decimal::ONE_HUNDRED),
        Formula::Percent { part, .. } => (known(*part)? * Decimal::ONE_HUNDRED).checked_div(result),
    }
}
