//! Which authorizations serve a charge, and attaching one.

use std::cmp::Ordering;

use crate::engine::authorization::{Ranked, compare};
use crate::ledger::{Answer, Attach, Attached, Authorization, AuthorizationId, Charge, Ledger, obstacles};
use crate::policy::Command;

use super::{AuthError, Desk};

/// An authorization of a charge's member.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The authorization.
    pub authorization: Authorization,
    /// Whether it serves the charge; `None` while something that is not known leaves that open.
    pub serves: Option<bool>,
    /// Why it does not, or what leaves it open.
    pub why: Vec<String>,
}

impl Desk<'_> {
    /// The authorizations that could serve a charge, the best first; with `all` also those that do not, with every reason.
    ///
    /// # Errors
    /// A scope that is lacking, or no such charge.
    pub fn candidates(&self, ledger: &mut Ledger, charge: &str, all: bool) -> Result<Vec<Candidate>, AuthError> {
        self.permit(Command::Candidates)?;
        let charge = self.charge(ledger, charge)?;
        let mut found = Vec::new();
        for authorization in ledger.candidates(&charge.member)? {
            let candidate = self.candidate(&charge, authorization)?;
            if all || candidate.serves != Some(false) {
                found.push(candidate);
            }
        }
        found.sort_by(|one, other| self.first_of(one, other));
        Ok(found)
    }

    /// Those that serve go first, then the order of the policy.
    pub(super) fn first_of(&self, one: &Candidate, other: &Candidate) -> Ordering {
        let standing = |candidate: &Candidate| match candidate.serves {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        let order = &self.policy.policy().rank;
        let ranked = |one, other| compare(order, &ranked(one), &ranked(other));
        standing(one).cmp(&standing(other)).then_with(|| ranked(&one.authorization, &other.authorization))
    }

    /// Whether an authorization serves a charge: what the ledger guards, and what the policy demands beside.
    pub(super) fn candidate(&self, charge: &Charge, authorization: Authorization) -> Result<Candidate, AuthError> {
        let case = self.facts()?.charge(charge)?.authorization(&authorization, Some(&charge.code))?.into_case();
        let serving = self.policy.serving(&case)?;
        let guarded = obstacles(&authorization, charge);
        let own = serving.unmet.iter().filter(|unmet| !self.policy.policy().is_demanded_always(unmet.rule));
        let mut why: Vec<String> = guarded.iter().map(ToString::to_string).collect();
        why.extend(own.map(|unmet| unmet.say.to_owned()));
        let serves = if why.is_empty() { serving.serves } else { Some(false) };
        if serves.is_none() {
            why.extend(serving.open.iter().map(|rule| (*rule).to_owned()));
        }
        Ok(Candidate { serves, why, authorization })
    }

    /// Attaches an authorization to a charge. The policy's own demands are asked for first; what the ledger guards itself
    /// it says itself, and its guard has the last word.
    ///
    /// # Errors
    /// A scope that is lacking, a demand of the policy that is not met, or what the ledger refuses.
    pub fn attach(
        &self,
        ledger: &mut Ledger,
        charge: &str,
        authorization: AuthorizationId,
    ) -> Result<Answer<Attached>, AuthError> {
        self.permit(Command::Attach)?;
        if !self.is_repeated(ledger)? {
            let known = self.charge(ledger, charge)?;
            let wanted = self.authorization(ledger, authorization)?;
            let guarded = !obstacles(&wanted, &known).is_empty();
            let candidate = self.candidate(&known, wanted)?;
            match candidate.serves {
                Some(false) if !guarded => {
                    return Err(AuthError::Unmet { word: "not_served", unmet: candidate.why, help: None });
                }
                None => return Err(AuthError::Unknown { needs: candidate.why }),
                Some(_) => {}
            }
        }
        Ok(ledger.run(self.act(), &Attach { charge: charge.to_owned(), authorization })?)
    }
}

fn ranked(authorization: &Authorization) -> Ranked<'_> {
    Ranked {
        left: authorization.approved.decimal() - authorization.used.decimal(),
        last_day: authorization.last_day,
        number: authorization.number.as_deref().unwrap_or_default(),
    }
}
