//! What accepted events bring about.

use crate::facts::{Event, FactSet, Fault};
use crate::policy::AfterDenial;
use crate::time::Instant;

use super::super::due::due;
use super::Act;
use super::decider::Capacity;
use super::fold::{Fold, Stage, Submission};
use super::history::Happening;
use super::judge::Allowed;
use super::pending::Pending;
use super::request::Closing;
use super::seek::{self, Next};

impl<'a> Fold<'a, '_> {
    /// Does what an event is allowed to do.
    pub(super) fn carry_out(&mut self, act: Act, allowed: Allowed<'a>, event: &'a Event) -> Result<(), Fault> {
        let at = event.at;
        self.known = self.known.standing(at, &event.facts);
        let starts_round = match &allowed {
            Allowed::Submit(..) | Allowed::Resubmit(_) => true,
            Allowed::Modify => matches!(self.stage, Stage::Pending(_)),
            _ => false,
        };
        self.round += usize::from(starts_round);
        let instead_of = match &allowed {
            Allowed::Approve(by) | Allowed::Deny(by) | Allowed::Return(by) => by.instead_of,
            _ => None,
        };
        let level = match (&self.stage, &allowed) {
            (Stage::Pending(pending), Allowed::Approve(_) | Allowed::Deny(_) | Allowed::Return(_)) => {
                Some(pending.level.name.as_str())
            }
            _ => None,
        };
        let instead_of = instead_of.map(|person| person.id.as_str());
        self.tell(at, level, Happening::Acted { event, act, instead_of });
        match allowed {
            Allowed::Submit(procedure, role) => {
                const START: &str = "the instant of submission";
                let within = procedure.approval.within.as_ref();
                let deadline = within.map(|within| due(procedure.program, within, at, START)).transpose()?;
                let deadline = deadline.map(|due| due.limit);
                self.submission = Some(Submission { requester: &event.by, role, procedure, deadline });
                self.begin_round(at)
            }
            Allowed::Resubmit(procedure) => {
                self.resubmissions = self.resubmissions.saturating_add(1);
                if let Some(made) = &mut self.submission {
                    made.procedure = procedure;
                }
                self.begin_round(at)
            }
            Allowed::Modify if starts_round => self.begin_round(at),
            Allowed::Modify => Ok(()),
            Allowed::Approve(by) => self.approve(by, at),
            Allowed::Deny(by) => {
                self.deny(by, at);
                Ok(())
            }
            Allowed::Return(_) => {
                self.send_back(at);
                Ok(())
            }
            Allowed::Delegate(to, delegation) => {
                self.delegations.entry(to).or_default().push(delegation);
                Ok(())
            }
            Allowed::Withdraw => {
                self.close(at, Closing::Withdrawn);
                Ok(())
            }
            Allowed::Close => {
                self.close(at, Closing::ByRequester);
                Ok(())
            }
        }
    }

    fn begin_round(&mut self, at: Instant) -> Result<(), Fault> {
        self.decided.clear();
        self.readings.clear();
        self.enter(0, at)
    }

    /// Enters the first level from a number on whose condition holds; if there is none, the request is approved.
    fn enter(&mut self, from: usize, at: Instant) -> Result<(), Fault> {
        let procedure = self.procedure();
        let levels = &procedure.approval.levels;
        let (next, reading) = seek::next(procedure, self.known.standing(at, &FactSet::default()), from)?;
        self.readings.push(reading);
        let reached = match &next {
            Next::Level(number) | Next::Open(number, _) => *number,
            Next::Done => levels.len(),
        };
        for level in levels.iter().take(reached).skip(from) {
            self.tell(at, Some(&level.name), Happening::Skipped);
        }
        let reached = levels.get(reached).map(|level| (reached, level));
        self.stage = match (next, reached) {
            (Next::Level(_), Some((index, level))) => {
                let pending = Pending::entered(procedure.program, index, level, at)?;
                self.tell(at, Some(&level.name), Happening::Entered { due: pending.due });
                Stage::Pending(pending)
            }
            (Next::Open(_, needs), level) => {
                self.tell(at, level.map(|(_, level)| level.name.as_str()), Happening::Undetermined);
                Stage::Undetermined(needs)
            }
            (Next::Done, _) | (Next::Level(_), None) => {
                self.tell(at, None, Happening::Approved);
                Stage::Approved
            }
        };
        Ok(())
    }

    fn approve(&mut self, by: Capacity<'a>, at: Instant) -> Result<(), Fault> {
        let Stage::Pending(pending) = &mut self.stage else { return Ok(()) };
        pending.approvals.push(by.fits);
        let (complete, denied, index) = (pending.is_complete(), pending.denied, pending.index);
        self.decided.extend(by.people().map(|id| (index, id)));
        if complete {
            return self.enter(index + 1, at);
        }
        // one approval may use up two people, and so settle what an earlier denial left open
        if denied && !self.blocked().is_empty() {
            self.end_by_denial(at);
        }
        Ok(())
    }

    fn deny(&mut self, by: Capacity<'a>, at: Instant) {
        let Stage::Pending(pending) = &mut self.stage else { return };
        pending.denied = true;
        let index = pending.index;
        self.decided.extend(by.people().map(|id| (index, id)));
        let Stage::Pending(pending) = &self.stage else { return };
        let left = pending.left(|id| self.is_free(id, index));
        if pending.ends_by_denial(left.as_deref()) {
            self.end_by_denial(at);
        }
    }

    fn end_by_denial(&mut self, at: Instant) {
        match self.procedure().approval.on_denial {
            AfterDenial::Return => self.send_back(at),
            AfterDenial::End => {
                self.tell(at, None, Happening::Denied);
                self.stage = Stage::Denied;
            }
        }
    }

    /// Gives the request back; if it may not be resubmitted any more, that is its end.
    fn send_back(&mut self, at: Instant) {
        if self.procedure().approval.resubmissions.is_some_and(|most| self.resubmissions >= most) {
            return self.close(at, Closing::Cap);
        }
        self.tell(at, None, Happening::Returned);
        self.stage = Stage::Returned;
    }

    /// Closes the request.
    pub(super) fn close(&mut self, at: Instant, closing: Closing) {
        self.tell(at, None, Happening::Closed(closing));
        self.stage = Stage::Closed(closing);
    }
}
