//! How soon a category is answered: one phrase, or rows of which the first that applies says it.

use crate::diagnostic::Code;
use crate::syntax::{Node, Shape};
use crate::time::Turnaround;

use super::matcher::Scope;
use super::reader::Reader;
use super::{Condition, Rule, when};

/// A row of a turnaround: the first whose rule applies says how soon.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnaroundRow {
    /// When the row applies.
    pub rule: Rule,
    /// How soon; `None` for `none stated`.
    pub within: Option<Turnaround>,
}

/// Lowers `turnaround:`.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, id: &str, node: &Node) -> Option<Vec<TurnaroundRow>> {
    let rule = |reader: &Reader<'_>, node: &Node, when: Condition| Rule {
        id: id.to_owned(),
        place: reader.place(node.span),
        when,
    };
    let Shape::List(items) = &node.shape else {
        let within = phrase(reader, scope, node)?;
        return Some(vec![TurnaroundRow { rule: rule(reader, node, Condition::Always), within }]);
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
            Some((when, within)) => rows.push(TurnaroundRow { rule: rule(reader, item, when), within }),
            None => sound = false,
        }
    }
    sound.then_some(rows)
}

fn row(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node, last: bool) -> Option<(Condition, Option<Turnaround>)> {
    let mut fields = reader.fields(node, "a row `{ when: …, within: … }`")?;
    fields.captions(reader);
    if let Some(otherwise) = fields.take("otherwise") {
        fields.finish(reader);
        if !last {
            let help = "move `otherwise` to the end: rows after it are never reached";
            reader.fault(Code::NeverReached, otherwise.key_span, "rows follow after `otherwise`", help);
        }
        return Some((Condition::Always, phrase(reader, scope, &otherwise.value)?));
    }
    let condition = fields.need(reader, "when", "with the row's condition, or `otherwise:`");
    let within = fields.need(reader, "within", "with the row's turnaround");
    let condition = condition.and_then(|node| when::lower(reader, scope, node));
    let within = within.and_then(|node| phrase(reader, scope, node));
    fields.finish(reader);
    Some((condition?, within?))
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
