//! Thousands of histories of all commands, drawn at random, held to the model after each command.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use rulebook::ledger::{
    Act, AddAuthorization, AddCharge, Addressed, Amend, Appeal, Asking, Attach, AttachmentId, Attempt, AuthorizationId,
    Basis, Cancel, Codes, Command, Determination, Error, Ledger, OpenRequest, Outcome, Postpone, Receive, Received,
    RequestId, Reverse, SetFollowUp, Submit, Units, ValidateCharge, Withdraw, obstacles,
};
use rulebook::time::Instant;

use super::commands::write;
use super::model::{ASKED, Follows, Model, Op};
use super::store::*;

/// A command in which things are chosen among those that there are by then.
#[derive(Debug, Clone)]
pub struct Draft {
    which: u8,
    one: u8,
    two: u8,
    units: i64,
    day: i32,
    set: BTreeSet<u8>,
    outcome: Outcome,
    yes: bool,
    key: Option<u8>,
}

pub fn draft() -> impl Strategy<Value = Draft> {
    let set = proptest::collection::btree_set(0u8..4, 0..3);
    let units = prop_oneof![Just(0), Just(1), Just(5_000), Just(10_000), Just(25_000), 0i64..60_000];
    let outcome = proptest::sample::select(Outcome::ALL);
    let key = proptest::option::weighted(0.3, 0u8..6);
    (0u8..35, 0u8..5, 0u8..6, units, -10i32..80, set, outcome, any::<bool>(), key).prop_map(
        |(which, one, two, units, day, set, outcome, yes, key)| Draft {
            which,
            one,
            two,
            units,
            day,
            set,
            outcome,
            yes,
            key,
        },
    )
}

impl Draft {
    /// The command that it is, for what there is.
    pub fn op(&self, model: &Model) -> Op {
        // one in a while is about something that isn't there
        let pick =
            |ids: Vec<i64>, number: u8| ids.get(usize::from(number) % (ids.len() + 1)).copied().unwrap_or(1 << 40);
        let authorization = pick(model.authorizations.keys().copied().collect(), self.one);
        let request = pick(model.requests.keys().copied().collect(), self.one);
        let attachment = pick(model.attachments.keys().copied().collect(), self.one);
        let charge = self.two;
        let (day, units, set) = (self.day, self.units, self.set.clone());
        match self.which {
            0..=3 => Op::AddCharge { charge, units, day, code: self.one % 4, stranger: day % 7 == 0 },
            4..=5 => Op::AddAuthorization { number: self.one, approved: units * 3, first: 0, last: day, codes: set },
            6..=7 => Op::Amend {
                authorization,
                approved: self.yes.then_some(units),
                last: (day % 3 == 0).then_some(day),
                codes: (day % 5 == 0).then_some(set),
            },
            8..=15 => Op::Attach { charge, authorization },
            16..=18 => Op::Reverse { attachment },
            19 => Op::Validate { charge },
            20 => Op::FollowUp { authorization, on: self.yes.then_some(day) },
            21 => Op::Cancel { authorization },
            22..=23 => Op::Open { charges: set, units, again: (!self.yes).then_some(authorization) },
            24..=25 => Op::Submit { request },
            26 => Op::Postpone { request, until: self.yes.then_some(i64::from(day)) },
            27..=30 => Op::Receive {
                request,
                content: self.two,
                outcome: self.outcome,
                issued: i64::from(day),
                units: self.yes.then_some(units),
                attach: day % 2 == 0,
            },
            31 => Op::Appeal { request, day },
            32 => Op::Withdraw { request },
            _ => Op::Renew { authorization, units },
        }
    }
}

pub fn date(day: i32) -> NaiveDate {
    let first = super::store::day("2026-03-01");
    match u64::try_from(day) {
        Ok(days) => first + Days::new(days),
        Err(_) => first - Days::new(u64::from(day.unsigned_abs())),
    }
}

fn amount(units: i64) -> Units {
    Units::from_ten_thousandths(units).unwrap()
}

fn later(seconds: i64) -> Instant {
    act().at.checked_add(seconds).unwrap()
}

fn codes(codes: &BTreeSet<u8>) -> Codes {
    Codes::new(codes.iter().map(|code| format!("9711{code}"))).unwrap()
}

/// One history's corner of a ledger that many share.
pub struct Corner {
    pub name: String,
}

