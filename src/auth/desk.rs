//! Where one person works at one instant.

use chrono::NaiveDate;

use crate::engine::authorization::{Desk as PolicyDesk, Known, policy};
use crate::engine::decide;
use crate::facts::Case;
use crate::ledger::{
    Act, AddAuthorization, AddCharge, AddMember, Amend, AmendMember, Amended, Anchor, Answer, Authorization,
    AuthorizationId, Authorized, Charge, ChargeAdded, ChargeValidated, FileDocument, Filed, FiledWith, FollowUpSet,
    Ledger, Member, MemberAdded, MemberAmended, Refusal, Request, RequestId, Reverse, Reversed, SetFollowUp, Status,
    Units, ValidateCharge,
};
use crate::policy::{Command, Field, Needed, Partner};
use crate::program::Program;
use crate::time::{Calendar, Instant, Zone};

use super::facts::Facts;
use super::{Actor, AuthError, Particulars};

/// The rules by which a desk works.
#[derive(Debug, Clone)]
pub struct Rules<'r> {
    /// The authorization policy that is in force.
    pub program: &'r Program,
    /// The trading partners.
    pub partners: Vec<&'r Partner>,
}

/// Where one person works at one instant.
#[derive(Debug)]
pub struct Desk<'r> {
    pub(super) rules: Rules<'r>,
    pub(super) policy: PolicyDesk<'r>,
    pub(super) calendar: Option<&'r Calendar>,
    pub(super) zone: Zone,
    pub(super) actor: Actor,
    pub(super) at: Instant,
    /// The idempotency key.
    key: Option<String>,
    /// Why.
    reason: Option<String>,
}

/// A charge that is to be entered.
#[derive(Debug, Clone)]
pub struct NewCharge {
    /// The charge, but for whether it needs an authorization.
    pub charge: AddCharge,
    /// Whether it needs one; if nobody says so, the policy does.
    pub issue: Option<bool>,
    /// What is known beside: facts by name and value.
    pub said: Vec<(String, String)>,
}

/// A charge that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredCharge {
    /// What the ledger answers.
    pub added: Answer<ChargeAdded>,
    /// What the policy says of it, unless somebody said whether it needs an authorization.
    pub found: Option<Found>,
}

/// Whether an authorization is needed, and where the policy says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the row says.
    pub needed: Needed,
    /// The row.
    pub rule: String,
    /// Where it stands: `path:line:column`.
    pub place: String,
}

