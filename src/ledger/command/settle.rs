//! What a payer's answer does to a request, its authorization and the charges.

use serde::{Deserialize, Serialize};

use super::super::record::determination::Determination;
use super::super::store::Field;
use super::super::work::{Work, json};
use super::super::{
    Authorization, AuthorizationId, Change, Charge, Entity, Error, Kind, MessageId, Outcome, Purpose, Refusal, Request,
    RequestId, RequestState, Status, StoreError, columns, obstacles, text,
};
use super::amend::allow;
use super::appeal::{appealed_by, is_with_the_payer, stand};
use super::attach::{Attached, attach};
use crate::time::Instant;

/// What came of a payer's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determined {
    /// The request.
    pub request: RequestId,
    /// The authorization that it asks for.
    pub authorization: AuthorizationId,
    /// What was answered.
    pub outcome: Outcome,
    /// Whether it stands; if not, another was issued later, or settled the request, or there is a newer request.
    pub stands: bool,
    /// The authorization's status now.
    pub status: Status,
    /// The charges that stay attached to what the payer took back, and are flagged.
    pub flagged: Vec<String>,
    /// The originating charges that were attached.
    pub attached: Vec<String>,
    /// Those that were not, and why.
    pub not_attached: Vec<NotAttached>,
    /// The originating charges that what was approved can serve, where nobody asked to attach them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<String>,
    /// What a modified approval grants, against what was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Change>,
    /// Why it was answered so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// A charge that could not be attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotAttached {
    /// The charge.
    pub charge: String,
    /// The word of the refusal.
    pub word: String,
    /// Why.
    pub message: String,
}

const NAME: &str = "determine";

#[derive(Serialize)]
struct Detail<'a> {
    determination: i64,
    message: Option<MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<i64>,
    stands: bool,
    content: &'a Determination,
}

/// Applies an answer to a request: of a message the one at that place. A refusal comes before anything is written.
pub(super) fn determine(
    work: &mut Work<'_>,
    id: RequestId,
    answer: &Determination,
    from: Option<(MessageId, i64)>,
    attaching: bool,
) -> Result<Determined, Error> {
    answer.check()?;
    let request = work.request(id)?;
    if request.attempts == 0 {
        // nobody answers what nobody was asked, be it a draft or one that was taken back
        return Err(Refusal::WrongState { request: id, state: request.state }.into());
    }
    let appealed = appealed_by(work, &request)?;
    let before = work.authorization(request.authorization)?;
    let first = answer.first_day.unwrap_or(request.first_day);
    let last = answer.last_day.unwrap_or(request.last_day);
    text::period(first, last)?;
    if let Some(number) = &answer.number {
        work.number_is_free(&before.payer, number, Some(before.id))?;
    }

    let issued = answer.issued.unwrap_or(work.act.at);
    let content = json(answer)?;
    let message = from.map(|(message, _)| message);
    let place = from.map(|(_, place)| place);
    let sql = "INSERT INTO determinations (request_id, message_id, issued, at, outcome, content, answer) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id";
    let values = [
        id.0.into(),
        Field::maybe_int(message.map(|message| message.0)),
        issued.into(),
        work.act.at.into(),
        answer.outcome.word().into(),
        content.as_str().into(),
        Field::maybe_int(place),
    ];
    let number = work.tx.one(sql, &values, |row| row.int())?;
    let stands = supersedes(work, &request, (answer.outcome.is_final(), issued, number))?;
    let counts = stands && counts(work, before.request, id)?;
    let request = if stands { settle(work, &request, answer, number)? } else { request };
    let detail = Detail { determination: number, message, answer: place, stands, content: answer };
    work.note(Entity::new(Kind::Request, id), NAME, &detail, &request)?;
    for earlier in &appealed {
        match request.state {
            // the appeal is with the payer, if it was not before
            RequestState::Submitted if counts => {
                stand(work, earlier, RequestState::Answered, RequestState::Appealed)?;
            }
            // or no more
            RequestState::Rejected | RequestState::Answered if stands => {
                stand(work, earlier, RequestState::Appealed, RequestState::Answered)?;
            }
            RequestState::Submitted | RequestState::Rejected | RequestState::Answered => {}
            // it is appealed in turn
            RequestState::Appealed | RequestState::Draft | RequestState::GivenUp => {}
        }
    }

    let mut determined = Determined {
        request: id,
        authorization: before.id,
        outcome: answer.outcome,
        stands: counts,
        status: before.status,
        flagged: Vec::new(),
        attached: Vec::new(),
        not_attached: Vec::new(),
        offered: Vec::new(),
        modified: None,
        reasons: answer.reasons.clone(),
    };
    if determined.stands {
        let mut after = before.clone();
        after.follow_up = answer.follow_up.or(if answer.outcome.is_final() { None } else { before.follow_up });
        match answer.outcome {
            Outcome::Approved => {
                after.status = Status::Active;
                after.approved = answer.units.unwrap_or(request.units);
                (after.first_day, after.last_day) = (first, last);
                after.codes = answer.codes.clone().unwrap_or(request.codes.clone());
                after.modified = answer.modified;
                determined.modified = answer.modified.then(|| Change::of(&after, &request));
            }
            Outcome::Denied => after.status = Status::Denied,
            Outcome::Cancelled => after.status = Status::Cancelled,
            Outcome::NotRequired => after.status = Status::NotRequired,
            Outcome::Pended | Outcome::CallPayer | Outcome::Rejected | Outcome::Unclear => {}
        }
        if answer.number.is_some() {
            after.number.clone_from(&answer.number);
        }
        let stored = if after == before { before.clone() } else { allow(work, &after)? };
        work.note(Entity::new(Kind::Authorization, stored.id), NAME, &number, &stored)?;
        determined.status = stored.status;
        follow(work, &before, &stored, id, &mut determined)?;
    }
    if determined.stands && answer.outcome == Outcome::Approved {
        match attaching {
            true => attach_originating(work, &mut determined)?,
            false => determined.offered = offered(work, &determined)?,
        }
    }
    Ok(determined)
}

