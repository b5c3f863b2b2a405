//! How soon a category is answered: one phrase, or rows of which the first that applies says it.

use crate::diagnostic::Code;
use crate::syntax::{Entry, Node, Shape};
use crate::time::{ClockRules, Share, Turnaround};

use super::matcher::Scope;
use super::reader::{Fields, Reader};
use super::{Condition, Rule, when};

/// A row of a turnaround: the first whose rule applies says how soon.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnaroundRow {
    /// When the row applies.
    pub rule: Rule,
    /// How soon; `None` for `none stated`.
    pub allowed: Option<Allowance>,
}

/// The time that is allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowance {
    /// How much.
    pub within: Turnaround,
    /// Whether pauses count, and from when on it is at risk.
    pub clock: ClockRules,
}

/// Lowers `turnaround:`.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, id: &str, node: &Node) -> Option<Vec<TurnaroundRow>> {
    let rule = |reader: &Reader<'_>, node: &Node, when: Condition| Rule {
        id: id.to_owned(),
        place: reader.place(node.span),
        when,
    };
    let items = match &node.shape {
        Shape::List(items) => items,
        Shape::Map(_) => {
            let mut fields = reader.fields(node, "a turnaround")?;
            fields.captions(reader);
            let within = fields.need(reader, "within", "with the turnaround");
            let allowed = allowance(reader, scope, within, &mut fields);
            fields.finish(reader);
            return Some(vec![TurnaroundRow { rule: rule(reader, node, Condition::Always), allowed: allowed? }]);
        }
        Shape::Scalar(_) => {
            let allowed = phrase(reader, scope, node)?.map(Allowance::plain);
            return Some(vec![TurnaroundRow { rule: rule(reader, node, Condition::Always), allowed }]);
        }
    };
    if items.is_empty() {
        reader.fault(Code::EmptyList, node.span, "the turnaround has no rows", "add a row, or write `none stated`");
        return None;
    }
    let mut rows = Vec::new();
    let mut sound = true;
    for (index, item) in items.iter().enumerate() {
        let last = index + 1 == items.len();
        match row(reader, scope, item, last) {
            Some((when, allowed)) => rows.push(TurnaroundRow { rule: rule(reader, item, when), allowed }),
            None => sound = false,
        }
    }
    sound.then_some(rows)
}

fn row(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node, last: bool) -> Option<(Condition, Option<Allowance>)> {
    let mut fields = reader.fields(node, "a row `{ when: …, within: … }`")?;
    fields.captions(reader);
    if let Some(otherwise) = fields.take("otherwise") {
        let allowed = allowance(reader, scope, Some(&otherwise.value), &mut fields);
        fields.finish(reader);
        if !last {
            let help = "move `otherwise` to the end: rows after it are never reached";
            reader.fault(Code::NeverReached, otherwise.key_span, "rows follow after `otherwise`", help);
        }
        return Some((Condition::Always, allowed?));
    }
    let condition = fields.need(reader, "when", "with the row's condition, or `otherwise:`");
    let within = fields.need(reader, "within", "with the row's turnaround");
    let condition = condition.and_then(|node| when::lower(reader, scope, node));
    let allowed = allowance(reader, scope, within, &mut fields);
    fields.finish(reader);
    Some((condition?, allowed?))
}

/// A turnaround with what is said about its clock; the inner `None` for `none stated`.
pub(super) fn allowance(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    within: Option<&Node>,
    fields: &mut Fields<'_>,
) -> Option<Option<Allowance>> {
    let (pausable, at_risk) = (fields.take("pausable"), fields.take("at risk"));
    let before = reader.faults();
    let within = within.and_then(|node| phrase(reader, scope, node));
    let clock = ClockRules {
        pausable: pausable.and_then(|entry| reader.boolean(&entry.value)).unwrap_or(false),
        at_risk: at_risk.map(|entry| shares(reader, &entry.value)).unwrap_or_default(),
    };
    let within = within?;
    if within.is_none_or(|within| !within.takes_time()) {
        let shown = within.map_or("none stated".to_owned(), |within| within.to_string());
        [pausable, at_risk].into_iter().flatten().for_each(|entry| idle(reader, entry, &shown));
    }
    (reader.faults() == before).then_some(within.map(|within| Allowance { within, clock }))
}

/// Refuses a key that would do nothing.
fn idle(reader: &mut Reader<'_>, entry: &Entry, within: &str) {
    let message = format!("`{}` stands beside `{within}`, where no time runs", entry.key);
    reader.fault(
        Code::IdleClock,
        entry.key_span,
        message,
        "leave it out, or state a turnaround such as `2 business days`",
    );
}

/// Shares of the time allowed, in rising order.
fn shares(reader: &mut Reader<'_>, node: &Node) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for item in reader.one_or_more(node, "shares") {
        let Some(share) = reader.phrase(item, Code::BadShare, "a share such as `80%`", Share::parse) else { continue };
        if let Some(last) = shares.last().filter(|last| **last >= share) {
            let message = format!("`{share}` comes after `{last}`");
            reader.fault(Code::BadShare, item.span, message, "write the shares in rising order, each once");
        }
        shares.push(share);
    }
    shares
}

/// A turnaround in words; the inner `None` for `none stated`.
fn phrase(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<Option<Turnaround>> {
    if node.as_scalar().is_some_and(|scalar| scalar.text == "none stated") {
        return Some(None);
    }
    measured(reader, scope, node).map(Some)
}

/// A turnaround in words that is stated.
pub(super) fn measured(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<Turnaround> {
    let expected = "a turnaround such as `5-7 business days`";
    let turnaround = reader.phrase(node, Code::BadTurnaround, expected, Turnaround::parse)?;
    if turnaround.needs_calendar() && !scope.has_calendar {
        let message = format!("`{turnaround}` needs a calendar to be counted in");
        reader.fault(Code::TurnaroundWithoutCalendar, node.span, message, "add `calendar: NAME` to the policy");
        return None;
    }
    Some(turnaround)
}

impl Allowance {
    /// A turnaround of which no more is said.
    pub(super) fn plain(within: Turnaround) -> Allowance {
        Allowance { within, clock: ClockRules::default() }
    }
}
