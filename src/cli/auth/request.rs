//! `rulebook auth request`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::auth::{Asked, AuthError, InternalApproval, Particulars, Way};
use crate::facts::Case;
use crate::ledger::{Asking, AuthorizationId, Basis, Purpose, RequestId, Units, Withdrawn};

use super::super::cases::Cases;
use super::super::output::Output;
use super::super::{Exit, Stop, rules};
use super::answer::{Failure, again, tell, value};
use super::enter::{id, said, units};
use super::folder::document;
use super::session::Session;
use super::terms::Terms;

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
    #[command(flatten)]
    terms: Terms,
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
    /// Ask for a further period of this authorization; what it says need not be said again
    #[arg(long, value_name = "AUTHORIZATION", value_parser = id, group = "basis")]
    renews: Option<i64>,
    /// Ask for more units of this authorization, or a longer time: --units and --to say what is to be added
    #[arg(long, value_name = "AUTHORIZATION", value_parser = id, group = "basis")]
    extends: Option<i64>,
    /// Correct this request, which was denied, was rejected and may be corrected, or was not sent yet; what it says need
    /// not be said again
    #[arg(long, value_name = "REQUEST", value_parser = id, group = "basis")]
    corrects: Option<i64>,
    /// Ask for this authorization, which was denied, cancelled or rejected, as if for the first time
    #[arg(long, value_name = "AUTHORIZATION", value_parser = id, group = "basis")]
    again: Option<i64>,
    /// Ask for a charge although an open request asks for it: the payer may grant it twice
    #[arg(long)]
    although_asked: bool,
    /// It is made by telephone, fax or the payer's portal: no message goes out, and no partner is needed
    #[arg(long, conflicts_with_all = ["number", "note"])]
    by_hand: bool,
    #[command(flatten)]
    wording: Wording,
}

impl Request {
    fn basis(&self) -> Basis {
        let authorizations = [
            self.renews.map(|id| Basis::Renews(AuthorizationId(id))),
            self.extends.map(|id| Basis::Extends(AuthorizationId(id))),
            self.corrects.map(|id| Basis::Corrects(RequestId(id))),
            self.again.map(|id| Basis::Anew(AuthorizationId(id))),
        ];
        authorizations.into_iter().flatten().next().unwrap_or(Basis::Nothing)
    }
}

/// What a message says beside what is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Wording {
    /// The payer's number of what the message follows on, if its answers gave none
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    pub number: Option<String>,
    /// What the message tells the payer in words: at most 264 signs
    #[arg(long, value_name = "TEXT", value_parser = note)]
    pub note: Option<String>,
}

/// A number as messages have room for it.
fn number(text: &str) -> Result<String, String> {
    printable(text, 50)
}

fn note(text: &str) -> Result<String, String> {
    printable(text, 264)
}

fn printable(text: &str, most: usize) -> Result<String, String> {
    let text = text.trim();
    let sound = (1..=most).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    sound.then(|| text.to_owned()).ok_or_else(|| format!("write 1 to {most} letters, digits and signs of ASCII"))
}

