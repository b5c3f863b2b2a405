//! `rulebook auth determine`.

use std::cmp::Ordering;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::auth::{AuthError, NewDetermination};
use crate::ledger::{Change, Codes, Determination, Determined, Outcome, RequestId};
use crate::time::Instant;

use super::super::Exit;
use super::super::output::Output;
use super::answer::{Failure, again, tell, value};
use super::enter::date;
use super::enter::id;
use super::folder::document;
use super::session::Session;
use super::terms::Terms;

#[derive(Debug, clap::Args)]
pub(super) struct Determine {
    /// The request that was answered
    #[arg(value_parser = id)]
    request: i64,
    /// What the payer answered
    #[arg(value_parser = outcomes())]
    outcome: Outcome,
    /// The payer's number of the authorization
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    #[command(flatten)]
    terms: Terms,
    /// A reason that the payer gave; may be given several times
    #[arg(long, value_name = "TEXT")]
    because: Vec<String>,
    /// The rejected request may be corrected and sent again
    #[arg(long)]
    correctable: bool,
    /// When the payer decided, RFC 3339 with an offset [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    issued: Option<Instant>,
    /// The date on the payer's letter, from which the period for an appeal counts [default: the day of --at]
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "issued")]
    on: Option<NaiveDate>,
    /// The letter, or a note of the call
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// Attach the originating charges to what is approved
    #[arg(long)]
    attach: bool,
}

/// What a person can enter: what is unclear has to be read, or asked for, before it is.
const OUTCOMES: [(&str, Outcome); 7] = [
    ("approved", Outcome::Approved),
    ("denied", Outcome::Denied),
    ("cancelled", Outcome::Cancelled),
    ("not-required", Outcome::NotRequired),
    ("pended", Outcome::Pended),
    ("call-payer", Outcome::CallPayer),
    ("rejected", Outcome::Rejected),
];

fn outcomes() -> impl TypedValueParser<Value = Outcome> {
    PossibleValuesParser::new(OUTCOMES.map(|(word, _)| word)).try_map(|word| {
        let found = OUTCOMES.into_iter().find(|(known, _)| *known == word);
        found.map(|(_, outcome)| outcome).ok_or("no such answer")
    })
}

fn instant(text: &str) -> Result<Instant, String> {
    Instant::parse(text).map(|(at, _)| at).map_err(|error| format!("{error}; {}", error.help()))
}

pub(super) fn run(args: &Determine, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let new = NewDetermination {
        request: RequestId(args.request),
        determination: determination(args)?,
        on: args.on,
        document: args.document.as_deref().map(document).transpose()?,
        attach: args.attach,
    };
    let determined = desk.determine(ledger, new)?;
    let text = told(&determined.value).join("\n  ");
    tell(format, out, &format!("{text}{}", again(&determined)), &value(&determined))
}

fn determination(args: &Determine) -> Result<Determination, AuthError> {
    let Terms { codes, units, from, to } = &args.terms;
    let approves = args.outcome == Outcome::Approved;
    let granted = units.is_some() || from.is_some() || to.is_some() || !codes.is_empty();
    if !approves && (granted || args.attach) {
        return Err(AuthError::Call {
            message: "only an approval grants something".to_owned(),
            help: "leave out `--code`, `--units`, `--from`, `--to` and `--attach`".to_owned(),
        });
    }
    if args.correctable && args.outcome != Outcome::Rejected {
        return Err(AuthError::Call {
            message: "only a rejected request can be corrected".to_owned(),
            help: "say `rejected`, or leave out `--correctable`".to_owned(),
        });
    }
    let codes = if codes.is_empty() { None } else { Some(Codes::new(codes.clone())?) };
    Ok(Determination {
        correctable: args.correctable,
        number: args.number.clone(),
        units: *units,
        first_day: *from,
        last_day: *to,
        codes,
        reasons: args.because.clone(),
        issued: args.issued,
        ..Determination::new(args.outcome)
    })
}

/// What came of an answer, line by line.
pub(super) fn told(determined: &Determined) -> Vec<String> {
    let Determined { request, outcome, authorization, status, .. } = determined;
    let later = if determined.stands { "" } else { ", a later answer stands" };
    let mut lines = vec![format!(
        "request {request}: {}; authorization {authorization} is {}{later}",
        outcome.word(),
        status.word()
    )];
    lines.extend(determined.modified.iter().map(|change| format!("  modified: {}", cut(change))));
    lines.extend(determined.reasons.iter().map(|reason| format!("  reason: {reason}")));
    lines.extend(determined.attached.iter().map(|charge| format!("  attached to charge {charge}")));
    let failed = determined.not_attached.iter();
    lines.extend(failed.map(|not| format!("  not attached to charge {}: {}", not.charge, not.message)));
    let offered = determined.offered.iter();
    lines.extend(
        offered.map(|charge| format!("  charge {charge} is served: `rulebook auth attach {charge} {authorization}`")),
    );
    let flagged = determined.flagged.iter();
    lines.extend(flagged.map(|charge| format!("  look at charge {charge}: it is attached to it")));
    lines
}

/// What was granted against what was asked: only what differs.
fn cut(Change { granted, asked }: &Change) -> String {
    let mut parts = Vec::new();
    match granted.units.cmp(&asked.units) {
        Ordering::Less => parts.push(format!("{} of the {} units asked", granted.units, asked.units)),
        Ordering::Greater => parts.push(format!("{} units instead of the {} asked", granted.units, asked.units)),
        Ordering::Equal => {}
    }
    if granted.first_day != asked.first_day {
        parts.push(format!("from {} instead of {}", granted.first_day, asked.first_day));
    }
    if granted.last_day != asked.last_day {
        parts.push(format!("until {} instead of {}", granted.last_day, asked.last_day));
    }
    if granted.codes != asked.codes {
        parts.push(format!("for {} instead of {}", listed(&granted.codes), listed(&asked.codes)));
    }
    if parts.is_empty() { "as it was asked".to_owned() } else { parts.join(", ") }
}

fn listed(codes: &[String]) -> String {
    if codes.is_empty() { "every code".to_owned() } else { codes.join(" and ") }
}
