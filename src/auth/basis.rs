//! What a request takes over from what it follows on.

use chrono::Days;

use crate::ledger::{
    Authorization, AuthorizationId, Basis, Codes, Ledger, Purpose, Refusal, Request, RequestId, RequestState,
};

use super::reference::renewed_by;
use super::{Asked, AuthError, Desk, Particulars, Way};

impl Asked {
    /// In what manner it asks, as far as policies tell manners apart.
    pub(super) fn purpose(&self) -> Purpose {
        match self.basis {
            Basis::Nothing | Basis::Anew(_) => Purpose::Initial,
            Basis::Renews(_) => Purpose::Renewal,
            Basis::Extends(_) => Purpose::Extension,
            Basis::Corrects(_) => Purpose::Revision,
            Basis::Appeals { immediate: false, .. } => Purpose::Appeal,
            Basis::Appeals { immediate: true, .. } => Purpose::ImmediateAppeal,
        }
    }

    /// Takes over what is not said.
    fn take_codes(&mut self, codes: &Codes) {
        if self.codes.is_empty() {
            self.codes = codes.iter().map(str::to_owned).collect();
        }
    }
}

impl Desk<'_> {
    /// What is asked, with what need not be said again: that of the authorization that is renewed or extended, or of the
    /// request that is corrected; and the facts that were told of its charges.
    pub(super) fn filled(&self, ledger: &mut Ledger, asked: &Asked) -> Result<Asked, AuthError> {
        let mut asked = self.followed(ledger, asked.clone())?;
        let mut told: Vec<(String, String, &str)> = Vec::new();
        for charge in &asked.charges {
            for (name, value) in Particulars::told_of(ledger, charge)? {
                if asked.particulars.said.iter().any(|(said, _)| *said == name) {
                    continue;
                }
                match told.iter().find(|(known, _, _)| *known == name) {
                    Some((_, other, first)) if *other != value => {
                        return Err(AuthError::Call {
                            message: format!("`{name}` is {other} of the charge `{first}`, and {value} of `{charge}`"),
                            help: format!("make one request for each, or say `--fact {name}=…` of them together"),
                        });
                    }
                    Some(_) => {}
                    None => told.push((name, value, charge)),
                }
            }
        }
        let told: Vec<_> = told.into_iter().map(|(name, value, _)| (name, value)).collect();
        asked.particulars.said.extend(told);
        Ok(asked)
    }

    /// What is asked, with what it follows on.
    fn followed(&self, ledger: &mut Ledger, asked: Asked) -> Result<Asked, AuthError> {
        match asked.basis {
            Basis::Nothing => Ok(asked),
            // charges that are named say all that is asked for
            Basis::Anew(_) if !asked.charges.is_empty() => Ok(asked),
            Basis::Anew(id) => self.anew(ledger, asked, id),
            Basis::Renews(id) => {
                let (mut asked, known) = self.following(ledger, asked, id)?;
                asked.units = asked.units.or(Some(known.approved));
                // as many days as before
                let days = (known.last_day - known.first_day).num_days().unsigned_abs();
                let last = asked.first_day.and_then(|first| first.checked_add_days(Days::new(days)));
                asked.last_day = asked.last_day.or(last);
                Ok(asked)
            }
            Basis::Extends(id) => {
                let (asked, known) = self.following(ledger, asked, id)?;
                match (asked.units, asked.last_day) {
                    (Some(_), Some(_)) => Ok(asked),
                    (None, _) | (_, None) => Err(AuthError::Call {
                        message: format!("what authorization {} is to be extended by is not said", known.id),
                        help: "give `--units`, how many more, and `--to`, the last day; to ask for as much again, renew it"
                            .to_owned(),
                    }),
                }
            }
            Basis::Corrects(id) | Basis::Appeals { request: id, .. } => self.corrected(ledger, asked, id),
        }
    }

    /// What follows on an authorization begins on the day after it.
    fn following(
        &self,
        ledger: &mut Ledger,
        mut asked: Asked,
        id: AuthorizationId,
    ) -> Result<(Asked, Authorization), AuthError> {
        let known = self.authorization(ledger, id)?;
        if asked.way == Way::AsThePartnerTakesIt {
            renewed_by(&known, &asked.particulars)?;
        }
        asked.take_codes(&known.codes);
        asked.member = asked.member.or_else(|| Some(known.member.clone()));
        asked.payer = asked.payer.or_else(|| Some(known.payer.clone()));
        asked.first_day = asked.first_day.or_else(|| known.last_day.succ_opt());
        if let Some(request) = known.request {
            let before = Particulars::of(ledger, request)?;
            asked.particulars.place = asked.particulars.place.or(before.place);
            if asked.particulars.diagnoses.is_empty() {
                asked.particulars.diagnoses = before.diagnoses;
            }
        }
        Ok((asked, known))
    }

    /// What is asked for as if for the first time is what was asked for before; facts are said anew.
    fn anew(&self, ledger: &mut Ledger, mut asked: Asked, id: AuthorizationId) -> Result<Asked, AuthError> {
        let known = self.authorization(ledger, id)?;
        asked.take_codes(&known.codes);
        asked.first_day = asked.first_day.or(Some(known.first_day));
        asked.last_day = asked.last_day.or(Some(known.last_day));
        if let Some(request) = known.request {
            let earlier = self.request(ledger, request)?;
            asked.units = asked.units.or(Some(earlier.units));
            asked.charges = ledger.originating(request)?.into_iter().map(|charge| charge.id).collect();
            let before = Particulars::of(ledger, request)?;
            asked.particulars.place = asked.particulars.place.or(before.place);
            if asked.particulars.diagnoses.is_empty() {
                asked.particulars.diagnoses = before.diagnoses;
            }
        }
        asked.member = asked.member.or(Some(known.member));
        asked.payer = asked.payer.or(Some(known.payer));
        Ok(asked)
    }

    fn corrected(&self, ledger: &mut Ledger, mut asked: Asked, id: RequestId) -> Result<Asked, AuthError> {
        let earlier = self.request(ledger, id)?;
        let known = self.authorization(ledger, earlier.authorization)?;
        let sent = earlier.state != RequestState::Draft;
        if let Some(newest) = known.request.filter(|newest| sent && *newest != id)
            && !self.is_repeated(ledger)?
        {
            return Err(Refusal::NotNewest { request: id, newest }.into());
        }
        let prepares = |later: &Request| later.state == RequestState::Draft && later.earlier == Some(id);
        if let Some(draft) = ledger.requests(known.id)?.into_iter().find(prepares)
            && !self.is_repeated(ledger)?
        {
            return Err(Refusal::BeingPrepared { request: id, draft: draft.id }.into());
        }
        if earlier.partner.is_none() {
            asked.way = Way::ByHand;
        }
        if earlier.state == RequestState::Answered && asked.way == Way::AsThePartnerTakesIt {
            self.decided(ledger, &known, id, &asked.particulars)?;
        }
        if asked.charges.is_empty() {
            asked.charges = ledger.originating(id)?.into_iter().map(|charge| charge.id).collect();
        }
        asked.take_codes(&earlier.codes);
        asked.member = asked.member.or(Some(known.member));
        asked.payer = asked.payer.or(Some(known.payer));
        asked.units = asked.units.or(Some(earlier.units));
        asked.first_day = asked.first_day.or(Some(earlier.first_day));
        asked.last_day = asked.last_day.or(Some(earlier.last_day));
        asked.particulars = asked.particulars.over(Particulars::of(ledger, id)?);
        Ok(asked)
    }
}
