//! Instants as people and programs read them.

use chrono::{DateTime, TimeDelta};

use crate::engine::Stamp;

/// RFC 3339 in whole seconds with a numeric offset.
pub fn rfc3339(stamp: Stamp) -> String {
    let mut text = String::with_capacity(25);
    stamp.at.format(stamp.offset, &mut text);
    text
}

/// `Tue 15 Sep 2026, 17:00 (UTC-04:00)`; seconds only where there are any.
pub fn readable(stamp: Stamp) -> String {
    format!("{} ({})", local(stamp), offset(stamp))
}

/// `Fri 11 Sep 2026, 17:00 to Tue 15 Sep 2026, 17:00 (UTC-04:00)`: the offset is said twice only if it changes.
pub(super) fn readable_range(from: Stamp, to: Stamp) -> String {
    let from = if from.offset == to.offset { local(from) } else { readable(from) };
    format!("{from} to {}", readable(to))
}

fn local(stamp: Stamp) -> String {
    let local = DateTime::from_timestamp(stamp.at.unix(), 0)
        .and_then(|utc| utc.naive_utc().checked_add_signed(TimeDelta::seconds(i64::from(stamp.offset))));
    let Some(local) = local else { return rfc3339(stamp) };
    let time = if local.and_utc().timestamp() % 60 == 0 { "%H:%M" } else { "%H:%M:%S" };
    local.format(&format!("%a %-d %b %Y, {time}")).to_string()
}

fn offset(stamp: Stamp) -> String {
    let sign = if stamp.offset < 0 { '-' } else { '+' };
    let minutes = stamp.offset.abs() / 60;
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
