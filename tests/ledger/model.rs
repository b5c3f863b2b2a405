//! A ledger in memory, one command after another: what the real one is held to. It shares no code with it, and counts days
//! from 1 March 2026 and units in ten-thousandths.

use std::collections::{BTreeMap, BTreeSet};

use rulebook::ledger::Outcome;

/// A command, by the numbers of what it is about. Charges and contents are numbered by the history, the rest by the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    AddCharge { charge: u8, units: i64, day: i32, code: u8, stranger: bool },
    AddAuthorization { number: u8, approved: i64, first: i32, last: i32, codes: BTreeSet<u8> },
    Amend { authorization: i64, approved: Option<i64>, last: Option<i32>, codes: Option<BTreeSet<u8>> },
    Attach { charge: u8, authorization: i64 },
    Reverse { attachment: i64 },
    Validate { charge: u8 },
    FollowUp { authorization: i64, on: Option<i32> },
    Cancel { authorization: i64 },
    Open { charges: BTreeSet<u8>, units: i64, again: Option<i64> },
    Submit { request: i64 },
    Postpone { request: i64, until: Option<i64> },
    Receive { request: i64, content: u8, outcome: Outcome, issued: i64, units: Option<i64>, attach: bool },
    Appeal { request: i64, day: i32 },
    Withdraw { request: i64 },
    Renew { authorization: i64, units: i64 },
}

impl Op {
    /// Whether it is the same command for a key: what was read from a content goes with the content.
    fn same(&self, other: &Op) -> bool {
        match (self, other) {
            (Op::Receive { content, attach, .. }, Op::Receive { content: c, attach: a, .. }) => {
                content == c && attach == a
            }
            _ => self == other,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub units: i64,
    pub day: i32,
    pub code: u8,
    pub stranger: bool,
    pub required: bool,
    pub validated: bool,
    pub flag: Option<&'static str>,
    pub authorization: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    pub number: Option<u8>,
    pub status: &'static str,
    pub first: i32,
    pub last: i32,
    pub approved: i64,
    pub used: i64,
    pub codes: BTreeSet<u8>,
    pub follow_up: Option<i32>,
    pub request: Option<i64>,
    /// What it is the further period of.
    pub renews: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub authorization: i64,
    pub charge: u8,
    pub units: i64,
    pub reversal: bool,
    pub reversed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub authorization: i64,
    pub charges: BTreeSet<u8>,
    pub units: i64,
    pub state: &'static str,
    pub attempts: u32,
    pub next_retry: Option<i64>,
    pub outcome: Option<Outcome>,
    /// Whether it settles, when it was issued, and its place among those that arrived.
    pub standing: Option<(bool, i64, usize)>,
}

/// What came of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Came {
    pub stands: bool,
    pub flagged: BTreeSet<u8>,
    pub attached: BTreeSet<u8>,
    pub not_attached: BTreeMap<u8, &'static str>,
}

#[derive(Debug, Clone, Default)]
pub struct Model {
    pub charges: BTreeMap<u8, Charge>,
    pub authorizations: BTreeMap<i64, Authorization>,
    pub attachments: BTreeMap<i64, Attachment>,
    pub requests: BTreeMap<i64, Request>,
    /// The contents that were received, and whether their answer was applied.
    pub contents: BTreeMap<u8, bool>,
    keys: BTreeMap<u8, Op>,
    arrived: usize,
}

/// What a request follows on, by the ledger's numbers.
#[derive(Debug, Clone, Copy)]
pub enum Follows {
    Nothing,
    Again(i64),
    Renews(i64),
}

type Word = &'static str;

/// The days of a request.
pub const ASKED: (i32, i32) = (0, 60);

impl Model {
    /// What a key says: nothing, that the command was done, or that another was.
    pub fn keyed(&self, key: u8, op: &Op) -> Result<bool, Word> {
        match self.keys.get(&key) {
            None => Ok(false),
            Some(first) if first.same(op) => Ok(true),
            Some(_) => Err("key_reused"),
        }
    }

    pub fn remember(&mut self, key: u8, op: &Op) {
        self.keys.insert(key, op.clone());
    }

    /// The word by which a command is refused, if it is.
    pub fn refusal(&self, op: &Op) -> Option<Word> {
        self.judge(op).err()
    }

    fn authorization(&self, id: i64) -> Result<&Authorization, Word> {
        self.authorizations.get(&id).ok_or("unknown_authorization")
    }

