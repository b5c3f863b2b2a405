//! Business time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected stops; clippy knows only `#[test]` functions as tests, not their helpers"
)]

mod calendar;
mod clock;
mod conformance;
mod duration;
mod holiday;
mod instant;
mod turnaround;
mod walk;
mod weekday;
mod window;
mod zone;

use rulebook::time::{Instant, Zone, Zones};

/// An instant of a test.
fn at(text: &str) -> Instant {
    Instant::parse(text).expect(text).0
}

/// A zone of a test.
fn zone(name: &str) -> Zone {
    Zones::embedded().get(name).expect(name)
}

/// An instant as a zone's clocks show it.
fn shown(at: Instant, zone: &Zone) -> String {
    let mut text = String::new();
    at.format(zone.offset_at(at), &mut text);
    text
}
