//! Takes the events of a request one after another, and lets time pass between them.

use rustc_hash::FxHashMap;

use crate::diagnostic::Code;
use crate::facts::{Case, Event, FactSet, Fault, Person};
use crate::policy::{Approval, Body};
use crate::program::{Layout, Program, RuleId};
use crate::time::Instant;

use super::super::decision::AtRisk;
use super::super::due::stamp;
use super::decider::Delegation;
use super::history::{Entry, Happening};
use super::judge;
use super::pending::Pending;
use super::refusal::{Refusal, Refused};
use super::request::{Closing, Request, State};
use super::seek::Reading;

/// A version of an approval policy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Procedure<'a> {
    pub program: &'a Program,
    pub approval: &'a Approval,
    pub rules: &'a [RuleId],
}

impl<'a> Procedure<'a> {
    /// The procedure of a program; `None` for one of another kind.
    pub fn of(program: &'a Program) -> Option<Procedure<'a>> {
        match (&program.policy().body, program.layout()) {
            (Body::Approval(approval), Layout::Approval(rules)) => Some(Procedure { program, approval, rules }),
            _ => None,
        }
    }
}

/// What submitting settles.
#[derive(Debug)]
pub(super) struct Submission<'a> {
    /// Who made the request.
    pub requester: &'a Person,
    /// In which role.
    pub role: &'a str,
    /// The version by which the round is decided.
    pub procedure: Procedure<'a>,
    /// When the request as a whole is due.
    pub deadline: Option<Instant>,
}

/// Where the request stands.
#[derive(Debug, Clone)]
pub(super) enum Stage<'a> {
    Draft,
    Pending(Pending<'a>),
    Undetermined(Vec<&'a str>),
    Returned,
    Approved,
    Denied,
    Closed(Closing),
}

impl Stage<'_> {
    pub fn state(&self) -> State {
        match self {
            Stage::Draft => State::Draft,
            Stage::Pending(_) => State::Pending,
            Stage::Undetermined(_) => State::Undetermined,
            Stage::Returned => State::Returned,
            Stage::Approved => State::Approved,
            Stage::Denied => State::Denied,
            Stage::Closed(closing) => State::Closed(*closing),
        }
    }
}

/// The version of the policy that is in force at an instant.
pub(super) type Versions<'a, 'v> = &'v dyn Fn(Instant) -> Option<&'a Program>;

/// A request in the course of its events.
pub(super) struct Fold<'a, 'v> {
    pub(super) versions: Versions<'a, 'v>,
    /// The version that is asked for, which counts until the request is submitted.
    asked: Procedure<'a>,
    pub(super) case: &'a Case,
    /// The case with the facts that came with events.
    pub(super) known: Case,
    /// The first event of each id.
    ids: FxHashMap<&'a str, &'a Event>,
    /// When the last event happened that was accepted.
    pub(super) clock: Option<Instant>,
    pub(super) submission: Option<Submission<'a>>,
    pub(super) stage: Stage<'a>,
    pub(super) round: usize,
    pub(super) resubmissions: u32,
    /// Who has decided which level of this round.
    pub(super) decided: Vec<(usize, &'a str)>,
    /// The rights to decide that were given to a person, by that person's id.
    pub(super) delegations: FxHashMap<&'a str, Vec<Delegation<'a>>>,
    history: Vec<Entry<'a>>,
    refused: Vec<Refused<'a>>,
    pub(super) readings: Vec<Reading<'a>>,
}

/// Where a request stands at the instant of its case.
///
/// # Errors
/// An instant beyond the calendar.
pub(in crate::engine) fn request<'a>(
    versions: Versions<'a, '_>,
    program: &'a Program,
    case: &'a Case,
) -> Result<Request<'a>, Fault> {
    let Some(asked) = Procedure::of(program) else {
        return Err(Fault::new(Code::EventsElsewhere, "the program belongs to a policy of another kind"));
    };
    let mut fold = Fold {
        versions,
        asked,
        case,
        known: case.standing(case.at(), &FactSet::default()),
        ids: FxHashMap::default(),
        clock: None,
        submission: None,
        stage: Stage::Draft,
        round: 0,
        resubmissions: 0,
        decided: Vec::new(),
        delegations: FxHashMap::default(),
        history: Vec::new(),
        refused: Vec::new(),
        readings: Vec::new(),
    };
    for event in case.events().unwrap_or_default() {
        fold.take(event)?;
    }
    fold.pass(case.at())?;
    fold.finish()
}

