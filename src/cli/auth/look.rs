//! `rulebook auth show`, `list`, `candidates` and `alerts`.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::auth::{Course, Desk, Shown};
use crate::engine::Stamp;
use crate::ledger::{Attachment, Authorization, AuthorizationId, Filter, Request, Units, View};
use crate::policy::Command;
use crate::render::{readable, rfc3339};
use crate::time::Instant;

use super::super::Exit;
use super::super::output::{self, Output};
use super::answer::{Failure, tell};
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// The authorization: the number that the ledger gave it
    authorization: i64,
}

pub(super) fn show(args: &Show, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let shown = desk.show(ledger, AuthorizationId(args.authorization))?;
    let text = shown_text(&desk, &shown);
    tell(format, out, text.trim_end(), &shown_json(&desk, &shown))
}

/// An instant as people at the desk read it.
pub(super) fn when(desk: &Desk<'_>, at: Instant) -> String {
    readable(Stamp { at, offset: desk.zone().offset_at(at) })
}

fn stamp(desk: &Desk<'_>, at: Instant) -> String {
    rfc3339(Stamp { at, offset: desk.zone().offset_at(at) })
}

fn shown_text(desk: &Desk<'_>, shown: &Shown) -> String {
    let authorization = &shown.authorization;
    let mut text = line(authorization, shown.view);
    let mut row = |name: &str, said: &str| text += &format!("\n  {name:<12}{said}");
    if !shown.attachments.is_empty() {
        row("use", &sparkline(authorization, &shown.attachments));
    }
    for request in &shown.requests {
        row("request", &request_line(desk, request));
    }
    for filing in &shown.filings {
        row("document", &format!("{}  sha256:{}", filing.name, filing.sha256));
    }
    let Course { title, actions, notes, due, renewal, alerts } = &shown.course;
    if let Some(title) = title {
        row("next", &due.map_or_else(|| title.clone(), |due| format!("{title}, by {}", when(desk, due))));
    }
    actions.iter().for_each(|action| row("do", action));
    notes.iter().for_each(|note| row("note", note));
    if let Some(renewal) = renewal {
        let what = if renewal.by_pace { "the units run out" } else { "the period ends" };
        row("renew", &format!("ask by {}: {what} on {}", renewal.ask_by, renewal.runs_out));
    }
    alerts.iter().for_each(|alert| row("alert", alert));
    text
}

/// `7  A-77  ACTIVE  m1  example-health-plan  2026-03-01 to 2026-05-31  1.5 of 12 units  97110`.
fn line(authorization: &Authorization, view: View) -> String {
    let codes: Vec<&str> = authorization.codes.iter().collect();
    let codes = if codes.is_empty() { "every code".to_owned() } else { codes.join(", ") };
    let over = if authorization.over_used() { ", over-used" } else { "" };
    format!(
        "{}  {}  {}  {}  {}  {} to {}  {} of {} units{over}  {codes}",
        authorization.id,
        authorization.number.as_deref().unwrap_or("-"),
        view.word(),
        authorization.member,
        authorization.payer,
        authorization.first_day,
        authorization.last_day,
        authorization.used,
        authorization.approved,
    )
}

