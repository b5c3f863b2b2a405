//! `rulebook auth show`.

mod authorization;
mod charge;
mod course;
mod history;
mod member;
mod request;
mod rows;

use serde_json::Value;

use crate::auth::Desk;
use crate::engine::Stamp;
use crate::ledger::{AuthorizationId, RequestId};
use crate::render::rfc3339;
use crate::time::Instant;

use super::super::Exit;
use super::super::output::Output;
use super::answer::{Failure, tell};
use super::enter::id;
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Show {
    #[command(flatten)]
    which: Which,
    /// The payer that gave the number, where several payers gave the same
    #[arg(long, value_name = "PAYER", requires = "number")]
    payer: Option<String>,
}

/// What is shown.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Which {
    /// The authorization: the number that the ledger gave it
    #[arg(value_parser = id)]
    authorization: Option<i64>,
    /// The same by the number that the payer gave it
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// A charge instead: its issue, its authorization, what was asked for it, and what comes next
    #[arg(long, value_name = "ID")]
    charge: Option<String>,
    /// A member instead: their authorizations and charges
    #[arg(long, value_name = "ID")]
    member: Option<String>,
    /// A request instead: what it asks for, its messages, what was answered, and what comes next
    #[arg(long, value_name = "NUMBER", value_parser = id)]
    request: Option<i64>,
}

pub(super) fn run(args: &Show, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let Which { authorization, number, charge, member, request } = &args.which;
    let (text, json) = if let Some(id) = charge {
        let shown = desk.show_charge(ledger, id)?;
        (charge::text(&desk, &shown), charge::json(&desk, &shown))
    } else if let Some(id) = member {
        let shown = desk.show_member(ledger, id)?;
        (member::text(&desk, &shown), member::json(&desk, &shown))
    } else if let Some(id) = request {
        let shown = desk.show_request(ledger, RequestId(*id))?;
        (request::text(&desk, &shown), request::json(&desk, &shown))
    } else {
        let id = match number {
            Some(number) => desk.numbered(ledger, number, args.payer.as_deref())?,
            None => AuthorizationId(authorization.unwrap_or_default()),
        };
        let shown = desk.show(ledger, id)?;
        (authorization::text(&desk, &shown), authorization::json(&desk, &shown))
    };
    tell(format, out, text.trim_end(), &json)
}

fn stamp(desk: &Desk<'_>, at: Instant) -> String {
    rfc3339(Stamp { at, offset: desk.zone().offset_at(at) })
}

/// A record as JSON, with more beside its own fields.
fn with<const N: usize>(record: &impl serde::Serialize, more: [(&str, Value); N]) -> Value {
    let mut json = serde_json::to_value(record).unwrap_or_default();
    if let Some(object) = json.as_object_mut() {
        object.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    json
}
