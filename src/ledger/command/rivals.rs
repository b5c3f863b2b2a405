//! Other requests that a new one must not stand beside.

use super::super::store::Reader;
use super::super::work::Work;
use super::super::{AuthorizationId, Error, Refusal, RequestId, RequestState, StoreError};
use super::basis::Basis;
use super::open_request::{Asking, OpenRequest};

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
        if self.approval.is_none() && self.charges.is_empty() {
            return Ok(());
        }
        self.take_turn(work)?;
        if let Some(approval) = &self.approval {
            let sql = "SELECT id, authorization_id, state, next_retry FROM requests WHERE approval = ?1 ORDER BY id";
            let rivals = work.tx.all(sql, &[approval.as_str().into()], Rival::read)?;
            if let Some(rival) = rivals.into_iter().find(|rival| self.takes_approval_from(rival, authorization)) {
                return Err(Refusal::ApprovalUsed { approval: approval.clone(), request: rival.id }.into());
            }
        }
        match self.asking {
            Asking::Once => self.charges.iter().try_for_each(|charge| self.asks_alone(work, charge, authorization)),
            Asking::AlthoughAsked => Ok(()),
        }
    }

    /// Refuses a charge that another request asks for.
    fn asks_alone(&self, work: &mut Work<'_>, charge: &str, authorization: AuthorizationId) -> Result<(), Error> {
        let sql = "SELECT id, authorization_id, state, next_retry FROM requests WHERE authorization_id IN \
                   (SELECT a.id FROM authorizations a WHERE a.member = ?2) AND EXISTS (SELECT 1 FROM originating o \
                   WHERE o.request_id = requests.id AND o.charge = ?1) ORDER BY id";
        let rivals = work.tx.all(sql, &[charge.into(), self.member.as_str().into()], Rival::read)?;
        let followed = match self.basis {
            Basis::Corrects(_) | Basis::Appeals { .. } => Some(authorization),
            Basis::Renews(id) | Basis::Extends(id) => Some(id),
            Basis::Nothing | Basis::Anew(_) => None,
        };
        match rivals.into_iter().find(|rival| rival.is_open() && Some(rival.authorization) != followed) {
            Some(Rival { id, state, .. }) => {
                Err(Refusal::ChargeAsked { charge: charge.to_owned(), request: id, state }.into())
            }
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
