//! `rulebook test`: runs the tests beside the policies.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::engine::decide_by;
use crate::policy::SuiteCase;
use crate::program::Program;
use crate::render::test::{Changed, Report};
use crate::render::{decision, diagnostics};

use super::options::Options;
use super::output::{self, Output};
use super::snapshot::{self, Snapshot};
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The policies whose tests are run; all, if none is named
    policies: Vec<String>,
    /// Accept what the snapshots do not agree with
    #[arg(long)]
    accept: bool,
    /// The folder of snapshots [default: `snapshots` beside the folder of policies]
    #[arg(long, value_name = "DIR")]
    snapshots: Option<PathBuf>,
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let loaded = rules::load(options)?;
    let errors = loaded.errors();
    if errors > 0 {
        output::report(&diagnostics::text(&loaded.diagnostics, true));
    }
    let suites = loaded.library.suites();
    let names: Vec<&str> = suites.iter().map(|suite| suite.policy.name.as_str()).collect();
    if let Some(name) = args.policies.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(rules::unknown("policy that has tests", name, &names));
    }
    let beside = || options.rules.parent().unwrap_or(Path::new("")).join("snapshots");
    let snapshots = args.snapshots.clone().unwrap_or_else(beside);
    let mut report = Report::new(out.color);
    for suite in suites.iter().filter(|suite| args.policies.is_empty() || args.policies.contains(&suite.policy.name)) {
        let (name, source) = (&suite.policy.name, suite.place.source.path());
        // what is wrong with the policy has been shown
        let Ok(policy) = loaded.policy(name) else { continue };
        report.suite(name, source);
        for case in &suite.cases {
            let snapshot = case.snapshot.then(|| Snapshot::of(&snapshots, name, &case.name, source));
            one(policy.versions, case, snapshot, args.accept, &mut report)?;
        }
    }
    out.write(&report.finish(errors))?;
    Ok(if report.failed() || errors > 0 { Exit::Failed } else { Exit::Done })
}

fn one(
    versions: &[Program],
    case: &SuiteCase,
    snapshot: Option<Snapshot>,
    accept: bool,
    report: &mut Report,
) -> Result<(), Stop> {
    let decided = match decide_by(versions, &case.case) {
        Ok(decided) => decided,
        Err(fault) => {
            report.undecided(case, &fault);
            return Ok(());
        }
    };
    let json: Json = serde_json::from_str(&decision::json(&decided)).unwrap_or_default();
    let mismatches = case.expect.as_ref().map(|expect| expect.mismatches(&json)).unwrap_or_default();
    let mut changed = None;
    if let Some(snapshot) = snapshot {
        let now = snapshot::shown(&json);
        let unusable = |error: io::Error| {
            Stop::Usage(format!("the snapshot `{}` cannot be used: {error}", snapshot.path().display()))
        };
        let before = snapshot.accepted().map_err(unusable)?;
        if before.as_deref() == Some(&now) {
        } else if accept {
            snapshot.accept(&now).map_err(unusable)?;
            report.accepted(snapshot.path());
        } else {
            changed = Some(Changed { path: snapshot.path().to_owned(), before, now });
        }
    }
    report.case(case, &decided, &mismatches, changed.as_ref());
    Ok(())
}
