//! Whose turn it is.

use crate::policy::RequesterAct;

use super::Act;
use super::fold::{Fold, Stage};
use super::pending::Pending;

/// What people of a role may do.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn<'a> {
    /// The role.
    pub role: &'a str,
    /// What they may do.
    pub actions: Vec<Act>,
    /// The only people who may; everybody of the role, if none is named.
    pub only: Vec<&'a str>,
    /// The people who may not.
    pub not: Vec<&'a str>,
}

impl<'a> Fold<'a, '_> {
    /// Who may do what, the deciders first.
    pub(super) fn turns(&self) -> Vec<Turn<'a>> {
        let whole = |role: &'a String| Turn { role, actions: vec![Act::Submit], only: Vec::new(), not: Vec::new() };
        match &self.stage {
            Stage::Draft => self.procedure().approval.requested_by.iter().map(whole).collect(),
            Stage::Pending(pending) => {
                let mut turns = self.deciders(pending);
                turns.extend(self.requesters(&[RequesterAct::Modify, RequesterAct::Withdraw, RequesterAct::Close]));
                turns
            }
            Stage::Returned => self.requesters(&RequesterAct::ALL).into_iter().collect(),
            Stage::Undetermined(_) | Stage::Approved | Stage::Denied | Stage::Closed(_) => Vec::new(),
        }
    }

    fn deciders(&self, pending: &Pending<'a>) -> Vec<Turn<'a>> {
        let is_free = |id: &str| self.is_free(id, pending.index);
        let mut not: Vec<&'a str> = Vec::new();
        let requester = self.submission.as_ref().map(|made| made.requester.id.as_str());
        for id in requester.into_iter().chain(self.decided.iter().map(|(_, id)| *id)) {
            if !is_free(id) && !not.contains(&id) {
                not.push(id);
            }
        }
        let mut turns = Vec::new();
        for role in pending.roles() {
            let people = pending.people(role);
            let only: Vec<&'a str> = people.iter().map(String::as_str).filter(|id| is_free(id)).collect();
            if only.is_empty() && !people.is_empty() {
                continue;
            }
            let mut actions = vec![Act::Deny, Act::Return];
            if pending.helps(pending.fits_role(role)) {
                actions.insert(0, Act::Approve);
            }
            turns.push(Turn { role, actions, only, not: not.clone() });
        }
        turns
    }

    fn requesters(&self, possible: &[RequesterAct]) -> Option<Turn<'a>> {
        let made = self.submission.as_ref()?;
        let allowed = &made.procedure.approval.requester_may;
        let actions: Vec<Act> =
            possible.iter().filter(|act| allowed.contains(act)).map(|act| Act::Requester(*act)).collect();
        let only = vec![made.requester.id.as_str()];
        (!actions.is_empty()).then(|| Turn { role: made.role, actions, only, not: Vec::new() })
    }

    /// The roles of a level whose named people cannot bring its approvals about any more.
    pub(super) fn blocked(&self) -> Vec<&'a str> {
        let Stage::Pending(pending) = &self.stage else { return Vec::new() };
        match pending.left(|id| self.is_free(id, pending.index)) {
            Some(left) if pending.is_impossible(&left) => pending.roles(),
            Some(_) | None => Vec::new(),
        }
    }
}
