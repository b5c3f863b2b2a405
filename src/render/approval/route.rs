//! The route that an approval policy lays out, as diagrams draw it.

use crate::engine::approval::{Request, State};
use crate::engine::condition;
use crate::policy::{AfterDenial, Approval, Approvers, Body, Denial, Level, Remedy, RequesterAct};
use crate::program::{Layout, Program};

/// A route: whoever requests, the levels, and where a request ends up.
pub(super) struct Route {
    /// What the diagram shows.
    pub title: String,
    /// Where it begins.
    pub start: Station,
    /// The levels in order.
    pub steps: Vec<Step>,
    /// Where all approvals lead.
    pub approved: Station,
    /// Where denials lead.
    pub denied: Station,
    /// What the edge to there says.
    pub denial: &'static str,
    /// What the requester does to go on; none where denials are final.
    pub resubmit: Option<String>,
    /// How requests end otherwise.
    pub closed: Station,
    /// What the edge to there says.
    pub closing: String,
}

/// A level with the condition under which it is entered.
pub(super) struct Step {
    /// The condition; `None` for a level that every request passes.
    pub when: Option<Vec<String>>,
    /// The level.
    pub level: Station,
}

/// A box of a diagram.
pub(super) struct Station {
    /// Its lines, the first of which names it.
    pub lines: Vec<String>,
    /// Whether the request is there.
    pub here: bool,
}

impl Route {
    /// The route of a policy, with the place at which a request stands; `None` for a policy of another kind.
    pub fn of(program: &Program, request: Option<&Request<'_>>) -> Option<Route> {
        let policy = program.policy();
        let (Body::Approval(approval), Layout::Approval(rules)) = (&policy.body, program.layout()) else { return None };
        let state = request.map(|request| request.state);
        let station = |lines: Vec<String>, here: bool| Station { lines, here };
        let steps = approval.levels.iter().zip(rules).map(|(level, rule)| Step {
            when: (!program.rule(*rule).always).then(|| condition(program, *rule)),
            level: station(lines(level), request.is_some_and(|request| request.level == Some(level.name.as_str()))),
        });
        let mut start = vec!["Request".to_owned(), approval.requested_by.join(", ")];
        start.extend(approval.within.map(|within| format!("in all {within}")));
        let back = approval.on_denial == AfterDenial::Return;
        let may = |act| approval.requester_may.contains(&act);
        let is = |wanted| state == Some(wanted);
        Some(Route {
            title: policy.captions.title.clone().unwrap_or_else(|| policy.name.clone()),
            start: station(start, is(State::Draft)),
            steps: steps.collect(),
            approved: station(vec!["Approved".to_owned()], is(State::Approved)),
            denied: match back {
                true => station(vec!["Returned to the requester".to_owned()], is(State::Returned)),
                false => station(vec!["Denied".to_owned()], is(State::Denied)),
            },
            denial: if back { "deny, return" } else { "deny" },
            resubmit: (back && may(RequesterAct::Resubmit)).then(|| resubmit(approval)),
            closed: station(vec!["Closed".to_owned()], matches!(state, Some(State::Closed(_)))),
            closing: [RequesterAct::Withdraw, RequesterAct::Close]
                .into_iter()
                .filter(|act| may(*act))
                .map(RequesterAct::word)
                .collect::<Vec<_>>()
                .join(", "),
        })
    }
}

fn resubmit(approval: &Approval) -> String {
    match approval.resubmissions {
        Some(most) => format!("resubmit, at most {most}"),
        None => "resubmit".to_owned(),
    }
}

/// What stands in a level's box.
fn lines(level: &Level) -> Vec<String> {
    let mut lines = vec![level.captions.title.clone().unwrap_or_else(|| level.name.clone())];
    lines.push(match level.approvers {
        Approvers::Count(1) => level.roles.join(" or "),
        Approvers::Count(count) => format!("{count} of {}", level.roles.join(" or ")),
        Approvers::EachRole => level.roles.join(" and "),
        Approvers::EachPerson => format!("each of {} as {}", level.people.join(", "), level.roles.join(" or ")),
    });
    if level.denial == Denial::EndsWhenImpossible {
        lines.push("denied when approval is impossible".to_owned());
    }
    lines.extend(level.within.as_ref().map(|allowed| format!("within {}", allowed.within)));
    lines.extend(level.lapses.iter().map(|lapse| {
        let after = lapse.after.map(|after| format!(" after {after}")).unwrap_or_default();
        match lapse.remedy {
            Remedy::Notify => format!("late{after}: notify {}", lapse.role),
            Remedy::Reassign => format!("late{after}: reassign to {}", lapse.role),
            Remedy::Escalate => format!("late{after}: escalate to {}", lapse.role),
        }
    }));
    lines
}
