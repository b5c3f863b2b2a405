//! Other requests that a new one must not stand beside.

use super::super::store::Reader;
use super::super::work::Work;
use super::super::{AuthorizationId, Error, Refusal, RequestId, RequestState, StoreError};
use super::basis::Basis;
use super::open_request::OpenRequest;

/// Another request, as far as it matters to a new one.
struct Rival {
    id: RequestId,
    authorization: AuthorizationId,
    state: RequestState,
    /// Whether it is sent again by itself.
    retried: bool,
}

impl Rival {
    fn read(row: &mut Reader<'_>) -> Result<Rival, StoreError> {
        Ok(Rival {
            id: RequestId(row.int()?),
            authorization: AuthorizationId(row.int()?),
            state: row.word(RequestState::of)?,
            retried: row.maybe_instant()?.is_some(),
        })
    }

    /// Whether it is still to be sent, or to be answered.
    fn is_open(&self) -> bool {
        match self.state {
            RequestState::Draft | RequestState::Submitted | RequestState::Appealed => true,
            RequestState::Rejected => self.retried,
            RequestState::Answered | RequestState::GivenUp => false,
        }
    }
}

impl OpenRequest {
    /// Refuses what another request keeps it from. `authorization` is the one that it asks for.
    pub(super) fn stands_alone(&self, work: &mut Work<'_>, authorization: AuthorizationId) -> Result<(), Error> {
        let Some(approval) = &self.approval else { return Ok(()) };
        self.take_turn(work)?;
        let sql = "SELECT id, authorization_id, state, next_retry FROM requests WHERE approval = ?1 ORDER BY id";
        let rivals = work.tx.all(sql, &[approval.as_str().into()], Rival::read)?;
        match rivals.into_iter().find(|rival| self.takes_approval_from(rival, authorization)) {
            Some(Rival { id, .. }) => Err(Refusal::ApprovalUsed { approval: approval.clone(), request: id }.into()),
            None => Ok(()),
        }
    }

    /// Has those who ask for the same member at the same time wait for each other: a key is not changed, so that rows that
    /// name the member can be written meanwhile.
    fn take_turn(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        work.tx.execute("UPDATE members SET last_name = last_name WHERE id = ?1", &[self.member.as_str().into()])?;
        Ok(())
    }

    /// Whether another request rests on its approval for something else: an approval serves one authorization, however
    /// often that is corrected, appealed or, once the payer has answered, asked for again.
    fn takes_approval_from(&self, rival: &Rival, authorization: AuthorizationId) -> bool {
        let same = rival.authorization == authorization;
        match (rival.state, self.basis) {
            (RequestState::GivenUp, _) => false,
            (_, Basis::Corrects(_) | Basis::Appeals { .. }) => !same,
            (_, Basis::Anew(_)) => !same || rival.is_open(),
            (_, Basis::Nothing | Basis::Renews(_) | Basis::Extends(_)) => true,
        }
    }
}
