//! What comes next, as the policy has it.

use serde_json::{Value, json};

use crate::auth::{Course, Desk};

use super::super::look::{counted, when};
use super::rows::Rows;
use super::stamp;

pub(super) fn rows(desk: &Desk<'_>, course: &Course, rows: &mut Rows) {
    let Course { title, actions, notes, due, denied_on, renewal, alerts } = course;
    if let Some(title) = title {
        let by = due.map(|due| format!(", by {}", when(desk, due))).unwrap_or_default();
        let from = denied_on.map(counted).unwrap_or_default();
        rows.row("next", &format!("{title}{by}{from}"));
    }
    actions.iter().for_each(|action| rows.row("do", desk.words_of(action)));
    notes.iter().for_each(|note| rows.row("note", note));
    if let Some(renewal) = renewal {
        let what = if renewal.by_pace { "the units run out" } else { "the period ends" };
        rows.row("renew", &format!("ask by {}: {what} on {}", renewal.ask_by, renewal.runs_out));
    }
    alerts.iter().for_each(|alert| rows.row("alert", alert));
}

pub(super) fn next(desk: &Desk<'_>, course: &Course) -> Value {
    let due = course.due.map(|due| stamp(desk, due));
    let mut next = json!({ "title": course.title, "actions": course.actions, "notes": course.notes, "due": due });
    if let (Some(day), Some(object)) = (course.denied_on, next.as_object_mut()) {
        object.insert("denied_on".to_owned(), json!(day));
    }
    next
}

pub(super) fn renewal(course: &Course) -> Value {
    let renewal = course.renewal.map(|renewal| {
        json!({ "ask_by": renewal.ask_by.to_string(), "runs_out": renewal.runs_out.to_string(), "by_pace": renewal.by_pace })
    });
    renewal.unwrap_or_default()
}