impl Corner {
    pub fn charge(&self, charge: u8) -> String {
        format!("{}-c{charge}", self.name)
    }

    pub fn settle_in(&self, ledger: &mut Ledger) {
        ledger.done(&member(&self.name));
    }

    fn opened(
        &self,
        ledger: &mut Ledger,
        act: Act<'_>,
        basis: Basis,
        units: i64,
        charges: &BTreeSet<u8>,
    ) -> Result<Made, Error> {
        let command = OpenRequest {
            member: self.name.clone(),
            payer: "p".to_owned(),
            partner: Some(format!("hub-{}", self.name)),
            basis,
            units: amount(units),
            first_day: date(ASKED.0),
            last_day: date(ASKED.1),
            codes: Codes::default(),
            charges: charges.iter().map(|charge| self.charge(*charge)).collect(),
            asking: Asking::AlthoughAsked,
            approval: None,
            trace: None,
            reference: None,
            documents: Vec::new(),
        };
        let answer = ledger.run(act, &command)?;
        let (one, two) = (answer.value.request.0, answer.value.authorization.0);
        Ok(Made { replayed: answer.replayed, one, two, received: None, answer: format!("{:?}", answer.value) })
    }

    /// Does a command; gives the numbers of what was made.
    pub fn run(&self, ledger: &mut Ledger, op: &Op, key: Option<u8>) -> Result<Made, Error> {
        let key = key.map(|key| format!("{}-k{key}", self.name));
        let act = Act { key: key.as_deref(), ..act() };
        let (member, payer, partner) = (self.name.clone(), "p".to_owned(), format!("hub-{}", self.name));
        match op.clone() {
            Op::AddCharge { charge, units, day, code, stranger } => {
                let command = AddCharge {
                    id: self.charge(charge),
                    member,
                    payer: if stranger { "q".to_owned() } else { payer },
                    day: date(day),
                    code: format!("9711{code}"),
                    units: amount(units),
                    auth_required: true,
                };
                made(ledger, act, &command, |_| 0)
            }
            Op::AddAuthorization { number, approved, first, last, codes: set } => {
                let command = AddAuthorization {
                    member,
                    payer,
                    number: format!("{}-n{number}", self.name),
                    first_day: date(first),
                    last_day: date(last),
                    approved: amount(approved),
                    codes: codes(&set),
                    document: None,
                };
                made(ledger, act, &command, |added| added.authorization.0)
            }
            Op::Amend { authorization, approved, last, codes: set } => {
                let command = Amend {
                    approved: approved.map(amount),
                    last_day: last.map(date),
                    codes: set.as_ref().map(codes),
                    ..Amend::new(AuthorizationId(authorization))
                };
                made(ledger, act, &command, |_| 0)
            }
            Op::Attach { charge, authorization } => {
                let command = Attach { charge: self.charge(charge), authorization: AuthorizationId(authorization) };
                made(ledger, act, &command, |attached| attached.attachment.0)
            }
            Op::Reverse { attachment } => {
                let command = Reverse { attachment: AttachmentId(attachment) };
                made(ledger, act, &command, |reversed| reversed.reversal.0)
            }
            Op::Validate { charge } => made(ledger, act, &ValidateCharge { charge: self.charge(charge) }, |_| 0),
            Op::FollowUp { authorization, on } => {
                let command = SetFollowUp { authorization: AuthorizationId(authorization), on: on.map(date) };
                made(ledger, act, &command, |_| 0)
            }
            Op::Cancel { authorization } => {
                made(ledger, act, &Cancel { authorization: AuthorizationId(authorization) }, |_| 0)
            }
            Op::Open { charges, units, again } => {
                let basis = again.map_or(Basis::Nothing, |id| Basis::Anew(AuthorizationId(id)));
                self.opened(ledger, act, basis, units, &charges)
            }
            Op::Renew { authorization, units } => {
                let basis = Basis::Renews(AuthorizationId(authorization));
                self.opened(ledger, act, basis, units, &BTreeSet::new())
            }
            Op::Submit { request } => made(
                ledger,
                act,
                &Submit { request: RequestId(request), attempt: Attempt::Anew, due: None, write: &write },
                |_| 0,
            ),
            Op::Postpone { request, until } => {
                let command = Postpone { request: RequestId(request), error: "slow".into(), until: until.map(later) };
                made(ledger, act, &command, |_| 0)
            }
            Op::Receive { request, content, outcome, issued, units, attach } => {
                let determination = Determination {
                    issued: Some(later(issued)),
                    units: units.map(amount),
                    ..Determination::new(outcome)
                };
                let command = Receive {
                    partner,
                    name: "in".into(),
                    bytes: format!("{} {content}", self.name).into_bytes(),
                    fault: None,
                    answers: vec![Addressed {
                        trace: Some(format!("R{request:08}")),
                        reference: None,
                        control: None,
                        determination,
                    }],
                    attach,
                };
                let answer = ledger.run(act, &command)?;
                let text = format!("{:?}", answer.value);
                Ok(Made { replayed: answer.replayed, one: 0, two: 0, received: Some(answer.value), answer: text })
            }
            Op::Appeal { request, day } => made(
                ledger,
                act,
                &Appeal { request: RequestId(request), on: date(day), document: None, message: None },
                |_| 0,
            ),
            Op::Withdraw { request } => made(ledger, act, &Withdraw { request: RequestId(request) }, |_| 0),
        }
    }
}

