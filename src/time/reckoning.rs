//! What a clock shows: how much of a turnaround has run, and when it ends.

use super::calendar::{Calendar, OutOfRange};
use super::clock::{Clock, ClockState, Course};
use super::duration::Duration;
use super::instant::Instant;
use super::running::Running;
use super::share::Share;
use super::turnaround::{Due, Turnaround};

/// What a policy says about the clock of a turnaround.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClockRules {
    /// Whether pauses count.
    pub pausable: bool,
    /// Shares of the time allowed from which on it is at risk, in rising order.
    pub at_risk: Vec<Share>,
}

/// What a clock shows at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoning {
    /// Whether it runs.
    pub state: ClockState,
    /// When it is due, moved by what stood still. Of a clock that is paused: if it were resumed at once.
    pub due: Due,
    /// How much has run, of the time in which the turnaround is counted.
    pub used: Duration,
    /// How much of it is left up to the limit; none past it.
    pub left: Duration,
    /// When which share of the time up to the limit has run.
    pub at_risk: Vec<AtRisk>,
    /// Whether it ran, or was stopped, past the limit.
    pub breached: bool,
    /// Of a clock that is stopped: whether that was in time.
    pub met: Option<bool>,
    /// Whether it ran through a pause, because the turnaround is not pausable.
    pub ran_through: bool,
}

/// A share of the time allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// The share.
    pub share: Share,
    /// When it has run.
    pub at: Instant,
    /// Whether it has.
    pub reached: bool,
}

impl Clock {
    /// What the clock of a turnaround shows at `until`, if it began to run by itself at `start`: when the case was
    /// received, or its level entered. What happened after `until` is not looked at.
    ///
    /// What has run is counted as the turnaround is: opening hours of business hours and business days, the whole of
    /// business days of hours on business days, all time of elapsed hours, calendar days and weeks. A pause takes out
    /// what would have run in it, so its nights and holidays count for nothing where they would not have counted
    /// anyhow. What it takes out is added where the turnaround would have ended, unless that came before the pause.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if an instant lies outside the years 1900 to 2199, or if there is no calendar and the turnaround
    /// [needs one](Turnaround::needs_calendar).
    pub fn reckon(
        &self,
        within: &Turnaround,
        calendar: Option<&Calendar>,
        rules: &ClockRules,
        start: Instant,
        until: Instant,
    ) -> Result<Reckoning, OutOfRange> {
        let Course { begun, end, pauses, ran_through, state } = self.course(start, until, rules.pausable);
        let running = Running::of(within, calendar)?;
        let Due { target, limit } = within.due(calendar, begun)?;
        let allowed = running.between(begun, limit)?;
        let mut used = running.between(begun, end)?;
        for (from, to) in &pauses {
            used -= running.between(*from, *to)?;
        }
        let target = target.map(|target| moved(&running, target, &pauses)).transpose()?;
        let limit = moved(&running, limit, &pauses)?;
        let mut at_risk = Vec::with_capacity(rules.at_risk.len());
        for share in &rules.at_risk {
            let at = moved(&running, running.add(begun, share.of(allowed))?, &pauses)?;
            at_risk.push(AtRisk { share: *share, at, reached: end >= at });
        }
        Ok(Reckoning {
            state,
            due: Due { target, limit },
            used: length(used),
            left: length(allowed - used),
            at_risk,
            breached: end > limit,
            met: (state == ClockState::Stopped).then_some(end <= limit),
            ran_through,
        })
    }
}

/// A length of so many seconds, none if there are fewer.
fn length(seconds: i64) -> Duration {
    Duration::from_seconds(seconds).unwrap_or_default()
}

/// Moves an end by what each pause takes out of the time before it.
fn moved(running: &Running<'_>, end: Instant, pauses: &[(Instant, Instant)]) -> Result<Instant, OutOfRange> {
    let mut moved = end;
    let mut taken = 0;
    for (from, to) in pauses {
        if *from >= moved {
            break;
        }
        taken += running.between(*from, *to)?;
        moved = if taken > 0 { running.add(end, taken)? } else { end };
    }
    Ok(moved)
}
