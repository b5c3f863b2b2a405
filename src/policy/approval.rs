//! Policies by which a request is approved, level after level.

use crate::diagnostic::Code;
use crate::syntax::Node;
use crate::time::Turnaround;

use super::matcher::Scope;
use super::named::{names, role};
use super::reader::{Fields, Reader};
use super::{Level, level, turnaround};

/// How a request is approved.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// The roles that may make a request.
    pub requested_by: Vec<String>,
    /// The levels, in the order in which they are entered.
    pub levels: Vec<Level>,
    /// What a denial leads to.
    pub on_denial: AfterDenial,
    /// What the requester may do.
    pub requester_may: Vec<RequesterAct>,
    /// Whether nobody decides two levels of one round, nor a request of their own.
    pub duties_separated: bool,
    /// How long the request may take as a whole, from its submission.
    pub within: Option<Turnaround>,
    /// How often it may be resubmitted; as often as it is returned, if nothing is said.
    pub resubmissions: Option<u32>,
}

/// What a denial leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterDenial {
    /// The requester gets it back.
    Return,
    /// It is denied for good.
    End,
}

/// What a requester may do with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequesterAct {
    /// Change its facts.
    Modify,
    /// Hand it in again after it was returned.
    Resubmit,
    /// Take it back.
    Withdraw,
    /// Close it.
    Close,
}

impl RequesterAct {
    /// Every act.
    pub const ALL: [RequesterAct; 4] =
        [RequesterAct::Modify, RequesterAct::Resubmit, RequesterAct::Withdraw, RequesterAct::Close];

    /// The word for it in policies and events.
    pub fn word(self) -> &'static str {
        match self {
            RequesterAct::Modify => "modify",
            RequesterAct::Resubmit => "resubmit",
            RequesterAct::Withdraw => "withdraw",
            RequesterAct::Close => "close",
        }
    }
}

/// How many levels a policy may have: each round may leave a line in the history for every one of them.
const MOST_LEVELS: usize = 64;

/// Lowers the body of `approval: NAME`.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, fields: &mut Fields<'_>) -> Option<Approval> {
    let before = reader.faults();
    let requested_by = fields
        .need(reader, "requested by", "with the role of those who make requests")
        .map(|node| roles(reader, scope, node))
        .unwrap_or_default();
    let levels = fields
        .need(reader, "levels", "with at least one level")
        .map(|node| levels(reader, scope, node))
        .unwrap_or_default();
    let on_denial = fields.node("on denial").and_then(|node| {
        const WAYS: [(&str, AfterDenial); 2] =
            [("return to requester", AfterDenial::Return), ("end", AfterDenial::End)];
        reader.one_of(node, "way to go on after a denial:", &WAYS)
    });
    let requester_may = fields.node("requester may").map(|node| {
        let acts = RequesterAct::ALL.map(|act| (act.word(), act));
        let items = reader.one_or_more(node, "what the requester may do");
        items.iter().filter_map(|item| reader.one_of(item, "act of a requester:", &acts)).collect()
    });
    let duties_separated = fields.node("separation of duties").and_then(|node| reader.boolean(node));
    let within = fields.node("within").and_then(|node| turnaround::measured(reader, scope, node));
    let resubmissions = fields.node("resubmissions").and_then(|node| at_most(reader, node));
    (reader.faults() == before).then_some(Approval {
        requested_by,
        levels,
        on_denial: on_denial.unwrap_or(AfterDenial::Return),
        requester_may: requester_may.unwrap_or_else(|| RequesterAct::ALL.to_vec()),
        duties_separated: duties_separated.unwrap_or(true),
        within,
        resubmissions,
    })
}

/// Declared roles, each once.
pub(super) fn roles(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for item in reader.one_or_more(node, "roles") {
        match role(reader, scope, item) {
            Some(name) if found.contains(&name) => {
                let message = format!("the role `{name}` is named twice");
                reader.fault(Code::DuplicateName, item.span, message, "name it once");
            }
            name => found.extend(name),
        }
    }
    found
}

fn levels(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Vec<Level> {
    let entries = names(reader, node, "levels").unwrap_or_default();
    if entries.len() > MOST_LEVELS {
        let message = format!("the policy has more than {MOST_LEVELS} levels");
        reader.fault(Code::TooManyNodes, node.span, message, "leave out those that nobody needs");
    }
    entries.iter().filter_map(|entry| level::lower(reader, scope, entry)).collect()
}

/// `at most 3`.
fn at_most(reader: &mut Reader<'_>, node: &Node) -> Option<u32> {
    let text = reader.word(node, "a phrase such as `at most 3`")?;
    let figure = text.strip_prefix("at most ").and_then(|figure| figure.trim().parse().ok());
    if figure.is_none() {
        let message = format!("`{text}` is no number of resubmissions");
        reader.fault(Code::BadValue, node.span, message, "write it such as `at most 3`");
    }
    figure
}