    fn request(&self, id: i64) -> Result<&Request, Word> {
        self.requests.get(&id).ok_or("unknown_request")
    }

    /// What keeps a charge from an authorization.
    pub fn obstacle(&self, charge: u8, id: i64) -> Result<(), Word> {
        let charge = self.charges.get(&charge).ok_or("unknown_charge")?;
        if charge.authorization.is_some() {
            return Err("already_attached");
        }
        let authorization = self.authorization(id)?;
        let left = authorization.approved - authorization.used;
        [
            (charge.stranger, "other_payer"),
            (authorization.status != "ACTIVE", "not_active"),
            (charge.day < authorization.first, "before_first_day"),
            (charge.day > authorization.last, "after_last_day"),
            (!authorization.codes.is_empty() && !authorization.codes.contains(&charge.code), "code_not_covered"),
            (left < 0, "over_used"),
            (left < charge.units, "not_enough_units"),
        ]
        .into_iter()
        .find(|(hinders, _)| *hinders)
        .map_or(Ok(()), |(_, word)| Err(word))
    }

    fn judge(&self, op: &Op) -> Result<(), Word> {
        let check = |fails: bool, word: Word| if fails { Err(word) } else { Ok(()) };
        match op {
            Op::AddCharge { charge, units, .. } => {
                check(*units == 0, "no_units")?;
                check(self.charges.contains_key(charge), "charge_exists")
            }
            Op::AddAuthorization { number, first, last, .. } => {
                check(first > last, "period_backwards")?;
                check(self.authorizations.values().any(|other| other.number == Some(*number)), "number_taken")
            }
            Op::Amend { authorization, approved, last, codes } => {
                let before = self.authorization(*authorization)?;
                check(before.status != "ACTIVE", "wrong_status")?;
                check(before.first > last.unwrap_or(before.last), "period_backwards")?;
                let same = approved.is_none_or(|approved| approved == before.approved)
                    && last.is_none_or(|last| last == before.last)
                    && codes.as_ref().is_none_or(|codes| *codes == before.codes);
                check(same, "nothing_to_change")
            }
            Op::Attach { charge, authorization } => self.obstacle(*charge, *authorization),
            Op::Reverse { attachment } => {
                let attachment = self.attachments.get(attachment).filter(|row| !row.reversal);
                check(attachment.ok_or("unknown_attachment")?.reversed, "already_reversed")
            }
            Op::Validate { charge } => check(self.charges.get(charge).ok_or("unknown_charge")?.required, "issue_open"),
            Op::FollowUp { authorization, on } => {
                check(self.authorization(*authorization)?.follow_up == *on, "nothing_to_change")
            }
            Op::Cancel { authorization } => {
                check(!["PENDING", "ACTIVE"].contains(&self.authorization(*authorization)?.status), "wrong_status")
            }
            Op::Open { charges, units, again } => {
                check(*units == 0, "no_units")?;
                check(charges.iter().any(|charge| !self.charges.contains_key(charge)), "unknown_charge")?;
                if let Some(again) = again {
                    let status = self.authorization(*again)?.status;
                    check(["ACTIVE", "NOT_REQUIRED"].contains(&status), "wrong_status")?;
                }
                check(charges.iter().any(|charge| self.charges[charge].stranger), "other_payer")
            }
            Op::Submit { request } | Op::Postpone { request, .. } => {
                let settled = ["ANSWERED", "APPEALED", "GIVEN_UP"];
                check(settled.contains(&self.request(*request)?.state), "wrong_state")
            }
            Op::Renew { authorization, units } => {
                check(*units == 0, "no_units")?;
                check(self.authorization(*authorization)?.status != "ACTIVE", "wrong_status")?;
                let waits = |row: &Authorization| {
                    row.renews == Some(*authorization) && row.status == "PENDING" && (row.first, row.last) == ASKED
                };
                check(self.authorizations.values().any(waits), "already_asked")
            }
            Op::Withdraw { request } => check(self.request(*request)?.state != "DRAFT", "wrong_state"),
            // what can't be applied of it is told, not refused
            Op::Receive { .. } => Ok(()),
            Op::Appeal { request, .. } => {
                let request = self.request(*request)?;
                check(request.state != "ANSWERED" || request.outcome != Some(Outcome::Denied), "wrong_state")
            }
        }
    }

