//! A request.

use serde_json::{Value, json};

use crate::auth::{Desk, Followed, ShownRequest};
use crate::ledger::{Purpose, Request, RequestId, RequestState};

use super::super::look::{self, when};
use super::rows::Rows;
use super::{charge, course, history, with};

/// Where a request stands. `newest` is that of its authorization: what came before it is not appealed any more.
pub(super) fn line(desk: &Desk<'_>, request: &Request, newest: Option<RequestId>) -> String {
    let mut text = format!("{}  {}", request.id, request.state.word());
    if !request.purpose.is_initial() {
        text += &format!(", {}", manner(request));
    }
    if let Some(outcome) = request.outcome {
        text += &format!(", {}", outcome.word());
    }
    if let Some(due) = request.due.filter(|_| request.outcome.is_none()) {
        text += &format!(", to be determined by {}", when(desk, due));
    }
    let denied = request.state == RequestState::Answered && newest == Some(request.id);
    if let Some(by) = request.appeal_by.filter(|by| denied && *by >= desk.today()) {
        text += &format!(", to be appealed by {by}");
    }
    if let Some(at) = request.next_retry {
        text += &format!(", to be sent again at {}", when(desk, at));
    }
    if !request.reasons.is_empty() {
        text += &format!(": {}", request.reasons.join("; "));
    }
    text
}

/// What it follows on, in words.
fn manner(request: &Request) -> String {
    let earlier = request.earlier.map(|earlier| format!(" of request {earlier}")).unwrap_or_default();
    let word = match request.purpose {
        Purpose::Initial => "first request",
        Purpose::Renewal => "renewal",
        Purpose::Extension => "extension",
        Purpose::Revision => "revision",
        Purpose::Reconsideration => "reconsideration",
        Purpose::Appeal => "appeal",
        Purpose::ImmediateAppeal => "immediate appeal",
    };
    format!("{word}{earlier}")
}

pub(super) fn text(desk: &Desk<'_>, shown: &ShownRequest) -> String {
    let ShownRequest { request, authorization, .. } = shown;
    let mut rows = Rows::under(&line(desk, request, authorization.request));
    let codes: Vec<&str> = request.codes.iter().collect();
    let (first, last, units) = (request.first_day, request.last_day, request.units);
    rows.row("asks for", &format!("{units} units of {}, {first} to {last}", codes.join(", ")));
    rows.row("for", &look::line(authorization, authorization.view(desk.today())));
    match &request.partner {
        Some(_) => rows.row("known by", &format!("trace {}, reference {}", request.trace, request.reference)),
        None => rows.row("goes out", "by telephone, fax or the payer's portal"),
    }
    if let Some(review) = &request.review {
        rows.row("review", &format!("{review}, the payer's number"));
    }
    if let Some(approval) = &request.approval {
        rows.row("approved by", approval);
    }
    for sent in &shown.transmissions {
        let file = if sent.written_at.is_some() { "in the outbox" } else { "not yet in the outbox" };
        rows.row("message", &format!("{}  {}, {file}", when(desk, sent.at), sent.name));
    }
    shown.charges.iter().for_each(|one| rows.row("charge", &charge::line(one)));
    for filing in &shown.filings {
        rows.row("document", &format!("{}  sha256:{}", filing.name, filing.sha256));
    }
    match (&shown.course, request.state) {
        (_, RequestState::Draft) => {
            let id = request.id;
            let how = match request.partner {
                Some(_) => "send it",
                None => "make it by telephone, fax or portal, then note it",
            };
            rows.row("next", &format!("{how}: `rulebook auth submit {id}`"));
            rows.row("or", &format!("take it back: `rulebook auth withdraw {id}`"));
        }
        (None, _) => match shown.followed {
            Some(Followed::By(newer)) => rows.row("next", &format!("see request {newer}, which took its place")),
            Some(Followed::Draft(_)) | None => {}
        },
        (Some(course), _) => course::rows(desk, course, &mut rows),
    }
    if let Some(Followed::Draft(draft)) = shown.followed {
        rows.row("note", &format!("request {draft}, which corrects it, is being prepared"));
    }
    history::rows(desk, &shown.history, &mut rows);
    rows.into_text()
}

pub(super) fn json(desk: &Desk<'_>, shown: &ShownRequest) -> Value {
    let followed = match shown.followed {
        Some(Followed::By(newer)) => json!({ "by": newer, "sent": true }),
        Some(Followed::Draft(draft)) => json!({ "by": draft, "sent": false }),
        None => Value::Null,
    };
    let next = shown.course.as_ref().map(|course| course::next(desk, course));
    with(
        &shown.request,
        [
            ("for", json!(shown.authorization)),
            ("charges", json!(shown.charges)),
            ("messages", json!(shown.transmissions)),
            ("documents", json!(shown.filings)),
            ("next", next.unwrap_or_default()),
            ("followed", followed),
            ("history", history::json(desk, &shown.history)),
        ],
    )
}
