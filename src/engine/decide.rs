//! Decides a case.

use std::slice;

use crate::diagnostic::Code;
use crate::facts::{Case, Fault};
use crate::program::{Layout, Program};

use super::approval;
use super::asked::{Asked, typeless};
use super::consequences::Consequences;
use super::decision::Decision;

/// Decides a case by a policy: the same for the same input, whatever the clock or the machine.
///
/// # Errors
/// Only what a case can cause: a type that the policy does not have, an instant at which it is not in force, a date
/// beyond the calendar.
pub fn decide<'a>(program: &'a Program, case: &'a Case) -> Result<Decision<'a>, Fault> {
    decide_by(slice::from_ref(program), case)
}

/// Decides a case by the version of a policy that is in force at the case's `at`; a request by those that were when it
/// was submitted and resubmitted.
///
/// # Errors
/// As [`decide`].
pub fn decide_by<'a>(versions: &'a [Program], case: &'a Case) -> Result<Decision<'a>, Fault> {
    if versions.iter().any(|version| matches!(version.layout(), Layout::Approval(_))) {
        return followed(versions, case);
    }
    let program = in_force(versions, case)?;
    if case.events().is_some() {
        let message = format!("`{}` takes no events: only approvals do", program.policy().name);
        return Err(Fault::new(Code::EventsElsewhere, message)
            .help("leave `events` out, or name the policy that the request belongs to"));
    }
    let asked = Asked::new(program, case)?;
    let now = program.now(case)?;
    Consequences::new(program, case, &now, &program.unasked()).decided(&asked)
}

/// Follows a request through its events.
fn followed<'a>(versions: &'a [Program], case: &'a Case) -> Result<Decision<'a>, Fault> {
    let at = |at| versions.iter().find(|version| version.policy().covers(at));
    // a request that nobody has submitted yet may be older or younger than the policy
    let program = at(case.at()).or(versions.last()).ok_or_else(no_version)?;
    let policy = program.policy();
    if let Some(name) = case.wanted_type() {
        return Err(typeless(policy, name));
    }
    if !case.clock().is_empty() {
        let message = format!("the clocks of `{}` run by its levels, and the case tells of another", policy.name);
        return Err(Fault::new(Code::ClockUnused, message).help("leave `clock` out: `events` tell what happened"));
    }
    let request = approval::request(&at, program, case)?;
    Ok(Decision::followed(case, request))
}

/// The version of a policy that is in force at a case's `at`.
///
/// # Errors
/// A case of a day on which none is.
pub fn in_force<'a>(versions: &'a [Program], case: &Case) -> Result<&'a Program, Fault> {
    if let Some(program) = versions.iter().find(|version| version.policy().covers(case.at())) {
        return Ok(program);
    }
    let policy = versions.last().ok_or_else(no_version)?.policy();
    let zone = policy.effective.as_ref().map(|effective| &effective.zone);
    let date = zone.map(|zone| format!(" on {}", zone.local_date(case.at()))).unwrap_or_default();
    let periods = versions.iter().filter_map(|version| version.policy().effective.as_ref());
    let periods: Vec<String> = periods.map(ToString::to_string).collect();
    Err(Fault::new(Code::NotInForce, format!("`{}` is not in force{date}", policy.name))
        .expected(format!("an instant {}", periods.join(", or ")))
        .help("choose the policy that was in force then, or correct `at`"))
}

fn no_version() -> Fault {
    Fault::new(Code::NotInForce, "the policy has no version")
}