pub(super) fn run(args: &Request, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let Shared { codes, units, shares } = shared(&args.terms)?;
    let asked = Asked {
        charges: args.charges.clone(),
        member: args.member.clone(),
        payer: args.payer.clone(),
        codes,
        units,
        first_day: args.terms.from,
        last_day: args.terms.to,
        particulars: Particulars {
            place: args.place.clone(),
            diagnoses: args.diagnoses.clone(),
            expedited: args.expedited,
            said: args.facts.clone(),
            note: args.wording.note.clone(),
            number: args.wording.number.clone(),
            shares,
        },
        basis: args.basis(),
        asking: if args.although_asked { Asking::AlthoughAsked } else { Asking::Once },
        way: if args.by_hand { Way::ByHand } else { Way::AsThePartnerTakesIt },
        documents: args.documents.iter().map(|path| document(path)).collect::<Result<Vec<_>, _>>()?,
    };
    let format = session.format;
    let (desk, ledger, loaded) = session.all()?;
    let approval = match &args.approval {
        None => None,
        Some(path) => {
            let policy = desk.wanted_approval(ledger, &asked)?.ok_or_else(|| needless(path))?;
            Some((loaded.policy(policy)?.versions, approval_case(loaded, policy, path)?, document(path)?))
        }
    };
    let approval =
        approval.as_ref().map(|(versions, case, file)| InternalApproval { versions, case, file: file.clone() });
    let opened = desk.ask(ledger, &asked, approval)?;
    let done = &opened.value;
    let manner = match done.purpose {
        Purpose::Initial => "",
        Purpose::Renewal => ", a renewal",
        Purpose::Extension => ", an extension",
        Purpose::Revision => ", a revision",
        Purpose::Reconsideration => ", to be reconsidered",
        Purpose::Appeal | Purpose::ImmediateAppeal => ", an appeal",
    };
    let id = done.request;
    let goes = match desk.request(ledger, id)?.partner {
        Some(_) => format!("`rulebook auth submit {id}` sends it"),
        None => format!("make it by telephone, fax or portal, then note that with `rulebook auth submit {id}`"),
    };
    let text = format!(
        "request {id} for authorization {}{manner}, nothing missing; {goes}{}",
        done.authorization,
        again(&opened)
    );
    tell(format, out, &text, &value(&opened))
}

/// What is asked for.
struct Shared {
    codes: Vec<String>,
    units: Option<Units>,
    /// How many of the units are of each code, if that is said.
    shares: BTreeMap<String, Units>,
}

/// The codes, the units, and how they are shared where each code is given with its own.
fn shared(terms: &Terms) -> Result<Shared, AuthError> {
    let refused = |message: String, help: &str| AuthError::Call { message, help: help.to_owned() };
    let mut codes = Vec::new();
    let mut shares = BTreeMap::new();
    for given in &terms.codes {
        let Some((code, own)) = given.split_once('=') else {
            codes.push(given.clone());
            continue;
        };
        let own =
            units(own).map_err(|error| refused(format!("the code `{code}`: {error}"), "write it like 97110=6"))?;
        if own == Units::ZERO || shares.insert(code.to_owned(), own).is_some() {
            let help = "give each code once, with more than no units";
            return Err(refused(format!("the code `{code}` has no units, or stands twice"), help));
        }
    }
    if shares.is_empty() {
        return Ok(Shared { codes, units: terms.units, shares });
    }
    if let Some(code) = codes.first() {
        let help = "give every code with its units, or none: `--code 97110=6 --code 97112=4`";
        return Err(refused(format!("the code `{code}` has no units of its own, and others have"), help));
    }
    let sum = shares.values().try_fold(Units::ZERO, |sum, own| sum.checked_add(*own));
    let sum =
        sum.ok_or_else(|| refused("the units are more than a ledger holds".to_owned(), "make several requests"))?;
    if let Some(all) = terms.units.filter(|all| *all != sum) {
        let message = format!("the codes have {sum} units together, and `--units` says {all}");
        return Err(refused(message, "leave `--units` out, or give the codes without units"));
    }
    Ok(Shared { codes: shares.keys().cloned().collect(), units: Some(sum), shares })
}

#[derive(Debug, clap::Args)]
pub(super) struct Withdraw {
    /// The request
    #[arg(value_parser = id)]
    request: i64,
}

pub(super) fn withdraw(args: &Withdraw, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let withdrawn = desk.withdraw(ledger, RequestId(args.request))?;
    let Withdrawn { request, authorization, status } = &withdrawn.value;
    let text =
        format!("request {request} is withdrawn; authorization {authorization} is {status}{}", again(&withdrawn));
    tell(format, out, &text, &value(&withdrawn))
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
