//! Decides a case.

use crate::diagnostic::Code;
use crate::facts::{Case, Fault};
use crate::program::{Layout, Program, Truth};

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
    if matches!(program.layout(), Layout::Approval(_)) {
        return followed(program, case);
    }
    in_force(program, case)?;
    if case.events().is_some() {
        let message = format!("`{}` takes no events: only approvals do", program.policy().name);
        return Err(Fault::new(Code::EventsElsewhere, message)
            .help("leave `events` out, or name the policy that the request belongs to"));
    }
    let asked = Asked::new(program, case)?;
    let now = program.now(case)?;
    let mut answers = program.unasked();
    loop {
        let consequences = Consequences::new(program, case, &now, &answers);
        let decision = decided(program, &asked, &consequences)?;
        match consequences.wanted() {
            // each hook is asked at most once, so this comes to an end
            Some(hook) => program.ask(case, &mut answers, hook),
            None => return Ok(Decision { faults: consequences.faults(), answers, ..decision }),
        }
    }
}

/// The decision as far as the hooks that were asked so far settle it.
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
fn followed<'a>(program: &'a Program, case: &'a Case) -> Result<Decision<'a>, Fault> {
    let policy = program.policy();
    if let Some(name) = case.wanted_type() {
        return Err(typeless(policy, name));
    }
    if !case.clock().is_empty() {
        let message = format!("the clocks of `{}` run by its levels, and the case tells of another", policy.name);
        return Err(Fault::new(Code::ClockUnused, message).help("leave `clock` out: `events` tell what happened"));
    }
    let in_force = |at| policy.effective.as_ref().is_none_or(|effective| effective.covers(at)).then_some(program);
    let request = approval::request(&in_force, program, case)?;
    Ok(Decision::followed(case, request))
}

/// Refuses a case of a day on which the policy was not in force.
pub(super) fn in_force(program: &Program, case: &Case) -> Result<(), Fault> {
    let policy = program.policy();
    match &policy.effective {
        Some(effective) if !effective.covers(case.at()) => {
            let date = effective.zone.local_date(case.at());
            Err(Fault::new(Code::NotInForce, format!("`{}` is not in force on {date}", policy.name))
                .help("choose the policy that was in force then, or correct `at`"))
        }
        Some(_) | None => Ok(()),
    }
}

fn agree(leaves: &[Leaf<'_>]) -> bool {
    leaves.iter().all(|leaf| Some(&leaf.answer) == leaves.first().map(|first| &first.answer))
}