impl<'r> Desk<'r> {
    /// A desk of somebody at an instant.
    ///
    /// # Errors
    /// A policy of another kind, a role that it does not know, or an instant beyond its calendar.
    pub fn new(
        rules: Rules<'r>,
        zone: Zone,
        actor: Actor,
        at: Instant,
        key: Option<String>,
        reason: Option<String>,
    ) -> Result<Desk<'r>, AuthError> {
        let roles: Vec<&str> = rules.program.vocabulary().role_names().collect();
        actor.known(&policy(rules.program)?.0.access, &roles)?;
        let case = Facts::at(rules.program, at)?.into_case();
        let policy = PolicyDesk::new(rules.program, &case)?;
        let calendar = rules.program.policy().calendar.as_deref();
        let zone = calendar.map_or(zone, |calendar| calendar.zone().clone());
        Ok(Desk { rules, policy, calendar, zone, actor, at, key, reason })
    }

    /// The date at the desk: that of the policy's calendar.
    pub fn today(&self) -> NaiveDate {
        self.zone.local_date(self.at)
    }

    /// The zone in which the desk reads instants.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Who works here.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Refuses a command for which the person lacks a scope.
    ///
    /// # Errors
    /// The scope that is lacking, with the roles that have it.
    pub fn permit(&self, command: Command) -> Result<(), AuthError> {
        self.permit_as(command.word(), command)
    }

    /// Refuses what people call `used`, if the person lacks a scope of the command by which the policy knows it.
    pub(super) fn permit_as(&self, used: &'static str, command: Command) -> Result<(), AuthError> {
        self.actor.permit(&self.policy.policy().access, used, command)
    }

    /// Who does what, when and why, as the ledger records it.
    pub(super) fn act(&self) -> Act<'_> {
        Act {
            actor: self.actor.person(),
            at: self.at,
            policy: &self.rules.program.policy().version,
            reason: self.reason.as_deref(),
            key: self.key.as_deref(),
        }
    }

    /// Whether something was done by the desk's key before: then the ledger answers, and nothing is asked of the policy.
    pub(super) fn is_repeated(&self, ledger: &mut Ledger) -> Result<bool, AuthError> {
        match &self.key {
            Some(key) => Ok(ledger.has_answered(key)?),
            None => Ok(false),
        }
    }

    /// An action in the words of the policy's vocabulary.
    pub fn words_of<'w>(&'w self, action: &'w str) -> &'w str {
        self.rules.program.vocabulary().action(action).unwrap_or(action)
    }

    /// A case of the desk's instant.
    pub(super) fn facts(&self) -> Result<Facts<'r>, AuthError> {
        Ok(Facts::at(self.rules.program, self.at)?)
    }

    /// Enters a member.
    ///
    /// # Errors
    /// A scope that is lacking, or what the ledger refuses.
    pub fn add_member(&self, ledger: &mut Ledger, member: &AddMember) -> Result<Answer<MemberAdded>, AuthError> {
        self.permit_as("member", Command::Add)?;
        Ok(ledger.run(self.act(), member)?)
    }

    /// Corrects what is known of a member: whoever may enter one may.
    ///
    /// # Errors
    /// A scope that is lacking, or what the ledger refuses.
    pub fn amend_member(&self, ledger: &mut Ledger, change: &AmendMember) -> Result<Answer<MemberAmended>, AuthError> {
        self.permit_as("amend-member", Command::Add)?;
        Ok(ledger.run(self.act(), change)?)
    }

    /// Enters a charge; whether it needs an authorization is asked of the policy, unless somebody says so.
    ///
    /// # Errors
    /// A scope that is lacking, facts that the policy misses, or what the ledger refuses.
    pub fn add_charge(&self, ledger: &mut Ledger, new: NewCharge) -> Result<EnteredCharge, AuthError> {
        self.permit_as("charge", Command::Add)?;
        let mut charge = new.charge;
        let told = self.facts()?.say(&new.said)?;
        if !new.said.is_empty() {
            // whoever asks for an authorization later need not tell them again
            charge.document = Some(Particulars { said: new.said, ..Particulars::default() }.document()?);
        }
        let found = match new.issue {
            Some(issue) => {
                charge.auth_required = issue;
                None
            }
            None => {
                let facts = told
                    .word(Field::Member, &charge.member)?
                    .word(Field::Payer, &charge.payer)?
                    .date(Field::DateOfService, charge.day)?
                    .word(Field::Code, &charge.code)?
                    .units(Field::Units, charge.units)?;
                let found = self.found(&facts.into_case())?;
                // where the payer is to be asked, the charge waits for the answer
                charge.auth_required = found.as_ref().is_none_or(|found| found.needed != Needed::NotRequired);
                found
            }
        };
        Ok(EnteredCharge { added: ledger.run(self.act(), &charge)?, found })
    }

    /// Whether the policy wants an authorization.
    fn found(&self, case: &Case) -> Result<Option<Found>, AuthError> {
        match self.policy.requirement(case)? {
            Known::Known(row) => Ok(row.map(|row| Found {
                needed: row.answer,
                rule: row.rule.id.clone(),
                place: row.rule.place.to_string(),
            })),
            Known::Open(_) => Err(self.unknown(case)?),
        }
    }

    /// What a case waits for.
    pub(super) fn unknown(&self, case: &Case) -> Result<AuthError, AuthError> {
        let open = decide(self.rules.program, case)?.open;
        let needs = open.map(|open| open.needs.into_iter().map(str::to_owned).collect()).unwrap_or_default();
        Ok(AuthError::Unknown { needs })
    }

    /// Enters an authorization that the payer gave.
    ///
    /// # Errors
    /// A scope that is lacking, or what the ledger refuses.
    pub fn add(&self, ledger: &mut Ledger, new: &AddAuthorization) -> Result<Answer<Authorized>, AuthError> {
        self.permit(Command::Add)?;
        Ok(ledger.run(self.act(), new)?)
    }

    /// Changes an authorization as its payer did.
    ///
    /// # Errors
    /// A scope that is lacking, or what the ledger refuses.
    pub fn amend(&self, ledger: &mut Ledger, change: &Amend) -> Result<Answer<Amended>, AuthError> {
        self.permit(Command::Amend)?;
        Ok(ledger.run(self.act(), change)?)
    }

    /// Files a document: with an authorization whoever may amend one, with a request whoever may make one.
    ///
    /// # Errors
    /// A scope that is lacking, or what the ledger refuses.
    pub fn file(&self, ledger: &mut Ledger, document: &FileDocument) -> Result<Answer<Filed>, AuthError> {
        let command = match document.with {
            FiledWith::Authorization(_) => Command::Amend,
            FiledWith::Request(_) => Command::Request,
        };
        self.permit_as("file", command)?;
        Ok(ledger.run(self.act(), document)?)
    }

    /// Sets, or takes away, the day on which the payer is to be asked about what is pending.
    ///
    /// # Errors
    /// A scope that is lacking, a day that is over, or what is not pending.
    pub fn follow_up(&self, ledger: &mut Ledger, set: &SetFollowUp) -> Result<Answer<FollowUpSet>, AuthError> {
        self.permit_as("follow-up", Command::Receive)?;
        if !self.is_repeated(ledger)? {
            let Authorization { id, status, .. } = self.authorization(ledger, set.authorization)?;
            if status != Status::Pending {
                return Err(Refusal::WrongStatus { authorization: id, status }.into());
            }
            if let Some(day) = set.on.filter(|day| *day < self.today()) {
                return Err(AuthError::Call {
                    message: format!("{day} is over"),
                    help: "name today or a day to come; `--never`, if nobody is to ask".to_owned(),
                });
            }
        }
        Ok(ledger.run(self.act(), set)?)
    }

    /// The authorization to which a payer gave a number.
    ///
    /// # Errors
    /// A scope that is lacking; no such number, or one that several payers gave, or one payer for a period and for what
    /// follows on it.
    pub fn numbered(
        &self,
        ledger: &mut Ledger,
        number: &str,
        payer: Option<&str>,
    ) -> Result<AuthorizationId, AuthError> {
        self.permit(Command::Show)?;
        let mut known = ledger.authorizations_by_number(number)?;
        known.retain(|one| payer.is_none_or(|payer| one.payer == payer));
        match known.as_slice() {
            [one] => Ok(one.id),
            [] => Err(AuthError::Call {
                message: format!("no authorization has the payer's number `{number}`"),
                help: "correct the number, or look for it with `rulebook auth list`".to_owned(),
            }),
            several => Err(AuthError::Call {
                message: format!("{} authorizations have the number `{number}`", several.len()),
                help: format!(
                    "show one of them by the ledger's own number: {}",
                    several.iter().map(|one| format!("{} of {}", one.id, one.payer)).collect::<Vec<_>>().join(", ")
                ),
            }),
        }
    }

    /// Takes the authorization off a charge.
    ///
    /// # Errors
    /// A scope that is lacking, a charge that has none, or what the ledger refuses.
    pub fn reverse(&self, ledger: &mut Ledger, charge: &str) -> Result<Answer<Reversed>, AuthError> {
        self.permit(Command::Reverse)?;
        let known = self.charge(ledger, charge)?;
        let attachment = ledger.attachment_of(&known.id)?.ok_or_else(|| AuthError::Call {
            message: format!("no authorization is attached to the charge `{charge}`"),
            help: "show the charge to see where it stands".to_owned(),
        })?;
        Ok(ledger.run(self.act(), &Reverse { attachment: attachment.id })?)
    }

    /// Confirms that a charge lacks no authorization.
    ///
    /// # Errors
    /// A scope that is lacking, or a charge that does lack one.
    pub fn validate(&self, ledger: &mut Ledger, charge: &str) -> Result<Answer<ChargeValidated>, AuthError> {
        self.permit(Command::Validate)?;
        Ok(ledger.run(self.act(), &ValidateCharge { charge: charge.to_owned() })?)
    }

    /// A hash over all histories.
    ///
    /// # Errors
    /// A scope that is lacking, or a store that fails.
    pub fn anchor(&self, ledger: &mut Ledger) -> Result<Anchor, AuthError> {
        self.permit(Command::Audit)?;
        Ok(ledger.anchor(self.act())?)
    }

    /// A member, or the refusal that there is none.
    ///
    /// # Errors
    /// No member of this id.
    pub fn member(&self, ledger: &mut Ledger, id: &str) -> Result<Member, AuthError> {
        Ok(ledger.member(id)?.ok_or_else(|| Refusal::UnknownMember { member: id.to_owned() })?)
    }

    /// A charge, or the refusal that there is none.
    ///
    /// # Errors
    /// No charge of this id.
    pub fn charge(&self, ledger: &mut Ledger, id: &str) -> Result<Charge, AuthError> {
        Ok(ledger.charge(id)?.ok_or_else(|| Refusal::UnknownCharge { charge: id.to_owned() })?)
    }

    /// An authorization, or the refusal that there is none.
    ///
    /// # Errors
    /// No authorization of this id.
    pub fn authorization(&self, ledger: &mut Ledger, id: AuthorizationId) -> Result<Authorization, AuthError> {
        Ok(ledger.authorization(id)?.ok_or(Refusal::UnknownAuthorization { authorization: id })?)
    }

    /// A request, or the refusal that there is none.
    ///
    /// # Errors
    /// No request of this id.
    pub fn request(&self, ledger: &mut Ledger, id: RequestId) -> Result<Request, AuthError> {
        Ok(ledger.request(id)?.ok_or(Refusal::UnknownRequest { request: id })?)
    }
}

/// The sum of several numbers of units.
///
/// # Errors
/// More than a ledger holds.
pub(super) fn sum(units: impl IntoIterator<Item = Units>) -> Result<Units, AuthError> {
    units.into_iter().try_fold(Units::ZERO, Units::checked_add).ok_or_else(|| AuthError::Call {
        message: "the units add up to more than a ledger holds".to_owned(),
        help: "make several requests".to_owned(),
    })
}
