//! Writing a request down, and what it follows on.

use super::authorization::Authorization;
use super::op::{Follows, Opening};
use super::request::Request;
use super::told::{Made, Told};
use super::{Filed, Model, Word, check};

/// A request's place: the authorization that it asks for, if there is one already, its purpose, what it corrects or appeals,
/// and whether it is the request for its authorization before it is sent.
struct Place {
    authorization: Option<i64>,
    renews: Option<i64>,
    purpose: Word,
    earlier: Option<i64>,
    at_once: bool,
}

/// Asks for something of its own.
fn its_own(purpose: Word, renews: Option<i64>) -> Place {
    Place { authorization: None, renews, purpose, earlier: None, at_once: true }
}

impl Model {
    pub fn open(&mut self, new: &Opening, made: &Made) -> Result<Told, Word> {
        check(new.days.0 > new.days.1, "period_backwards")?;
        check(new.units == 0, "no_units")?;
        self.member(new.party.member)?;
        for charge in &new.charges {
            self.charge(*charge)?;
        }
        for name in [&new.trace, &new.reference].into_iter().flatten() {
            // a trace is known between us and one partner; requests by hand have a space of their own
            let mut others = self.requests.values().filter(|row| row.by_hand == new.by_hand);
            let taken = others.any(|row| row.trace == *name || row.reference == *name);
            check(taken, "trace_taken")?;
        }
        let place = match new.follows {
            Follows::Nothing => its_own("INITIAL", None),
            Follows::Anew(id) => {
                let party = self.in_status(id, &["PENDING", "DENIED", "CANCELLED"])?.party;
                check(party != new.party, "other_party")?;
                Place { authorization: Some(id), at_once: false, ..its_own("INITIAL", None) }
            }
            Follows::Renews(id) => self.follow_on(new, id, "RENEWAL")?,
            Follows::Extends(id) => self.follow_on(new, id, "EXTENSION")?,
            Follows::Corrects(id) => self.correct(new, id)?,
            Follows::Appeals { request, immediate } => {
                self.is_newest(request)?;
                let denied = self.request(request)?;
                let authorization = Some(denied.authorization);
                check(denied.state != "APPEALED" || !denied.is_denied(), "wrong_state")?;
                check(self.authorizations[&denied.authorization].party != new.party, "other_party")?;
                self.grant(self.requests[&request].authorization).follow_up = None;
                let purpose = if immediate { "IMMEDIATE_APPEAL" } else { "APPEAL" };
                Place { authorization, earlier: Some(request), ..its_own(purpose, None) }
            }
        };
        for charge in &new.charges {
            let charge = self.charge(*charge)?.party;
            check(charge.member != new.party.member, "other_member")?;
            check(charge.payer != new.party.payer, "other_payer")?;
        }
        self.approval_is_free(new, place.authorization)?;
        self.charges_are_free(new, place.authorization)?;
        let told = self.write_down(new, &place, made);
        check(new.trial == Some(false), "unwritable")?;
        Ok(told)
    }

    /// What renews or extends is an authorization of its own; the same is not asked for twice.
    fn follow_on(&self, new: &Opening, id: i64, purpose: Word) -> Result<Place, Word> {
        let known = self.in_status(id, &["ACTIVE"])?;
        check(known.party != new.party, "other_party")?;
        let waits = |row: &Authorization| row.renews == Some(id) && row.status == "PENDING" && row.days == new.days;
        check(self.authorizations.values().any(waits), "already_asked")?;
        Ok(its_own(purpose, Some(id)))
    }

    fn correct(&mut self, new: &Opening, id: i64) -> Result<Place, Word> {
        self.is_newest(id)?;
        let earlier = self.request(id)?.clone();
        let authorization = self.authorization(earlier.authorization)?.clone();
        let same = (new.units, new.days, &new.codes) == (earlier.units, earlier.days, &earlier.codes);
        let place = |purpose, earlier, at_once| Place {
            authorization: Some(self.requests[&id].authorization),
            renews: None,
            purpose,
            earlier,
            at_once,
        };
        if earlier.state != "DRAFT" {
            self.can_be_corrected(id)?;
            check(authorization.party != new.party, "other_party")?;
            let numbered = authorization.number.is_some() || earlier.review.is_some();
            let purpose = match earlier.state {
                "REJECTED" if numbered && !earlier.is_appeal() => "REVISION",
                "REJECTED" => earlier.purpose,
                _ if same => "RECONSIDERATION",
                _ => "REVISION",
            };
            return Ok(place(purpose, Some(id), false));
        }
        // a draft gives way to another
        check(authorization.party != new.party, "other_party")?;
        let purpose = if earlier.purpose == "RECONSIDERATION" && !same { "REVISION" } else { earlier.purpose };
        if authorization.request != Some(id) {
            let place = place(purpose, earlier.earlier, false);
            self.give_up(id);
            return Ok(place);
        }
        let place = place(purpose, Some(id), true);
        self.give_up(id);
        if !earlier.is_appeal() {
            self.in_status(earlier.authorization, &["PENDING", "DENIED", "CANCELLED"])?;
            let row = self.grant(earlier.authorization);
            (row.status, row.days, row.codes, row.follow_up) = ("PENDING", new.days, new.codes.clone(), None);
        }
        Ok(place)
    }

    /// A request that was sent, for which there is no later one and no correction is prepared; or a draft.
    fn is_newest(&self, id: i64) -> Result<(), Word> {
        let row = self.request(id)?;
        if row.state == "DRAFT" {
            return Ok(());
        }
        let newest = self.authorizations[&row.authorization].request;
        check(newest.is_some_and(|newest| newest != id), "not_newest")?;
        let prepared = |row: &Request| row.earlier == Some(id) && row.state == "DRAFT";
        check(self.requests.values().any(prepared), "being_prepared")
    }

    fn write_down(&mut self, new: &Opening, place: &Place, made: &Made) -> Told {
        let (id, request) = (made.authorization, made.request);
        if place.authorization.is_none() {
            let row = Authorization {
                party: new.party,
                status: "PENDING",
                days: new.days,
                codes: new.codes.clone(),
                renews: place.renews,
                ..Authorization::default()
            };
            assert!(self.authorizations.insert(id, row).is_none());
        }
        let id = place.authorization.unwrap_or(id);
        if place.at_once {
            self.grant(id).request = Some(request);
        }
        let made_up = format!("R{request:08}");
        let row = Request {
            authorization: id,
            charges: new.charges.clone(),
            by_hand: new.by_hand,
            approval: new.approval,
            units: new.units,
            days: new.days,
            codes: new.codes.clone(),
            trace: new.trace.clone().unwrap_or_else(|| made_up.clone()),
            reference: new.reference.clone().unwrap_or(made_up),
            purpose: place.purpose,
            earlier: place.earlier,
            state: "DRAFT",
            attempts: 0,
            next_retry: None,
            due: None,
            outcome: None,
            modified: false,
            correctable: false,
            appeal_by: None,
            review: None,
            standing: None,
        };
        assert!(self.requests.insert(request, row).is_none());
        for document in &new.documents {
            self.file(Filed::Request(request), Some(*document));
        }
        Told { word: Some(place.purpose), ..Told::default() }
    }
}
