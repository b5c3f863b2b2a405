//! Whether a condition holds in a world: one test after the other, by the meaning of its words.

use chrono::NaiveDate;
use rulebook::facts::{Keyword, Ordinal, Reach, Value, fold};
use rulebook::hook::{Hook, HookValue};
use rulebook::policy::{Condition, Edge, Interval, Matcher, Test, Unit};
use rust_decimal::Decimal;
use unicode_segmentation::UnicodeSegmentation;

use super::world::{Seen, World, day_number};

impl World<'_> {
    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Always => true,
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
            Condition::Test(test) => self.passes(test),
        }
    }

    /// Whether a fact passes a test. An absent one passes none but `absent`.
    pub fn passes(&self, test: &Test) -> bool {
        let seen = match (self.seen(test.fact), &test.matcher) {
            (Seen::Absent, matcher) => return *matcher == Matcher::Absent,
            (seen, _) => seen,
        };
        match &test.matcher {
            Matcher::OneOf(values) => values.iter().any(|value| equal(&seen, value)),
            Matcher::NoneOf(values) => !values.iter().any(|value| equal(&seen, value)),
            Matcher::Within(interval) => inside(interval, seen.number().unwrap()),
            Matcher::Age(unit, interval) => {
                let Seen::Value(Value::Date(date)) = seen else { panic!("only dates have ages") };
                inside(interval, Decimal::from(self.age(*unit, date)))
            }
            Matcher::Mentions(keywords) => keywords.iter().any(|keyword| mentions(seen.text(), keyword)),
            Matcher::StartsWith(beginning) => seen.text().starts_with(beginning.as_str()),
            Matcher::Hook(hook) => self.says(hook),
            Matcher::Present => true,
            Matcher::Absent => false,
        }
    }

    /// What a hook says of the facts that it reads: false where one of them was not reported.
    fn says(&self, hook: &Hook) -> bool {
        let seen: Vec<Seen> = hook.reads().map(|fact| self.seen(fact)).collect();
        let values = hook.reads().zip(&seen).map(|(fact, seen)| {
            let kind = &self.vocabulary().fact(fact).kind;
            match seen {
                Seen::Value(value) => Some((kind, HookValue::Given(value))),
                Seen::Derived(number) => Some((kind, HookValue::Derived(Ordinal::Exact(*number)))),
                Seen::Absent => None,
            }
        });
        values.collect::<Option<Vec<_>>>().is_some_and(|values| hook.run(values).unwrap())
    }

    /// The days, or business days, from a date to the case's date, counted one by one; negative for a date to come.
    fn age(&self, unit: Unit, date: NaiveDate) -> i64 {
        let today = self.today();
        let counts = |day: &NaiveDate| match unit {
            Unit::Days => true,
            Unit::BusinessDays => self.calendar().is_business_day(*day),
        };
        let count = |from: NaiveDate, to: NaiveDate| {
            let days = from.iter_days().skip(1).take_while(|day| *day <= to).filter(counts).count();
            i64::try_from(days).unwrap()
        };
        if date <= today { count(date, today) } else { -count(today, date) }
    }
}

fn equal(seen: &Seen, value: &Value) -> bool {
    match (seen.number(), number(value)) {
        (Some(one), Some(other)) => one == other,
        _ => matches!(seen, Seen::Value(seen) if seen == value),
    }
}

/// A value as a number, if it is one.
pub fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) | Value::Duration(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        Value::Date(date) => Some(Decimal::from(day_number(*date))),
        Value::Choice(_) | Value::Boolean(_) | Value::Text(_) | Value::Zone(_) => None,
    }
}

/// A threshold as a number.
pub fn threshold(at: Ordinal) -> Decimal {
    match at {
        Ordinal::Whole(number) => Decimal::from(number),
        Ordinal::Exact(number) => number,
    }
}

fn inside(interval: &Interval, number: Decimal) -> bool {
    let low = interval.low.is_none_or(|Edge { at, included }| {
        let at = threshold(at);
        if included { number >= at } else { number > at }
    });
    let high = interval.high.is_none_or(|Edge { at, included }| {
        let at = threshold(at);
        if included { number <= at } else { number < at }
    });
    low && high
}

/// Looks for a keyword at every place of the folded text.
pub fn mentions(text: &str, keyword: &Keyword) -> bool {
    let folded = fold(text);
    let mut bounds: Vec<usize> = folded.split_word_bound_indices().map(|(start, _)| start).collect();
    bounds.push(folded.len());
    bounds.iter().any(|start| {
        let ends_well = match keyword.reach() {
            Reach::Beginning => true,
            Reach::Whole => bounds.contains(&(start + keyword.folded().len())),
        };
        ends_well && folded[*start..].starts_with(keyword.folded())
    })
}
