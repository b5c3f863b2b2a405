//! Asking a payer: what is missing is named before anything is written down.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::engine::authorization::{Known, policy};
use crate::engine::{Decision, decide};
use crate::facts::{Case, Value};
use crate::ledger::{
    Answer, Asking, Basis, Charge, Codes, Ledger, NewDocument, OpenRequest, OpenSendable, Request, RequestId,
    RequestOpened, Units, Withdraw, Withdrawn,
};
use crate::policy::{Command, Field, Partner};
use crate::time::Instant;

use super::desk::sum;
use super::facts::Facts;
use super::reference::Reference;
use super::{AuthError, Desk, InternalApproval, Particulars, Way};

/// What is asked of a payer. What the charges say need not be said again.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The charges that it is for.
    pub charges: Vec<String>,
    /// Whom it is for, without charges.
    pub member: Option<String>,
    /// Who is asked.
    pub payer: Option<String>,
    /// The procedure codes.
    pub codes: Vec<String>,
    /// How many units.
    pub units: Option<Units>,
    /// The first day.
    pub first_day: Option<NaiveDate>,
    /// The last.
    pub last_day: Option<NaiveDate>,
    /// What else the request says.
    pub particulars: Particulars,
    /// What it follows on: what that says need not be said again.
    pub basis: Basis,
    /// What is done if an open request asks for one of the charges already.
    pub asking: Asking,
    /// How it goes out; what corrects a request that goes out by hand does so as well.
    pub way: Way,
    /// What goes with it.
    pub documents: Vec<NewDocument>,
}

/// A request as far as it is known before it is written down.
pub(super) struct Wanted {
    pub member: String,
    pub payer: String,
    pub codes: Codes,
    pub units: Units,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

impl<'r> Desk<'r> {
    /// The approval policy that must have approved a request, if one must.
    ///
    /// # Errors
    /// What is not known leaves that open, or the charges do not go together.
    pub fn wanted_approval(&self, ledger: &mut Ledger, asked: &Asked) -> Result<Option<&'r str>, AuthError> {
        let asked = self.filled(ledger, asked)?;
        let wanted = self.wanted(ledger, &asked)?;
        let case = self.request_facts(&wanted, &asked.particulars, asked.way)?.purpose(asked.purpose())?.into_case();
        match self.policy.internal_approval(&case)? {
            Known::Known(internal) => Ok(internal.map(|internal| internal.policy.as_str())),
            Known::Open(_) => Err(self.unknown(&case)?),
        }
    }

    /// Writes a request down, if the policy finds nothing missing.
    ///
    /// # Errors
    /// A scope that is lacking; a payer's number that is not known; each prerequisite that is not met, by name; facts that
    /// are not known; an approval that is not given, or of something else; no partner that takes messages for the payer; or
    /// what the ledger refuses: an approval that another request rests on, or a text that no message carries, among it.
    pub fn ask(
        &self,
        ledger: &mut Ledger,
        asked: &Asked,
        approval: Option<InternalApproval<'_>>,
    ) -> Result<Answer<RequestOpened>, AuthError> {
        self.permit(Command::Request)?;
        let asked = self.filled(ledger, asked)?;
        let wanted = self.wanted(ledger, &asked)?;
        let facts = self.request_facts(&wanted, &asked.particulars, asked.way)?.purpose(asked.purpose())?;
        let facts = facts.truth(Field::ApprovedInternally, approval.is_some())?;
        let case = facts.into_case();
        let approved = approval.as_ref().map(|approval| self.approved(approval, &case, &wanted, &asked.particulars));
        let approved = approved.transpose()?;
        self.ready(&case)?;
        let partner = match asked.way {
            Way::AsThePartnerTakesIt => Some(self.partner_of(&wanted.payer)?),
            Way::ByHand => None,
        };
        let mut documents = asked.documents;
        documents.extend(approval.map(|approval| approval.file));
        documents.push(asked.particulars.document_beside(&documents)?);
        let open = OpenRequest {
            member: wanted.member.clone(),
            payer: wanted.payer.clone(),
            partner: partner.map(|partner| partner.name().to_owned()),
            basis: asked.basis,
            units: wanted.units,
            first_day: wanted.first_day,
            last_day: wanted.last_day,
            codes: wanted.codes,
            charges: asked.charges.into_iter().collect::<BTreeSet<_>>(),
            asking: asked.asking,
            approval: approved,
            trace: None,
            reference: None,
            documents,
        };
        let Some(partner) = partner else { return Ok(ledger.run(self.act(), &open)?) };
        let member = self.member(ledger, &wanted.member)?;
        let named = self.named(ledger, asked.basis, &asked.particulars)?;
        let write = |request: &Request, control: u32| {
            let reference = if request.purpose.is_initial() { &Reference::default() } else { &named };
            self.letter(partner, &member, &asked.particulars, reference).outgoing(request, control)
        };
        Ok(ledger.run(self.act(), &OpenSendable { open, write: &write })?)
    }

    /// Takes a request back that was not sent.
    ///
    /// # Errors
    /// A scope that is lacking, or a request that was sent.
    pub fn withdraw(&self, ledger: &mut Ledger, id: RequestId) -> Result<Answer<Withdrawn>, AuthError> {
        self.permit_as("withdraw", Command::Request)?;
        Ok(ledger.run(self.act(), &Withdraw { request: id })?)
    }

