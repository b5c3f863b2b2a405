//! An authorization.

use serde_json::{Value, json};

use crate::auth::{Desk, Shown};
use crate::ledger::{Attachment, Authorization, View};

use super::super::look::line;
use super::rows::Rows;
use super::{course, request, with};

pub(super) fn text(desk: &Desk<'_>, shown: &Shown) -> String {
    let authorization = &shown.authorization;
    let mut rows = Rows::under(&line(authorization, shown.view));
    if !shown.attachments.is_empty() {
        rows.row("use", &sparkline(authorization, &shown.attachments));
    }
    if let Some(renews) = authorization.renews {
        rows.row("follows on", &format!("authorization {renews}"));
    }
    for (renewal, view) in &shown.renewals {
        rows.row("followed by", &line(renewal, *view));
    }
    if let Some(day) = authorization.follow_up {
        rows.row("follow up", &format!("on {day}"));
    }
    for asked in &shown.requests {
        rows.row("request", &request::line(desk, asked, authorization.request));
    }
    for filing in &shown.filings {
        rows.row("document", &format!("{}  sha256:{}", filing.name, filing.sha256));
    }
    course::rows(desk, &shown.course, &mut rows);
    rows.into_text()
}

/// The share of the units that was used after each attachment and reversal, from oldest to newest.
fn sparkline(authorization: &Authorization, attachments: &[Attachment]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    /// How many of the latest changes are drawn.
    const WIDTH: usize = 40;
    let whole = authorization.approved.max(authorization.used).ten_thousandths().max(1);
    let mut used: i64 = 0;
    let mut heights = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        let units = attachment.units.ten_thousandths();
        used += if attachment.reverses.is_some() { -units } else { units };
        let share = used.max(0).saturating_mul(BARS.len() as i64 - 1) / whole;
        heights.push(usize::try_from(share).unwrap_or(0));
    }
    let drawn = heights.iter().skip(heights.len().saturating_sub(WIDTH));
    drawn.filter_map(|height| BARS.get(*height)).collect()
}

pub(super) fn json(desk: &Desk<'_>, shown: &Shown) -> Value {
    let viewed = |(renewal, view): &(Authorization, View)| with(renewal, [("view", view.word().into())]);
    let renewals: Value = shown.renewals.iter().map(viewed).collect();
    with(
        &shown.authorization,
        [
            ("view", shown.view.word().into()),
            ("attachments", json!(shown.attachments)),
            ("requests", json!(shown.requests)),
            ("renewals", renewals),
            ("documents", json!(shown.filings)),
            ("next", course::next(desk, &shown.course)),
            ("renewal", course::renewal(&shown.course)),
            ("alerts", json!(shown.course.alerts)),
        ],
    )
}
