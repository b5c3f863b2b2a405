//! Clocks: what stops a turnaround from running, and sets it going again.

use std::fmt;

pub use super::clock_error::{ClockError, Misorder};
use super::instant::Instant;

/// What happens to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockEvent {
    /// It begins to run, later than it would by itself.
    Start,
    /// It stands still until it is resumed.
    Pause,
    /// It runs on.
    Resume,
    /// What it measures is done.
    Stop,
    /// It begins anew: what has run is forgotten.
    Restart,
    /// What was done is not: it runs on with what was left.
    Reopen,
}

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockState {
    /// It has not started.
    NotStarted,
    /// It runs, in the hours in which its turnaround is counted.
    Running,
    /// It stands still.
    Paused,
    /// What it measures is done.
    Stopped,
}

/// What happened to a clock, in the order in which it did.
///
/// A clock of which nothing is told runs from the beginning. The same events serve any number of turnarounds, whatever
/// each is counted in: see [`Clock::reckon`].
///
/// ```
/// use rulebook::time::{Clock, ClockEvent, ClockRules, ClockState, Instant, Turnaround};
/// let at = |text| Instant::parse(text).unwrap().0;
/// let (received, now) = (at("2026-03-02T09:00:00-05:00"), at("2026-03-02T12:00:00-05:00"));
/// let events = vec![
///     (ClockEvent::Pause, at("2026-03-02T10:00:00-05:00")),
///     (ClockEvent::Resume, at("2026-03-02T11:00:00-05:00")),
/// ];
/// let clock = Clock::new(events, received, now).unwrap();
/// let rules = ClockRules { pausable: true, at_risk: Vec::new() };
/// let within = Turnaround::parse("4 hours").unwrap();
/// let reckoning = clock.reckon(&within, None, &rules, received, now).unwrap();
/// assert_eq!(reckoning.state, ClockState::Running);
/// assert_eq!(reckoning.due.limit, at("2026-03-02T14:00:00-05:00"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock(Vec<(ClockEvent, Instant)>);

/// What became of a clock: from when it ran, and when it stood still.
pub(super) struct Course {
    /// From when it ran.
    pub(super) begun: Instant,
    /// Up to when it is looked at: when it was stopped, else the instant asked for; not before it began.
    pub(super) end: Instant,
    /// When it stood still in between, in order.
    pub(super) pauses: Vec<(Instant, Instant)>,
    /// Whether a pause was passed over.
    pub(super) ran_through: bool,
    pub(super) state: ClockState,
}

impl ClockEvent {
    /// All of them.
    pub const ALL: [ClockEvent; 6] = [
        ClockEvent::Start,
        ClockEvent::Pause,
        ClockEvent::Resume,
        ClockEvent::Stop,
        ClockEvent::Restart,
        ClockEvent::Reopen,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            ClockEvent::Start => "start",
            ClockEvent::Pause => "pause",
            ClockEvent::Resume => "resume",
            ClockEvent::Stop => "stop",
            ClockEvent::Restart => "restart",
            ClockEvent::Reopen => "reopen",
        }
    }

    /// The event of this word.
    pub fn parse(word: &str) -> Option<ClockEvent> {
        ClockEvent::ALL.into_iter().find(|event| event.word() == word)
    }
}

impl ClockState {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            ClockState::NotStarted => "not_started",
            ClockState::Running => "running",
            ClockState::Paused => "paused",
            ClockState::Stopped => "stopped",
        }
    }
}

impl fmt::Display for ClockEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Clock {
    /// Takes what happened from the first instant to the last of what is known. Two events may share an instant.
    ///
    /// # Errors
    ///
    /// A [`ClockError`] with the number of the first event that lies outside these instants, comes before the one that
    /// it follows, or cannot follow it: a pause of what stands still, anything but `restart` and `reopen` after `stop`.
    pub fn new(events: Vec<(ClockEvent, Instant)>, first: Instant, last: Instant) -> Result<Clock, ClockError> {
        let mut state = ClockState::NotStarted;
        let mut before = first;
        for (index, (event, at)) in events.iter().enumerate() {
            let misorder = if *at < first {
                Some(Misorder::TooEarly)
            } else if *at > last {
                Some(Misorder::TooLate)
            } else if *at < before {
                Some(Misorder::Falling)
            } else {
                misplaced(state, *event)
            };
            if let Some(misorder) = misorder {
                return Err(ClockError { index, event: *event, misorder });
            }
            state = after(*event);
            before = *at;
        }
        Ok(Clock(events))
    }