/// What a ledger said of a command.
pub struct Made {
    replayed: bool,
    pub one: i64,
    two: i64,
    received: Option<Received>,
    answer: String,
}

fn made<C: Command>(
    ledger: &mut Ledger,
    act: Act<'_>,
    command: &C,
    number: impl Fn(&C::Answer) -> i64,
) -> Result<Made, Error>
where
    C::Answer: std::fmt::Debug,
{
    let answer = ledger.run(act, command)?;
    let (one, text) = (number(&answer.value), format!("{:?}", answer.value));
    Ok(Made { replayed: answer.replayed, one, two: 0, received: None, answer: text })
}

/// Goes through a history on the ledger and in the model; tells how many commands were done.
fn history(ledger: &mut Ledger, name: String, drafts: &[Draft]) -> usize {
    let corner = Corner { name };
    corner.settle_in(ledger);
    let mut model = Model::default();
    let mut answers: BTreeMap<u8, String> = BTreeMap::new();
    let mut done = 0;
    for draft in drafts {
        let op = draft.op(&model);
        if let Op::Attach { charge, authorization } = op {
            guard_and_verdict_agree(ledger, &corner, &model, charge, authorization);
        }
        let replay = match draft.key.map_or(Ok(false), |key| model.keyed(key, &op)) {
            Ok(true) => true,
            Ok(false) => false,
            Err(word) => {
                assert_eq!(corner.run(ledger, &op, draft.key).err().map(|error| error.word()), Some(word), "{op:?}");
                continue;
            }
        };
        let ran = corner.run(ledger, &op, draft.key);
        if replay {
            let ran = ran.unwrap_or_else(|error| panic!("{op:?}: {error}"));
            assert!(ran.replayed, "{op:?}");
            assert_eq!(Some(&ran.answer), answers.get(&draft.key.unwrap()), "{op:?}");
        } else if let Some(word) = model.refusal(&op) {
            assert_eq!(ran.err().map(|error| error.word()), Some(word), "{op:?}");
        } else {
            let ran = ran.unwrap_or_else(|error| panic!("{op:?}: {error}\n{model:#?}"));
            assert!(!ran.replayed);
            done += 1;
            if let Some(key) = draft.key {
                model.remember(key, &op);
                answers.insert(key, ran.answer.clone());
            }
            follow(&mut model, &corner, ledger, &op, ran);
        }
        same(ledger, &corner, &model, &op);
    }
    done
}

