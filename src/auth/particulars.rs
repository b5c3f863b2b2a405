//! What a request says beside what the ledger keeps of it in columns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ledger::{Entity, Kind, Ledger, NewDocument, Request, RequestId, Units};

use super::AuthError;

/// What a request says beside member, units, dates and codes; filed with it as a document, so that it is sent as it was
/// asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Particulars {
    /// Where the service is given: the two digits of a place of service.
    pub place: Option<String>,
    /// What it is for: diagnosis codes, the principal one first.
    pub diagnoses: Vec<String>,
    /// Whether the payer has to decide soon.
    pub expedited: bool,
    /// Facts that no ledger has, by name and value.
    pub said: Vec<(String, String)>,
    /// What the message tells the payer in words: at most 264 signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The payer's number of what the request follows on, where its answers gave none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// How many of the units are asked for under each code, if that is said.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub shares: BTreeMap<String, Units>,
}

/// The name under which they are filed.
const NAME: &str = "particulars.json";

impl Particulars {
    /// These, with what they do not say taken from those of an earlier request. A note is of one message only.
    pub(super) fn over(self, earlier: Particulars) -> Particulars {
        let said_here = |name: &str| self.said.iter().any(|(known, _)| known == name);
        let mut said: Vec<(String, String)> = earlier.said.into_iter().filter(|(name, _)| !said_here(name)).collect();
        said.extend(self.said);
        Particulars {
            place: self.place.or(earlier.place),
            diagnoses: if self.diagnoses.is_empty() { earlier.diagnoses } else { self.diagnoses },
            expedited: self.expedited || earlier.expedited,
            said,
            note: self.note,
            number: self.number.or(earlier.number),
            shares: if self.shares.is_empty() { earlier.shares } else { self.shares },
        }
    }

    /// The units of each code, if they are those of the request: what corrects an earlier one may ask for other units or
    /// codes, and then nobody has said how they are shared.
    pub(super) fn shares_of(&self, request: &Request) -> Option<&BTreeMap<String, Units>> {
        let sum = self.shares.values().try_fold(Units::ZERO, |sum, units| sum.checked_add(*units));
        let fits = sum == Some(request.units) && request.codes.iter().eq(self.shares.keys().map(String::as_str));
        fits.then_some(&self.shares)
    }

    /// As a document to be filed with the request beside others, none of which may have its name.
    pub(super) fn document_beside(&self, others: &[NewDocument]) -> Result<NewDocument, AuthError> {
        if others.iter().any(|other| other.name == NAME) {
            return Err(AuthError::Call {
                message: format!("a document called `{NAME}` would be taken for what the request itself says"),
                help: "give the file another name".to_owned(),
            });
        }
        self.document()
    }

    /// As a document to be filed with the request.
    pub(super) fn document(&self) -> Result<NewDocument, AuthError> {
        let bytes = serde_json::to_vec(self).map_err(|error| unreadable(&error))?;
        Ok(NewDocument { name: NAME.to_owned(), bytes })
    }

    /// Those that are filed with a request; none were, if it was not made here.
    pub(super) fn of(ledger: &mut Ledger, request: RequestId) -> Result<Particulars, AuthError> {
        Particulars::filed(ledger, &Entity::new(Kind::Request, request))
    }

    /// The facts that were told of a charge when it was entered.
    pub(super) fn told_of(ledger: &mut Ledger, charge: &str) -> Result<Vec<(String, String)>, AuthError> {
        Ok(Particulars::filed(ledger, &Entity::new(Kind::Charge, charge))?.said)
    }

    fn filed(ledger: &mut Ledger, entity: &Entity) -> Result<Particulars, AuthError> {
        let filings = ledger.filings(entity)?;
        let Some(filing) = filings.into_iter().find(|filing| filing.name == NAME) else {
            return Ok(Particulars::default());
        };
        let bytes = ledger.document(&filing.sha256)?.unwrap_or_default();
        serde_json::from_slice(&bytes).map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &serde_json::Error) -> AuthError {
    AuthError::Call {
        message: format!("the particulars of the request cannot be read: {error}"),
        help: "verify the ledger: `rulebook auth verify`".to_owned(),
    }
}
