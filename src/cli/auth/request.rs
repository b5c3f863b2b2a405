//! `rulebook auth request`.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::auth::{Asked, InternalApproval, Particulars};
use crate::facts::Case;
use crate::ledger::{AuthorizationId, Units};

use super::super::cases::Cases;
use super::super::output::Output;
use super::super::{Exit, Stop, rules};
use super::answer::{Failure, again, tell, value};
use super::enter::{date, said, units};
use super::folder::document;
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Request {
    /// A charge that it is for; may be given several times
    #[arg(long = "charge", value_name = "ID")]
    charges: Vec<String>,
    /// The member [default: that of the charges]
    #[arg(long, value_name = "ID")]
    member: Option<String>,
    /// The payer [default: that of the charges]
    #[arg(long, value_name = "PAYER")]
    payer: Option<String>,
    /// A procedure code; may be given several times [default: those of the charges]
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,
    /// How many units [default: those of the charges]
    #[arg(long, value_name = "UNITS", value_parser = units)]
    units: Option<Units>,
    /// The first day of service [default: that of the charges]
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// The last day of service [default: that of the charges]
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<NaiveDate>,
    /// Where the service is given, such as 11 for an office
    #[arg(long, value_name = "CODE")]
    place: Option<String>,
    /// A diagnosis code, the principal one first; may be given several times
    #[arg(long = "diagnosis", value_name = "CODE")]
    diagnoses: Vec<String>,
    /// The payer has to decide soon
    #[arg(long)]
    expedited: bool,
    /// A document that goes with it; may be given several times
    #[arg(long = "document", value_name = "FILE")]
    documents: Vec<PathBuf>,
    /// A fact that the policy reads, such as documents.order=true; may be given several times
    #[arg(long = "fact", value_name = "NAME=VALUE", value_parser = said)]
    facts: Vec<(String, String)>,
    /// The organisation's own approval: a file with the request and its events
    #[arg(long, value_name = "FILE")]
    approval: Option<PathBuf>,
    /// Make a denied, cancelled or rejected authorization's request anew, with this one
    #[arg(long, value_name = "NUMBER")]
    again: Option<i64>,
}

pub(super) fn run(args: &Request, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let asked = Asked {
        charges: args.charges.clone(),
        member: args.member.clone(),
        payer: args.payer.clone(),
        codes: args.codes.clone(),
        units: args.units,
        first_day: args.from,
        last_day: args.to,
        particulars: Particulars {
            place: args.place.clone(),
            diagnoses: args.diagnoses.clone(),
            expedited: args.expedited,
            said: args.facts.clone(),
        },
        again: args.again.map(AuthorizationId),
        documents: args.documents.iter().map(|path| document(path)).collect::<Result<Vec<_>, _>>()?,
    };
    let format = session.format;
    let (desk, ledger, loaded) = session.all()?;
    let approval = match &args.approval {
        None => None,
        Some(path) => {
            let policy = desk.wanted_approval(ledger, &asked)?.ok_or_else(|| needless(path))?;
            Some((loaded.policy(policy)?.versions, approval_case(loaded, policy, path)?))
        }
    };
    let approval = approval.as_ref().map(|(versions, case)| InternalApproval { versions, case });
    let opened = desk.ask(ledger, &asked, approval)?;
    let done = &opened.value;
    let text = format!(
        "request {} for authorization {}, nothing missing; `rulebook auth submit {}` sends it{}",
        done.request,
        done.authorization,
        done.request,
        again(&opened)
    );
    tell(format, out, &text, &value(&opened))
}

fn needless(path: &std::path::Path) -> Failure {
    let path = path.display();
    Stop::Usage(format!("the policy wants no approval of ours for this request: leave `--approval {path}` out")).into()
}

/// The only request of a file, read in the words of its policy.
fn approval_case(loaded: &rules::Loaded, policy: &str, path: &std::path::Path) -> Result<Case, Failure> {
    let compiled = loaded.policy(policy)?;
    let mut found = Vec::new();
    Cases::from(Some(path), None)?.each(compiled.vocabulary(), |sent, _| {
        found.push(sent.case);
        Ok(())
    })?;
    match found.pop() {
        Some(Ok(case)) if found.is_empty() => Ok(case),
        Some(Err(unreadable)) => Err(Stop::Usage(format!("`{}`: {}", path.display(), unreadable.fault)).into()),
        Some(Ok(_)) | None => {
            let message = format!("`{}` holds more or less than one request: name a file with one", path.display());
            Err(Stop::Usage(message).into())
        }
    }
}
