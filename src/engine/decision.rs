//! What is decided, with everything that follows from it.

use crate::facts::Case;
use crate::hook::HookFault;
use crate::program::{Answers, Bits, Program, Truth};
use crate::time::{ClockState, Duration, Instant, Reckoning, Share, Turnaround};

use super::answer::{Answer, Certain, Output, Words};
use super::approval::{Request, State};
use super::authorization::Beside;
use super::due::stamp;
use super::grounds::{self, Given, Ground, Reasons};

/// The decision of one case by one policy.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    pub(super) program: &'a Program,
    pub(super) case: &'a Case,
    pub(super) truth: Truth,
    pub(super) grounds: Reasons,
    /// What hooks were asked and said.
    pub(super) answers: Answers,
    /// What is decided; of an undetermined case, the outcome alone.
    pub answer: Answer<'a>,
    /// When it is due.
    pub deadline: Option<Deadline<'a>>,
    /// The window that governs.
    pub window: Option<WindowState<'a>>,
    /// What is to be said beside the answer, if anything: most decisions have nothing of it, and are the smaller for that.
    pub(super) others: Option<Box<Others<'a>>>,
    /// What keeps the case open, if it is undetermined.
    pub open: Option<Box<Open<'a>>>,
    /// Of an approval, where the request stands; the outcome is the state's word.
    pub request: Option<Box<Request<'a>>>,
}

/// What is to be said beside an answer; [`Decision`]'s methods of these names tell what each is.
#[derive(Debug, Clone, Default)]
pub(super) struct Others<'a> {
    pub unmet: Vec<Unmet<'a>>,
    pub also: Vec<&'a str>,
    pub may_also: Vec<&'a str>,
    pub matches: Vec<Match<'a>>,
    pub conflict: Vec<Hit<'a>>,
    pub beside: Option<Box<Beside<'a>>>,
    pub faults: Vec<HookFault>,
}

/// What keeps a case open, and what is certain all the same.
#[derive(Debug, Clone)]
pub struct Open<'a> {
    /// The facts that the case waits for, most settling first.
    pub needs: Vec<&'a str>,
    /// The keys that are the same whatever the missing facts turn out to be.
    pub certain: Certain<'a>,
    /// The deadline, if that much is certain.
    pub deadline: Option<Deadline<'a>>,
    /// When the payer has to decide, if that much is certain.
    pub determination: Option<Deadline<'a>>,
}

/// An instant with the offset in which people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The instant.
    pub at: Instant,
    /// Seconds east of UTC.
    pub offset: i32,
}

/// When something is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Deadline<'a> {
    /// The turnaround.
    pub within: &'a Turnaround,
    /// The earlier end of a range.
    pub target: Option<Stamp>,
    /// When it is due at last.
    pub limit: Stamp,
    /// What its clock shows, if anything happened to it or a share of the time allowed is watched.
    pub clock: Option<Box<ClockFace>>,
}

/// What the clock of a turnaround shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockFace {
    /// Whether it runs.
    pub state: ClockState,
    /// How much of the time allowed has run.
    pub used: Duration,
    /// How much is left up to the limit.
    pub left: Duration,
    /// From when on which share of the time allowed has run.
    pub at_risk: Vec<AtRisk>,
    /// Whether the limit was passed.
    pub breached: bool,
    /// Of what is done: whether that was in time.
    pub met: Option<bool>,
    /// Whether it ran through a pause, because the turnaround is not pausable.
    pub ran_through: bool,
}

/// A share of the time allowed from which on it is at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtRisk {
    /// The share.
    pub share: Share,
    /// When it has run.
    pub at: Stamp,
    /// Whether it has.
    pub reached: bool,
}

/// A window at the instant of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowState<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is open.
    pub open: bool,
    /// When it closes if it is open, when it opens if it is closed; `None` if it never does.
    pub changes: Option<Stamp>,
}

/// A requirement that is surely not met.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet<'a> {
    /// The requirement's id.
    pub rule: &'a str,
    /// What to say while it is not met.
    pub say: &'a str,
    /// The facts that it reads, as far as the case gives them.
    pub facts: Vec<Given<'a>>,
}

/// Something else that matches for sure.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'a> {
    /// The category's id.
    pub category: &'a str,
    /// What would come of it; `None` if that is open.
    pub outcome: Option<&'a str>,
    /// Its scenarios that match for sure.
    pub scenarios: Vec<&'a str>,
    /// When it would be due, if that is certain.
    pub deadline: Option<Deadline<'a>>,
    /// What would be to be done, as far as that is certain.
    pub actions: Words<'a>,
    /// What would be to be known, as far as that is certain.
    pub notes: Words<'a>,
}

