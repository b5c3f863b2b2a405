//! One authorization, charge, member or request, with everything around it.

use crate::engine::authorization::Known;
use crate::ledger::{
    Attachment, Authorization, AuthorizationId, Charge, Entity, Filing, Filter, Kind, Ledger, Member, Recorded,
    Request, RequestId, RequestState, Status, Transmission, View, uncovered,
};
use crate::policy::Command;

use super::course::Course;
use super::{AuthError, Desk, Particulars};

/// An authorization with everything around it.
#[derive(Debug)]
pub struct Shown {
    /// The authorization.
    pub authorization: Authorization,
    /// How people see it today.
    pub view: View,
    /// How its units were used over time.
    pub attachments: Vec<Attachment>,
    /// What was asked of the payer.
    pub requests: Vec<Request>,
    /// What renews or extends it, or asks for that, with how people see it today.
    pub renewals: Vec<(Authorization, View)>,
    /// What is filed with it.
    pub filings: Vec<Filing>,
    /// What comes next, and by when. Once a renewal is asked for or granted, no more is said of when to ask.
    pub course: Course,
}

/// A charge with everything around it.
#[derive(Debug)]
pub struct ShownCharge {
    /// The charge.
    pub charge: Charge,
    /// The authorization that it is attached to.
    pub authorization: Option<Authorization>,
    /// The requests that came from it.
    pub requests: Vec<Request>,
    /// What comes next.
    pub step: ChargeStep,
    /// What happened to it, oldest first: every attachment and reversal among it.
    pub history: Vec<Recorded>,
}

/// What comes next for a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeStep {
    /// Nothing: it lacks no authorization, and somebody confirmed it.
    Nothing,
    /// Somebody is to confirm that it lacks none.
    Validate,
    /// Its authorization was taken back, or does not cover it any more: it is to be taken off, or what comes of the matter awaited.
    Reverse(AuthorizationId),
    /// One of these serves it, the best first.
    Attach(Vec<AuthorizationId>),
    /// A request for it is written down, or is with the payer.
    Follow(RequestId),
    /// The policy's actions, where nothing serves it and nothing was asked.
    Act(Vec<String>),
    /// What comes next hangs on facts that no ledger has.
    Unknown(Vec<String>),
}

/// A member with everything around them.
#[derive(Debug)]
pub struct ShownMember {
    /// The member.
    pub member: Member,
    /// Their authorizations, and how people see them today.
    pub authorizations: Vec<(Authorization, View)>,
    /// Their charges, by date of service.
    pub charges: Vec<Charge>,
    /// What is filed with them.
    pub filings: Vec<Filing>,
    /// What happened to them, oldest first.
    pub history: Vec<Recorded>,
}

/// A request with everything around it.
#[derive(Debug)]
pub struct ShownRequest {
    /// The request.
    pub request: Request,
    /// The authorization that it asks for.
    pub authorization: Authorization,
    /// The charges from which it came.
    pub charges: Vec<Charge>,
    /// The messages by which it was sent, oldest first.
    pub transmissions: Vec<Transmission>,
    /// What is filed with it.
    pub filings: Vec<Filing>,
    /// What comes next, and by when; nothing, if a later request has taken its place.
    pub course: Option<Course>,
    /// The request that has taken its place, or that corrects it and is not sent yet.
    pub followed: Option<Followed>,
    /// What happened to it, oldest first.
    pub history: Vec<Recorded>,
}

/// What follows a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Another was sent, and counts in its stead.
    By(RequestId),
    /// Another that corrects it is written down, and not sent yet.
    Draft(RequestId),
}

/// The request on which an authorization rests: one that corrects it and was not sent counts for nothing yet.
fn counting<'q>(authorization: &Authorization, requests: &'q [Request]) -> Option<&'q Request> {
    requests.iter().find(|request| authorization.request == Some(request.id))
}

