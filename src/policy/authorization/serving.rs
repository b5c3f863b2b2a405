//! What is demanded of every authorization that serves a charge, whatever the policy demands beside.

use crate::diagnostic::Code;
use crate::facts::{FactId, Formula, Kind, Ordinal, Term, Value};
use crate::source::Span;

use super::super::matcher::Scope;
use super::super::reader::Reader;
use super::super::{Condition, Interval, Matcher, Requirement, Rule, Test};
use super::bindings::Bindings;
use super::field::{ACTIVE, Field};

/// The names of the conditions that are always demanded, in their order.
pub(super) const NAMES: [&str; 5] = ["active", "begun", "not ended", "units", "code"];

/// What a computed fact must not exceed.
enum Bound {
    AtMostZero,
    AtLeastZero,
}

/// The conditions over the facts that the fields are bound to. The vocabulary has to compute how early, how late and how
/// many units are left, so that a decision can show it.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, reads: &Bindings) -> Option<Vec<Requirement>> {
    let place = |field| Some((reads.fact(field)?, reads.span(field)?));
    let status = place(Field::Status)?;
    let first = place(Field::FirstDay)?;
    let last = place(Field::LastDay)?;
    let approved = place(Field::Approved)?;
    let used = place(Field::Used)?;
    let code = place(Field::CoversCode)?;
    let date = place(Field::DateOfService)?;
    let units = place(Field::Units)?;
    let active = scope.vocabulary.fact(status.0).kind.parse(ACTIVE, scope.vocabulary.zones()).ok()?;
    let [named_active, begun, not_ended, left, covered] = NAMES;
    let early = within(reader, scope, first.1, &[(false, first.0), (true, date.0)], &Bound::AtMostZero);
    let late = within(reader, scope, last.1, &[(false, date.0), (true, last.0)], &Bound::AtMostZero);
    let parts = [(false, approved.0), (true, used.0), (true, units.0)];
    let enough = within(reader, scope, units.1, &parts, &Bound::AtLeastZero);
    let equal = |fact, value, span| test(fact, Matcher::OneOf(vec![value]), span);
    let rule = |reader: &Reader<'_>, name: &str, span, when, say: &str| Requirement {
        rule: Rule { id: format!("serves a charge.{name}"), place: reader.place(span), when },
        say: say.to_owned(),
    };
    Some(vec![
        rule(reader, named_active, status.1, equal(status.0, active, status.1), "The authorization is not active."),
        rule(reader, begun, first.1, early?, "The date of service lies before the authorization's period."),
        rule(reader, not_ended, last.1, late?, "The date of service lies after the authorization's period."),
        rule(reader, left, units.1, enough?, "The charge takes more units than the authorization has left."),
        rule(
            reader,
            covered,
            code.1,
            equal(code.0, Value::Boolean(true), code.1),
            "The authorization does not cover the procedure code.",
        ),
    ])
}

pub(super) fn test(fact: FactId, matcher: Matcher, span: Span) -> Condition {
    Condition::Test(Test { fact, matcher, span })
}

/// That a sum of facts, which the vocabulary must compute, is at most or at least zero.
fn within(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    span: Span,
    parts: &[(bool, FactId)],
    bound: &Bound,
) -> Option<Condition> {
    let same = |terms: &[Term], flipped: bool| {
        let term = |(minus, fact): &(bool, FactId)| Term { minus: *minus != flipped, fact: *fact };
        terms.len() == parts.len() && parts.iter().all(|part| terms.contains(&term(part)))
    };
    let computed = scope.vocabulary.facts().find_map(|(id, fact)| match &fact.formula {
        Some(Formula::Sum(terms)) if same(terms, false) => Some((id, &fact.kind, false)),
        Some(Formula::Sum(terms)) if same(terms, true) => Some((id, &fact.kind, true)),
        Some(Formula::Sum(_) | Formula::Percent { .. }) | None => None,
    });
    let Some((id, kind, flipped)) = computed else {
        let name = |fact: FactId| scope.vocabulary.fact(fact).name.as_str();
        let terms = parts.iter().map(|(minus, fact)| format!("{} {}", if *minus { "-" } else { "+" }, name(*fact)));
        let sum = terms.collect::<Vec<_>>().join(" ");
        let sum = sum.trim_start_matches("+ ");
        let message = format!("the vocabulary does not compute `{sum}`");
        let help = format!("add to the vocabulary, under `derived:`, a fact such as `some.name: {{ from: {sum} }}`");
        reader.fault(Code::NotComputed, span, message, help);
        return None;
    };
    let zero = match kind {
        Kind::Decimal(_) => Ordinal::Exact(rust_decimal::Decimal::ZERO),
        _ => Ordinal::Whole(0),
    };
    let interval = match (bound, flipped) {
        (Bound::AtMostZero, false) | (Bound::AtLeastZero, true) => Interval::below(zero, true),
        (Bound::AtLeastZero, false) | (Bound::AtMostZero, true) => Interval::above(zero, true),
    };
    Some(test(id, Matcher::Within(interval), span))
}
