//! `rulebook eval`: decides cases, in their order.

use std::io::IsTerminal;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::engine::decide_by;
use crate::facts::{Case, Fault, Unreadable};
use crate::program::Program;
use crate::render::decision;

use super::cases::{Cases, Input, Sent};
use super::options::{Format, Options};
use super::output::Output;
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The policy to decide by
    policy: String,
    /// The cases: .json, .yaml or .ndjson; `-` for a stream on standard input
    file: Option<PathBuf>,
    /// How decisions are written [default: text on a terminal, else json]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// How the cases are written, if their file's name does not tell
    #[arg(long, value_name = "FORMAT")]
    input: Option<Input>,
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let loaded = rules::load(options)?;
    let policy = loaded.policy(&args.policy)?;
    let cases = Cases::from(args.file.as_deref(), args.input)?;
    let progress = progress(&cases, out);
    let mut run = Run::new(out, args.format);
    cases.each(policy.vocabulary(), |sent, bytes| {
        run.answer(sent, |case, form, out| decided(policy.versions, case, form, out))?;
        progress.set_position(bytes);
        Ok(())
    })?;
    progress.finish_and_clear();
    Ok(run.exit())
}

/// Writes the decision on a case; says whether people have to look at it.
pub(super) fn decided(versions: &[Program], case: &Case, form: Form, out: &mut String) -> Result<bool, Fault> {
    let decided = decide_by(versions, case)?;
    match form.format {
        Format::Json => decision::write_json(&decided, out),
        Format::Text => out.push_str(&decision::text(&decided, form.color)),
    }
    Ok(decided.is_unsettled())
}

/// How answers look.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub format: Format,
    pub color: bool,
}

/// A run over cases: each gets its answer, or why it has none, in its place.
pub(super) struct Run<'o> {
    out: &'o mut Output,
    form: Form,
    /// The answer to one case, one after the other in the same memory.
    answer: String,
    errors: usize,
    unsettled: usize,
}

impl<'o> Run<'o> {
    pub fn new(out: &'o mut Output, format: Option<Format>) -> Run<'o> {
        let form = Form { format: out.format(format), color: out.color };
        Run { out, form, answer: String::new(), errors: 0, unsettled: 0 }
    }

    /// Writes what `decide` makes of a case: it writes an answer, and says whether people have to look at the case.
    pub fn answer(
        &mut self,
        sent: Sent,
        decide: impl FnOnce(&Case, Form, &mut String) -> Result<bool, Fault>,
    ) -> Result<(), Stop> {
        let Sent { line, case } = sent;
        let answered = case.and_then(|case| {
            self.answer.clear();
            decide(&case, self.form, &mut self.answer).map_err(|fault| Unreadable::of(case.id(), fault))
        });
        match answered {
            Ok(unsettled) => {
                self.unsettled += usize::from(unsettled);
                self.out.line(&self.answer)?;
            }
            Err(unreadable) => {
                self.errors += 1;
                self.out.line(&match self.form.format {
                    Format::Json => decision::unreadable(&unreadable, line),
                    Format::Text => decision::unreadable_text(&unreadable, line, self.form.color),
                })?;
            }
        }
        if self.out.terminal {
            self.out.flush()?;
        }
        Ok(())
    }

    /// How the run ended.
    pub fn exit(&self) -> Exit {
        match (self.errors, self.unsettled) {
            (0, 0) => Exit::Done,
            (0, _) => Exit::Undetermined,
            (_, _) => Exit::Error,
        }
    }
}

/// A bar on long work, if somebody watches and the decisions go elsewhere.
fn progress(cases: &Cases, out: &Output) -> ProgressBar {
    const LONG: u64 = 4 * 1024 * 1024;
    match cases.size() {
        Some(size) if size > LONG && !out.terminal && std::io::stderr().is_terminal() => {
            let bar = ProgressBar::new(size);
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}") {
                bar.set_style(style);
            }
            bar
        }
        Some(_) | None => ProgressBar::hidden(),
    }
}