impl Desk<'_> {
    /// An authorization with everything around it.
    ///
    /// # Errors
    /// A scope that is lacking, or one that is not there.
    pub fn show(&self, ledger: &mut Ledger, id: AuthorizationId) -> Result<Shown, AuthError> {
        self.permit(Command::Show)?;
        let authorization = self.authorization(ledger, id)?;
        let requests = ledger.requests(id)?;
        let mut course = self.course(ledger, &authorization, counting(&authorization, &requests))?;
        let renewals = ledger.renewals(id)?.into_iter().map(|renewal| self.viewed(renewal)).collect::<Vec<_>>();
        if renewals.iter().any(|(renewal, _)| matches!(renewal.status, Status::Pending | Status::Active)) {
            course.renewal = None;
        }
        Ok(Shown {
            renewals,
            view: authorization.view(self.today()),
            attachments: ledger.attachments(id)?,
            filings: ledger.filings(&Entity::new(Kind::Authorization, id))?,
            requests,
            course,
            authorization,
        })
    }

    /// A charge with everything around it.
    ///
    /// # Errors
    /// A scope that is lacking, or one that is not there.
    pub fn show_charge(&self, ledger: &mut Ledger, id: &str) -> Result<ShownCharge, AuthError> {
        self.permit(Command::Show)?;
        let charge = self.charge(ledger, id)?;
        let authorization = charge.authorization.map(|id| self.authorization(ledger, id)).transpose()?;
        let requests = ledger.requests_from(&charge)?;
        let step = self.step_of(ledger, &charge, &requests)?;
        let history = ledger.history(&Entity::new(Kind::Charge, id))?;
        Ok(ShownCharge { charge, authorization, requests, step, history })
    }

    fn step_of(&self, ledger: &mut Ledger, charge: &Charge, requests: &[Request]) -> Result<ChargeStep, AuthError> {
        match (charge.auth_required, charge.authorization) {
            (true, Some(authorization)) => return Ok(ChargeStep::Reverse(authorization)),
            // the payer has cut its days or codes since
            (false, Some(id)) if !uncovered(&self.authorization(ledger, id)?, charge).is_empty() => {
                return Ok(ChargeStep::Reverse(id));
            }
            (false, Some(_)) if !charge.validated => return Ok(ChargeStep::Validate),
            (false, Some(_) | None) => return Ok(ChargeStep::Nothing),
            (true, None) => {}
        }
        let mut candidates = Vec::new();
        for authorization in ledger.candidates(&charge.member)? {
            candidates.push(self.candidate(charge, authorization)?);
        }
        candidates.retain(|candidate| candidate.serves == Some(true));
        if !candidates.is_empty() {
            candidates.sort_by(|one, other| self.first_of(one, other));
            return Ok(ChargeStep::Attach(candidates.iter().map(|candidate| candidate.authorization.id).collect()));
        }
        let under_way = requests.iter().rev().find(|request| match request.state {
            RequestState::Draft | RequestState::Submitted | RequestState::Rejected | RequestState::Appealed => true,
            RequestState::Answered | RequestState::GivenUp => false,
        });
        if let Some(request) = under_way {
            return Ok(ChargeStep::Follow(request.id));
        }
        let told = Particulars::told_of(ledger, &charge.id)?;
        let case = self.facts()?.say(&told)?.charge(charge)?.into_case();
        Ok(match self.policy.requirement(&case)? {
            Known::Known(row) => ChargeStep::Act(row.map(|row| row.actions.clone()).unwrap_or_default()),
            Known::Open(_) => match self.unknown(&case)? {
                AuthError::Unknown { needs } => ChargeStep::Unknown(needs),
                other => return Err(other),
            },
        })
    }

    /// An authorization, and how people see it today.
    fn viewed(&self, authorization: Authorization) -> (Authorization, View) {
        let view = authorization.view(self.today());
        (authorization, view)
    }

    /// A member with everything around them.
    ///
    /// # Errors
    /// A scope that is lacking, or nobody of this id.
    pub fn show_member(&self, ledger: &mut Ledger, id: &str) -> Result<ShownMember, AuthError> {
        self.permit(Command::Show)?;
        let member = self.member(ledger, id)?;
        let entity = Entity::new(Kind::Member, id);
        let filter = Filter { member: Some(id.to_owned()), ..Filter::default() };
        Ok(ShownMember {
            authorizations: ledger.authorizations(&filter)?.into_iter().map(|known| self.viewed(known)).collect(),
            charges: ledger.charges(id)?,
            filings: ledger.filings(&entity)?,
            history: ledger.history(&entity)?,
            member,
        })
    }

    /// A request with everything around it.
    ///
    /// # Errors
    /// A scope that is lacking, or one that is not there.
    pub fn show_request(&self, ledger: &mut Ledger, id: RequestId) -> Result<ShownRequest, AuthError> {
        self.permit(Command::Show)?;
        let request = self.request(ledger, id)?;
        let authorization = self.authorization(ledger, request.authorization)?;
        let draft = ledger
            .requests(authorization.id)?
            .into_iter()
            .find(|later| later.state == RequestState::Draft && later.earlier == Some(id));
        let followed = match authorization.request.filter(|newest| *newest > id) {
            Some(newest) => Some(Followed::By(newest)),
            None => draft.map(|draft| Followed::Draft(draft.id)),
        };
        let newest = authorization.request == Some(id);
        let course = newest.then(|| self.course(ledger, &authorization, Some(&request))).transpose()?;
        let entity = Entity::new(Kind::Request, id);
        Ok(ShownRequest {
            charges: ledger.originating(id)?,
            transmissions: ledger.transmissions(id)?,
            filings: ledger.filings(&entity)?,
            history: ledger.history(&entity)?,
            request,
            authorization,
            course,
            followed,
        })
    }
}
