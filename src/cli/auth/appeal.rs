//! `rulebook auth appeal`.

use std::path::PathBuf;

use crate::auth::{NewAppeal, Way};
use crate::ledger::RequestId;

use super::super::Exit;
use super::super::output::Output;
use super::answer::{Failure, again, tell, value};
use super::enter::id;
use super::folder::document;
use super::mail::deliver;
use super::request::Wording;
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Appeal {
    /// The request that was denied
    #[arg(value_parser = id)]
    request: i64,
    /// Only note the appeal: it goes out by letter or telephone
    #[arg(long, conflicts_with_all = ["immediate", "number", "note"])]
    by_hand: bool,
    /// The payer has to look at it at once
    #[arg(long)]
    immediate: bool,
    /// The letter
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    #[command(flatten)]
    wording: Wording,
    /// The folder from which partners take messages; each has a folder of its own in it
    #[arg(long, value_name = "DIR", default_value = "outbox")]
    outbox: PathBuf,
}

pub(super) fn run(args: &Appeal, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let new = NewAppeal {
        request: RequestId(args.request),
        way: if args.by_hand { Way::ByHand } else { Way::AsThePartnerTakesIt },
        immediate: args.immediate,
        number: args.wording.number.clone(),
        note: args.wording.note.clone(),
        document: args.document.as_deref().map(document).transpose()?,
    };
    let appealed = desk.appeal(ledger, new)?;
    let done = &appealed.value;
    let text = match &done.sent {
        Some(sent) => {
            format!("request {} is appealed by request {}, message {}", done.request, sent.request, sent.name)
        }
        None => format!("request {} is noted as appealed; no message goes out: send the letter, or call", done.request),
    };
    let mut json = value(&appealed);
    if let (None, Some(object)) = (&done.sent, json.as_object_mut()) {
        object.insert("sent".to_owned(), serde_json::Value::Null);
    }
    tell(format, out, &format!("{text}{}", again(&appealed)), &json)?;
    if done.sent.is_some() {
        deliver(&desk, ledger, &args.outbox)?;
    }
    Ok(Exit::Done)
}
