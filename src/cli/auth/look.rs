//! `rulebook auth list`, `candidates` and `alerts`.

use chrono::NaiveDate;
use serde_json::json;

use crate::auth::Desk;
use crate::engine::Stamp;
use crate::ledger::{Authorization, AuthorizationId, Filter, Units, View};
use crate::policy::Command;
use crate::render::readable;
use crate::time::Instant;

use super::super::Exit;
use super::super::output::{self, Output};
use super::answer::{Failure, note, tell};
use super::enter::id;
use super::session::Session;

/// An instant as people at the desk read it.
pub(super) fn when(desk: &Desk<'_>, at: Instant) -> String {
    readable(Stamp { at, offset: desk.zone().offset_at(at) })
}

/// From when the period for an appeal counts, behind its last day.
pub(super) fn counted(denied_on: NaiveDate) -> String {
    format!(", counted from the denial of {denied_on}")
}

/// `7  A-77  ACTIVE  m1  example-health-plan  2026-03-01 to 2026-05-31  1.5 of 12 units  97110`.
pub(super) fn line(authorization: &Authorization, view: View) -> String {
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

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Only those of this member
    #[arg(long, value_name = "ID")]
    member: Option<String>,
    /// Only those of this payer
    #[arg(long, value_name = "PAYER")]
    payer: Option<String>,
    /// Only those with this number of the payer
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Only those that people see so: ACTIVE, EXPIRED, EXHAUSTED, PENDING, DENIED, CANCELLED, NOT_REQUIRED
    #[arg(long, value_name = "STATUS", value_parser = view)]
    status: Option<View>,
    /// Go on after the authorization of this number
    #[arg(long, value_name = "NUMBER", value_parser = id)]
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
        number: args.number.clone(),
        status: None,
        view: args.status.map(|view| (view, today)),
        after: args.after.map(AuthorizationId),
        most: args.most,
    };
    let found = ledger.authorizations(&filter)?;
    if found.is_empty() {
        note(
            format,
            if filter == Filter::default() { "there is no authorization yet" } else { "no authorization fits" },
        );
    }
    for authorization in found {
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
    let notices = desk.alerts(ledger)?;
    if notices.is_empty() {
        note(format, "there is nothing that somebody must look after");
    }
    for notice in notices {
        let mut text = format!("{}  {}", notice.authorization, notice.alerts.join(", "));
        notice.actions.iter().for_each(|action| text += &format!("\n  {:<12}{}", "do", desk.words_of(action)));
        if let Some(appeal) = &notice.appeal {
            let from = appeal.denied_on.map(counted).unwrap_or_default();
            text += &format!("\n  {:<12}by {}{from}", "appeal", appeal.by);
        }
        let json = json!({
            "authorization": notice.authorization,
            "alerts": notice.alerts,
            "actions": notice.actions,
            "appeal_by": notice.appeal.map(|appeal| appeal.by),
            "denied_on": notice.appeal.and_then(|appeal| appeal.denied_on),
        });
        tell(format, out, &text, &json)?;
    }
    Ok(Exit::Done)
}
