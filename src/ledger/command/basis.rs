//! What a request follows on.

use serde::ser::{Serialize, Serializer};

use super::super::work::Work;
use super::super::{
    Authorization, AuthorizationId, Entity, Error, Kind, Outcome, Purpose, Refusal, Request, RequestId, RequestState,
    Status, StoreError, columns,
};
use super::amend;
use super::open_request::OpenRequest;

/// What a request follows on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Nothing: it asks for the first time.
    Nothing,
    /// An authorization that was denied, cancelled or never determined: it is asked for as if for the first time.
    Anew(AuthorizationId),
    /// An active authorization, of which a further period is asked for.
    Renews(AuthorizationId),
    /// An active authorization, of which more is asked for, or a longer time.
    Extends(AuthorizationId),
    /// A request that was denied, was rejected and may be corrected, or was not sent yet.
    Corrects(RequestId),
    /// A denial of which it is noted that it is appealed.
    Appeals {
        /// The request that was denied.
        request: RequestId,
        /// Whether the payer has to look at it at once.
        immediate: bool,
    },
}

/// As keys and histories have it. The first two are what they were before there were others, so that keys stay good.
impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Basis::Nothing => serializer.serialize_none(),
            Basis::Anew(id) => id.serialize(serializer),
            Basis::Renews(id) => serializer.serialize_newtype_variant("Basis", 2, "renews", id),
            Basis::Extends(id) => serializer.serialize_newtype_variant("Basis", 3, "extends", id),
            Basis::Corrects(id) => serializer.serialize_newtype_variant("Basis", 4, "corrects", id),
            Basis::Appeals { request, immediate: false } => {
                serializer.serialize_newtype_variant("Basis", 5, "appeals", request)
            }
            Basis::Appeals { request, immediate: true } => {
                serializer.serialize_newtype_variant("Basis", 6, "appeals_at_once", request)
            }
        }
    }
}

/// A request's place among others.
pub(super) struct Placed {
    /// The authorization that it asks for.
    pub pending: Authorization,
    pub purpose: Purpose,
    pub earlier: Option<RequestId>,
    pub when: When,
}

/// When a request becomes that of its authorization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Now: there is none that the payer knows of.
    Opened,
    /// Once it is sent: until then the one before it counts, and the authorization stays as the payer left it.
    Sent,
}

impl OpenRequest {
    /// The authorization that is asked for, made or held, and the manner in which it is.
    pub(super) fn place(&self, work: &mut Work<'_>) -> Result<Placed, Error> {
        match self.basis {
            Basis::Nothing => {
                let pending = self.pend(work, None)?;
                Ok(Placed { pending, purpose: Purpose::Initial, earlier: None, when: When::Opened })
            }
            Basis::Anew(id) => {
                let pending = work.authorization(id)?;
                self.may_ask_again(&pending)?;
                Ok(Placed { pending, purpose: Purpose::Initial, earlier: None, when: When::Sent })
            }
            Basis::Renews(id) => self.follow_on(work, id, Purpose::Renewal),
            Basis::Extends(id) => self.follow_on(work, id, Purpose::Extension),
            Basis::Corrects(id) => self.correct(work, id),
            Basis::Appeals { request, immediate } => {
                let (earlier, mut pending) = newest(work, request)?;
                if earlier.state != RequestState::Appealed || earlier.outcome != Some(Outcome::Denied) {
                    return Err(Refusal::WrongState { request, state: earlier.state }.into());
                }
                self.is_of(&pending)?;
                // it stays denied until the payer says otherwise
                pending.follow_up = None;
                let purpose = if immediate { Purpose::ImmediateAppeal } else { Purpose::Appeal };
                Ok(Placed { pending, purpose, earlier: Some(request), when: When::Opened })
            }
        }
    }

    /// An authorization of its own, since what is active stays so whatever the payer answers.
    fn follow_on(&self, work: &mut Work<'_>, id: AuthorizationId, purpose: Purpose) -> Result<Placed, Error> {
        let known = work.authorization(id)?;
        match known.status {
            Status::Active => {}
            status @ (Status::Pending | Status::Denied | Status::Cancelled | Status::NotRequired) => {
                return Err(Refusal::WrongStatus { authorization: id, status }.into());
            }
        }
        self.is_of(&known)?;
        let (first, last) = (self.first_day.to_string(), self.last_day.to_string());
        let values = [id.0.into(), first.as_str().into(), last.as_str().into()];
        let sql = "SELECT id FROM authorizations WHERE renews = ?1 AND status = 'PENDING' AND first_day = ?2 AND last_day = ?3";
        if let Some(asked) = work.tx.first(sql, &values, |row| row.int())? {
            return Err(Refusal::AlreadyAsked { renews: id, authorization: AuthorizationId(asked) }.into());
        }
        Ok(Placed { pending: self.pend(work, Some(id))?, purpose, earlier: None, when: When::Opened })
    }