/// A row of a table that matches, where one alone may.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<'a> {
    /// The row's id.
    pub rule: &'a str,
    /// `path:line:column`.
    pub place: &'a str,
    /// What it gives.
    pub outputs: Vec<Output<'a>>,
}

/// The outcome of a case that a missing fact, or a hook that failed, keeps open.
const UNDETERMINED: &str = "undetermined";

impl ClockFace {
    /// What a clock shows, in the offsets in which people read it.
    pub(super) fn new(reckoning: Reckoning, stamp: impl Fn(Instant) -> Stamp) -> ClockFace {
        let Reckoning { state, due: _, used, left, at_risk, breached, met, ran_through } = reckoning;
        let at_risk =
            at_risk.into_iter().map(|risk| AtRisk { share: risk.share, at: stamp(risk.at), reached: risk.reached });
        ClockFace { state, used, left, at_risk: at_risk.collect(), breached, met, ran_through }
    }
}

impl<'a> Others<'a> {
    /// What hooks without an answer leave to say.
    pub(super) fn of_faults(faults: Vec<HookFault>) -> Option<Box<Others<'a>>> {
        (!faults.is_empty()).then(|| Box::new(Others { faults, ..Others::default() }))
    }
}

impl<'a> Decision<'a> {
    /// The decision on a case that waits for facts.
    pub(super) fn undetermined(program: &'a Program, case: &'a Case, truth: Truth, open: Open<'a>) -> Decision<'a> {
        Decision {
            program,
            case,
            truth,
            grounds: Reasons::new(),
            answers: Answers::default(),
            answer: Answer::of(UNDETERMINED),
            deadline: None,
            window: None,
            others: None,
            open: Some(Box::new(open)),
            request: None,
        }
    }

    /// The decision on a request that is followed through its events.
    pub(super) fn followed(case: &'a Case, request: Request<'a>) -> Decision<'a> {
        let truth = Truth { possible: Bits::none(0), certain: Bits::none(0) };
        let open =
            Open { needs: request.needs.clone(), certain: Certain::default(), deadline: None, determination: None };
        let mut decision = Decision::undetermined(request.program, case, truth, open);
        decision.answer = Answer::of(request.state.word());
        // what was read before the last look was settled
        let faults = request.readings.last().map(|reading| reading.faults.clone()).unwrap_or_default();
        decision.others = Others::of_faults(faults);
        if request.state != State::Undetermined {
            decision.open = None;
        }
        decision.request = Some(Box::new(request));
        decision
    }

    /// The case that was decided.
    pub fn case(&self) -> &'a Case {
        self.case
    }

    /// The program that decided it.
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// The rules that the decision rests on.
    pub fn because(&self) -> Vec<Ground<'a>> {
        if let Some(request) = &self.request {
            return request.because();
        }
        grounds::resolve(self.program, self.case, &self.truth, &self.grounds)
    }

    /// What must be true first and surely is not.
    pub fn unmet(&self) -> &[Unmet<'a>] {
        self.others.as_deref().map_or(&[], |others| &others.unmet)
    }

    /// What else matches for sure.
    pub fn also(&self) -> &[&'a str] {
        self.others.as_deref().map_or(&[], |others| &others.also)
    }

    /// What else may match.
    pub fn may_also(&self) -> &[&'a str] {
        self.others.as_deref().map_or(&[], |others| &others.may_also)
    }

    /// Of what else matches for sure, the details.
    pub fn matches(&self) -> &[Match<'a>] {
        self.others.as_deref().map_or(&[], |others| &others.matches)
    }

    /// The rows of a table that are in conflict.
    pub fn conflict(&self) -> &[Hit<'a>] {
        self.others.as_deref().map_or(&[], |others| &others.conflict)
    }

    /// Of an authorization, what stands beside the answer.
    pub fn beside(&self) -> Option<&Beside<'a>> {
        self.others.as_deref()?.beside.as_deref()
    }

    /// The hooks that gave no answer where something hangs on it.
    pub fn faults(&self) -> &[HookFault] {
        self.others.as_deref().map_or(&[], |others| &others.faults)
    }

    /// An instant as people read it: in the offset of the policy's calendar, without one in that of the case.
    pub fn stamp(&self, at: Instant) -> Stamp {
        stamp(self.program, self.case, at)
    }

    /// Whether a missing fact, or a hook that failed, keeps the case open.
    pub fn is_undetermined(&self) -> bool {
        self.open.is_some()
    }

    /// Whether people have to look: a missing fact keeps the case open, or rules contradict each other.
    pub fn is_unsettled(&self) -> bool {
        self.is_undetermined() || !self.conflict().is_empty()
    }
}
