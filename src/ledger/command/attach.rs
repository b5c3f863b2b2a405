//! Attaching a charge to an authorization.

use serde::{Deserialize, Serialize};

use super::super::work::Work;
use super::super::{
    Attachment, AttachmentId, Authorization, AuthorizationId, Charge, Entity, Error, Kind, Refusal, StoreError, Units,
    columns, obstacles,
};
use super::Command;

/// Attaches a charge to an authorization: its units are used, and its issue is cleared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attach {
    /// The charge.
    pub charge: String,
    /// The authorization.
    pub authorization: AuthorizationId,
}

/// A charge was attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// The attachment.
    pub attachment: AttachmentId,
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The payer's number of it.
    pub number: Option<String>,
    /// What is used of it now.
    pub used: Units,
    /// What is approved.
    pub approved: Units,
}

/// The guard. Of all who attach at the same time, each looks at the row as the one before it left it.
const USE: &str = concat!(
    "UPDATE authorizations SET used = used + ?1 WHERE id = ?2 AND used + ?1 <= approved AND status = 'ACTIVE' \
     AND first_day <= ?3 AND last_day >= ?3 AND (codes = '' OR replace(codes, ?4, '') <> codes) \
     AND member = ?5 AND payer = ?6 RETURNING ",
    columns::authorization!()
);

impl Command for Attach {
    const NAME: &'static str = "attach";
    type Answer = Attached;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Attached, Error> {
        let charge = work.charge(&self.charge)?;
        attach(work, charge, self.authorization)
    }
}

/// Attaches a charge.
pub(super) fn attach(work: &mut Work<'_>, charge: Charge, to: AuthorizationId) -> Result<Attached, Error> {
    if let Some(authorization) = charge.authorization {
        return Err(Refusal::AlreadyAttached { charge: charge.id, authorization }.into());
    }
    let (day, code) = (charge.day.to_string(), format!(",{},", charge.code));
    let values = [
        charge.units.into(),
        to.0.into(),
        day.as_str().into(),
        code.as_str().into(),
        charge.member.as_str().into(),
        charge.payer.as_str().into(),
    ];
    let Some(used) = work.tx.first(USE, &values, Authorization::read)? else {
        // both are looked at while the authorization is held, so that the answer was true at one moment
        let authorization = work.authorization(to)?;
        let charge = work.charge(&charge.id)?;
        if let Some(authorization) = charge.authorization {
            return Err(Refusal::AlreadyAttached { charge: charge.id, authorization }.into());
        }
        // if nothing is in the way any more, another has just made room: look again
        let refusal = obstacles(&authorization, &charge).into_iter().next();
        return Err(refusal.map_or_else(|| StoreError::Contended { tries: 1 }.into(), Error::Refused));
    };
    let sql = concat!(
        "INSERT INTO attachments (authorization_id, charge, units, at, reversed) VALUES (?1, ?2, ?3, ?4, 0) RETURNING ",
        columns::attachment!()
    );
    let values = [to.0.into(), charge.id.as_str().into(), charge.units.into(), work.act.at.into()];
    let attachment = work.tx.one(sql, &values, Attachment::read)?;
    let sql = concat!(
        "UPDATE charges SET auth_required = 0, validated = 0, flag = NULL, authorization_id = ?2 \
         WHERE id = ?1 AND authorization_id IS NULL RETURNING ",
        columns::charge!()
    );
    let charge = work.tx.first(sql, &[charge.id.as_str().into(), to.0.into()], Charge::read)?;
    // somebody else attached it meanwhile: done again from the start, that is seen first
    let charge = charge.ok_or(StoreError::Contended { tries: 1 })?;
    work.note(Entity::new(Kind::Authorization, to), Attach::NAME, &attachment, &used)?;
    work.note(Entity::new(Kind::Charge, &charge.id), Attach::NAME, &attachment, &charge)?;
    Ok(Attached {
        attachment: attachment.id,
        authorization: to,
        number: used.number,
        used: used.used,
        approved: used.approved,
    })
}
