//! What payers' answers do, in whatever order they arrive.

use std::collections::BTreeSet;

use proptest::prelude::*;

use rulebook::ledger::{
    Addressed, Appeal, Attempt, Authorization, Basis, Charge, Codes, Determination, Determined, Ledger, OpenRequest,
    Outcome, Receive, Received, Request, RequestId, RequestState, Status, Submit,
};

use super::commands::{request, write};
use super::store::*;

/// A ledger with a submitted request for charges `c` and `d` of one and two units.
fn submitted(store: &Store) -> (Ledger, RequestId) {
    let mut ledger = store.open();
    ledger.done(&member("m"));
    ledger.done(&charge("c", "1"));
    ledger.done(&charge("d", "2"));
    let request =
        OpenRequest { charges: BTreeSet::from(["c".into(), "d".into()]), trace: Some("T1".into()), ..request() };
    let request = ledger.done(&request).request;
    ledger.done(&Submit { request, attempt: Attempt::Anew, due: None, write: &write });
    (ledger, request)
}

/// An answer issued at that minute after nine.
fn issued(outcome: Outcome, minute: u32) -> Determination {
    let issued = Some(instant(&format!("2026-03-03T09:{minute:02}:00-05:00")));
    Determination { issued, ..Determination::new(outcome) }
}

fn message(content: &str, attach: bool, determination: Determination) -> Receive {
    Receive {
        partner: "hub".into(),
        name: "in.278".into(),
        bytes: content.as_bytes().to_vec(),
        fault: None,
        answers: vec![Addressed { trace: Some("T1".into()), reference: None, control: None, determination }],
        attach,
    }
}

fn receive(ledger: &mut Ledger, content: &str, determination: Determination) -> Determined {
    let Received { mut determined, .. } = ledger.done(&message(content, false, determination));
    determined.remove(0)
}

fn standing(ledger: &mut Ledger, request: RequestId) -> (Request, Authorization, Vec<Charge>) {
    let request = ledger.request(request).unwrap().unwrap();
    let authorization = ledger.auth(request.authorization);
    (request, authorization, vec![ledger.one_charge("c"), ledger.one_charge("d")])
}

#[test]
fn an_approval_makes_it_active_and_attaches_its_charges_if_told_to() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        let number = Some("P-9".to_owned());
        let received = ledger.done(&message("1", true, Determination { number, ..issued(Outcome::Approved, 0) }));
        let determined = &received.determined[0];
        assert!(determined.stands && determined.not_attached.is_empty());
        assert_eq!(determined.attached, ["c", "d"]);
        let (request, authorization, charges) = standing(&mut ledger, request);
        assert_eq!(
            (authorization.status, authorization.approved, authorization.used),
            (Status::Active, units("6"), units("3"))
        );
        assert_eq!(authorization.number.as_deref(), Some("P-9"));
        assert!(!authorization.modified && charges.iter().all(|charge| !charge.auth_required));
        assert_eq!(request.state, RequestState::Answered);
        ledger.sound();
    }
}

#[test]
fn a_modified_approval_has_the_payers_units_and_days() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        let answer = Determination {
            modified: true,
            units: Some(units("2.5")),
            first_day: Some(day("2026-03-09")),
            last_day: Some(day("2026-03-31")),
            codes: Some(Codes::new(["97110", "97112"]).unwrap()),
            ..issued(Outcome::Approved, 0)
        };
        let received = ledger.done(&message("1", true, answer));
        let determined = &received.determined[0];
        assert_eq!(determined.attached, ["c"]);
        assert_eq!(determined.not_attached[0].word, "not_enough_units");
        let (request, authorization, charges) = standing(&mut ledger, request);
        assert!(authorization.modified && request.modified);
        assert_eq!((authorization.approved, authorization.used), (units("2.5"), units("1")));
        assert_eq!((authorization.first_day, authorization.last_day), (day("2026-03-09"), day("2026-03-31")));
        assert!(!charges[0].auth_required && charges[1].auth_required);
        ledger.sound();
    }
}

