//! `rulebook explain`: why a case is decided as it is, or what a code means.

use std::path::PathBuf;

use crate::diagnostic::{Code, nearest};
use crate::engine::{explain_by, is_of};
use crate::program::Program;
use crate::render;
use crate::render::decision::{self, Extent};

use super::cases::{Cases, Input};
use super::eval::Run;
use super::options::{Format, Options};
use super::output::Output;
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A policy, or a diagnostic code such as RB102; nothing lists all codes
    subject: Option<String>,
    /// The cases: .json, .yaml or .ndjson; `-` for a stream on standard input
    file: Option<PathBuf>,
    /// Explain only the case of this id
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// Tell only of the rules of this name: a rule's id, or the name of what it belongs to, such as a category
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// Tell of every rule that did not fire; text leaves out those that lacked most
    #[arg(long)]
    all: bool,
    /// How explanations are written [default: text on a terminal, else json]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// How the cases are written, if their file's name does not tell
    #[arg(long, value_name = "FORMAT")]
    input: Option<Input>,
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let Some(subject) = &args.subject else {
        out.write(&render::index())?;
        return Ok(Exit::Done);
    };
    if let Some(code) = Code::parse(subject) {
        out.write(&render::page(code, out.color))?;
        return Ok(Exit::Done);
    }
    if is_like_a_code(subject) {
        let codes: Vec<String> = Code::ALL.iter().map(ToString::to_string).collect();
        let near = nearest(subject, codes.iter().map(String::as_str));
        let near = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        let message = format!("no diagnostic has the code `{subject}`; {near}`rulebook explain` lists all of them");
        return Err(Stop::Usage(message));
    }
    let loaded = rules::load(options)?;
    let policy = loaded.policy(subject)?;
    if let Some(name) = &args.rule {
        known(name, policy.versions)?;
    }
    let extent = match (&args.rule, args.all) {
        (Some(_), _) => Extent::All,
        (None, true) => Extent::Missed,
        (None, false) => Extent::Nearest,
    };
    let cases = Cases::from(args.file.as_deref(), args.input)?;
    let mut run = Run::new(out, args.format);
    let mut found = false;
    cases.each(policy.vocabulary(), |sent, _| {
        let id = match &sent.case {
            Ok(case) => case.id(),
            Err(unreadable) => unreadable.id.as_deref(),
        };
        if args.case.is_some() && args.case.as_deref() != id {
            return Ok(());
        }
        found = true;
        run.answer(sent, |case, form, out| {
            let mut trace = explain_by(policy.versions, case)?;
            args.rule.iter().for_each(|name| trace.keep(name));
            out.push_str(&match form.format {
                Format::Json => decision::trace_json(&trace),
                Format::Text => decision::trace_text(&trace, extent, form.color),
            });
            Ok(trace.decision.is_unsettled())
        })
    })?;
    match &args.case {
        Some(id) if !found => Err(Stop::Usage(format!("no case has the id `{id}`"))),
        Some(_) | None => Ok(run.exit()),
    }
}

/// Refuses a name that no rule of the policy has or belongs to.
fn known(name: &str, versions: &[Program]) -> Result<(), Stop> {
    let ids = || versions.iter().flat_map(Program::rules).map(|rule| rule.id.as_str());
    if ids().any(|id| is_of(id, name)) {
        return Ok(());
    }
    let near = nearest(name, ids().flat_map(|id| id.split('.').chain([id])));
    let help = near.map_or_else(
        || "a decision's `because` shows ids of rules, and `--all` the others".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Stop::Usage(format!("no rule has the name `{name}`; {help}")))
}

fn is_like_a_code(subject: &str) -> bool {
    let digits = subject.strip_prefix("RB").or_else(|| subject.strip_prefix("rb"));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