fn request_line(desk: &Desk<'_>, request: &Request) -> String {
    let mut text = format!("{}  {}", request.id, request.state.word());
    if let Some(outcome) = request.outcome {
        text += &format!(", {}", outcome.word());
    }
    if let Some(due) = request.due.filter(|_| request.outcome.is_none()) {
        text += &format!(", to be determined by {}", when(desk, due));
    }
    if let Some(by) = request.appeal_by {
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

/// The share of the units that was used after each attachment and reversal, from oldest to newest.
fn sparkline(authorization: &Authorization, attachments: &[Attachment]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    /// How many of the latest changes are drawn.
    const WIDTH: usize = 40;
    let whole = authorization.approved.max(authorization.used).ten_thousandths().max(1);
    let mut used: i64 = 0;
    let mut heights = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        let units = attachment.units.ten_thousandths();
        used += if attachment.reverses.is_some() { -units } else { units };
        let share = used.max(0).saturating_mul(BARS.len() as i64 - 1) / whole;
        heights.push(usize::try_from(share).unwrap_or(0));
    }
    let drawn = heights.iter().skip(heights.len().saturating_sub(WIDTH));
    drawn.filter_map(|height| BARS.get(*height)).collect()
}

fn shown_json(desk: &Desk<'_>, shown: &Shown) -> Value {
    let Course { title, actions, notes, due, renewal, alerts } = &shown.course;
    let mut json = serde_json::to_value(&shown.authorization).unwrap_or_default();
    if let Some(object) = json.as_object_mut() {
        object.insert("view".to_owned(), shown.view.word().into());
        object.insert("attachments".to_owned(), serde_json::to_value(&shown.attachments).unwrap_or_default());
        object.insert("requests".to_owned(), serde_json::to_value(&shown.requests).unwrap_or_default());
        object.insert("documents".to_owned(), serde_json::to_value(&shown.filings).unwrap_or_default());
        let next = json!({
            "title": title, "actions": actions, "notes": notes, "due": due.map(|due| stamp(desk, due)),
        });
        object.insert("next".to_owned(), next);
        let renewal = renewal.map(|renewal| {
            json!({ "ask_by": renewal.ask_by.to_string(), "runs_out": renewal.runs_out.to_string(), "by_pace": renewal.by_pace })
        });
        object.insert("renewal".to_owned(), renewal.unwrap_or_default());
        object.insert("alerts".to_owned(), json!(alerts));
    }
    json
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Only those of this member
    #[arg(long, value_name = "ID")]
    member: Option<String>,
    /// Only those of this payer
    #[arg(long, value_name = "PAYER")]
    payer: Option<String>,
    /// Only those that people see so: ACTIVE, EXPIRED, EXHAUSTED, PENDING, DENIED, CANCELLED, NOT_REQUIRED
    #[arg(long, value_name = "STATUS", value_parser = view)]
    status: Option<View>,
    /// Go on after the authorization of this number
    #[arg(long, value_name = "NUMBER")]
    after: Option<i64>,
    /// At most so many
    #[arg(long, value_name = "NUMBER")]
    most: Option<u32>,
}

fn view(text: &str) -> Result<View, String> {
    View::of(text)
        .ok_or_else(|| "write one of ACTIVE, EXPIRED, EXHAUSTED, PENDING, DENIED, CANCELLED, NOT_REQUIRED".to_owned())
}

pub(super) fn list(args: &List, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    desk.permit(Command::List)?;
    let today: NaiveDate = desk.today();
    let filter = Filter {
        member: args.member.clone(),
        payer: args.payer.clone(),
        status: None,
        view: args.status.map(|view| (view, today)),
        after: args.after.map(AuthorizationId),
        most: args.most,
    };
    for authorization in ledger.authorizations(&filter)? {
        let view = authorization.view(today);
        let mut json = serde_json::to_value(&authorization).unwrap_or_default();
        if let Some(object) = json.as_object_mut() {
            object.insert("view".to_owned(), view.word().into());
        }
        tell(format, out, &line(&authorization, view), &json)?;
    }
    Ok(Exit::Done)
}

#[derive(Debug, clap::Args)]
pub(super) struct Candidates {
    /// The charge
    charge: String,
    /// Show those as well that do not serve it, with every reason
    #[arg(long)]
    all: bool,
}

pub(super) fn candidates(args: &Candidates, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let candidates = desk.candidates(ledger, &args.charge, args.all)?;
    for candidate in &candidates {
        let authorization = &candidate.authorization;
        let left = authorization.remaining().unwrap_or(Units::ZERO);
        let mut text = format!("{}  ({left} left)", line(authorization, authorization.view(desk.today())));
        let word = if candidate.serves == Some(false) { "serves not" } else { "open" };
        candidate.why.iter().for_each(|why| text += &format!("\n  {word:<12}{why}"));
        let json = json!({
            "authorization": authorization, "serves": candidate.serves, "left": left.to_string(), "why": candidate.why,
        });
        tell(format, out, &text, &json)?;
    }
    if candidates.is_empty() {
        let help = match args.all {
            true => "the member has none: request one",
            false => "none serves the charge; `--all` tells why",
        };
        output::report(&format!("{help}\n"));
    }
    Ok(Exit::Done)
}

pub(super) fn alerts(session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    for notice in desk.alerts(ledger)? {
        let text = format!("{}  {}: {}", notice.authorization, notice.alerts.join(", "), notice.actions.join(", "));
        let json = json!({ "authorization": notice.authorization, "alerts": notice.alerts, "actions": notice.actions });
        tell(format, out, &text, &json)?;
    }
    Ok(Exit::Done)
}
