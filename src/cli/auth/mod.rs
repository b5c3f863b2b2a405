//! `rulebook auth`: authorizations of services, from the question whether one is needed to the day it runs out.

mod answer;
mod appeal;
mod change;
mod determine;
mod enter;
mod file;
mod folder;
mod follow_up;
mod keep;
mod look;
mod mail;
mod request;
mod session;
mod show;
mod terms;

use clap::Subcommand;

use crate::policy;

use super::options::{Format, Options};
use super::output::Output;
use super::{Exit, Stop};

use answer::Failure;
use session::Session;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Who acts is claimed by --as and proved by nothing: whoever can read and write the store can do \
everything. The scopes keep honest people from mistakes.

Exit codes: 0 done; 1 verify found something; 2 the call was in error or refused."
)]
pub(super) struct Args {
    #[command(flatten)]
    desk: DeskArgs,
    #[command(subcommand)]
    command: Command,
}

/// On whose behalf, on which store and for which instant a command works.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every auth command")]
struct DeskArgs {
    /// The ledger: a file, made on first use, or postgres://…
    #[arg(long, value_name = "STORE", default_value = "authorizations.ledger", global = true)]
    store: String,
    /// Who acts, and in which roles, such as ana:authorization_coordinator
    #[arg(long = "as", value_name = "PERSON:ROLE", global = true)]
    actor: Option<String>,
    /// The instant that counts as now, RFC 3339 with an offset [default: the clock's]
    #[arg(long, value_name = "INSTANT", global = true)]
    at: Option<String>,
    /// The authorization policy [default: the only one there is]
    #[arg(long, value_name = "NAME", global = true)]
    policy: Option<String>,
    /// A key by which this change is made once, however often the call is repeated
    #[arg(long, value_name = "KEY", global = true)]
    key: Option<String>,
    /// Why, in the words of whoever acts; it stands in the audit
    #[arg(long, value_name = "TEXT", global = true)]
    reason: Option<String>,
    /// How answers are written
    #[arg(long, value_name = "FORMAT", default_value = "text", global = true)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Enter a member
    Member(enter::Member),
    /// Correct what is known of a member
    AmendMember(enter::AmendMember),
    /// Enter a charge
    Charge(enter::Charge),
    /// Enter an authorization that the payer gave by telephone, letter, fax or portal
    Add(enter::Add),
    /// Show an authorization, a charge, a member or a request, and what comes next
    Show(show::Show),
    /// List authorizations
    List(look::List),
    /// Find the authorizations that serve a charge
    Candidates(look::Candidates),
    /// Attach an authorization to a charge
    Attach(change::Attach),
    /// Take the authorization off a charge and give its units back
    Reverse(change::Reverse),
    /// Confirm that a charge lacks no authorization
    Validate(change::Validate),
    /// Change an authorization as its payer did
    Amend(change::Amend),
    /// File a document with an authorization or a request
    File(file::File),
    /// Say when the payer is to be asked about what is pending
    FollowUp(follow_up::FollowUp),
    /// Write down a request to a payer, once nothing is missing for it
    Request(Box<request::Request>),
    /// Take a request back that was not sent
    Withdraw(request::Withdraw),
    /// Send a request: write its message down, then put it where the partner takes it
    Submit(mail::Submit),
    /// Take in what payers answered
    Receive(mail::Receive),
    /// Enter what a payer answered by telephone, letter, fax or portal
    Determine(Box<determine::Determine>),
    /// Appeal a denial: by a message where the partner takes appeals so, else noted as sent by letter or telephone
    Appeal(appeal::Appeal),
    /// Tell which authorizations somebody must look after
    Alerts,
    /// Show what was changed, by whom and why; or give a hash over all histories
    Audit(keep::Audit),
    /// Find out whether anything was changed behind the ledger's back
    Verify(keep::Verify),
    /// Write everything as JSON, one object a line
    Export,
    /// Copy the ledger while others write
    Backup(keep::Backup),
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let failed = match Session::open(&args.desk, options, writes(&args.command)) {
        Ok(mut session) => match carry_out(&args.command, &mut session, out) {
            Ok(exit) => return Ok(exit),
            Err(failure) => failure,
        },
        Err(failure) => failure,
    };
    failed.tell(args.desk.format, out)
}

fn carry_out(command: &Command, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    match command {
        Command::Member(args) => enter::member(args, session, out),
        Command::AmendMember(args) => enter::amend_member(args, session, out),
        Command::Charge(args) => enter::charge(args, session, out),
        Command::Add(args) => enter::add(args, session, out),
        Command::Show(args) => show::run(args, session, out),
        Command::List(args) => look::list(args, session, out),
        Command::Candidates(args) => look::candidates(args, session, out),
        Command::Attach(args) => change::attach(args, session, out),
        Command::Reverse(args) => change::reverse(args, session, out),
        Command::Validate(args) => change::validate(args, session, out),
        Command::Amend(args) => change::amend(args, session, out),
        Command::File(args) => file::run(args, session, out),
        Command::FollowUp(args) => follow_up::run(args, session, out),
        Command::Request(args) => request::run(args, session, out),
        Command::Withdraw(args) => request::withdraw(args, session, out),
        Command::Submit(args) => mail::submit(args, session, out),
        Command::Receive(args) => mail::receive(args, session, out),
        Command::Determine(args) => determine::run(args, session, out),
        Command::Appeal(args) => appeal::run(args, session, out),
        Command::Alerts => look::alerts(session, out),
        Command::Audit(args) => keep::audit(args, session, out),
        Command::Verify(args) => keep::verify(args, session, out),
        Command::Export => keep::export(session, out),
        Command::Backup(args) => keep::backup(args, session, out),
    }
}

/// Whether a command changes the ledger, so that one that is not there is made.
fn writes(command: &Command) -> bool {
    match command {
        Command::Show(_)
        | Command::List(_)
        | Command::Candidates(_)
        | Command::Alerts
        | Command::Verify(_)
        | Command::Export
        | Command::Backup(_) => false,
        Command::Audit(args) => args.anchor,
        Command::Member(_)
        | Command::AmendMember(_)
        | Command::Charge(_)
        | Command::Add(_)
        | Command::Attach(_)
        | Command::Reverse(_)
        | Command::Validate(_)
        | Command::Amend(_)
        | Command::File(_)
        | Command::FollowUp(_)
        | Command::Request(_)
        | Command::Withdraw(_)
        | Command::Submit(_)
        | Command::Receive(_)
        | Command::Determine(_)
        | Command::Appeal(_) => true,
    }
}

/// The command of a policy that a call is; what people may do stands there.
fn permit(session: &Session, command: policy::Command) -> Result<(), Failure> {
    Ok(session.desk()?.permit(command)?)
}
