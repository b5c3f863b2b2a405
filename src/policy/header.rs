//! What every policy has, whatever its kind.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::Code;
use crate::facts::Vocabulary;
use crate::source::Place;
use crate::syntax::{Entry, Node};
use crate::time::{Calendar, Instant, Zone, parse_date};

use super::file::File;
use super::reader::{Captions, Reader};
use super::{Approval, Authorization, Escalations, Exceptions, Table};

/// A policy, checked.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Its name, by which it is called.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// Where it is declared.
    pub place: Place,
    /// When it is in force; always, if nothing is said.
    pub effective: Option<Effective>,
    /// What this version is called, if it stands under `versions:`.
    pub edition: Option<String>,
    /// Whether other versions are in force at other times.
    pub one_of_several: bool,
    /// The words it uses.
    pub vocabulary: Arc<Vocabulary>,
    /// What business days and hours are counted in.
    pub calendar: Option<Arc<Calendar>>,
    /// The fingerprint of the policy and of everything it reads.
    pub version: String,
    /// Its rules.
    pub body: Body,
}

impl Policy {
    /// Whether the policy is in force at an instant.
    pub fn covers(&self, at: Instant) -> bool {
        self.effective.as_ref().is_none_or(|effective| effective.covers(at))
    }
}

/// A policy's rules, by kind.
#[derive(Debug, Clone)]
pub enum Body {
    /// `exception` and `exceptions`.
    Exceptions(Exceptions),
    /// `escalations`.
    Escalations(Escalations),
    /// `table`.
    Table(Table),
    /// `approval`.
    Approval(Approval),
    /// `authorization`.
    Authorization(Box<Authorization>),
}

impl Body {
    /// The key that the policy's rules stand under.
    pub fn section(&self) -> &'static str {
        match self {
            Body::Exceptions(exceptions) if exceptions.several => "types",
            Body::Exceptions(exceptions) if exceptions.types.iter().all(|kind| kind.reasons.is_empty()) => "when",
            Body::Exceptions(_) => "reasons",
            Body::Escalations(_) => "categories",
            Body::Table(_) => "rows",
            Body::Approval(_) => "levels",
            Body::Authorization(_) => "required",
        }
    }
}

/// The local dates on which a policy is in force, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Effective {
    /// The first date; none for since ever.
    pub from: Option<NaiveDate>,
    /// The last date; none for until further notice.
    pub to: Option<NaiveDate>,
    /// Whose dates they are.
    pub zone: Zone,
    /// Where they stand.
    pub place: Place,
    /// The first instant of the first date.
    starts: Option<Instant>,
    /// The first instant after the last date.
    ends: Option<Instant>,
}

impl Effective {
    fn new(from: Option<NaiveDate>, to: Option<NaiveDate>, zone: Zone, place: Place) -> Effective {
        let starts = from.map(|from| zone.start_of(from));
        let ends = to.and_then(|to| to.succ_opt()).map(|after| zone.start_of(after));
        Effective { from, to, zone, place, starts, ends }
    }

    /// The first instant of the period.
    pub fn starts(&self) -> Option<Instant> {
        self.starts
    }

    /// The first instant after the period.
    pub fn ends(&self) -> Option<Instant> {
        self.ends
    }

    /// Whether an instant lies in the period.
    pub fn covers(&self, at: Instant) -> bool {
        self.starts.is_none_or(|starts| starts <= at) && self.ends.is_none_or(|ends| at < ends)
    }
}

impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) => write!(f, "from {from} to {to}"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "up to {to}"),
            (None, None) => f.write_str("at any time"),
        }
    }
}

/// Lowers `effective:`, whose dates are the calendar's, else those of the policy's `zone:`.
pub(super) fn effective(reader: &mut Reader<'_>, node: &Node, zone: Option<Zone>) -> Option<Effective> {
    let mut period = reader.fields(node, "`{ from: 2024-01-01 }`")?;
    let mut date = |key| {
        let node = period.node(key)?;
        reader.phrase(node, Code::BadEffective, "a date such as 2024-01-01", parse_date)
    };
    let (from, to) = (date("from"), date("to"));
    let says_nothing = period.is_empty();
    period.finish(reader);
    if says_nothing {
        let help = "add `from:` or `to:`, or delete the key";
        reader.fault(Code::MissingKey, node.span, "the period has no dates", help);
        return None;
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        reader.fault(Code::BadEffective, node.span, "the policy ends before it begins", "swap or correct the dates");
        return None;
    }
    let Some(zone) = zone else {
        let help = "add `zone: NAME`, or a `calendar:`";
        reader.fault(Code::MissingKey, node.span, "nothing says in which time zone these dates are", help);
        return None;
    };
    Some(Effective::new(from, to, zone, reader.place(node.span)))
}

/// Warns of a policy's `zone:` that nothing reads: a calendar, which is given with its name, has a zone of its own, and
/// without dates there is nothing that a zone could be of.
pub(super) fn idle_zone(
    reader: &mut Reader<'_>,
    zone: &Entry,
    calendar: Option<(&str, Option<&Calendar>)>,
    file: &File,
) {
    let (message, help) = match calendar {
        Some((name, calendar)) => {
            let own = calendar.map(|calendar| format!(", in `{}`", calendar.zone().name())).unwrap_or_default();
            (
                "`zone` has no effect beside `calendar`",
                format!("delete it: dates are those of the calendar `{name}`{own}"),
            )
        }
        None if file.is_version() => return,
        None => (
            "`zone` has no effect without `effective`",
            "delete it, or say from when the policy is in force".to_owned(),
        ),
    };
    reader.fault(Code::IdleZone, zone.key_span, message, help);
}
