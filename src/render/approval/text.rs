//! Where a request stands, and how it came there, as people read it.

use crate::engine::approval::{Closing, Entry, Happening, Request, State, Turn};
use crate::engine::{Decision, Stamp, event_facts};
use crate::policy::{Body, Remedy};

use super::super::decision::{at_risk, told};
use super::super::instant::readable;
use super::super::style::Styles;

/// The state in words.
pub(in crate::render) fn headline(decision: &Decision<'_>, request: &Request<'_>) -> String {
    let round = request.round.filter(|round| *round > 1).map(|round| format!(", round {round}")).unwrap_or_default();
    match (request.state, request.level) {
        (State::Draft, _) => "Draft: not submitted yet".to_owned(),
        (State::Pending, level) => {
            format!("Pending: {}{round}", level.map(|level| titled(decision, level)).unwrap_or_default())
        }
        (State::Undetermined, _) => "Undetermined".to_owned(),
        (State::Returned, _) => format!("Returned to the requester{round}"),
        (State::Approved, _) => format!("Approved{round}"),
        (State::Denied, _) => format!("Denied{round}"),
        (State::Closed(closing), _) => format!("Closed: {}", closed(closing)),
    }
}

/// What people read below the headline: lines under a heading.
pub(in crate::render) fn rows(decision: &Decision<'_>, request: &Request<'_>) -> [(&'static str, Vec<String>); 5] {
    let now = decision.case().at();
    let due = |due: Option<Stamp>| -> Vec<String> {
        let overdue = |due: Stamp| if due.at < now { ", overdue" } else { "" };
        due.map(|due| format!("by {}{}", readable(due), overdue(due))).into_iter().collect()
    };
    let blocked = request.blocked.iter().map(|role| format!("nobody is left who could approve as {role}"));
    let refused = request
        .refused
        .iter()
        .map(|refused| format!("{} ({}): {}", refused.event.id, refused.code.word(), refused.message));
    [
        ("may act", request.may_act.iter().map(may_act).collect()),
        ("blocked", blocked.collect()),
        ("due", due(request.due).into_iter().chain(request.at_risk.iter().map(at_risk)).collect()),
        ("in all", due(request.deadline)),
        ("refused", refused.collect()),
    ]
}

/// The history, a line for each thing that happened.
pub fn timeline(decision: &Decision<'_>, color: bool) -> String {
    let Some(request) = decision.request.as_deref().filter(|request| !request.history.is_empty()) else {
        return String::new();
    };
    let Styles { strong, good, warning, faint } = Styles::new(color);
    let mut out = format!("\n{strong}History{strong:#}\n");
    let mut round = None;
    for (offset, entry) in &request.history {
        if entry.round != round && entry.round.is_some_and(|round| round > 1) {
            out += &format!("  {faint}round {}{faint:#}\n", entry.round.unwrap_or_default());
        }
        round = entry.round;
        let tone = match &entry.happening {
            Happening::Approved => good,
            Happening::Lapsed { .. }
            | Happening::Denied
            | Happening::Returned
            | Happening::Closed(_)
            | Happening::Undetermined => warning,
            Happening::Acted { .. } | Happening::Entered { .. } | Happening::Skipped => Styles::new(false).strong,
        };
        let at = readable(Stamp { at: entry.at, offset: *offset });
        out += &format!("  {faint}{at}{faint:#}  {tone}{}{tone:#}\n", happened(decision, entry));
    }
    out
}

/// `clinician: submit; not ana`.
fn may_act(turn: &Turn<'_>) -> String {
    let actions: Vec<&str> = turn.actions.iter().map(|act| act.word()).collect();
    let only = if turn.only.is_empty() { String::new() } else { format!("; only {}", turn.only.join(", ")) };
    let not = if turn.not.is_empty() { String::new() } else { format!("; not {}", turn.not.join(", ")) };
    format!("{}: {}{only}{not}", turn.role, actions.join(", "))
}

fn happened(decision: &Decision<'_>, entry: &Entry<'_>) -> String {
    let level = entry.level.map(|level| titled(decision, level)).unwrap_or_default();
    let due_by = |due: &Option<_>| match due {
        Some(due) => format!(", due by {}", readable(decision.stamp(*due))),
        None => String::new(),
    };
    match &entry.happening {
        Happening::Acted { event, act, instead_of } => {
            let mut text = format!("{}: {}", event.by.id, act.word());
            if !level.is_empty() {
                text += &format!(" at {level}");
            }
            if let Some(other) = instead_of {
                text += &format!(" instead of {other}");
            }
            if let Some(to) = &event.to {
                text += &format!(" to {to}");
            }
            for (word, at) in [("from", event.from), ("until", event.until)] {
                if let Some(at) = at {
                    text += &format!(", {word} {}", readable(decision.stamp(at)));
                }
            }
            let facts = told(&event_facts(decision.program(), event));
            if !facts.is_empty() {
                text += &format!("; {facts}");
            }
            if let Some(comment) = &event.comment {
                let comment: String = comment.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                text += &format!("; \"{comment}\"");
            }
            text
        }
        Happening::Entered { due } => format!("{level} is asked{}", due_by(due)),
        Happening::Skipped => format!("{level} is not needed"),
        Happening::Undetermined => format!("whether {level} is asked hangs on missing facts"),
        Happening::Lapsed { remedy, role, due } => match remedy {
            Remedy::Notify => format!("{level} lapses: {role} is notified"),
            Remedy::Reassign => format!("{level} lapses: {role} decides instead{}", due_by(due)),
            Remedy::Escalate => format!("{level} lapses: {role} may decide too"),
        },
        Happening::Approved => "approved".to_owned(),
        Happening::Denied => "denied".to_owned(),
        Happening::Returned => "returned to the requester".to_owned(),
        Happening::Closed(closing) => format!("closed: {}", closed(*closing)),
    }
}

fn closed(closing: Closing) -> &'static str {
    match closing {
        Closing::Withdrawn => "withdrawn",
        Closing::ByRequester => "by the requester",
        Closing::Cap => "it may not be resubmitted any more",
        Closing::Deadline => "its time ran out",
    }
}

/// What people call a level.
fn titled(decision: &Decision<'_>, name: &str) -> String {
    let levels = match &decision.program().policy().body {
        Body::Approval(approval) => approval.levels.as_slice(),
        Body::Exceptions(_) | Body::Escalations(_) | Body::Table(_) | Body::Authorization(_) => &[],
    };
    let level = levels.iter().find(|level| level.name == name);
    level.and_then(|level| level.captions.title.clone()).unwrap_or_else(|| name.to_owned())
}