#[test]
fn a_denial_over_attachments_keeps_and_flags_them() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        ledger.done(&message("1", true, issued(Outcome::Approved, 0)));
        let reasons = vec!["not medically necessary".to_owned()];
        let denial = Determination { reasons: reasons.clone(), ..issued(Outcome::Denied, 1) };
        assert_eq!(receive(&mut ledger, "2", denial).flagged, ["c", "d"]);
        let (answered, authorization, charges) = standing(&mut ledger, request);
        assert_eq!((authorization.status, authorization.used), (Status::Denied, units("3")));
        assert_eq!(answered.reasons, reasons);
        for charge in &charges {
            assert!(charge.auth_required && charge.authorization == Some(authorization.id));
            assert_eq!(charge.flag.as_deref(), Some("DENIED"));
        }
        // the appeal succeeds
        ledger.done(&Appeal { request, on: day("2026-03-20"), document: None, message: None });
        assert_eq!(receive(&mut ledger, "3", issued(Outcome::Approved, 2)).status, Status::Active);
        let (_, authorization, charges) = standing(&mut ledger, request);
        assert_eq!(authorization.used, units("3"));
        assert!(charges.iter().all(|charge| !charge.auth_required && charge.flag.is_none()));
        ledger.sound();
    }
}

#[test]
fn what_is_not_required_clears_the_issue_until_the_payer_says_otherwise() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        assert_eq!(receive(&mut ledger, "1", issued(Outcome::NotRequired, 0)).status, Status::NotRequired);
        assert!(standing(&mut ledger, request).2.iter().all(|charge| !charge.auth_required));
        receive(&mut ledger, "2", issued(Outcome::Denied, 1));
        assert!(standing(&mut ledger, request).2.iter().all(|charge| charge.auth_required && charge.flag.is_none()));
        ledger.sound();
    }
}

#[test]
fn each_content_is_received_once() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        let first = ledger.done(&message("1", true, issued(Outcome::Approved, 0)));
        assert!(!first.already);
        let before = ledger.history(&rulebook::ledger::Entity::new(rulebook::ledger::Kind::Request, request)).unwrap();
        let again = ledger.done(&message("1", true, issued(Outcome::Denied, 5)));
        assert!(again.already && again.determined.is_empty());
        assert_eq!(again.message, first.message);
        let after = ledger.history(&rulebook::ledger::Entity::new(rulebook::ledger::Kind::Request, request)).unwrap();
        assert_eq!(before, after);
        assert_eq!(ledger.message_bytes(first.message).unwrap().unwrap(), b"1");
        ledger.sound();
    }
}

#[test]
fn a_faulty_message_is_kept_and_can_be_read_later() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        let good = message("1", false, issued(Outcome::Approved, 0));
        let faulty = Receive { fault: Some("ISA is cut off".into()), answers: Vec::new(), ..good.clone() };
        assert!(!ledger.done(&faulty).already);
        assert!(ledger.done(&faulty).already);
        assert_eq!(standing(&mut ledger, request).1.status, Status::Pending);
        let read = ledger.done(&good);
        assert!(!read.already && read.determined.len() == 1);
        assert!(ledger.done(&good).already);
        assert_eq!(standing(&mut ledger, request).1.status, Status::Active);
        ledger.sound();
    }
}

#[test]
fn answers_find_their_request_by_trace_then_reference_then_control_number() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        let reference = ledger.request(request).unwrap().unwrap().reference;
        let addressed = |trace: Option<&str>, reference: Option<&str>, control| Addressed {
            trace: trace.map(str::to_owned),
            reference: reference.map(str::to_owned),
            control,
            determination: issued(Outcome::Pended, 0),
        };
        let received = ledger.done(&Receive {
            answers: vec![
                addressed(Some("T1"), None, None),
                addressed(Some("other"), Some(&reference), None),
                addressed(None, Some("other"), Some(1)),
                addressed(Some("other"), Some("other"), Some(7)),
            ],
            ..message("1", false, issued(Outcome::Pended, 0))
        });
        assert_eq!(received.determined.len(), 3);
        assert_eq!(
            received.unmatched.iter().map(|none| (none.answer, none.word.as_str())).collect::<Vec<_>>(),
            [(3, "no_request")]
        );
        ledger.sound();
    }
}

#[test]
fn an_answer_that_is_refused_does_not_keep_the_others_out() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        ledger.done(&authorization("P-9", "1"));
        let taken = Determination { number: Some("P-9".into()), ..issued(Outcome::Approved, 1) };
        let mut both = message("1", false, taken);
        both.answers.push(Addressed { determination: issued(Outcome::Pended, 0), ..both.answers[0].clone() });
        let received = ledger.done(&both);
        assert_eq!(received.unmatched[0].word, "number_taken");
        assert_eq!(standing(&mut ledger, request).0.outcome, Some(Outcome::Pended));
        ledger.sound();
    }
}

