//! Who decides a level: in their own right, or in the stead of somebody who let them.

use crate::facts::{Event, Person};
use crate::time::Instant;

use super::fold::Fold;
use super::pending::Pending;
use super::refusal::Refusal;
use super::seats::Fits;

/// A right to decide that somebody gave to another person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Delegation<'a> {
    /// The event by which it was given.
    pub event: &'a Event,
}

impl Delegation<'_> {
    /// The first instant at which it counts.
    pub fn from(&self) -> Instant {
        self.event.from.unwrap_or(self.event.at)
    }

    /// Whether it counts at an instant: from its beginning until just before its end.
    fn covers(&self, at: Instant) -> bool {
        self.from() <= at && self.event.until.is_none_or(|until| at < until)
    }
}

/// In what capacity somebody decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capacity<'a> {
    /// Who decides.
    pub person: &'a Person,
    /// In whose stead.
    pub instead_of: Option<&'a Person>,
    /// The seats that an approval fits.
    pub fits: Fits,
}

impl<'a> Capacity<'a> {
    /// The ids of those who count as having decided.
    pub fn people(&self) -> impl Iterator<Item = &'a str> {
        [Some(self.person), self.instead_of].into_iter().flatten().map(|person| person.id.as_str())
    }
}

impl<'a> Fold<'a, '_> {
    /// The capacity in which whoever acts decides the level: their own goes first, then the delegations in the order in
    /// which they were given. If nothing allows it, why the first of these does not.
    pub(super) fn capacity(
        &self,
        pending: &Pending<'a>,
        event: &'a Event,
        approves: bool,
    ) -> Result<Capacity<'a>, (Refusal, String)> {
        let own = Capacity { person: &event.by, instead_of: None, fits: pending.fits(&event.by) };
        let mut refusal = None;
        let given = self.delegations.get(event.by.id.as_str()).into_iter().flatten();
        let others = given.filter(|given| own.fits == 0 && given.covers(event.at)).map(|given| {
            let other = &given.event.by;
            Capacity { person: &event.by, instead_of: Some(other), fits: pending.fits(other) }
        });
        for capacity in std::iter::once(own).chain(others).filter(|capacity| capacity.fits != 0) {
            match self.bar(pending, &capacity, approves) {
                None => return Ok(capacity),
                Some(bar) => refusal = refusal.or(Some(bar)),
            }
        }
        Err(refusal.unwrap_or_else(|| {
            let roles = pending.roles();
            let id = &event.by.id;
            match event.by.roles.iter().any(|role| roles.contains(&role.as_str())) {
                true => (Refusal::NotNamed, format!("`{id}` is none of those whom the level names")),
                false => (
                    Refusal::WrongRole,
                    format!("`{id}` has none of the roles that decide the level: {}", roles.join(", ")),
                ),
            }
        }))
    }

    /// What keeps somebody from deciding.
    fn bar(&self, pending: &Pending<'a>, capacity: &Capacity<'a>, approves: bool) -> Option<(Refusal, String)> {
        let level = &pending.level.name;
        if let Some(id) = capacity.people().find(|id| self.made_it(id)) {
            return Some((Refusal::OwnRequest, format!("`{id}` made the request and cannot decide on it")));
        }
        if let Some(id) = capacity.people().find(|id| self.voted_at(id, pending.index)) {
            return Some((Refusal::AlreadyVoted, format!("`{id}` has decided at `{level}` in this round")));
        }
        if let Some(id) = capacity.people().find(|id| self.decided_another(id, pending.index)) {
            return Some((Refusal::AlreadyDecidedALevel, format!("`{id}` has decided another level of this round")));
        }
        (approves && !pending.helps(capacity.fits))
            .then(|| (Refusal::RoleHasDecided, "the approval that this one would count as is there already".to_owned()))
    }

    /// Whether somebody made the request, and may therefore not decide on it.
    pub(super) fn made_it(&self, id: &str) -> bool {
        self.submission.as_ref().is_some_and(|made| made.procedure.approval.duties_separated && made.requester.id == id)
    }

    /// Whether somebody has decided at a level of this round.
    pub(super) fn voted_at(&self, id: &str, index: usize) -> bool {
        self.decided.iter().any(|(level, known)| *level == index && *known == id)
    }

    /// Whether somebody has decided another level of this round, and may therefore not decide this one.
    pub(super) fn decided_another(&self, id: &str, index: usize) -> bool {
        let separated = self.submission.as_ref().is_some_and(|made| made.procedure.approval.duties_separated);
        separated && self.decided.iter().any(|(level, known)| *level != index && *known == id)
    }

    /// Whether nothing keeps somebody from deciding a level, their roles aside.
    pub(super) fn is_free(&self, id: &str, index: usize) -> bool {
        !self.made_it(id) && !self.voted_at(id, index) && !self.decided_another(id, index)
    }
}