impl<'a> Fold<'a, '_> {
    /// The version that counts now.
    pub(super) fn procedure(&self) -> Procedure<'a> {
        self.submission.as_ref().map_or(self.asked, |made| made.procedure)
    }

    /// Takes an event: what is refused leaves the request as it was.
    fn take(&mut self, event: &'a Event) -> Result<(), Fault> {
        if let Some(first) = self.ids.get(event.id.as_str()) {
            if *first != event {
                let message = format!("an earlier event is called `{}` and says something else", event.id);
                self.refused.push(Refused { event, code: Refusal::DuplicateId, message });
            }
            return Ok(());
        }
        self.ids.insert(&event.id, event);
        let formed = judge::form(event).and_then(|act| self.order(event).map(|()| act));
        let (code, message) = match formed {
            Err(refusal) => refusal,
            Ok(act) => {
                let (stage, lines) = (self.stage.clone(), self.history.len());
                self.pass(event.at)?;
                match self.judge(act, event) {
                    Ok(allowed) => {
                        self.clock = Some(event.at);
                        return self.carry_out(act, allowed, event);
                    }
                    Err(refusal) => {
                        self.stage = stage;
                        self.history.truncate(lines);
                        refusal
                    }
                }
            }
        };
        self.refused.push(Refused { event, code, message });
        Ok(())
    }

    /// Lets time pass up to an instant: what was due before it lapses, at the instant at which it was due.
    fn pass(&mut self, until: Instant) -> Result<(), Fault> {
        let procedure = self.procedure();
        loop {
            let deadline = self.submission.as_ref().and_then(|made| made.deadline);
            let (lapse, deadline) = match &self.stage {
                Stage::Pending(pending) => (pending.next_lapse(), deadline),
                Stage::Returned => (None, deadline),
                Stage::Draft | Stage::Undetermined(_) | Stage::Approved | Stage::Denied | Stage::Closed(_) => {
                    (None, None)
                }
            };
            match (lapse, deadline) {
                (Some((at, number)), deadline) if at < until && deadline.is_none_or(|deadline| at <= deadline) => {
                    if let Stage::Pending(pending) = &mut self.stage
                        && let Some(lapsed) = pending.lapse(procedure.program, number, at)?
                    {
                        let level = &pending.level.name;
                        self.tell(at, Some(level), lapsed);
                    }
                }
                (_, Some(at)) if at < until => self.close(at, Closing::Deadline),
                _ => return Ok(()),
            }
        }
    }

    /// Adds a line to the history.
    pub(super) fn tell(&mut self, at: Instant, level: Option<&'a str>, happening: Happening<'a>) {
        let round = (self.round > 0).then_some(self.round);
        self.history.push(Entry { at, round, level, happening });
    }

    fn finish(self) -> Result<Request<'a>, Fault> {
        let program = self.procedure().program;
        let stamped = |at| stamp(program, self.case, at);
        let state = self.stage.state();
        let may_act = self.turns();
        let blocked = self.blocked();
        let deadline = match state {
            State::Pending | State::Returned | State::Undetermined => {
                self.submission.as_ref().and_then(|made| made.deadline)
            }
            State::Draft | State::Approved | State::Denied | State::Closed(_) => None,
        };
        let (level, due, at_risk) = match &self.stage {
            Stage::Pending(pending) => {
                (Some(pending.level.name.as_str()), pending.due, pending.at_risk(program, self.case.at())?)
            }
            _ => (None, None, Vec::new()),
        };
        let at_risk =
            at_risk.into_iter().map(|risk| AtRisk { share: risk.share, at: stamped(risk.at), reached: risk.reached });
        let at_risk = at_risk.collect();
        let history = self.history.into_iter().map(|entry| (stamp(program, self.case, entry.at).offset, entry));
        Ok(Request {
            program,
            state,
            known: self.known,
            level,
            round: (self.round > 0).then_some(self.round),
            may_act,
            due: due.map(stamped),
            at_risk,
            deadline: deadline.map(stamped),
            history: history.collect(),
            refused: self.refused,
            blocked,
            needs: if let Stage::Undetermined(needs) = self.stage { needs } else { Vec::new() },
            readings: self.readings,
        })
    }
}
