//! What comes next, as the policy has it.

use serde_json::{Value, json};

use crate::auth::{Course, Desk};

use super::super::look::when;
use super::rows::Rows;
use super::stamp;

pub(super) fn rows(desk: &Desk<'_>, course: &Course, rows: &mut Rows) {
    let Course { title, actions, notes, due, renewal, alerts } = course;
    if let Some(title) = title {
        rows.row("next", &due.map_or_else(|| title.clone(), |due| format!("{title}, by {}", when(desk, due))));
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
    json!({ "title": course.title, "actions": course.actions, "notes": course.notes, "due": due })
}

pub(super) fn renewal(course: &Course) -> Value {
    let renewal = course.renewal.map(|renewal| {
        json!({ "ask_by": renewal.ask_by.to_string(), "runs_out": renewal.runs_out.to_string(), "by_pace": renewal.by_pace })
    });
    renewal.unwrap_or_default()
}
