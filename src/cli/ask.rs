//! `rulebook ask`: an interview that ends as soon as the decision holds.

use std::path::PathBuf;

use crate::engine::{Interview, in_force};
use crate::facts::{Case, CaseBuilder, Fault, Raw, Unreadable};
use crate::policy::Body;
use crate::program::Program;
use crate::render::question::{self, WayBack};

use super::cases::{Cases, Sent};
use super::eval::{self, Run};
use super::options::{Format, Options};
use super::output::Output;
use super::prompt::{Heard, Prompt};
use super::reply::Reply;
use super::transcript::Transcript;
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "At each question `?` says that you don't know, and `<` goes back; where Enter alone is an answer, \
the question says what it means. Questions are written to standard error; if standard input is no terminal, each of its \
lines is an answer."
)]
pub(super) struct Args {
    /// The policy to decide by
    policy: String,
    /// What is known already: a file of one case; what it gives is not asked for
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The instant to decide for, RFC 3339 with an offset; without it, and without a case that has one, it is asked for
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// Write the answers to this .json or .yaml file, as a case that `eval` decides again and `--facts` goes on from
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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// No answer can change the decision any more.
    Settled,
    /// There were no more answers.
    Early,
    /// Ctrl-C.
    Interrupted,
    /// Somebody went back from the first question to the instant.
    Back,
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
    let case = loop {
        let Some(start) = start(args, policy.latest, &mut prompt)? else { return Ok(Exit::Interrupted) };
        let program = in_force(policy.versions, &start).map_err(|fault| refused(&fault))?;
        let mut talk = Talk {
            interview: Interview::new(program, start),
            program,
            prompt: &mut prompt,
            transcript: transcript.as_ref(),
            chose_instant: args.at.is_none() && args.facts.is_none(),
        };
        break match talk.hold() {
            Ok(Ending::Settled) => Ok(talk.interview.case()),
            Ok(Ending::Early) => {
                talk.tell_of_rest();
                Ok(talk.interview.open_case())
            }
            Ok(Ending::Interrupted) => {
                talk.tell_of_rest();
                return Ok(Exit::Interrupted);
            }
            Ok(Ending::Back) => continue,
            Err(Halt::Stop(stop)) => return Err(stop),
            Err(Halt::Fault(fault)) => Err(Unreadable::of(talk.interview.case().id(), fault)),
        };
    };
    prompt.leave();
    let mut run = Run::new(out, args.format);
    run.answer(Sent { line: 1, case }, |case, form, out| eval::decided(policy.versions, case, form, out))?;
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
        let case = only.map_err(|unreadable| {
            let faults = std::iter::once(&unreadable.fault).chain(&unreadable.more);
            Stop::Usage(faults.map(said).collect::<Vec<_>>().join("\nerror: "))
        })?;
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
struct Talk<'p, 't> {
    interview: Interview<'p>,
    program: &'p Program,
    prompt: &'t mut Prompt,
    transcript: Option<&'t Transcript>,
    /// Whether the instant was a question as well, which one may go back to.
    chose_instant: bool,
}

impl Talk<'_, '_> {
    fn hold(&mut self) -> Result<Ending, Halt> {
        let vocabulary = self.program.vocabulary();
        loop {
            let next = match self.interview.question() {
                Ok(Some(next)) => {
                    // kept before each question, for an interview may be broken off at any of them
                    self.keep(&self.interview.open_case())?;
                    next
                }
                Ok(None) => {
                    self.keep(&self.interview.case())?;
                    match self.confirm()? {
                        Some(ending) => return Ok(ending),
                        None => continue,
                    }
                }
                // the last answer was one that no calendar can date
                Err(fault) if self.interview.back().is_some() => {
                    self.prompt.complain(&said(&fault));
                    continue;
                }
                Err(fault) => return Err(Halt::Fault(fault)),
            };
            let fact = vocabulary.fact(next.fact);
            let way_back = if next.answered > 0 || self.chose_instant { WayBack::Open } else { WayBack::None };
            self.prompt.show(&question::text(self.program, &next, way_back, self.prompt.color));
            let read = |line: &str| Reply::read(line, fact, vocabulary.zones());
            let values = question::values(vocabulary, &fact.kind);
            let heard = self.prompt.hear(&fact.name, &values, &|line| read(line).map(drop))?;
            match heard {
                // what was heard has been read before
                Heard::Line(line) => match read(&line) {
                    Ok(Reply::Told(told)) => self.interview.reply(next.fact, told),
                    Ok(Reply::Back) => {
                        if self.interview.back().is_none() {
                            if self.chose_instant {
                                return Ok(Ending::Back);
                            }
                            self.prompt.complain("this is the first question");
                        }
                    }
                    Err(message) => self.prompt.complain(&message),
                },
                Heard::End => return Ok(Ending::Early),
                Heard::Interrupted => return Ok(Ending::Interrupted),
            }
        }
    }

    /// Lets somebody at a terminal go back on the last answer before it is decided by; `None` if they do.
    fn confirm(&mut self) -> Result<Option<Ending>, Halt> {
        if !self.prompt.is_terminal() || self.interview.back_to().is_none() {
            return Ok(Some(Ending::Settled));
        }
        self.prompt.show(&question::last(self.prompt.color));
        let check = |line: &str| match line.trim() {
            "" | "<" => Ok(()),
            _ => Err("that was the last question; Enter shows the decision, `<` goes back".to_owned()),
        };
        match self.prompt.hear("decide", &[], &check)? {
            Heard::Line(line) if line.trim() == "<" => {
                self.interview.back();
                Ok(None)
            }
            Heard::Line(_) | Heard::End => Ok(Some(Ending::Settled)),
            Heard::Interrupted => Ok(Some(Ending::Interrupted)),
        }
    }

    fn keep(&self, case: &Case) -> Result<(), Stop> {
        self.transcript.map_or(Ok(()), |transcript| transcript.write(case, self.program.vocabulary()))
    }

    /// Says what the transcript of an interview that was broken off is good for.
    fn tell_of_rest(&self) {
        if let Some(transcript) = self.transcript {
            self.prompt.show(&format!("\n{}", transcript.broken_off()));
        }
    }
}
