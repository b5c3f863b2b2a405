//! What happens when a level is not decided in time.

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::{Node, Shape};
use crate::time::Turnaround;

use super::matcher::Scope;
use super::named::role;
use super::reader::Reader;
use super::turnaround;

/// What happens when a level lapses. It is never approved by that.
#[derive(Debug, Clone, PartialEq)]
pub struct Lapse {
    /// What is done.
    pub remedy: Remedy,
    /// Whose turn it is, or who hears of it.
    pub role: String,
    /// How long after the level was due; at once, if nothing is said.
    pub after: Option<Turnaround>,
}

/// What is done about a level that lapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Somebody is told.
    Notify,
    /// Others decide instead, and have as long as the first had.
    Reassign,
    /// Others may decide too.
    Escalate,
}

impl Remedy {
    /// The word for it in policies and histories.
    pub fn word(self) -> &'static str {
        match self {
            Remedy::Notify => "notify",
            Remedy::Reassign => "reassign",
            Remedy::Escalate => "escalate",
        }
    }
}

/// How many things may happen when one level lapses.
const MOST_LAPSES: usize = 64;

/// Lowers `if it lapses:`, one map or a list of them. `deciders` are the roles of which everybody decides the level anyhow.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node, deciders: &[String]) -> Vec<Lapse> {
    if matches!(&node.shape, Shape::List(items) if items.len() > MOST_LAPSES) {
        let message = format!("more than {MOST_LAPSES} things happen when the level lapses");
        reader.fault(Code::BadLapse, node.span, message, "leave out those that nobody needs");
    }
    let items = reader.one_or_more(node, "what happens when the level lapses");
    let lapses: Vec<(Lapse, Span)> = items.iter().filter_map(|item| one(reader, scope, item)).collect();
    let changes_hands = |lapse: &Lapse| lapse.remedy == Remedy::Reassign && !deciders.contains(&lapse.role);
    // those who had the level before may get it back
    if !lapses.iter().any(|(lapse, _)| changes_hands(lapse)) {
        lapses.iter().for_each(|(lapse, span)| idle(reader, lapse, *span, deciders));
    }
    lapses.into_iter().map(|(lapse, _)| lapse).collect()
}

/// Refuses to hand a level to those who decide it anyhow.
fn idle(reader: &mut Reader<'_>, lapse: &Lapse, span: Span, deciders: &[String]) {
    let role = &lapse.role;
    let help = match lapse.remedy {
        Remedy::Escalate if deciders.contains(role) => "name another role".to_owned(),
        Remedy::Reassign if deciders == [role.as_str()] => {
            format!("name another role, or write `{{ notify: {role} }}`: the time would begin anew for the same people")
        }
        Remedy::Notify | Remedy::Escalate | Remedy::Reassign => return,
    };
    reader.fault(Code::BadLapse, span, format!("`{role}` decides the level already"), help);
}

fn one(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<(Lapse, Span)> {
    let mut fields = reader.fields(node, "`{ notify: ROLE }`, `{ reassign: ROLE }` or `{ escalate: ROLE }`")?;
    let remedies = [
        (Remedy::Notify, fields.node("notify")),
        (Remedy::Reassign, fields.node("reassign")),
        (Remedy::Escalate, fields.node("escalate")),
    ];
    let after = fields.node("after");
    let span = fields.span();
    fields.captions(reader);
    fields.finish(reader);
    let after = match after {
        Some(node) => Some(turnaround::measured(reader, scope, node)?),
        None => None,
    };
    let mut named = remedies.into_iter().filter_map(|(remedy, node)| Some((remedy, node?)));
    match (named.next(), named.next()) {
        (Some((remedy, node)), None) => Some((Lapse { remedy, role: role(reader, scope, node)?, after }, node.span)),
        _ => {
            let help = "write one of `notify`, `reassign` and `escalate` with a role; several things go into a list";
            reader.fault(Code::BadLapse, span, "one thing happens when the level lapses", help);
            None
        }
    }
}