    fn correct(&self, work: &mut Work<'_>, id: RequestId) -> Result<Placed, Error> {
        let (earlier, known) = newest(work, id)?;
        let purpose = match (earlier.state, earlier.outcome) {
            (RequestState::Rejected, _) if !earlier.correctable => {
                return Err(Refusal::NotCorrectable { request: id }.into());
            }
            // what the payer has no number of, it cannot revise: that goes out as what it was
            (RequestState::Rejected, _) => match known.number.is_some() || earlier.review.is_some() {
                true if !earlier.purpose.is_appeal() => Purpose::Revision,
                true | false => earlier.purpose,
            },
            (RequestState::Answered, Some(Outcome::Denied)) if self.asks_the_same(&earlier) => Purpose::Reconsideration,
            (RequestState::Answered, Some(Outcome::Denied)) => Purpose::Revision,
            (RequestState::Draft, _) => match earlier.purpose {
                Purpose::Reconsideration if !self.asks_the_same(&earlier) => Purpose::Revision,
                purpose => purpose,
            },
            (state, _) => return Err(Refusal::WrongState { request: id, state }.into()),
        };
        if earlier.state != RequestState::Draft {
            // what could not be sent in the end is found now
            follows(&earlier, &known)?;
            self.is_of(&known)?;
            return Ok(Placed { pending: known, purpose, earlier: Some(id), when: When::Sent });
        }
        self.is_of(&known)?;
        give_up(work, id, "correct")?;
        if known.request == Some(id) {
            let pending = if purpose.is_appeal() { known } else { self.pend_again(known)? };
            return Ok(Placed { pending, purpose, earlier: Some(id), when: When::Opened });
        }
        // the draft of a correction gives way to another: both correct the same
        Ok(Placed { pending: known, purpose, earlier: earlier.earlier, when: When::Sent })
    }

    /// Refuses what belongs to another member or payer.
    pub(super) fn is_of(&self, known: &Authorization) -> Result<(), Refusal> {
        if known.member != self.member || known.payer != self.payer {
            return Err(Refusal::OtherParty { authorization: known.id });
        }
        Ok(())
    }

    fn asks_the_same(&self, earlier: &Request) -> bool {
        (self.units, self.first_day, self.last_day) == (earlier.units, earlier.first_day, earlier.last_day)
            && self.codes == earlier.codes
    }
}

/// A request and its authorization, for which no later one was made.
fn newest(work: &mut Work<'_>, id: RequestId) -> Result<(Request, Authorization), Error> {
    let request = work.request(id)?;
    let authorization = work.authorization(request.authorization)?;
    if request.state == RequestState::Draft {
        return Ok((request, authorization));
    }
    if let Some(newest) = authorization.request.filter(|newest| *newest != id) {
        return Err(Refusal::NotNewest { request: id, newest }.into());
    }
    let sql =
        "SELECT id FROM requests WHERE authorization_id = ?1 AND earlier = ?2 AND state = 'DRAFT' ORDER BY id DESC";
    if let Some(draft) = work.tx.first(sql, &[authorization.id.0.into(), id.0.into()], |row| row.int())? {
        return Err(Refusal::BeingPrepared { request: id, draft: RequestId(draft) }.into());
    }
    Ok((request, authorization))
}

/// Refuses to correct what the payer has decided otherwise by now, or does not take corrected.
fn follows(earlier: &Request, authorization: &Authorization) -> Result<(), Refusal> {
    match (earlier.state, earlier.outcome) {
        (RequestState::Answered, Some(Outcome::Denied)) => {}
        (RequestState::Rejected, _) if earlier.correctable => {}
        (RequestState::Rejected, _) => return Err(Refusal::NotCorrectable { request: earlier.id }),
        (state, _) => return Err(Refusal::WrongState { request: earlier.id, state }),
    }
    not_granted(authorization)
}

/// Refuses to ask for what the payer allows by now.
pub(super) fn not_granted(authorization: &Authorization) -> Result<(), Refusal> {
    match authorization.status {
        Status::Pending | Status::Denied | Status::Cancelled => Ok(()),
        status @ (Status::Active | Status::NotRequired) => {
            Err(Refusal::WrongStatus { authorization: authorization.id, status })
        }
    }
}

/// Nobody tries a request any more.
pub(super) fn give_up(work: &mut Work<'_>, id: RequestId, operation: &'static str) -> Result<Request, StoreError> {
    let sql = concat!(
        "UPDATE requests SET state = 'GIVEN_UP', next_retry = NULL WHERE id = ?1 RETURNING ",
        columns::request!()
    );
    let given_up = work.tx.one(sql, &[id.0.into()], Request::read)?;
    work.note(Entity::new(Kind::Request, id), operation, &(), &given_up)?;
    Ok(given_up)
}

/// Has what corrects another request, or asks for the same anew, take its place once it is sent: only now the authorization
/// waits for the payer again.
pub(super) fn take_place(work: &mut Work<'_>, request: &Request) -> Result<(), Error> {
    if request.state != RequestState::Draft {
        return Ok(());
    }
    let earlier = request.earlier.map(|earlier| work.request(earlier)).transpose()?;
    let mut pending = work.authorization(request.authorization)?;
    if pending.request == Some(request.id) {
        return Ok(());
    }
    match earlier {
        None => not_granted(&pending)?,
        Some(earlier) => {
            if let Some(newest) = pending.request.filter(|newest| *newest != earlier.id) {
                return Err(Refusal::NotNewest { request: earlier.id, newest }.into());
            }
            follows(&earlier, &pending)?;
            if earlier.state == RequestState::Rejected {
                give_up(work, earlier.id, "correct")?;
            }
        }
    }
    pending.request = Some(request.id);
    if !request.purpose.is_appeal() {
        pending.status = Status::Pending;
        (pending.first_day, pending.last_day) = (request.first_day, request.last_day);
        pending.codes = request.codes.clone();
        pending.follow_up = None;
    }
    let pending = amend::allow(work, &pending)?;
    work.note(Entity::new(Kind::Authorization, pending.id), "correct", &request.id, &pending)?;
    Ok(())
}
