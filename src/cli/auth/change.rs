//! `rulebook auth attach`, `reverse`, `validate` and `amend`.

use std::path::PathBuf;

use crate::auth::AuthError;
use crate::ledger::{self, AuthorizationId, Codes};

use super::super::Exit;
use super::super::output::Output;
use super::answer::{Failure, again, tell, value};
use super::enter::id;
use super::folder::document;
use super::session::Session;
use super::terms::Terms;

#[derive(Debug, clap::Args)]
pub(super) struct Attach {
    /// The charge
    charge: String,
    /// The authorization: the number that the ledger gave it
    #[arg(value_parser = id)]
    authorization: i64,
}

pub(super) fn attach(args: &Attach, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let attached = desk.attach(ledger, &args.charge, AuthorizationId(args.authorization))?;
    let done = &attached.value;
    let number = done.number.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
    let text = format!(
        "charge {} is attached to authorization {}{number}: {} of {} units used{}",
        args.charge,
        done.authorization,
        done.used,
        done.approved,
        again(&attached)
    );
    tell(format, out, &text, &value(&attached))
}

#[derive(Debug, clap::Args)]
pub(super) struct Reverse {
    /// The charge
    charge: String,
}

pub(super) fn reverse(args: &Reverse, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let reversed = desk.reverse(ledger, &args.charge)?;
    let done = &reversed.value;
    let issue = if done.auth_required { "lacks an authorization again" } else { "has none again, and needs none" };
    let text = format!(
        "charge {} {issue}; authorization {} has {} of {} units used{}",
        done.charge,
        done.authorization,
        done.used,
        done.approved,
        again(&reversed)
    );
    tell(format, out, &text, &value(&reversed))
}

#[derive(Debug, clap::Args)]
pub(super) struct Validate {
    /// The charge
    charge: String,
}

pub(super) fn validate(args: &Validate, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let validated = desk.validate(ledger, &args.charge)?;
    let text = format!("charge {} lacks no authorization{}", validated.value.charge, again(&validated));
    tell(format, out, &text, &value(&validated))
}

#[derive(Debug, clap::Args)]
pub(super) struct Amend {
    /// The authorization: the number that the ledger gave it
    #[arg(value_parser = id)]
    authorization: i64,
    /// The payer's number
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    #[command(flatten)]
    terms: Terms,
    /// It covers every procedure code
    #[arg(long, conflicts_with = "codes")]
    all_codes: bool,
    /// What shows that the payer changed it
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
}

pub(super) fn amend(args: &Amend, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let Terms { codes, units, from, to } = &args.terms;
    let codes = match (codes.as_slice(), args.all_codes) {
        ([], false) => None,
        (codes, _) => Some(Codes::new(codes).map_err(AuthError::from)?),
    };
    let change = ledger::Amend {
        authorization: AuthorizationId(args.authorization),
        number: args.number.clone(),
        approved: *units,
        first_day: *from,
        last_day: *to,
        codes,
        document: args.document.as_deref().map(document).transpose()?,
    };
    let amended = desk.amend(ledger, &change)?;
    let done = &amended.value;
    let over = if done.over_used { ": over-used, it serves no further charge" } else { "" };
    let text = format!(
        "authorization {} has {} of {} units used{over}{}",
        done.authorization,
        done.used,
        done.approved,
        again(&amended)
    );
    tell(format, out, &text, &value(&amended))
}