/// Lets the model do what the ledger did.
fn follow(model: &mut Model, corner: &Corner, ledger: &mut Ledger, op: &Op, ran: Made) {
    match op {
        Op::Open { charges, units, again } => {
            model.open(charges, *units, again.map_or(Follows::Nothing, Follows::Again), ran.one, ran.two);
        }
        Op::Renew { authorization, units } => {
            model.open(&BTreeSet::new(), *units, Follows::Renews(*authorization), ran.one, ran.two);
        }
        Op::Receive { request, content, outcome, issued, units, attach } => {
            let received = ran.received.unwrap();
            let before = model.contents.get(content).copied();
            assert_eq!(received.already, before.is_some());
            if before == Some(true) {
                assert!(received.determined.is_empty() && received.unmatched.is_empty(), "{op:?}");
                return;
            }
            let mut numbers = BTreeMap::new();
            for charge in 0..6u8 {
                if let Some(row) = ledger.attachment_of(&corner.charge(charge)).unwrap() {
                    numbers.insert(charge, row.id.0);
                }
            }
            match model.receive(*request, (*outcome, *issued, *units, *attach), &numbers) {
                Err(word) => {
                    model.contents.insert(*content, false);
                    assert_eq!(received.unmatched[0].word, word);
                }
                Ok(came) => {
                    model.contents.insert(*content, true);
                    let told = &received.determined[0];
                    let names = |set: BTreeSet<u8>| set.iter().map(|id| corner.charge(*id)).collect::<BTreeSet<_>>();
                    assert_eq!(told.stands, came.stands, "{op:?}");
                    assert_eq!(told.flagged.iter().cloned().collect::<BTreeSet<_>>(), names(came.flagged));
                    assert_eq!(told.attached.iter().cloned().collect::<BTreeSet<_>>(), names(came.attached));
                    let refused = told.not_attached.iter().map(|one| (one.charge.clone(), one.word.as_str()));
                    let expected = came.not_attached.iter().map(|(id, word)| (corner.charge(*id), *word));
                    assert_eq!(refused.collect::<BTreeMap<_, _>>(), expected.collect::<BTreeMap<_, _>>());
                }
            }
        }
        _ => model.apply(op, ran.one),
    }
}

/// The guard in the statement, the verdict of `obstacles` and the model say the same.
fn guard_and_verdict_agree(ledger: &mut Ledger, corner: &Corner, model: &Model, charge: u8, id: i64) {
    let found = (ledger.charge(&corner.charge(charge)).unwrap(), ledger.authorization(AuthorizationId(id)).unwrap());
    let (Some(charge_row), Some(authorization)) = found else { return };
    if charge_row.authorization.is_none() {
        let verdict = obstacles(&authorization, &charge_row).first().map(|refusal| refusal.word());
        assert_eq!(verdict, model.obstacle(charge, id).err());
    }
}

/// The ledger holds what the model holds.
fn same(ledger: &mut Ledger, corner: &Corner, model: &Model, op: &Op) {
    for (id, expected) in &model.charges {
        let row = ledger.one_charge(&corner.charge(*id));
        let told = (row.auth_required, row.validated, row.flag.as_deref(), row.authorization.map(|id| id.0));
        assert_eq!(told, (expected.required, expected.validated, expected.flag, expected.authorization), "{op:?}");
    }
    for (id, expected) in &model.authorizations {
        let row = ledger.auth(AuthorizationId(*id));
        let told = (row.status.word(), row.approved.ten_thousandths(), row.used.ten_thousandths(), row.last_day);
        assert_eq!(told, (expected.status, expected.approved, expected.used, date(expected.last)), "{op:?}");
        assert_eq!(row.follow_up, expected.follow_up.map(date), "{op:?}");
        assert_eq!(row.codes, codes(&expected.codes), "{op:?}");
        assert_eq!(row.request.map(|id| id.0), expected.request, "{op:?}");
    }
    for (id, expected) in &model.requests {
        let row = ledger.request(RequestId(*id)).unwrap().unwrap();
        let told = (row.state.word(), row.attempts, row.outcome, row.next_retry);
        assert_eq!(
            told,
            (expected.state, expected.attempts, expected.outcome, expected.next_retry.map(later)),
            "{op:?}"
        );
    }
}

/// `HISTORIES` says how many.
#[test]
fn histories_go_as_in_the_model() {
    let histories: u32 = std::env::var("HISTORIES").map_or(400, |histories| histories.parse().unwrap());
    for store in Store::each() {
        let server = store.address.starts_with("postgres");
        let histories = if server { histories / 8 } else { histories };
        let mut ledger = store.open();
        let (mut number, mut done) = (0, 0);
        let config = Config { cases: histories, failure_persistence: None, ..Config::default() };
        // the same histories every time
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[78; 32]);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let counts = std::cell::RefCell::new((&mut ledger, &mut number, &mut done));
        runner
            .run(&proptest::collection::vec(draft(), 10..40), |drafts| {
                let (ledger, number, done) = &mut *counts.borrow_mut();
                **number += 1;
                **done += history(ledger, format!("h{number}"), &drafts);
                Ok(())
            })
            .unwrap();
        ledger.sound();
        eprintln!("{histories} histories, {done} commands done");
        assert!(done > histories as usize * 5, "most commands are refused: {done}");
    }
}
