//! Windows: a stretch of every day, in whichever zone a case is in.

use std::fmt;

use super::instant::Instant;
use super::stretch::{Stretch, StretchError};
use super::zone::Zone;

/// Past a change of clocks, edges of this many seconds about may be displaced by it: a stretch reaches into the next
/// day, and a change may be by a whole day.
const UNSETTLED: i64 = 4 * 86_400;

/// A daily window such as `20:00-08:00`: outside it, something may not be done.
///
/// Inside means inside the stream of its stretches on the UTC timeline. In New York the window above lasts 11 hours
/// on the night in which clocks go forward, and 13 when they go back.
///
/// ```
/// use rulebook::time::{Instant, Window, Zones};
/// let new_york = Zones::embedded().get("America/New_York").unwrap();
/// let night = Window::parse("20:00-08:00").unwrap();
/// let (at, _) = Instant::parse("2026-03-07T21:30:00-05:00").unwrap();
/// let (morning, _) = Instant::parse("2026-03-08T08:00:00-04:00").unwrap();
/// let state = night.state(&new_york, at);
/// assert!(state.open && state.changes == Some(morning));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window(Stretch);

/// A window at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowState {
    /// Whether the instant lies inside.
    pub open: bool,
    /// When it closes if open, when it opens if closed. `None` if it never closes (`00:00-24:00`).
    pub changes: Option<Instant>,
}

impl Window {
    /// Reads a phrase such as `20:00-08:00`.
    ///
    /// # Errors
    ///
    /// As [`Stretch::parse`].
    pub fn parse(text: &str) -> Result<Window, StretchError> {
        Stretch::parse(text).map(Window)
    }

    /// Its stretch of the day.
    pub fn stretch(self) -> Stretch {
        self.0
    }

    /// Whether an instant lies inside, by the clocks of a zone.
    pub fn contains(&self, zone: &Zone, at: Instant) -> bool {
        let hold = zone.hold_at(at);
        let unix = at.unix();
        let local = unix + i64::from(hold.offset);
        if settled(hold.from, hold.until, unix) {
            return self.opened_at(local).is_some();
        }
        let today = local.div_euclid(86_400);
        (today - 2..=today + 1).filter_map(|day| self.0.on(day, zone)).any(|(open, close)| open <= unix && unix < close)
    }

    /// Whether an instant lies inside, and when that changes next.
    pub fn state(&self, zone: &Zone, at: Instant) -> WindowState {
        if self.0.is_whole_day() {
            return WindowState { open: true, changes: None };
        }
        let hold = zone.hold_at(at);
        let unix = at.unix();
        let local = unix + i64::from(hold.offset);
        if settled(hold.from, hold.until, unix) {
            let second = local.rem_euclid(86_400);
            let (open, ahead) = match self.opened_at(local) {
                Some(since) => (true, i64::from(self.0.close() - self.0.open()) - since),
                None => (false, (i64::from(self.0.open()) - second).rem_euclid(86_400)),
            };
            return WindowState { open, changes: Some(Instant::clamped(unix + ahead)) };
        }
        self.walk(zone, unix, local.div_euclid(86_400))
    }

    /// How many seconds ago it opened by clocks that nobody changes, if it is open.
    fn opened_at(&self, local: i64) -> Option<i64> {
        let since = (local - i64::from(self.0.open())).rem_euclid(86_400);
        (since < i64::from(self.0.close() - self.0.open())).then_some(since)
    }

    /// Unites the stretches of the days about, in order, until one begins after a gap past the instant.
    fn walk(&self, zone: &Zone, unix: i64, today: i64) -> WindowState {
        let mut united: Option<(i64, i64)> = None;
        for (open, close) in (today - 3..=today + 8).filter_map(|day| self.0.on(day, zone)) {
            united = match united {
                Some((first, last)) if open <= last => Some((first, last.max(close))),
                Some((_, last)) if unix < last => break,
                Some(_) | None => Some((open, close)),
            };
        }
        match united {
            Some((first, last)) if unix < last => {
                let open = first <= unix;
                WindowState { open, changes: Some(Instant::clamped(if open { last } else { first })) }
            }
            Some(_) | None => WindowState { open: false, changes: None },
        }
    }
}

/// Whether no change of clocks is near.
fn settled(from: i64, until: i64, unix: i64) -> bool {
    from.saturating_add(UNSETTLED) <= unix && unix <= until.saturating_sub(UNSETTLED)
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
