//! `rulebook auth follow-up`.

use chrono::NaiveDate;

use crate::ledger::{AuthorizationId, SetFollowUp};

use super::super::Exit;
use super::super::output::Output;
use super::answer::{Failure, again, tell, value};
use super::enter::{date, id};
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct FollowUp {
    /// The authorization: the number that the ledger gave it
    #[arg(value_parser = id)]
    authorization: i64,
    #[command(flatten)]
    when: When,
}

/// When the payer is to be asked.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct When {
    /// On this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: Option<NaiveDate>,
    /// On no day
    #[arg(long)]
    never: bool,
}

pub(super) fn run(args: &FollowUp, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let set = SetFollowUp { authorization: AuthorizationId(args.authorization), on: args.when.on };
    let done = desk.follow_up(ledger, &set)?;
    let day = done.value.on.map_or("on no day any more".to_owned(), |day| format!("on {day}"));
    let text = format!("the payer of authorization {} is to be asked {day}{}", done.value.authorization, again(&done));
    tell(format, out, &text, &value(&done))
}
