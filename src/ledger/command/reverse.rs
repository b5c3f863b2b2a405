//! Taking an attachment back.

use serde::{Deserialize, Serialize};

use super::super::store::Field;
use super::super::work::Work;
use super::super::{
    Attachment, AttachmentId, Authorization, AuthorizationId, Charge, Entity, Error, Kind, Refusal, StoreError, Units,
    columns,
};
use super::Command;

/// Takes an attachment back: a row that compensates it gives its units back, and the charge's issue returns if it had one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reverse {
    /// The attachment.
    pub attachment: AttachmentId,
}

/// An attachment was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversed {
    /// The row that compensates it.
    pub reversal: AttachmentId,
    /// The charge, which can be attached again.
    pub charge: String,
    /// The authorization.
    pub authorization: AuthorizationId,
    /// Whether the charge needs an authorization again: not if it was entered as one that needs none.
    #[serde(default = "yes")]
    pub auth_required: bool,
    /// What is used of it now.
    pub used: Units,
    /// What is approved.
    pub approved: Units,
}

/// What was answered for a key before charges that need none were told from others.
fn yes() -> bool {
    true
}

impl Command for Reverse {
    const NAME: &'static str = "reverse";
    type Answer = Reversed;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Reversed, Error> {
        let unknown = || Refusal::UnknownAttachment { attachment: self.attachment };
        let sql = concat!("SELECT ", columns::attachment!(), " FROM attachments WHERE id = ?1");
        let attachment = work.tx.first(sql, &[self.attachment.0.into()], Attachment::read)?.ok_or_else(unknown)?;
        if attachment.reverses.is_some() {
            return Err(unknown().into());
        }
        let authorization = attachment.authorization;
        work.authorization(authorization)?;
        let reversed = "UPDATE attachments SET reversed = 1 WHERE id = ?1 AND reversed = 0";
        if work.tx.execute(reversed, &[self.attachment.0.into()])? == 0 {
            return Err(Refusal::AlreadyReversed { attachment: self.attachment }.into());
        }
        let sql = concat!(
            "UPDATE authorizations SET used = used - ?1 WHERE id = ?2 AND used >= ?1 RETURNING ",
            columns::authorization!()
        );
        let left = work.tx.first(sql, &[attachment.units.into(), authorization.0.into()], Authorization::read)?;
        let left = left.ok_or_else(|| {
            StoreError::damaged(format!("authorization {authorization} has fewer units used than are attached to it"))
        })?;
        let sql = concat!(
            "INSERT INTO attachments (authorization_id, charge, units, at, reverses, reversed) \
             VALUES (?1, ?2, ?3, ?4, ?5, 0) RETURNING ",
            columns::attachment!()
        );
        let values = [
            authorization.0.into(),
            attachment.charge.as_str().into(),
            Field::Int(-attachment.units.ten_thousandths()),
            work.act.at.into(),
            self.attachment.0.into(),
        ];
        let reversal = work.tx.one(sql, &values, Attachment::read)?;
        let needs = work.needs(&attachment.charge)?;
        let sql = concat!(
            "UPDATE charges SET auth_required = ?2, validated = 0, flag = NULL, authorization_id = NULL WHERE id = ?1 RETURNING ",
            columns::charge!()
        );
        let charge = work.tx.one(sql, &[attachment.charge.as_str().into(), needs.into()], Charge::read)?;
        work.note(Entity::new(Kind::Authorization, authorization), Self::NAME, &reversal, &left)?;
        work.note(Entity::new(Kind::Charge, &charge.id), Self::NAME, &reversal, &charge)?;
        Ok(Reversed {
            reversal: reversal.id,
            charge: charge.id,
            authorization,
            auth_required: charge.auth_required,
            used: left.used,
            approved: left.approved,
        })
    }
}
