//! `rulebook auth member`, `charge` and `add`: what is entered by hand.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::json;

use crate::auth::{EnteredCharge, Found, NewCharge};
use crate::ledger::{self, AddAuthorization, AddCharge, AddMember, Codes, Units};
use crate::policy::Needed;
use crate::time::parse_date;

use super::super::Exit;
use super::super::output::Output;
use super::answer::{Failure, again, tell, value};
use super::folder::document;
use super::session::Session;

/// A date as people give it.
pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).map_err(|error| format!("{error}; write it such as 2026-05-12"))
}

/// A number of units as people give it.
pub(super) fn units(text: &str) -> Result<Units, String> {
    text.parse().map_err(|error: crate::ledger::UnitsError| format!("{error}; {}", error.help()))
}

/// The number that the ledger gave an authorization or a request.
pub(super) fn id(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| {
        "the ledger's own number is meant, such as 7; `rulebook auth list --number NUMBER` finds an authorization by the \
         payer's number"
            .to_owned()
    })
}

/// `name=value`.
pub(super) fn said(text: &str) -> Result<(String, String), String> {
    let split = text.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    split.filter(|(name, _)| !name.is_empty()).ok_or_else(|| "write it as NAME=VALUE".to_owned())
}

#[derive(Debug, clap::Args)]
pub(super) struct Member {
    /// The id that the organisation gives the member
    id: String,
    /// The family name
    #[arg(long, value_name = "NAME")]
    last_name: String,
    /// The other names
    #[arg(long, value_name = "NAME")]
    first_name: String,
    /// The date of birth
    #[arg(long, value_name = "DATE", value_parser = date)]
    born: Option<NaiveDate>,
    /// The sex that the payer has noted: F, M or U
    #[arg(long, value_name = "SEX")]
    sex: Option<String>,
    /// The payer's number of the member, if it is not the id
    #[arg(long, value_name = "NUMBER")]
    subscriber: Option<String>,
}

pub(super) fn member(args: &Member, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let member = AddMember {
        id: args.id.clone(),
        last_name: args.last_name.clone(),
        first_name: args.first_name.clone(),
        born: args.born,
        sex: args.sex.clone(),
        subscriber: args.subscriber.clone(),
    };
    let added = desk.add_member(ledger, &member)?;
    tell(format, out, &format!("member {}{}", added.value.member, again(&added)), &value(&added))
}

#[derive(Debug, clap::Args)]
pub(super) struct AmendMember {
    /// The id that the organisation gave the member
    id: String,
    /// The family name
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
    /// The other names
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    /// The date of birth
    #[arg(long, value_name = "DATE", value_parser = date)]
    born: Option<NaiveDate>,
    /// The sex that the payer has noted: F, M or U
    #[arg(long, value_name = "SEX")]
    sex: Option<String>,
    /// The payer's number of the member
    #[arg(long, value_name = "NUMBER")]
    subscriber: Option<String>,
}

pub(super) fn amend_member(args: &AmendMember, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let change = ledger::AmendMember {
        id: args.id.clone(),
        last_name: args.last_name.clone(),
        first_name: args.first_name.clone(),
        born: args.born,
        sex: args.sex.clone(),
        subscriber: args.subscriber.clone(),
    };
    let amended = desk.amend_member(ledger, &change)?;
    let text = format!("member {} is corrected{}", amended.value.member, again(&amended));
    tell(format, out, &text, &value(&amended))
}

#[derive(Debug, clap::Args)]
pub(super) struct Charge {
    /// The id that the organisation gives the charge
    id: String,
    /// The member
    #[arg(long, value_name = "ID")]
    member: String,
    /// Who is to pay
    #[arg(long, value_name = "PAYER")]
    payer: String,
    /// The date of service
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// The procedure code
    #[arg(long, value_name = "CODE")]
    code: String,
    /// How many units
    #[arg(long, value_name = "UNITS", value_parser = units)]
    units: Units,
    /// Whether it needs an authorization [default: as the policy says]
    #[arg(long, value_name = "TRUTH")]
    auth_required: Option<bool>,
    /// A fact that the policy reads; may be given several times
    #[arg(long = "fact", value_name = "NAME=VALUE", value_parser = said)]
    facts: Vec<(String, String)>,
}

pub(super) fn charge(args: &Charge, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let new = NewCharge {
        charge: AddCharge {
            id: args.id.clone(),
            member: args.member.clone(),
            payer: args.payer.clone(),
            day: args.on,
            code: args.code.clone(),
            units: args.units,
            auth_required: false,
            document: None,
        },
        issue: args.auth_required,
        said: args.facts.clone(),
    };
    let EnteredCharge { added, found } = desk.add_charge(ledger, new)?;
    let issue = match found.as_ref().map(|found| found.needed) {
        Some(Needed::Required) => "required: it needs an authorization",
        Some(Needed::NotRequired) => "not_required: it needs no authorization",
        Some(Needed::AskPayer) => {
            "ask_payer: only the payer knows whether it needs an authorization, so it waits for one"
        }
        None if added.value.auth_required => "an authorization is required",
        None => "no authorization is required",
    };
    let mut text = format!("charge {}: {issue}{}", added.value.charge, again(&added));
    let mut json = value(&added);
    if let (Some(Found { needed, rule, place }), Some(object)) = (&found, json.as_object_mut()) {
        text += &format!("\n  because     {rule}  {place}");
        object.insert("outcome".to_owned(), needed.word().into());
        object.insert("because".to_owned(), json!([{ "rule": rule, "place": place }]));
    }
    tell(format, out, &text, &json)
}

#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// The payer's number
    #[arg(long, value_name = "NUMBER")]
    number: String,
    /// The member
    #[arg(long, value_name = "ID")]
    member: String,
    /// The payer
    #[arg(long, value_name = "PAYER")]
    payer: String,
    /// The first day of service
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: NaiveDate,
    /// The last day of service, included
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: NaiveDate,
    /// How many units are approved
    #[arg(long, value_name = "UNITS", value_parser = units)]
    units: Units,
    /// A procedure code that it covers; may be given several times [default: every code]
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,
    /// The payer's letter, fax or a picture of its portal
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
}

pub(super) fn add(args: &Add, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let new = AddAuthorization {
        member: args.member.clone(),
        payer: args.payer.clone(),
        number: args.number.clone(),
        first_day: args.from,
        last_day: args.to,
        approved: args.units,
        codes: Codes::new(&args.codes).map_err(crate::auth::AuthError::from)?,
        document: args.document.as_deref().map(document).transpose()?,
    };
    let added = desk.add(ledger, &new)?;
    let text = format!("authorization {}, active{}", added.value.authorization, again(&added));
    tell(format, out, &text, &value(&added))
}
