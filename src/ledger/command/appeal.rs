//! Appealing a denial.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::record::document::NewDocument;
use super::super::work::Work;
use super::super::{
    Entity, Error, Kind, Outcome, Purpose, Refusal, Request, RequestId, RequestState, StoreError, columns,
};
use super::Command;
use super::basis::Basis;
use super::open_request::{Asking, OpenRequest};
use super::submit::{Submitted, Write, send};
use crate::time::Instant;

/// Notes that a denied request is being appealed, and writes the appeal's message down where there is one. The
/// authorization stays denied until the payer says otherwise.
#[derive(Debug, Serialize)]
pub struct Appeal<'a> {
    /// The request.
    pub request: RequestId,
    /// The date of the appeal; a key stands for the same appeal on any day.
    #[serde(skip)]
    pub on: NaiveDate,
    /// The letter.
    pub document: Option<NewDocument>,
    /// The message; none if the appeal goes out by letter or by telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<AppealMessage<'a>>,
}

/// What an appeal is sent by: a request of its own, so that what the payer says of it is told from what it said before.
#[derive(Serialize)]
pub struct AppealMessage<'a> {
    /// Whether the payer has to look at it at once.
    pub immediate: bool,
    /// What is filed with it.
    pub documents: Vec<NewDocument>,
    /// When the payer's determination is due, by the policy.
    #[serde(skip)]
    pub due: Option<Instant>,
    /// What writes the message.
    #[serde(skip)]
    pub write: &'a Write<'a>,
}

impl fmt::Debug for AppealMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppealMessage")
            .field("immediate", &self.immediate)
            .field("due", &self.due)
            .finish_non_exhaustive()
    }
}

/// A denial is being appealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appealed {
    /// The request that was denied.
    pub request: RequestId,
    /// The message that appeals it, with the request that it is; none if the appeal goes out in another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Submitted>,
}

/// What the history of the request that was denied says; what goes with the message stands in the message's own.
#[derive(Serialize)]
struct Detail<'a> {
    request: RequestId,
    on: NaiveDate,
    document: &'a Option<NewDocument>,
}

impl Command for Appeal<'_> {
    const NAME: &'static str = "appeal";
    type Answer = Appealed;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Appealed, Error> {
        let request = work.request(self.request)?;
        let denied = request.state == RequestState::Answered && request.outcome == Some(Outcome::Denied);
        if !denied {
            return Err(Refusal::WrongState { request: request.id, state: request.state }.into());
        }
        if let Some(by) = request.appeal_by.filter(|by| *by < self.on) {
            return Err(Refusal::AppealTooLate { request: request.id, by }.into());
        }
        // what the payer says of it would count for nothing
        let newest = work.authorization(request.authorization)?.request;
        if let Some(newest) = newest.filter(|newest| *newest != request.id) {
            return Err(Refusal::NotNewest { request: request.id, newest }.into());
        }
        let request = set(work, request.id, RequestState::Appealed)?;
        let entity = Entity::new(Kind::Request, request.id);
        if let Some(document) = &self.document {
            work.file(document, &entity)?;
        }
        let detail = Detail { request: self.request, on: self.on, document: &self.document };
        work.note(entity, Self::NAME, &detail, &request)?;
        let sent = self.message.as_ref().map(|message| message.send(work, &request)).transpose()?;
        Ok(Appealed { request: request.id, sent })
    }
}

impl AppealMessage<'_> {
    /// Writes down a request that asks for the same again, and its message.
    fn send(&self, work: &mut Work<'_>, denied: &Request) -> Result<Submitted, Error> {
        let authorization = work.authorization(denied.authorization)?;
        let open = OpenRequest {
            member: authorization.member,
            payer: authorization.payer,
            partner: denied.partner.clone(),
            basis: Basis::Appeals { request: denied.id, immediate: self.immediate },
            units: denied.units,
            first_day: denied.first_day,
            last_day: denied.last_day,
            codes: denied.codes.clone(),
            charges: work.originating(denied.id)?.into_iter().collect(),
            // an appeal is of what was denied, whatever else is asked for by now
            asking: Asking::AlthoughAsked,
            approval: denied.approval.clone(),
            trace: None,
            reference: None,
            documents: self.documents.clone(),
        };
        let opened = open.carry_out(work)?;
        let request = work.request(opened.request)?;
        send(work, request, self.due, self.write)
    }
}

/// The requests that one appeals, the nearest first; they are held.
pub(super) fn appealed_by(work: &mut Work<'_>, request: &Request) -> Result<Vec<Request>, Error> {
    let mut appealed: Vec<Request> = Vec::new();
    let mut next = request.earlier.filter(|_| request.purpose.is_appeal());
    while let Some(id) = next {
        let earlier = work.request(id)?;
        next = earlier.earlier.filter(|older| earlier.purpose.is_appeal() && *older < id);
        appealed.push(earlier);
    }
    Ok(appealed)
}

/// Whether a message that appeals a request was sent, and is not decided. It is looked at without being held: who answers it
/// holds it, and then this one.
pub(super) fn is_with_the_payer(work: &mut Work<'_>, request: &Request) -> Result<bool, StoreError> {
    let sql = "SELECT id, state, purpose, earlier FROM requests WHERE authorization_id = ?1 AND id > ?2 ORDER BY id";
    let later = work.tx.all(sql, &[request.authorization.0.into(), request.id.0.into()], |row| {
        let (id, state) = (row.int()?, row.word(RequestState::of)?);
        Ok((id, state, row.word(Purpose::of)?, row.maybe_int()?))
    })?;
    // each appeals an older one, so one pass finds all that appeal this one in however many steps
    let mut appeals = vec![request.id.0];
    for (id, state, purpose, earlier) in later {
        if purpose.is_appeal() && earlier.is_some_and(|earlier| appeals.contains(&earlier)) {
            if state == RequestState::Submitted {
                return Ok(true);
            }
            appeals.push(id);
        }
    }
    Ok(false)
}

/// Has a request stand in one state that stood in another.
pub(super) fn stand(
    work: &mut Work<'_>,
    request: &Request,
    from: RequestState,
    to: RequestState,
) -> Result<(), StoreError> {
    if request.state == from && request.outcome == Some(Outcome::Denied) {
        let changed = set(work, request.id, to)?;
        work.note(Entity::new(Kind::Request, request.id), "stand", &to, &changed)?;
    }
    Ok(())
}

fn set(work: &mut Work<'_>, id: RequestId, state: RequestState) -> Result<Request, StoreError> {
    let sql = concat!("UPDATE requests SET state = ?2 WHERE id = ?1 RETURNING ", columns::request!());
    work.tx.one(sql, &[id.0.into(), state.word().into()], Request::read)
}