    /// The partner that takes messages for a payer.
    pub(super) fn partner_of(&self, payer: &str) -> Result<&'r Partner, AuthError> {
        let takes = |partner: &&&Partner| partner.payers().iter().any(|known| known == payer);
        let found = self.rules.partners.iter().find(takes).copied();
        found.ok_or_else(|| AuthError::NoPartner { payer: payer.to_owned() })
    }

    /// When the payer has to decide on a request that goes out now. Refuses one for which something is missing, or that is
    /// not needed.
    pub(super) fn ready(&self, case: &Case) -> Result<Option<Instant>, AuthError> {
        let decision = decide(self.rules.program, case)?;
        let says = |decision: &Decision<'_>| decision.unmet().iter().map(|unmet| unmet.say.to_owned()).collect();
        match decision.answer.outcome {
            _ if decision.open.is_some() => Err(self.unknown(case)?),
            "documents_needed" => {
                let lacks_approval = decision.unmet().iter().any(|unmet| unmet.rule == "internal approval");
                let help = if lacks_approval {
                    Some("name the file of the request that was approved with `--approval FILE`")
                } else if self.lacks_way(case)? {
                    Some("with `--by-hand` it is made by telephone, fax or portal, and no partner is needed")
                } else {
                    None
                };
                Err(AuthError::Unmet { word: "documents_needed", unmet: says(&decision), help })
            }
            "not_required" => Err(AuthError::Unmet {
                word: "not_required",
                unmet: vec!["no authorization is needed for this by the policy".to_owned()],
                help: None,
            }),
            _ => {
                let beside = decision.beside().and_then(|beside| beside.determination.as_ref());
                Ok(beside.map(|deadline| deadline.limit.at))
            }
        }
    }

    /// Whether no partner takes a request that is to go out by a message, as far as the policy is told.
    fn lacks_way(&self, case: &Case) -> Result<bool, AuthError> {
        let (policy, _) = policy(self.rules.program)?;
        let is = |field, truth| {
            let value = policy.reads.fact(field).and_then(|fact| case.value(fact));
            value == Some(&Value::Boolean(truth))
        };
        Ok(is(Field::Partner, false) && !is(Field::ByHand, true))
    }

    /// What the policy is asked about a request.
    pub(super) fn request_facts(
        &self,
        wanted: &Wanted,
        particulars: &Particulars,
        way: Way,
    ) -> Result<Facts<'r>, AuthError> {
        let mut facts = self
            .facts()?
            // what the request itself says counts before what is said of it
            .say(&particulars.said)?
            .word(Field::Member, &wanted.member)?
            .word(Field::Payer, &wanted.payer)?
            .date(Field::DateOfService, wanted.first_day)?
            .units(Field::Units, wanted.units)?
            // whoever asks for an authorization has found that one is needed
            .truth(Field::Issue, true)?
            .truth(Field::Partner, self.partner_of(&wanted.payer).is_ok())?
            .truth(Field::ByHand, way == Way::ByHand)?
            .word(Field::Urgency, if particulars.expedited { "expedited" } else { "standard" })?;
        if let Some(code) = wanted.codes.iter().next() {
            facts = facts.word(Field::Code, code)?;
        }
        if let Some(place) = &particulars.place {
            facts = facts.word(Field::Place, place)?;
        }
        if let Some(diagnosis) = particulars.diagnoses.first() {
            facts = facts.word(Field::Diagnosis, diagnosis)?;
        }
        Ok(facts)
    }

    /// What is asked for: what is said, else what the charges say.
    fn wanted(&self, ledger: &mut Ledger, asked: &Asked) -> Result<Wanted, AuthError> {
        let mut charges = Vec::with_capacity(asked.charges.len());
        for id in &asked.charges {
            charges.push(self.charge(ledger, id)?);
        }
        let member = one(asked.member.clone(), &charges, "member", |charge| charge.member.clone())?;
        let payer = one(asked.payer.clone(), &charges, "payer", |charge| charge.payer.clone())?;
        let codes = match asked.codes.as_slice() {
            [] => Codes::new(charges.iter().map(|charge| charge.code.as_str()))?,
            codes => Codes::new(codes)?,
        };
        if codes.is_empty() {
            return Err(lacking("procedure code", "--code"));
        }
        let units = match asked.units {
            Some(units) => units,
            None if charges.is_empty() => return Err(lacking("number of units", "--units")),
            None => sum(charges.iter().map(|charge| charge.units))?,
        };
        let days = || charges.iter().map(|charge| charge.day);
        let first_day = asked.first_day.or_else(|| days().min()).ok_or_else(|| lacking("first day", "--from"))?;
        let last_day = asked.last_day.or_else(|| days().max()).ok_or_else(|| lacking("last day", "--to"))?;
        self.member(ledger, &member)?;
        Ok(Wanted { member, payer, codes, units, first_day, last_day })
    }
}

/// What all charges have in common, unless it is said.
fn one(
    said: Option<String>,
    charges: &[Charge],
    what: &str,
    of: impl Fn(&Charge) -> String,
) -> Result<String, AuthError> {
    if let Some(other) = charges.iter().find(|charge| Some(of(charge)) != said.clone().or(charges.first().map(&of))) {
        return Err(AuthError::Call {
            message: format!("the charge `{}` has another {what}", other.id),
            help: format!("make one request for each {what}"),
        });
    }
    said.or_else(|| charges.first().map(of)).ok_or_else(|| lacking(what, &format!("--{what}")))
}

fn lacking(what: &str, option: &str) -> AuthError {
    AuthError::Call {
        message: format!("the request has no {what}"),
        help: format!("name the charges with `--charge`, or give `{option}`"),
    }
}
