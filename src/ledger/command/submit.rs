//! Submitting a request: its message is written down before anything leaves the house.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::store::Field;
use super::super::work::Work;
use super::super::{
    Entity, Error, Hash, Kind, Refusal, Request, RequestId, RequestState, StoreError, Transmission, TransmissionId,
    columns, text,
};
use super::Command;
use super::appeal::{appealed_by, stand};
use super::basis::take_place;
use crate::time::Instant;

/// Makes the bytes of a message that has a control number, or says why that can't be done.
pub type Write<'a> = dyn Fn(&Request, u32) -> Result<Outgoing, String> + 'a;

/// A message as it is to be put where the partner takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The name of its file; the control number in it makes writing it again harmless.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Whether a message that has gone out may go out once more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attempt {
    /// Only if its next attempt is due, by the policy.
    #[default]
    WhenDue,
    /// On purpose: the payer gets the same request twice.
    Anew,
}

impl Attempt {
    pub(super) fn is_when_due(&self) -> bool {
        *self == Attempt::WhenDue
    }
}

/// Submits a request: gives it the partner's next control number, and writes its message down.
#[derive(Serialize)]
pub struct Submit<'a> {
    /// The request.
    pub request: RequestId,
    /// What is done if it has gone out before.
    #[serde(skip_serializing_if = "Attempt::is_when_due")]
    pub attempt: Attempt,
    /// When the payer's determination is due, by the policy.
    #[serde(skip)]
    pub due: Option<Instant>,
    /// What writes the message.
    #[serde(skip)]
    pub write: &'a Write<'a>,
}

impl fmt::Debug for Submit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submit")
            .field("request", &self.request)
            .field("attempt", &self.attempt)
            .field("due", &self.due)
            .finish_non_exhaustive()
    }
}

/// A request was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The request.
    pub request: RequestId,
    /// The message that is to be written.
    pub transmission: TransmissionId,
    /// Its control number.
    pub control: u32,
    /// The name of its file.
    pub name: String,
}

impl Command for Submit<'_> {
    const NAME: &'static str = "submit";
    type Answer = Submitted;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Submitted, Error> {
        let request = work.request(self.request)?;
        may_go_out(&request, self.attempt, work.act.at)?;
        send(work, request, self.due, self.write)
    }
}

/// Refuses what has gone out and is not due again, and what nobody waits for.
pub(super) fn may_go_out(request: &Request, attempt: Attempt, now: Instant) -> Result<(), Refusal> {
    match request.state {
        RequestState::Draft | RequestState::Rejected => Ok(()),
        RequestState::Submitted => {
            let is_due = request.next_retry.is_some_and(|next| next <= now);
            match attempt {
                Attempt::WhenDue if !is_due => Err(Refusal::AlreadySent { request: request.id }),
                Attempt::WhenDue | Attempt::Anew => Ok(()),
            }
        }
        state @ (RequestState::Answered | RequestState::Appealed | RequestState::GivenUp) => {
            Err(Refusal::WrongState { request: request.id, state })
        }
    }
}

/// Has a request that goes out take the place of what it corrects, and what it appeals wait for it.
pub(super) fn make_way(work: &mut Work<'_>, request: &Request) -> Result<(), Error> {
    take_place(work, request)?;
    for appealed in appealed_by(work, request)? {
        stand(work, &appealed, RequestState::Answered, RequestState::Appealed)?;
    }
    Ok(())
}

/// A request after it went out: it waits for the payer.
pub(super) fn gone_out(work: &mut Work<'_>, id: RequestId, due: Option<Instant>) -> Result<Request, StoreError> {
    let sql = concat!(
        "UPDATE requests SET state = 'SUBMITTED', attempts = attempts + 1, next_retry = NULL, \
             submitted_at = coalesce(submitted_at, ?2), due = coalesce(due, ?3) WHERE id = ?1 RETURNING ",
        columns::request!()
    );
    work.tx.one(sql, &[id.0.into(), work.act.at.into(), Field::maybe_instant(due)], Request::read)
}

/// Writes a request's message down under the partner's next control number.
pub(super) fn send(
    work: &mut Work<'_>,
    request: Request,
    due: Option<Instant>,
    write: &Write<'_>,
) -> Result<Submitted, Error> {
    let partner = request.partner.as_deref().ok_or(Refusal::WrongWay { request: request.id })?;
    make_way(work, &request)?;
    let control = next_control(work, partner)?;
    let message = write(&request, control).map_err(|why| Refusal::Unwritable { why })?;
    text::short("name of a file", &message.name)?;
    let sha256 = Hash::of(&message.bytes);
    let sql = concat!(
        "INSERT INTO outbox (partner, control, request_id, name, sha256, at, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             RETURNING ",
        columns::transmission!()
    );
    let values = [
        partner.into(),
        i64::from(control).into(),
        request.id.0.into(),
        message.name.as_str().into(),
        (&sha256).into(),
        work.act.at.into(),
        Field::Bytes(&message.bytes),
    ];
    let sent = work.tx.one(sql, &values, Transmission::read)?;
    let request = gone_out(work, request.id, due)?;
    work.note(Entity::new(Kind::Request, request.id), Submit::NAME, &sent.id, &request)?;
    work.note(Entity::new(Kind::Transmission, sent.id), Submit::NAME, &(), &sent)?;
    Ok(Submitted { request: request.id, transmission: sent.id, control, name: sent.name })
}

/// The next control number of a partner, which no other message will have.
fn next_control(work: &mut Work<'_>, partner: &str) -> Result<u32, Error> {
    work.tx.execute("INSERT INTO partners (id, control) VALUES (?1, 0) ON CONFLICT DO NOTHING", &[partner.into()])?;
    let sql = "UPDATE partners SET control = control + 1 WHERE id = ?1 AND control < 999999999 RETURNING control";
    let next = work.tx.first(sql, &[partner.into()], |row| row.int())?;
    let next = next.and_then(|next| u32::try_from(next).ok());
    Ok(next.ok_or_else(|| Refusal::NoControlNumber { partner: partner.to_owned() })?)
}
