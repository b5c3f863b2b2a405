//! A member.

use serde_json::{Value, json};

use crate::auth::{Desk, ShownMember};
use crate::ledger::Charge;

use super::super::look;
use super::rows::Rows;
use super::{charge, history, with};

pub(super) fn text(desk: &Desk<'_>, shown: &ShownMember) -> String {
    let member = &shown.member;
    let mut rows = Rows::under(&format!("{}  {}, {}", member.id, member.last_name, member.first_name));
    if let Some(born) = member.born {
        rows.row("born", &born.to_string());
    }
    if let Some(sex) = &member.sex {
        rows.row("sex", sex);
    }
    if let Some(subscriber) = &member.subscriber {
        rows.row("subscriber", subscriber);
    }
    for (authorization, view) in &shown.authorizations {
        rows.row("authorized", &look::line(authorization, *view));
    }
    shown.charges.iter().for_each(|one| rows.row("charge", &charge::line(one)));
    for filing in &shown.filings {
        rows.row("document", &format!("{}  sha256:{}", filing.name, filing.sha256));
    }
    let lacking = lacking(shown);
    if !lacking.is_empty() {
        rows.row("next", &format!("find an authorization for {}", lacking.join(", ")));
    }
    history::rows(desk, &shown.history, &mut rows);
    rows.into_text()
}

/// The charges that lack an authorization.
fn lacking(shown: &ShownMember) -> Vec<&str> {
    let open = |charge: &&Charge| charge.auth_required;
    shown.charges.iter().filter(open).map(|charge| charge.id.as_str()).collect()
}

pub(super) fn json(desk: &Desk<'_>, shown: &ShownMember) -> Value {
    let authorizations: Value = shown
        .authorizations
        .iter()
        .map(|(authorization, view)| with(authorization, [("view", view.word().into())]))
        .collect();
    with(
        &shown.member,
        [
            ("authorizations", authorizations),
            ("charges", json!(shown.charges)),
            ("documents", json!(shown.filings)),
            ("next", json!({ "lacking": lacking(shown) })),
            ("history", history::json(desk, &shown.history)),
        ],
    )
}