    pub fn attach(&mut self, charge: u8, id: i64, attachment: i64) {
        let authorization = self.authorizations.get_mut(&id).unwrap();
        let row = self.charges.get_mut(&charge).unwrap();
        authorization.used += row.units;
        (row.required, row.validated, row.flag, row.authorization) = (false, false, None, Some(id));
        let row = Attachment { authorization: id, charge, units: row.units, reversal: false, reversed: false };
        self.attachments.insert(attachment, row);
    }

    fn held(&self, id: i64) -> BTreeSet<u8> {
        let held = self.attachments.values().filter(|row| row.authorization == id && !row.reversal && !row.reversed);
        held.map(|row| row.charge).collect()
    }

    fn flag(&mut self, id: i64, status: &'static str) -> BTreeSet<u8> {
        let held = self.held(id);
        for charge in &held {
            let charge = self.charges.get_mut(charge).unwrap();
            (charge.required, charge.validated, charge.flag) = (true, false, Some(status));
        }
        held
    }

    /// Does what is not refused. `made` is the number that the ledger gave to what was made.
    pub fn apply(&mut self, op: &Op, made: i64) {
        match op.clone() {
            Op::AddCharge { charge, units, day, code, stranger } => {
                let charge_row = Charge {
                    units,
                    day,
                    code,
                    stranger,
                    required: true,
                    validated: false,
                    flag: None,
                    authorization: None,
                };
                self.charges.insert(charge, charge_row);
            }
            Op::AddAuthorization { number, approved, first, last, codes } => {
                let row = Authorization {
                    number: Some(number),
                    status: "ACTIVE",
                    first,
                    last,
                    approved,
                    used: 0,
                    codes,
                    follow_up: None,
                    request: None,
                    renews: None,
                };
                assert!(self.authorizations.insert(made, row).is_none());
            }
            Op::Amend { authorization, approved, last, codes } => {
                let row = self.authorizations.get_mut(&authorization).unwrap();
                row.approved = approved.unwrap_or(row.approved);
                row.last = last.unwrap_or(row.last);
                row.codes = codes.unwrap_or(row.codes.clone());
            }
            Op::Attach { charge, authorization } => self.attach(charge, authorization, made),
            Op::Reverse { attachment } => {
                let row = self.attachments.get_mut(&attachment).unwrap();
                row.reversed = true;
                let reversal = Attachment { reversal: true, reversed: false, ..row.clone() };
                self.authorizations.get_mut(&reversal.authorization).unwrap().used -= reversal.units;
                let charge = self.charges.get_mut(&reversal.charge).unwrap();
                (charge.required, charge.validated, charge.flag, charge.authorization) = (true, false, None, None);
                assert!(self.attachments.insert(made, reversal).is_none());
            }
            Op::Validate { charge } => self.charges.get_mut(&charge).unwrap().validated = true,
            Op::FollowUp { authorization, on } => self.authorizations.get_mut(&authorization).unwrap().follow_up = on,
            Op::Cancel { authorization } => {
                self.authorizations.get_mut(&authorization).unwrap().status = "CANCELLED";
                self.flag(authorization, "CANCELLED");
            }
            Op::Open { .. } | Op::Renew { .. } => panic!("see `open`"),
            Op::Submit { request } => {
                let row = self.requests.get_mut(&request).unwrap();
                (row.state, row.next_retry) = ("SUBMITTED", None);
                row.attempts += 1;
            }
            Op::Postpone { request, until } => {
                let row = self.requests.get_mut(&request).unwrap();
                row.next_retry = until;
                if until.is_none() {
                    row.state = "GIVEN_UP";
                }
            }
            Op::Receive { .. } => panic!("see `receive`"),
            Op::Appeal { request, .. } => self.requests.get_mut(&request).unwrap().state = "APPEALED",
            Op::Withdraw { request } => {
                let row = self.requests.get_mut(&request).unwrap();
                (row.state, row.next_retry) = ("GIVEN_UP", None);
                let id = row.authorization;
                let waits = |row: &Request| row.authorization == id && (row.state == "DRAFT" || row.attempts > 0);
                let asked = self.requests.values().any(waits);
                let authorization = self.authorizations.get_mut(&id).unwrap();
                if authorization.status == "PENDING" && !asked {
                    authorization.status = "CANCELLED";
                }
            }
        }
    }

