//! By which of the payer's numbers a message names what it follows on.

use crate::ledger::{Authorization, Basis, Ledger, Purpose, Request, RequestId};

use super::{AuthError, Desk, Particulars};

/// The payer's numbers of what a request follows on; both absent, if it asks for the first time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reference {
    /// The number of the earlier authorization (REF BB).
    pub authorization: Option<String>,
    /// The payer's own number of its earlier review (REF NT).
    pub review: Option<String>,
}

impl Reference {
    /// What is named; an error that says of what, if nothing is known of it.
    fn some(self, of: impl FnOnce() -> String) -> Result<Reference, AuthError> {
        match (&self.authorization, &self.review) {
            (None, None) => Err(AuthError::NoNumber { of: of() }),
            (Some(_), _) | (None, Some(_)) => Ok(self),
        }
    }
}

impl Desk<'_> {
    /// What a request's message has to name.
    ///
    /// # Errors
    /// The payer gave no number of it, and nobody said one.
    pub(super) fn reference(
        &self,
        ledger: &mut Ledger,
        request: &Request,
        authorization: &Authorization,
        particulars: &Particulars,
    ) -> Result<Reference, AuthError> {
        match request.purpose {
            Purpose::Initial => Ok(Reference::default()),
            Purpose::Renewal | Purpose::Extension => {
                let renewed = authorization.renews.map(|id| self.authorization(ledger, id)).transpose()?;
                renewed_by(renewed.as_ref().unwrap_or(authorization), particulars)
            }
            Purpose::Revision | Purpose::Reconsideration | Purpose::Appeal | Purpose::ImmediateAppeal => {
                self.decided(ledger, authorization, request.earlier.unwrap_or(request.id), particulars)
            }
        }
    }

    /// What a message that is not written down yet would name, as far as it is known by now.
    pub(super) fn named(
        &self,
        ledger: &mut Ledger,
        basis: Basis,
        particulars: &Particulars,
    ) -> Result<Reference, AuthError> {
        let named = match basis {
            Basis::Nothing | Basis::Anew(_) => return Ok(Reference::default()),
            Basis::Renews(id) | Basis::Extends(id) => renewed_by(&self.authorization(ledger, id)?, particulars),
            Basis::Corrects(id) | Basis::Appeals { request: id, .. } => {
                let authorization = self.request(ledger, id)?.authorization;
                let authorization = self.authorization(ledger, authorization)?;
                self.decided(ledger, &authorization, id, particulars)
            }
        };
        match named {
            // whether it has to be named is known once it is sent
            Err(AuthError::NoNumber { .. }) => Ok(Reference::default()),
            named => named,
        }
    }

    /// The numbers under which a payer decided on a request, or took it.
    pub(super) fn decided(
        &self,
        ledger: &mut Ledger,
        authorization: &Authorization,
        request: RequestId,
        particulars: &Particulars,
    ) -> Result<Reference, AuthError> {
        let mut review = None;
        let mut next = Some(request);
        while let (None, Some(id)) = (&review, next) {
            let known = self.request(ledger, id)?;
            next = known.earlier.filter(|earlier| *earlier < id);
            review = known.review;
        }
        let number = particulars.number.clone().or_else(|| authorization.number.clone());
        Reference { authorization: number, review }.some(|| format!("request {request}"))
    }
}

/// The number of an authorization that is renewed or extended.
pub(super) fn renewed_by(renewed: &Authorization, particulars: &Particulars) -> Result<Reference, AuthError> {
    let number = particulars.number.clone().or_else(|| renewed.number.clone());
    Reference { authorization: number, review: None }.some(|| format!("authorization {}", renewed.id))
}
