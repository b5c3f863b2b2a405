//! What decisions on authorizations say beyond others, as JSON and text.

use crate::engine::Course;
use crate::engine::authorization::{Beside, Renewal};
use crate::policy::{Alert, Authorization, Move, Paper};

use super::super::json::Object;
use super::json::{number, unmet};

/// Writes what goes with a request.
pub(super) fn course(object: &mut Object<'_>, course: &Course<'_>) {
    object.texts("documents", &course.documents);
    object.texts("forms", &course.forms);
    if let Some(step) = course.next {
        object.object("next", |object| next(object, step));
    }
}

fn next(object: &mut Object<'_>, step: &Move) {
    object.text("name", &step.name);
    object.optional("title", step.captions.title.as_deref());
    if let Some(repeats) = step.repeats {
        object.optional("every", step.allowed.as_ref().map(|allowed| allowed.within.to_string()).as_deref());
        if let Some(most) = repeats.at_most.and_then(|most| usize::try_from(most).ok()) {
            object.value("at_most", |out| number(out, most));
        }
    }
}

/// Writes what stands beside the answer.
pub(super) fn beside(object: &mut Object<'_>, beside: &Beside<'_>) {
    object.objects("not_served", &beside.not_served, unmet);
    if let Some(Renewal { ask_by, runs_out, by_pace }) = beside.renewal {
        object.object("renewal", |object| {
            object.text("ask_by", &ask_by.to_string());
            object.text("runs_out", &runs_out.to_string());
            object.boolean("by_pace", by_pace);
        });
    }
    object.objects("alerts", &beside.alerts, |object, alert| {
        object.text("name", &alert.name);
        object.optional("title", alert.captions.title.as_deref());
        object.texts("actions", &alert.actions);
        object.texts("notes", &alert.notes);
    });
    object.texts("may_alert", &beside.may_alert);
}

/// What people call the papers of these names.
pub(super) fn papers(papers: &[Paper], names: &[&str]) -> Vec<String> {
    let title = |name: &&str| {
        let found = papers.iter().find(|paper| paper.name == **name);
        found.and_then(|paper| paper.captions.title.clone()).unwrap_or_else(|| (*name).to_owned())
    };
    names.iter().map(title).collect()
}

/// What comes next, in a line.
pub(super) fn move_told(step: &Move) -> String {
    let name = step.captions.title.as_deref().unwrap_or(&step.name);
    match step.repeats.and_then(|repeats| repeats.at_most) {
        Some(most) => format!("{name}, at most {most} times"),
        None => name.to_owned(),
    }
}

/// By when to ask for the next one, in a line.
pub(super) fn renewal_told(renewal: &Renewal) -> String {
    let what = if renewal.by_pace { "at this pace the units run out" } else { "the period ends" };
    format!("ask by {}: {what} on {}", renewal.ask_by.format("%a %-d %b %Y"), renewal.runs_out.format("%a %-d %b %Y"))
}

/// An alert with its notes, in a line.
pub(super) fn alert_told(alert: &Alert) -> String {
    let name = alert.captions.title.as_deref().unwrap_or(&alert.name);
    if alert.notes.is_empty() { name.to_owned() } else { format!("{name}: {}", alert.notes.join(" ")) }
}

/// What people call an alert.
pub(super) fn alert_title(authorization: &Authorization, name: &str) -> Option<String> {
    authorization.alerts.iter().find(|alert| alert.name == name)?.captions.title.clone()
}