/// The charges from which a request came, as far as what was approved serves them.
fn offered(work: &mut Work<'_>, determined: &Determined) -> Result<Vec<String>, Error> {
    let authorization = work.authorization(determined.authorization)?;
    let mut offered = Vec::new();
    for id in work.originating(determined.request)? {
        let charge = work.charge(&id)?;
        if charge.authorization.is_none() && obstacles(&authorization, &charge).is_empty() {
            offered.push(id);
        }
    }
    Ok(offered)
}

/// Whether what is answered to a request holds for its authorization: it is the newest, or what is newer only appeals it
/// and is not decided, so that the payer may also change its mind.
fn counts(work: &mut Work<'_>, newest: Option<RequestId>, id: RequestId) -> Result<bool, StoreError> {
    let mut next = newest.filter(|newest| *newest != id);
    while let Some(newer) = next {
        let sql = "SELECT purpose, earlier, outcome FROM requests WHERE id = ?1";
        let (purpose, earlier, outcome) = work.tx.one(sql, &[newer.0.into()], |row| {
            Ok((row.word(Purpose::of)?, row.maybe_int()?.map(RequestId), row.maybe_word(Outcome::of)?))
        })?;
        let decided = Some(newer) == newest && outcome.is_some_and(Outcome::is_final);
        if decided || !purpose.is_appeal() || earlier.is_none() {
            return Ok(false);
        }
        next = earlier.filter(|earlier| *earlier != id);
    }
    Ok(newest.is_some())
}

/// Whether an answer takes the place of the one that stands: what settles comes before what doesn't, then what was
/// issued later, then what arrived later.
fn supersedes(work: &mut Work<'_>, request: &Request, new: (bool, Instant, i64)) -> Result<bool, StoreError> {
    let Some(standing) = request.standing else { return Ok(true) };
    let sql = "SELECT outcome, issued FROM determinations WHERE id = ?1";
    let (outcome, issued) = work.tx.one(sql, &[standing.into()], |row| Ok((row.word(Outcome::of)?, row.instant()?)))?;
    Ok(new > (outcome.is_final(), issued, standing))
}

fn settle(work: &mut Work<'_>, request: &Request, answer: &Determination, number: i64) -> Result<Request, StoreError> {
    let state = match answer.outcome {
        // payers send a denial more than once
        Outcome::Denied if is_with_the_payer(work, request)? => RequestState::Appealed,
        Outcome::Approved | Outcome::Denied | Outcome::Cancelled | Outcome::NotRequired => RequestState::Answered,
        Outcome::Rejected => RequestState::Rejected,
        Outcome::Pended | Outcome::CallPayer | Outcome::Unclear => RequestState::Submitted,
    };
    let (reasons, appeal_by) = (json(&answer.reasons)?, answer.appeal_by.map(|day| day.to_string()));
    let sql = concat!(
        "UPDATE requests SET state = ?2, outcome = ?3, modified = ?4, correctable = ?5, reasons = ?6, next_retry = ?7, \
         appeal_by = ?8, standing = ?9, review = coalesce(?10, review) WHERE id = ?1 RETURNING ",
        columns::request!()
    );
    let values = [
        request.id.0.into(),
        state.word().into(),
        answer.outcome.word().into(),
        answer.modified.into(),
        answer.correctable.into(),
        reasons.as_str().into(),
        Field::maybe_instant(answer.next_retry),
        Field::maybe_text(appeal_by.as_deref()),
        number.into(),
        Field::maybe_text(answer.review.as_deref()),
    ];
    work.tx.one(sql, &values, Request::read)
}

