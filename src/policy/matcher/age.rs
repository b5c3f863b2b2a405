//! Lowers how long ago, or how soon, a date lies.

use crate::diagnostic::Code;
use crate::facts::Ordinal;
use crate::policy::condition::{Condition, Interval, Matcher, Unit};
use crate::source::Span;

use super::Lowering;
use super::comparison::{COMPARISONS, Comparison, comparison};

impl Lowering<'_, '_, '_> {
    /// `more than 45 business days ago`, `within the next 14 days`. The outer `None`: not of this form.
    pub(super) fn age(&mut self, text: &str, span: Span) -> Option<Option<Condition>> {
        let (figure, make): (&str, fn(i64) -> Interval) = if let Some(rest) = text.strip_prefix("within the next ") {
            (rest, |n| Interval::between(Ordinal::Whole(-n), Ordinal::Whole(0)))
        } else if let Some(rest) = text.strip_prefix("within the last ") {
            (rest, |n| Interval::between(Ordinal::Whole(0), Ordinal::Whole(n)))
        } else {
            let phrase = text.strip_suffix(" ago")?;
            let (make, rest): (fn(i64) -> Interval, &str) = match comparison(&COMPARISONS, phrase) {
                Some((Comparison::More, rest)) => (|n| Comparison::More.with(Ordinal::Whole(n)), rest),
                Some((Comparison::Less, rest)) => (|n| Comparison::Less.with(Ordinal::Whole(n)), rest),
                Some((Comparison::AtLeast, rest)) => (|n| Comparison::AtLeast.with(Ordinal::Whole(n)), rest),
                Some((Comparison::AtMost, rest)) => (|n| Comparison::AtMost.with(Ordinal::Whole(n)), rest),
                None => (|n| Interval::between(Ordinal::Whole(n), Ordinal::Whole(n)), phrase),
            };
            (rest, make)
        };
        Some(self.aged(figure, text, make, span))
    }

    fn aged(&mut self, figure: &str, text: &str, make: fn(i64) -> Interval, span: Span) -> Option<Condition> {
        let parsed = figure.trim().split_once(' ').and_then(|(number, unit)| {
            let number: i64 = number.parse().ok().filter(|n| (0..=200_000).contains(n))?;
            match unit.trim() {
                "day" | "days" => Some((number, Unit::Days)),
                "week" | "weeks" => Some((number.checked_mul(7)?, Unit::Days)),
                "business day" | "business days" => Some((number, Unit::BusinessDays)),
                _ => None,
            }
        });
        let Some((number, unit)) = parsed else {
            self.reader.fault(
                Code::BadValue,
                span,
                format!("`{text}` is no age"),
                "write it such as `more than 45 business days ago`, `at least 2 weeks ago` or `within the next 14 days`",
            );
            return None;
        };
        if !self.scope.has_calendar {
            self.reader.fault(
                Code::AgeWithoutCalendar,
                span,
                format!("`{text}` needs a calendar to count its days in"),
                "add `calendar: NAME` to the policy",
            );
            return None;
        }
        let aged = self.test(Matcher::Age(unit, make(number)), span)?;
        if unit == Unit::BusinessDays && text.starts_with("within ") {
            // a Saturday has the business age of the Friday before: the side of today must hold in days as well
            let side = if text.starts_with("within the next ") {
                Interval::below(Ordinal::Whole(0), true)
            } else {
                Interval::above(Ordinal::Whole(0), true)
            };
            return Some(Condition::All(vec![aged, self.test(Matcher::Age(Unit::Days, side), span)?]));
        }
        Some(aged)
    }
}
