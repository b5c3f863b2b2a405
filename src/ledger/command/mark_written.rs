//! Noting that a message has been put where the partner takes it.

use serde::{Deserialize, Serialize};

use super::super::work::Work;
use super::super::{Entity, Error, Kind, Refusal, Transmission, TransmissionId, columns};
use super::Command;

/// Notes that a message's file was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkWritten {
    /// The message.
    pub transmission: TransmissionId,
}

/// A message's file was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The message.
    pub transmission: TransmissionId,
    /// Whether that was noted before, so that nothing changed.
    pub already: bool,
}

impl Command for MarkWritten {
    const NAME: &'static str = "mark_written";
    type Answer = Written;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Written, Error> {
        let id = self.transmission;
        let sql = concat!(
            "UPDATE outbox SET written_at = ?2 WHERE id = ?1 AND written_at IS NULL RETURNING ",
            columns::transmission!()
        );
        if let Some(written) = work.tx.first(sql, &[id.0.into(), work.act.at.into()], Transmission::read)? {
            work.note(Entity::new(Kind::Transmission, id), Self::NAME, &(), &written)?;
            return Ok(Written { transmission: id, already: false });
        }
        let sql = concat!("SELECT ", columns::transmission!(), " FROM outbox WHERE id = ?1");
        let written = work.tx.first(sql, &[id.0.into()], Transmission::read)?;
        let written = written.ok_or(Refusal::UnknownTransmission { transmission: id })?;
        work.note_already(Entity::new(Kind::Transmission, id), Self::NAME, &written)?;
        Ok(Written { transmission: id, already: true })
    }
}
