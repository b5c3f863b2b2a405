//! Confirming that a charge has what it needs.

use serde::{Deserialize, Serialize};

use super::super::work::Work;
use super::super::{Charge, Entity, Error, Kind, Refusal, columns, uncovered};
use super::Command;

/// Confirms that a charge's issue is cleared, and that what is attached still covers its day and code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValidateCharge {
    /// The charge.
    pub charge: String,
}

/// A charge was validated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeValidated {
    /// The charge.
    pub charge: String,
    /// Whether it was validated before, so that nothing changed.
    pub already: bool,
}

impl Command for ValidateCharge {
    const NAME: &'static str = "validate_charge";
    type Answer = ChargeValidated;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<ChargeValidated, Error> {
        let charge = work.charge(&self.charge)?;
        if charge.auth_required {
            return Err(Refusal::IssueOpen { charge: charge.id }.into());
        }
        if let Some(id) = charge.authorization
            && let Some(refusal) = uncovered(&work.authorization(id)?, &charge).into_iter().next()
        {
            return Err(refusal.into());
        }
        if charge.validated {
            work.note_already(Entity::new(Kind::Charge, &charge.id), Self::NAME, &charge)?;
        } else {
            let sql = concat!(
                "UPDATE charges SET validated = 1 WHERE id = ?1 AND auth_required = 0 RETURNING ",
                columns::charge!()
            );
            let charge = work.tx.first(sql, &[self.charge.as_str().into()], Charge::read)?;
            let charge = charge.ok_or_else(|| Refusal::IssueOpen { charge: self.charge.clone() })?;
            work.note(Entity::new(Kind::Charge, &charge.id), Self::NAME, &(), &charge)?;
        }
        Ok(ChargeValidated { charge: charge.id, already: charge.validated })
    }
}
