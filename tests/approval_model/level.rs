//! A level that waits for its deciders: who they are, which seats are filled, what its clock will bring.

use rulebook::time::Instant;

use super::model::Rules;
use super::plan::{Approvers, Level, Remedy, Role};

#[derive(Debug, Clone)]
pub struct Sitting {
    pub number: usize,
    pub due: Option<Instant>,
    /// Whose decision it is now, and whom of them.
    pub roles: Vec<Role>,
    pub people: Option<Vec<&'static str>>,
    /// The roles to which it was escalated.
    pub escalated: Vec<Role>,
    pub seats: Vec<Seat>,
    /// For each approval, the seats that it could fill. Kept apart from the seats, since which one it fills may change.
    pub approvals: Vec<Vec<bool>>,
    /// Whether somebody has denied it.
    pub denied: bool,
    fired: Vec<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seat {
    Anybody,
    Role(Role),
    Person(&'static str),
}

impl Sitting {
    pub fn begin(rules: &Rules<'_>, number: usize, at: Instant) -> Sitting {
        let level = &rules.plan.levels[number];
        let seats = match (level.approvers, &level.people) {
            (Approvers::Any, _) => vec![Seat::Anybody],
            (Approvers::Of(count), _) => vec![Seat::Anybody; count],
            (Approvers::All, Some(people)) => people.iter().map(|person| Seat::Person(person)).collect(),
            (Approvers::All, None) => level.roles.iter().map(|role| Seat::Role(role)).collect(),
        };
        Sitting {
            number,
            due: level.within.map(|within| rules.due(within, at)),
            roles: level.roles.clone(),
            people: level.people.clone(),
            escalated: Vec::new(),
            seats,
            approvals: Vec::new(),
            denied: false,
            fired: vec![false; level.lapses.len()],
        }
    }

    /// Whether the level still is as the policy has it, so that everybody who decides is known if it names people.
    pub fn is_named(&self, level: &Level) -> bool {
        self.people.is_some() && self.people == level.people && self.escalated.is_empty()
    }

    pub fn holds_role(&self, roles: &[Role]) -> bool {
        self.roles.iter().chain(&self.escalated).any(|role| roles.contains(role))
    }

    pub fn may_decide(&self, person: &str, roles: &[Role]) -> bool {
        let named = self.people.as_ref().is_none_or(|people| people.contains(&person));
        self.escalated.iter().any(|role| roles.contains(role))
            || named && self.roles.iter().any(|role| roles.contains(role))
    }

    /// The seats that somebody's approval could fill.
    pub fn ballot(&self, person: &str, roles: &[Role]) -> Vec<bool> {
        let anywhere = self.escalated.iter().any(|role| roles.contains(role));
        let fits = |seat: &Seat| match seat {
            Seat::Anybody => true,
            Seat::Role(role) => roles.contains(role),
            Seat::Person(named) => *named == person,
        };
        self.seats.iter().map(|seat| anywhere || fits(seat)).collect()
    }

    pub fn filled(&self) -> usize {
        most_filled(&self.approvals, &mut vec![false; self.seats.len()])
    }

    pub fn is_passed(&self) -> bool {
        self.filled() == self.seats.len()
    }

    /// Whether one more approval fills one more seat.
    pub fn gains(&self, ballot: Vec<bool>) -> bool {
        let mut with = self.approvals.clone();
        with.push(ballot);
        most_filled(&with, &mut vec![false; self.seats.len()]) > self.filled()
    }

    /// Whether these people could fill what is empty, each of them one seat.
    pub fn could_be_passed_by(&self, left: &[&'static str]) -> bool {
        let mut with = self.approvals.clone();
        with.extend(left.iter().map(|person| self.ballot(person, &self.roles)));
        most_filled(&with, &mut vec![false; self.seats.len()]) == self.seats.len()
    }

    /// What its clock brings next, and when.
    pub fn next_lapse(&self, rules: &Rules<'_>) -> Option<(Instant, usize)> {
        let due = self.due?;
        let lapses = rules.plan.levels[self.number].lapses.iter().enumerate();
        let waiting = lapses.filter(|(number, _)| !self.fired[*number]);
        waiting.map(|(number, lapse)| (lapse.after.map_or(due, |after| rules.due(after, due)), number)).min()
    }

    /// Lets a lapse happen. Its clock starts again if it is reassigned.
    pub fn lapse(&mut self, rules: &Rules<'_>, number: usize, at: Instant) {
        let level = &rules.plan.levels[self.number];
        let lapse = &level.lapses[number];
        self.fired[number] = true;
        match lapse.remedy {
            Remedy::Notify => {}
            Remedy::Escalate => self.escalated.push(lapse.role),
            Remedy::Reassign => {
                self.seats = vec![Seat::Anybody; self.seats.len() - self.filled()];
                self.approvals.clear();
                self.roles = vec![lapse.role];
                self.people = None;
                self.due = level.within.map(|within| rules.due(within, at));
            }
        }
    }
}

/// How many seats can be filled, each approval filling one at most: all ways are tried.
fn most_filled(approvals: &[Vec<bool>], taken: &mut Vec<bool>) -> usize {
    let Some((first, rest)) = approvals.split_first() else { return 0 };
    let mut most = most_filled(rest, taken);
    for seat in (0..taken.len()).filter(|seat| first[*seat]) {
        if !std::mem::replace(&mut taken[seat], true) {
            most = most.max(1 + most_filled(rest, taken));
            taken[seat] = false;
        }
    }
    most
}
