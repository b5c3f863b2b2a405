//! `rulebook approval`: where requests stand, how they came there, and the route that a policy lays out.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::engine::approval::Request;
use crate::engine::decide_by;
use crate::program::{Layout, Program};
use crate::render::approval::{mermaid, svg, timeline};
use crate::render::decision;

use super::cases::{Cases, Input};
use super::eval::Run;
use super::options::{Format, Options};
use super::output::Output;
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rulebook approval service-authorization examples/requests.yaml
  rulebook approval service-authorization --diagram svg")]
pub(super) struct Args {
    /// The approval policy
    policy: String,
    /// The requests: .json, .yaml or .ndjson; `-` for a stream on standard input
    #[arg(required_unless_present = "diagram")]
    file: Option<PathBuf>,
    /// Tell only of the request of this id
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// Draw the route instead; with a request, mark where it stands
    #[arg(long, value_name = "AS")]
    diagram: Option<Diagram>,
    /// How answers are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// How the requests are written, if their file's name does not tell
    #[arg(long, value_name = "FORMAT")]
    input: Option<Input>,
}

/// As what a route is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Diagram {
    /// A picture
    Svg,
    /// A Mermaid flowchart
    Mermaid,
}

impl Diagram {
    fn draw(self, program: &Program, request: Option<&Request<'_>>) -> String {
        let drawn = match self {
            Diagram::Svg => svg(program, request),
            Diagram::Mermaid => mermaid(program, request),
        };
        drawn.unwrap_or_default()
    }
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let loaded = rules::load(options)?;
    let policy = loaded.policy(&args.policy)?;
    if !matches!(policy.latest.layout(), Layout::Approval(_)) {
        let message = format!("`{}` is no approval policy: `rulebook eval` decides its cases", args.policy);
        return Err(Stop::Usage(message));
    }
    if let (Some(diagram), None) = (args.diagram, &args.file) {
        out.write(&diagram.draw(policy.latest, None))?;
        return Ok(Exit::Done);
    }
    let cases = Cases::from(args.file.as_deref(), args.input)?;
    let mut run = Run::new(out, Some(args.format));
    let mut found = 0;
    cases.each(policy.vocabulary(), |sent, _| {
        let id = match &sent.case {
            Ok(case) => case.id(),
            Err(unreadable) => unreadable.id.as_deref(),
        };
        if args.case.as_deref().is_some_and(|wanted| id != Some(wanted)) {
            return Ok(());
        }
        found += 1;
        if args.diagram.is_some() && found > 1 {
            return Err(Stop::Usage("a diagram shows one request: name it with `--case`".to_owned()));
        }
        run.answer(sent, |case, form, out| {
            let decided = decide_by(policy.versions, case)?;
            match (args.diagram, form.format) {
                (Some(diagram), _) => {
                    out.push_str(diagram.draw(decided.program(), decided.request.as_deref()).trim_end());
                }
                (None, Format::Json) => decision::write_json(&decided, out),
                (None, Format::Text) => {
                    out.push_str(&decision::text(&decided, form.color));
                    out.push_str(&timeline(&decided, form.color));
                }
            }
            Ok(decided.is_undetermined())
        })
    })?;
    match &args.case {
        Some(id) if found == 0 => Err(Stop::Usage(format!("no request has the id `{id}`"))),
        Some(_) | None => Ok(run.exit()),
    }
}
