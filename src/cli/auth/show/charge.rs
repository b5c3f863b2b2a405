//! A charge.

use serde_json::{Value, json};

use crate::auth::{ChargeStep, Desk, ShownCharge};
use crate::ledger::{AuthorizationId, Charge, Request};

use super::super::look;
use super::rows::Rows;
use super::{history, request, with};

/// `c1  m1  example-health-plan  2026-03-05  97110  1.5 units  lacks an authorization`.
pub(super) fn line(charge: &Charge) -> String {
    let Charge { id, member, payer, day, code, units, .. } = charge;
    let unit = if units.to_string() == "1" { "unit" } else { "units" };
    format!("{id}  {member}  {payer}  {day}  {code}  {units} {unit}  {}", issue(charge))
}

/// Where its issue stands, in words.
fn issue(charge: &Charge) -> &'static str {
    match (charge.auth_required, charge.authorization, charge.validated) {
        (true, None, _) => "lacks an authorization",
        (true, Some(_), _) => "its authorization was taken back",
        (false, _, true) => "lacks none, validated",
        (false, Some(_), false) => "attached, not yet validated",
        (false, None, false) => "lacks none",
    }
}

/// The same for machines.
fn word(charge: &Charge) -> &'static str {
    match (charge.auth_required, charge.authorization, charge.validated) {
        (true, None, _) => "open",
        (true, Some(_), _) => "reopened",
        (false, _, true) => "validated",
        (false, Some(_) | None, false) => "cleared",
    }
}

pub(super) fn text(desk: &Desk<'_>, shown: &ShownCharge) -> String {
    let mut rows = Rows::under(&line(&shown.charge));
    if let Some(authorization) = &shown.authorization {
        rows.row("attached to", &look::line(authorization, authorization.view(desk.today())));
    }
    if let Some(flag) = &shown.charge.flag {
        rows.row("look at it", &format!("the payer's answer: {flag}"));
    }
    for asked in &shown.requests {
        let of_the_same = |later: &&Request| later.authorization == asked.authorization;
        let newest = shown.requests.iter().rev().find(of_the_same).map(|later| later.id);
        rows.row("request", &request::line(desk, asked, newest));
    }
    let id = &shown.charge.id;
    match &shown.step {
        ChargeStep::Nothing => {}
        ChargeStep::Validate => rows.row("next", &format!("confirm it: `rulebook auth validate {id}`")),
        ChargeStep::Reverse(authorization) => {
            rows.row(
                "next",
                &format!("take it off authorization {authorization}, or wait for the payer's next answer"),
            );
            rows.row("do", &format!("`rulebook auth reverse {id}`"));
        }
        ChargeStep::Attach(serving) => {
            for (number, authorization) in serving.iter().enumerate() {
                let name = if number == 0 { "next" } else { "or" };
                rows.row(name, &format!("attach it: `rulebook auth attach {id} {authorization}`"));
            }
        }
        ChargeStep::Follow(request) => rows.row("next", &format!("see `rulebook auth show --request {request}`")),
        ChargeStep::Act(actions) if actions.is_empty() => {
            rows.row("next", &format!("ask for one: `rulebook auth request --charge {id}`"));
        }
        ChargeStep::Act(actions) => actions.iter().for_each(|action| rows.row("next", desk.words_of(action))),
        ChargeStep::Unknown(needs) => rows.row("next", &format!("it hangs on {}", needs.join(", "))),
    }
    history::rows(desk, &shown.history, &mut rows);
    rows.into_text()
}

pub(super) fn json(desk: &Desk<'_>, shown: &ShownCharge) -> Value {
    let authorizations = |ids: &[AuthorizationId]| json!(ids);
    let next = match &shown.step {
        ChargeStep::Nothing => json!({ "step": "nothing" }),
        ChargeStep::Validate => json!({ "step": "validate" }),
        ChargeStep::Reverse(authorization) => json!({ "step": "reverse", "authorizations": [authorization] }),
        ChargeStep::Attach(serving) => json!({ "step": "attach", "authorizations": authorizations(serving) }),
        ChargeStep::Follow(request) => json!({ "step": "follow", "request": request }),
        ChargeStep::Act(actions) => json!({ "step": "act", "actions": actions }),
        ChargeStep::Unknown(needs) => json!({ "step": "unknown", "needs": needs }),
    };
    with(
        &shown.charge,
        [
            ("issue", word(&shown.charge).into()),
            ("attached", json!(shown.authorization)),
            ("requests", json!(shown.requests)),
            ("next", next),
            ("history", history::json(desk, &shown.history)),
        ],
    )
}
