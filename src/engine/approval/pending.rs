//! A level that waits for its deciders.

use crate::facts::{Fault, Person};
use crate::policy::{Allowance, Approvers, Denial, Level, Remedy};
use crate::program::Program;
use crate::time::{AtRisk, Clock, Instant};

use super::super::due::{beyond, due};
use super::history::Happening;
use super::seats::{self, Fits};

/// A level as it stands in its round.
#[derive(Debug, Clone)]
pub(super) struct Pending<'a> {
    /// Its number among the levels.
    pub index: usize,
    /// What the policy says of it.
    pub level: &'a Level,
    /// The role that it was reassigned to.
    pub reassigned: Option<&'a str>,
    /// The roles that it was escalated to.
    pub escalated: Vec<&'a str>,
    /// The seats that each approval fits.
    pub approvals: Vec<Fits>,
    /// Whether somebody has denied it, which has not ended the round.
    pub denied: bool,
    /// When its clock was started last.
    started: Instant,
    /// When it is due.
    pub due: Option<Instant>,
    /// When each of its lapses comes; `None` once it has.
    lapses: Vec<Option<Instant>>,
}

/// Where a level's clock starts.
const START: &str = "the instant at which the level is entered or reassigned";

impl<'a> Pending<'a> {
    /// A level that is entered.
    pub fn entered(program: &'a Program, index: usize, level: &'a Level, at: Instant) -> Result<Pending<'a>, Fault> {
        let lapses = vec![Some(at); level.lapses.len()];
        let (reassigned, escalated, approvals) = (None, Vec::new(), Vec::new());
        let (started, due, denied) = (at, None, false);
        let mut pending = Pending { index, level, reassigned, escalated, approvals, denied, started, due, lapses };
        pending.start(program, at)?;
        Ok(pending)
    }

    /// Starts the clock: what has not lapsed yet will after the new due instant.
    fn start(&mut self, program: &Program, at: Instant) -> Result<(), Fault> {
        let Some(within) = &self.level.within else { return Ok(()) };
        let limit = due(program, &within.within, at, START)?.limit;
        self.started = at;
        self.due = Some(limit);
        for (lapse, comes) in self.level.lapses.iter().zip(&mut self.lapses) {
            if comes.is_some() {
                *comes = Some(match &lapse.after {
                    Some(after) => due(program, after, limit, "the instant at which the level is due")?.limit,
                    None => limit,
                });
            }
        }
        Ok(())
    }

    /// From when on its time is at risk, and whether that has come by an instant.
    pub fn at_risk(&self, program: &Program, until: Instant) -> Result<Vec<AtRisk>, Fault> {
        let Some(Allowance { within, clock }) = &self.level.within else { return Ok(Vec::new()) };
        if clock.at_risk.is_empty() {
            return Ok(Vec::new());
        }
        let calendar = program.policy().calendar.as_deref();
        let reckoned = Clock::default().reckon(within, calendar, clock, self.started, until);
        reckoned.map(|reckoned| reckoned.at_risk).map_err(|_| beyond(within, START))
    }

    /// What lapses next: the instant, and its number.
    pub fn next_lapse(&self) -> Option<(Instant, usize)> {
        self.lapses.iter().enumerate().filter_map(|(number, comes)| Some(((*comes)?, number))).min()
    }

    /// Lets a lapse come.
    pub fn lapse(&mut self, program: &Program, number: usize, at: Instant) -> Result<Option<Happening<'a>>, Fault> {
        let level = self.level;
        let Some((lapse, comes)) = level.lapses.get(number).zip(self.lapses.get_mut(number)) else { return Ok(None) };
        *comes = None;
        let mut restarted = None;
        match lapse.remedy {
            Remedy::Notify => {}
            Remedy::Escalate => self.escalated.push(&lapse.role),
            Remedy::Reassign => {
                self.reassigned = Some(&lapse.role);
                self.start(program, at)?;
                restarted = self.due;
            }
        }
        Ok(Some(Happening::Lapsed { remedy: lapse.remedy, role: &lapse.role, due: restarted }))
    }

    /// The roles that decide now, each once.
    pub fn roles(&self) -> Vec<&'a str> {
        let own = match self.reassigned {
            Some(role) => vec![role],
            None => self.level.roles.iter().map(String::as_str).collect(),
        };
        own.into_iter().chain(self.escalated.iter().copied()).fold(Vec::new(), |mut roles, role| {
            if !roles.contains(&role) {
                roles.push(role);
            }
            roles
        })
    }

    /// The only people who decide in a role; none named means everybody of the role.
    pub fn people(&self, role: &str) -> &'a [String] {
        if self.reassigned.is_some() || self.escalated.contains(&role) { &[] } else { &self.level.people }
    }

    /// The seats that somebody's approval fits; none for whoever has nothing to decide here.
    pub fn fits(&self, person: &Person) -> Fits {
        let everything = seats::all(self.level.seats());
        let holds = |role: &str| person.roles.iter().any(|own| own == role);
        if self.escalated.iter().any(|role| holds(role)) || self.reassigned.is_some_and(holds) {
            return everything;
        }
        let roles = &self.level.roles;
        if self.reassigned.is_some() || !roles.iter().any(|role| holds(role)) || !self.names(&person.id) {
            return 0;
        }
        match self.level.approvers {
            Approvers::Count(_) => everything,
            Approvers::EachRole => bits(roles.iter().map(|role| holds(role))),
            Approvers::EachPerson => bits(self.level.people.iter().map(|id| *id == person.id)),
        }
    }

    /// The seats that the approval of somebody in one role alone fits.
    pub fn fits_role(&self, role: &str) -> Fits {
        let everything = seats::all(self.level.seats());
        match self.level.approvers {
            Approvers::EachRole if self.reassigned.is_none() && !self.escalated.contains(&role) => {
                bits(self.level.roles.iter().map(|known| known == role))
            }
            Approvers::Count(_) | Approvers::EachRole | Approvers::EachPerson => everything,
        }
    }

    fn names(&self, id: &str) -> bool {
        self.level.people.is_empty() || self.level.people.iter().any(|known| known == id)
    }

    /// Whether an approval would fill a seat that is still empty.
    pub fn helps(&self, fits: Fits) -> bool {
        let mut votes = self.approvals.clone();
        votes.push(fits);
        seats::filled(&votes) > seats::filled(&self.approvals)
    }

    /// Whether all approvals are there.
    pub fn is_complete(&self) -> bool {
        seats::filled(&self.approvals) == self.level.seats()
    }

    /// Of those who are named, the ones that `is_free` lets decide; `None` where not everybody is known who may.
    pub fn left(&self, is_free: impl Fn(&str) -> bool) -> Option<Vec<&'a str>> {
        let known = self.reassigned.is_none() && self.escalated.is_empty() && !self.level.people.is_empty();
        known.then(|| self.level.people.iter().map(String::as_str).filter(|id| is_free(id)).collect())
    }

    /// Whether those who are left cannot bring about the approvals that are lacking.
    pub fn is_impossible(&self, left: &[&str]) -> bool {
        let mut votes = self.approvals.clone();
        votes.extend(left.iter().map(|id| match self.level.approvers {
            Approvers::EachPerson => bits(self.level.people.iter().map(|known| known == id)),
            Approvers::Count(_) | Approvers::EachRole => seats::all(self.level.seats()),
        }));
        seats::filled(&votes) < self.level.seats()
    }

    /// Whether a denial ends the round, given who is left: it does where nobody can tell who may still approve.
    pub fn ends_by_denial(&self, left: Option<&[&str]>) -> bool {
        match (self.level.denial, left) {
            (Denial::EndsWhenImpossible, Some(left)) => self.is_impossible(left),
            (Denial::Ends, _) | (Denial::EndsWhenImpossible, None) => true,
        }
    }
}

fn bits(fit: impl Iterator<Item = bool>) -> Fits {
    fit.take(64).enumerate().fold(0, |bits, (number, fits)| bits | (Fits::from(fits) << number))
}
