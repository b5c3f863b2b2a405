//! How long before an authorization runs out the next one is asked for.

use std::fmt;

use crate::diagnostic::Code;
use crate::source::Place;
use crate::syntax::Node;

use super::super::matcher::Scope;
use super::super::reader::Reader;

/// The time that a renewal takes: so many days, or business days of the policy's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadTime {
    /// How many.
    pub days: u32,
    /// Whether they are business days.
    pub business: bool,
    /// Where it is said.
    pub place: Place,
}

impl fmt::Display for LeadTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let business = if self.business { "business " } else { "" };
        write!(f, "{} {business}day{}", self.days, if self.days == 1 { "" } else { "s" })
    }
}

/// The longest lead time, in days.
const LONGEST: u32 = 3_660;

/// Lowers `renewal lead time:`.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<LeadTime> {
    let text = reader.word(node, "a time such as `10 business days`")?;
    let Some((days, business)) = parse(text) else {
        let message = format!("`{text}` is no lead time");
        let help =
            format!("write so many days, weeks or business days, such as `10 business days`, at most {LONGEST} days");
        reader.fault(Code::BadLeadTime, node.span, message, help);
        return None;
    };
    if !scope.has_calendar {
        let message = format!("`{text}` needs a calendar to be counted in");
        reader.fault(Code::TurnaroundWithoutCalendar, node.span, message, "add `calendar: NAME` to the policy");
        return None;
    }
    Some(LeadTime { days, business, place: reader.place(node.span) })
}

fn parse(text: &str) -> Option<(u32, bool)> {
    let (figure, unit) = text.split_once(' ')?;
    let figure: u32 = figure.parse().ok().filter(|figure| *figure > 0)?;
    let (days, business) = match unit.trim() {
        "day" | "days" => (figure, false),
        "week" | "weeks" => (figure.checked_mul(7)?, false),
        "business day" | "business days" => (figure, true),
        _ => return None,
    };
    (days <= LONGEST).then_some((days, business))
}
