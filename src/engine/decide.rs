//! Decides a case.

use std::slice;

use crate::diagnostic::Code;
use crate::facts::{Case, Fault};
use crate::program::{Layout, Now, Program, Truth};

use super::answer::Certain;
use super::asked::{Asked, Leaf, typeless};
use super::consequences::{Closer, Consequences};
use super::decision::Decision;
use super::{approval, needs, walk};

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
    if program.hook_count() > 0 {
        return asking(program, case, &asked, &now);
    }
    decided(program, &asked, &Consequences::new(program, case, &now, &program.unasked()))
}

/// The decision where hooks may have to be asked.
fn asking<'a>(program: &'a Program, case: &'a Case, asked: &Asked<'a>, now: &Now<'a>) -> Result<Decision<'a>, Fault> {
    let mut answers = program.unasked();
    loop {
        let consequences = Consequences::new(program, case, now, &answers);
        let decision = decided(program, asked, &consequences);
        match consequences.wanted().filter(|_| decision.is_ok()) {
            // each hook is asked at most once, so this comes to an end
            Some(hook) => program.ask(case, &mut answers, hook),
            None => return decision,
        }
    }
}

/// The decision as far as the hooks that were asked so far settle it.
#[inline]
fn decided<'a>(
    program: &'a Program,
    asked: &Asked<'a>,
    consequences: &Consequences<'_, 'a>,
) -> Result<Decision<'a>, Fault> {
    let truth = consequences.first_sight()?;
    // most missing facts do not matter: then first sight is enough
    if let Ok(leaf) = asked.ask(&truth) {
        return consequences.decision(asked, truth, leaf, &[]);
    }
    let Closer { region, completions } = consequences.closer()?;
    let truth = region.truth().clone();
    let leaves = walk::leaves(region, completions, &|truth: &Truth| asked.ask(truth));
    consequences.note_hooks(region, completions, &|truth: &Truth| {
        asked.ask(truth).map(|leaf| (leaf.answer, leaf.window.map(|window| &window.name)))
    });
    match leaves {
        Some(mut leaves) if agree(&leaves) && !leaves.is_empty() => {
            let first = leaves.remove(0);
            consequences.decision(asked, truth, first, &leaves)
        }
        leaves => {
            let answers = |truth: &Truth| asked.ask(truth).map(|leaf| leaf.answer);
            let needs = needs::needs(region, completions, &answers, &asked.at_stake(program, &truth));
            let names = needs.into_iter().map(|fact| program.vocabulary().fact(fact).name.as_str()).collect();
            let leaves = leaves.unwrap_or_default();
            let certain = Certain::common(&leaves.iter().map(|leaf| &leaf.answer).collect::<Vec<_>>());
            consequences.undetermined(truth, names, certain)
        }
    }
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

fn agree(leaves: &[Leaf<'_>]) -> bool {
    leaves.iter().all(|leaf| Some(&leaf.answer) == leaves.first().map(|first| &first.answer))
}