#[test]
fn a_corrected_request_takes_the_place_of_the_denied_one() {
    for store in Store::each() {
        let (mut ledger, first) = submitted(&store);
        receive(&mut ledger, "1", issued(Outcome::Denied, 1));
        let basis = Basis::Anew(standing(&mut ledger, first).1.id);
        let second = OpenRequest { basis, trace: Some("T2".into()), units: units("4"), ..request() };
        let second = ledger.done(&second).request;
        ledger.done(&Submit { request: second, attempt: Attempt::Anew, due: None, write: &write });
        // a late answer to the first is written down, and no longer changes the authorization
        let late = receive(&mut ledger, "2", issued(Outcome::Approved, 2));
        assert!(!late.stands);
        assert_eq!(standing(&mut ledger, first).1.status, Status::Pending);
        let mut answer = message("3", false, issued(Outcome::Approved, 3));
        answer.answers[0].trace = Some("T2".into());
        assert!(ledger.done(&answer).determined[0].stands);
        assert_eq!(standing(&mut ledger, second).1.approved, units("4"));
        ledger.sound();
    }
}

fn outcome() -> impl Strategy<Value = Outcome> {
    proptest::sample::select(Outcome::ALL)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The order of arrival makes no difference: what stands is the last issued of those that settle, and if none does
    /// the last issued.
    #[test]
    fn the_order_of_arrival_makes_no_difference(
        answers in proptest::collection::vec((outcome(), 0u32..60), 1..5)
            .prop_filter("issued at different times", |answers| {
                answers.iter().map(|(_, minute)| minute).collect::<BTreeSet<_>>().len() == answers.len()
            })
            .prop_flat_map(|answers| (Just(answers.clone()), Just(answers).prop_shuffle())),
    ) {
        let (issued_order, arrival) = answers;
        let mut expected = issued_order;
        expected.sort_by_key(|(outcome, minute)| (outcome.is_final(), *minute));
        let expected = expected.last().unwrap().0;
        let store = Store::file();
        let (mut ledger, request) = submitted(&store);
        for (number, (outcome, minute)) in arrival.iter().enumerate() {
            receive(&mut ledger, &number.to_string(), issued(*outcome, *minute));
        }
        let (request, authorization, charges) = standing(&mut ledger, request);
        prop_assert_eq!(request.outcome, Some(expected));
        let status = match expected {
            Outcome::Approved => Status::Active,
            Outcome::Denied => Status::Denied,
            Outcome::Cancelled => Status::Cancelled,
            Outcome::NotRequired => Status::NotRequired,
            Outcome::Pended | Outcome::CallPayer | Outcome::Rejected | Outcome::Unclear => Status::Pending,
        };
        prop_assert_eq!(authorization.status, status);
        for charge in charges {
            prop_assert_eq!(charge.auth_required, status != Status::NotRequired);
        }
        ledger.sound();
    }
}

#[test]
fn of_a_message_only_what_fitted_nothing_is_applied_later() {
    for store in Store::each() {
        let (mut ledger, request) = submitted(&store);
        let mut two = message("1", true, issued(Outcome::Approved, 0));
        let answer = |trace: &str| Addressed { trace: Some(trace.into()), ..two.answers[0].clone() };
        two.answers = vec![answer("T2"), answer("T1")];
        let first = ledger.done(&two);
        assert_eq!((first.unmatched.len(), first.determined.len()), (1, 1));
        let later = OpenRequest { trace: Some("T2".into()), ..super::commands::request() };
        let later = ledger.done(&later).request;
        ledger.done(&Submit { request: later, attempt: Attempt::Anew, due: None, write: &write });
        let second = ledger.done(&two);
        assert!(second.already && second.unmatched.is_empty());
        assert_eq!(second.determined.iter().map(|one| one.request).collect::<Vec<_>>(), [later]);
        let third = ledger.done(&two);
        assert!(third.already && third.determined.is_empty());
        assert_eq!(standing(&mut ledger, request).0.state, RequestState::Answered);
        ledger.sound();
    }
}