    /// What happened, in order.
    pub fn events(&self) -> &[(ClockEvent, Instant)] {
        &self.0
    }

    /// Whether nothing happened to it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it was paused since it began: then it shows whether a turnaround is pausable.
    pub fn is_paused_at_all(&self) -> bool {
        let begins = |event| matches!(event, ClockEvent::Start | ClockEvent::Restart);
        let since = self.0.iter().rev().take_while(|(event, _)| !begins(*event));
        since.into_iter().any(|(event, _)| *event == ClockEvent::Pause)
    }

    /// What became of a clock by an instant, if it began to run by itself at `start`. Without `pausable` it runs through
    /// pauses; what was stopped and reopened stood still all the same.
    pub(super) fn course(&self, start: Instant, until: Instant, pausable: bool) -> Course {
        let mut begun = start;
        let mut pauses = Vec::new();
        let mut still: Option<Instant> = None;
        let mut state = if until < start { ClockState::NotStarted } else { ClockState::Running };
        let mut ran_through = false;
        for (event, at) in self.0.iter().take_while(|(_, at)| *at <= until) {
            let at = (*at).max(start);
            if *event == ClockEvent::Pause && !pausable {
                ran_through = true;
                continue;
            }
            if let Some(from) = still.take() {
                pauses.push((from, at));
            }
            match event {
                ClockEvent::Pause | ClockEvent::Stop => still = Some(at),
                ClockEvent::Resume | ClockEvent::Reopen => {}
                ClockEvent::Start | ClockEvent::Restart => {
                    begun = at;
                    pauses.clear();
                    ran_through = false;
                }
            }
            if until >= start {
                state = after(*event);
            }
        }
        let end = match (state, still) {
            (ClockState::Stopped, Some(done)) => done,
            (ClockState::Paused, Some(from)) => {
                pauses.push((from, until));
                until
            }
            (ClockState::NotStarted | ClockState::Running | ClockState::Paused | ClockState::Stopped, _) => {
                until.max(begun)
            }
        };
        Course { begun, end, pauses, ran_through, state }
    }
}

/// How a clock stands after an event.
fn after(event: ClockEvent) -> ClockState {
    match event {
        ClockEvent::Start | ClockEvent::Resume | ClockEvent::Restart | ClockEvent::Reopen => ClockState::Running,
        ClockEvent::Pause => ClockState::Paused,
        ClockEvent::Stop => ClockState::Stopped,
    }
}

/// Why an event cannot happen to a clock that stands so. One of which nothing is told yet runs by itself.
fn misplaced(state: ClockState, event: ClockEvent) -> Option<Misorder> {
    match (state, event) {
        (ClockState::NotStarted, ClockEvent::Start | ClockEvent::Pause | ClockEvent::Stop | ClockEvent::Restart)
        | (ClockState::Running, ClockEvent::Pause | ClockEvent::Stop | ClockEvent::Restart)
        | (ClockState::Paused, ClockEvent::Resume | ClockEvent::Stop | ClockEvent::Restart)
        | (ClockState::Stopped, ClockEvent::Restart | ClockEvent::Reopen) => None,
        (ClockState::Stopped, ClockEvent::Start | ClockEvent::Pause | ClockEvent::Resume | ClockEvent::Stop) => {
            Some(Misorder::AfterStop)
        }
        (ClockState::Running | ClockState::Paused, ClockEvent::Start) => Some(Misorder::Started),
        (ClockState::NotStarted | ClockState::Running, ClockEvent::Resume) => Some(Misorder::NotPaused),
        (ClockState::NotStarted | ClockState::Running | ClockState::Paused, ClockEvent::Reopen) => {
            Some(Misorder::NotStopped)
        }
        (ClockState::Paused, ClockEvent::Pause) => Some(Misorder::Paused),
    }
}