/// Lets the charges follow what became of the authorization.
fn follow(
    work: &mut Work<'_>,
    before: &Authorization,
    after: &Authorization,
    request: RequestId,
    determined: &mut Determined,
) -> Result<(), Error> {
    if before.status == Status::NotRequired && after.status != Status::NotRequired {
        let reopened = "UPDATE charges SET auth_required = 1, validated = 0, flag = NULL \
                        WHERE id = ?1 AND authorization_id IS NULL AND flag = 'NOT_REQUIRED' RETURNING ";
        change_originating(work, request, concat_columns(reopened))?;
    }
    match after.status {
        Status::Denied | Status::Cancelled => determined.flagged = flag(work, after.id, after.status, NAME)?,
        Status::Active => clear(work, after.id)?,
        Status::NotRequired => {
            let cleared = "UPDATE charges SET auth_required = 0, flag = 'NOT_REQUIRED' \
                           WHERE id = ?1 AND authorization_id IS NULL AND auth_required = 1 RETURNING ";
            change_originating(work, request, concat_columns(cleared))?;
        }
        Status::Pending => {}
    }
    Ok(())
}

fn concat_columns(sql: &str) -> String {
    format!("{sql}{}", columns::charge!())
}

fn change_originating(work: &mut Work<'_>, request: RequestId, sql: String) -> Result<(), Error> {
    for id in work.originating(request)? {
        if let Some(charge) = work.tx.first(&sql, &[id.as_str().into()], Charge::read)? {
            work.note(Entity::new(Kind::Charge, &charge.id), NAME, &request, &charge)?;
        }
    }
    Ok(())
}

/// Flags the charges that stay attached to what was taken back, and opens the issue again of those that had one.
pub(super) fn flag(
    work: &mut Work<'_>,
    authorization: AuthorizationId,
    status: Status,
    operation: &'static str,
) -> Result<Vec<String>, Error> {
    let mut flagged = Vec::new();
    for attachment in work.open_attachments(authorization)? {
        let needs = work.needs(&attachment.charge)?;
        let sql = concat!(
            "UPDATE charges SET auth_required = ?3, validated = 0, flag = ?2 WHERE id = ?1 RETURNING ",
            columns::charge!()
        );
        let values = [attachment.charge.as_str().into(), status.word().into(), needs.into()];
        let charge = work.tx.one(sql, &values, Charge::read)?;
        work.note(Entity::new(Kind::Charge, &charge.id), operation, &authorization, &charge)?;
        flagged.push(charge.id);
    }
    Ok(flagged)
}

/// Clears the issue of charges that were flagged and are covered again.
fn clear(work: &mut Work<'_>, authorization: AuthorizationId) -> Result<(), Error> {
    for attachment in work.open_attachments(authorization)? {
        let sql = concat!(
            "UPDATE charges SET auth_required = 0, validated = 0, flag = NULL WHERE id = ?1 AND flag IS NOT NULL RETURNING ",
            columns::charge!()
        );
        if let Some(charge) = work.tx.first(sql, &[attachment.charge.as_str().into()], Charge::read)? {
            work.note(Entity::new(Kind::Charge, &charge.id), NAME, &authorization, &charge)?;
        }
    }
    Ok(())
}

fn attach_originating(work: &mut Work<'_>, determined: &mut Determined) -> Result<(), Error> {
    for id in work.originating(determined.request)? {
        let charge = work.charge(&id)?;
        match attach(work, charge, determined.authorization) {
            Ok(Attached { .. }) => determined.attached.push(id),
            // it holds units of this authorization already
            Err(Error::Refused(Refusal::AlreadyAttached { authorization, .. }))
                if authorization == determined.authorization => {}
            Err(Error::Refused(refusal)) => determined.not_attached.push(NotAttached {
                charge: id,
                word: refusal.word().to_owned(),
                message: refusal.to_string(),
            }),
            Err(fault @ Error::Store(_)) => return Err(fault),
        }
    }
    Ok(())
}
