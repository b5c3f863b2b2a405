//! `rulebook ask`: an interview that ends as soon as the decision holds.

use std::path::PathBuf;

use crate::engine::{Interview, in_force};
use crate::facts::{Case, CaseBuilder, FactId, Fault, Raw, Unreadable, Value};
use crate::policy::Body;
use crate::program::Program;
use crate::render::question;

use super::cases::{Cases, Sent};
use super::eval::{self, Run};
use super::options::{Format, Options};
use super::output::Output;
use super::prompt::{Heard, Prompt};
use super::reply::Reply;
use super::transcript::Transcript;
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
#[command(after_help = "At each question `?` says that you don't know, and `<` goes back. Questions are written to \
standard error; if standard input is no terminal, each of its lines is an answer.")]
pub(super) struct Args {
    /// The policy to decide by
    policy: String,
    /// What is known already: a file of one case; what it gives is not asked for
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The instant to decide for, RFC 3339 with an offset; without it, and without a case that has one, it is asked for
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// Write the answers to this .json or .yaml file, as a case that `eval` decides again
    #[arg(long, value_name = "FILE")]
    transcript: Option<PathBuf>,
    /// Write the transcript over a file that is there already
    #[arg(long, requires = "transcript")]
    force: bool,
    /// How the decision is written [default: text on a terminal, else json]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// How an interview ended.
enum Ending {
    /// No answer can change the decision any more.
    Settled,
    /// There were no more answers.
    Early,
    /// Ctrl-C.
    Interrupted,
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let loaded = rules::load(options)?;
    let policy = loaded.policy(&args.policy)?;
    if let Body::Approval(_) = policy.latest.policy().body {
        let message = format!(
            "`{}` decides by what happened to a request, which no interview can ask for: see `rulebook approval --help`",
            args.policy
        );
        return Err(Stop::Usage(message));
    }
    let transcript = args.transcript.as_deref().map(|path| Transcript::new(path, args.force)).transpose()?;
    let mut prompt = Prompt::new(options.color);
    let Some(start) = start(args, policy.latest, &mut prompt)? else { return Ok(Exit::Interrupted) };
    let program = in_force(policy.versions, &start).map_err(|fault| refused(&fault))?;
    let mut talk = Talk { interview: Interview::new(program, start), program, prompt, transcript };
    let case = match talk.hold() {
        Ok(Ending::Settled) => Ok(talk.interview.case()),
        Ok(Ending::Early) => Ok(talk.interview.open_case()),
        Ok(Ending::Interrupted) => return Ok(Exit::Interrupted),
        Err(Halt::Stop(stop)) => return Err(stop),
        Err(Halt::Fault(fault)) => Err(Unreadable::of(talk.interview.case().id(), fault)),
    };
    talk.prompt.leave();
    let mut run = Run::new(out, args.format);
    run.answer(Sent { line: 1, case }, |case, format, color| eval::decided(policy.versions, case, format, color))?;
    Ok(run.exit())
}

/// The case that the interview starts from; `None` if somebody pressed Ctrl-C.
fn start(args: &Args, program: &Program, prompt: &mut Prompt) -> Result<Option<Case>, Stop> {
    if let Some(path) = &args.facts {
        if path.as_os_str() == "-" {
            return Err(Stop::Usage("the answers come from standard input: name a file of facts".to_owned()));
        }
        let mut found = Vec::new();
        Cases::from(Some(path), None)?.each(&program.policy().vocabulary, |sent, _| {
            found.push(sent.case);
            Ok(())
        })?;
        let count = found.len();
        let (Some(only), 1) = (found.pop(), count) else {
            return Err(Stop::Usage(format!("`{}` holds {count} cases: name a file of one", path.display())));
        };
        let case = only.map_err(|unreadable| refused(&unreadable.fault))?;
        return match &args.at {
            Some(at) => case.moved(at).map(Some).map_err(|fault| refused(&fault)),
            None => Ok(Some(case)),
        };
    }
    if let Some(at) = &args.at {
        return case_at(program, at).map(Some).map_err(|fault| refused(&fault));
    }
    let now = chrono::Local::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let instant = |text: &str| case_at(program, if text.is_empty() { &now } else { text });
    prompt.show(&question::instant(&now, prompt.color));
    match prompt.hear("at", &[], &|text| instant(text.trim()).map(drop).map_err(|fault| said(&fault)))? {
        Heard::Line(line) => instant(line.trim()).map(Some).map_err(|fault| refused(&fault)),
        Heard::End => Err(Stop::Usage("the input ended before the instant was known: name it with `--at`".to_owned())),
        Heard::Interrupted => Ok(None),
    }
}

fn case_at(program: &Program, at: &str) -> Result<Case, Fault> {
    let mut builder = CaseBuilder::new(&program.policy().vocabulary);
    builder.set_key("at", &Raw::Plain(at))?;
    builder.finish()
}

fn refused(fault: &Fault) -> Stop {
    Stop::Usage(said(fault))
}

/// A fault with its cure in a line.
fn said(fault: &Fault) -> String {
    let advice = fault.advice().map(|advice| format!("; {advice}")).unwrap_or_default();
    format!("{fault}{advice}")
}

/// Why an interview cannot go on.
enum Halt {
    Stop(Stop),
    Fault(Fault),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Halt {
        Halt::Stop(stop)
    }
}

/// An interview with the one who answers, and what is kept of it.
struct Talk<'p> {
    interview: Interview<'p>,
    program: &'p Program,
    prompt: Prompt,
    transcript: Option<Transcript>,
}

impl Talk<'_> {
    fn hold(&mut self) -> Result<Ending, Halt> {
        let vocabulary = self.program.vocabulary();
        loop {
            // kept after each answer: an interview may be broken off at any time
            if let Some(transcript) = &self.transcript {
                transcript.write(&self.interview.case(), vocabulary)?;
            }
            let next = match self.interview.question() {
                Ok(Some(next)) => next,
                Ok(None) => return Ok(Ending::Settled),
                // the last answer was one that no calendar can date
                Err(fault) if self.interview.back().is_some() => {
                    self.prompt.complain(&said(&fault));
                    continue;
                }
                Err(fault) => return Err(Halt::Fault(fault)),
            };
            let fact = vocabulary.fact(next.fact);
            self.prompt.show(&question::text(self.program, &next, self.prompt.color));
            let read = |line: &str| Reply::read(line, fact, vocabulary.zones());
            let values = question::values(vocabulary, &fact.kind);
            let heard = self.prompt.hear(&fact.name, &values, &|line| read(line).map(drop))?;
            match heard {
                // what was heard has been read before
                Heard::Line(line) => match read(&line) {
                    Ok(reply) => self.take(next.fact, reply),
                    Err(message) => self.prompt.complain(&message),
                },
                Heard::End => return Ok(Ending::Early),
                Heard::Interrupted => return Ok(Ending::Interrupted),
            }
        }
    }

    fn take(&mut self, fact: FactId, reply: Reply) {
        let value: Option<Value> = match reply {
            Reply::Value(value) => Some(value),
            Reply::Nothing => None,
            Reply::Back => {
                if self.interview.back().is_none() {
                    self.prompt.complain("this is the first question");
                }
                return;
            }
        };
        self.interview.reply(fact, value);
    }
}