    /// Opens a request, for which the ledger gave two numbers.
    pub fn open(&mut self, charges: &BTreeSet<u8>, units: i64, follows: Follows, request: i64, authorization: i64) {
        let row = self.authorizations.entry(authorization).or_insert(Authorization {
            number: None,
            status: "PENDING",
            first: 0,
            last: 0,
            approved: 0,
            used: 0,
            codes: BTreeSet::new(),
            follow_up: None,
            request: None,
            renews: None,
        });
        match follows {
            Follows::Nothing => {}
            Follows::Again(id) => assert_eq!(id, authorization),
            Follows::Renews(id) => row.renews = Some(id),
        }
        (row.status, row.follow_up, row.request) = ("PENDING", None, Some(request));
        (row.first, row.last, row.codes) = (ASKED.0, ASKED.1, BTreeSet::new());
        let row = Request {
            authorization,
            charges: charges.clone(),
            units,
            state: "DRAFT",
            attempts: 0,
            next_retry: None,
            outcome: None,
            standing: None,
        };
        assert!(self.requests.insert(request, row).is_none());
    }

    /// What comes of an answer to a request; `Err` if nothing does. `made` gives the numbers of attachments.
    pub fn receive(
        &mut self,
        id: i64,
        answer: (Outcome, i64, Option<i64>, bool),
        made: &BTreeMap<u8, i64>,
    ) -> Result<Came, Word> {
        let (outcome, issued, units, attaching) = answer;
        let row = self.requests.get_mut(&id).ok_or("no_request")?;
        if row.state == "DRAFT" {
            return Err("wrong_state");
        }
        self.arrived += 1;
        let settles =
            matches!(outcome, Outcome::Approved | Outcome::Denied | Outcome::Cancelled | Outcome::NotRequired);
        let rank = Some((settles, issued, self.arrived));
        let stands = rank > row.standing;
        let mut came = Came::default();
        if stands {
            (row.standing, row.outcome, row.next_retry) = (rank, Some(outcome), None);
            row.state = match outcome {
                _ if settles => "ANSWERED",
                Outcome::Rejected => "REJECTED",
                _ => "SUBMITTED",
            };
        }
        let (authorization, charges, asked) = (row.authorization, row.charges.clone(), row.units);
        let row = self.authorizations.get_mut(&authorization).unwrap();
        came.stands = stands && row.request == Some(id);
        if came.stands {
            let before = row.status;
            if settles {
                row.follow_up = None;
            }
            match outcome {
                Outcome::Approved => {
                    (row.status, row.approved) = ("ACTIVE", units.unwrap_or(asked));
                    (row.first, row.last, row.codes) = (ASKED.0, ASKED.1, BTreeSet::new());
                }
                Outcome::Denied => row.status = "DENIED",
                Outcome::Cancelled => row.status = "CANCELLED",
                Outcome::NotRequired => row.status = "NOT_REQUIRED",
                _ => {}
            }
            let after = row.status;
            let free: Vec<u8> = charges.iter().copied().filter(|id| self.charges[id].authorization.is_none()).collect();
            for charge in free {
                let charge = self.charges.get_mut(&charge).unwrap();
                if before == "NOT_REQUIRED" && after != "NOT_REQUIRED" && charge.flag == Some("NOT_REQUIRED") {
                    (charge.required, charge.validated, charge.flag) = (true, false, None);
                }
                if after == "NOT_REQUIRED" && charge.required {
                    (charge.required, charge.flag) = (false, Some("NOT_REQUIRED"));
                }
            }
            match after {
                "DENIED" | "CANCELLED" => came.flagged = self.flag(authorization, after),
                "ACTIVE" => {
                    for charge in self.held(authorization) {
                        let charge = self.charges.get_mut(&charge).unwrap();
                        if charge.flag.is_some() {
                            (charge.required, charge.validated, charge.flag) = (false, false, None);
                        }
                    }
                }
                _ => {}
            }
        }
        if attaching && came.stands && outcome == Outcome::Approved {
            for charge in charges {
                match self.obstacle(charge, authorization) {
                    Ok(()) => {
                        came.attached.insert(charge);
                        self.attach(charge, authorization, made.get(&charge).copied().unwrap_or(-1));
                    }
                    Err("already_attached") if self.charges[&charge].authorization == Some(authorization) => {}
                    Err(word) => {
                        came.not_attached.insert(charge, word);
                    }
                }
            }
        }
        Ok(came)
    }
}
