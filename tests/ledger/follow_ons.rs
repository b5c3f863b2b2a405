//! Requests that follow on others: what each leaves as it is, and that nothing is half done.

use std::collections::BTreeSet;

use rulebook::ledger::{
    AddCharge, Appeal, AppealMessage, Asking, Attempt, AuthorizationId, Basis, Cancel, Determination, Determine,
    Ledger, NewDocument, OpenRequest, Outcome, Purpose, Request, RequestId, RequestState, Status, Submit,
    ValidateCharge, Withdraw, Write,
};

use super::commands::{request, write};
use super::store::*;

fn follow_on(basis: Basis) -> OpenRequest {
    OpenRequest { basis, charges: BTreeSet::new(), ..request() }
}

/// Sends a request and has it answered.
fn answered(ledger: &mut Ledger, request: RequestId, outcome: Outcome, number: Option<&str>) -> &'static str {
    ledger.done(&Submit { request, attempt: Attempt::Anew, due: None, write: &write });
    let determination = Determination { number: number.map(str::to_owned), ..Determination::new(outcome) };
    let answer = Determine { request, determination, on: None, document: None, attach: false };
    match ledger.run(act(), &answer) {
        Ok(_) => "",
        Err(rulebook::ledger::Error::Refused(refusal)) => refusal.word(),
        Err(error) => panic!("{error}"),
    }
}

fn state(ledger: &mut Ledger, request: RequestId) -> RequestState {
    ledger.request(request).unwrap().unwrap().state
}

fn appeal<'a>(request: RequestId, write: &'a Write<'a>) -> Appeal<'a> {
    let documents = vec![NewDocument { name: "particulars".into(), bytes: b"{}".to_vec() }];
    let message = AppealMessage { immediate: false, documents, due: None, write };
    Appeal { request, on: day("2026-03-03"), document: None, message: Some(message) }
}

#[test]
fn a_number_belongs_to_an_authorization_and_all_that_renew_it() {
    for store in Store::each() {
        let (mut ledger, first) = one_of_each(&store, "9");
        let renew = |ledger: &mut Ledger, id| ledger.done(&follow_on(Basis::Renews(id)));
        let second = renew(&mut ledger, first);
        assert_eq!(ledger.refused(&follow_on(Basis::Extends(first))), "already_asked");
        assert_eq!(answered(&mut ledger, second.request, Outcome::Approved, Some("A-1")), "");
        let third = renew(&mut ledger, first);
        assert_eq!(answered(&mut ledger, third.request, Outcome::Approved, Some("A-1")), "", "two renew the same one");
        let fourth = renew(&mut ledger, second.authorization);
        assert_eq!(answered(&mut ledger, fourth.request, Outcome::Approved, Some("A-1")), "", "one renews a renewal");
        let other = ledger.done(&authorization("B-1", "9")).authorization;
        let stranger = renew(&mut ledger, other);
        assert_eq!(answered(&mut ledger, stranger.request, Outcome::Approved, Some("A-1")), "number_taken");
        assert_eq!(ledger.authorizations_by_number("A-1").unwrap().len(), 4);
        assert_eq!(ledger.refused(&authorization("A-1", "1")), "number_taken");
        ledger.sound();
    }
}

#[test]
fn an_appeal_is_noted_and_written_down_or_neither() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        let denied = ledger.done(&request()).request;
        answered(&mut ledger, denied, Outcome::Denied, None);
        let refuse = |_: &Request, _: u32| Err("no".to_owned());
        assert_eq!(ledger.refused(&appeal(denied, &refuse)), "unwritable");
        assert_eq!(state(&mut ledger, denied), RequestState::Answered);
        assert!(ledger.request(RequestId(2)).unwrap().is_none());
        let first = ledger.run(keyed("k"), &appeal(denied, &write)).unwrap();
        let again = ledger.run(keyed("k"), &appeal(denied, &write)).unwrap();
        assert_eq!((again.replayed, &again.value), (true, &first.value));
        let sent = first.value.sent.unwrap();
        assert_eq!(sent.control, 2, "what was refused used no number up");
        let known = ledger.request(sent.request).unwrap().unwrap();
        assert_eq!((known.purpose, known.earlier), (Purpose::Appeal, Some(denied)));
        assert_eq!(ledger.originating(sent.request).unwrap().len(), 1, "its charges are those of the first");
        assert_eq!(ledger.waiting().unwrap().len(), 2);
        ledger.sound();
    }
}

#[test]
fn an_appeal_stands_and_falls_with_its_own_answers() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        let denied = ledger.done(&request()).request;
        answered(&mut ledger, denied, Outcome::Denied, None);
        let appealing = ledger.done(&appeal(denied, &write)).sent.unwrap().request;
        let status = |ledger: &mut Ledger| ledger.auth(AuthorizationId(2)).status;
        for (outcome, stands) in
            [(Outcome::Rejected, RequestState::Answered), (Outcome::Pended, RequestState::Appealed)]
        {
            answered(&mut ledger, appealing, outcome, None);
            assert_eq!((state(&mut ledger, denied), status(&mut ledger)), (stands, Status::Denied), "{outcome}");
        }
        let answer = |request, outcome| Determine {
            request,
            determination: Determination::new(outcome),
            on: None,
            document: None,
            attach: false,
        };
        assert!(ledger.done(&answer(denied, Outcome::Approved)).stands, "the payer may change its mind");
        assert_eq!(status(&mut ledger), Status::Active);
        assert!(ledger.done(&answer(appealing, Outcome::Denied)).stands);
        assert!(!ledger.done(&answer(denied, Outcome::Approved)).stands, "but not once the appeal is decided");
        assert_eq!(status(&mut ledger), Status::Denied);
        ledger.sound();
    }
}

fn determine(request: RequestId, outcome: Outcome) -> Determine {
    Determine { request, determination: Determination::new(outcome), on: None, document: None, attach: false }
}

#[test]
fn what_is_asked_for_again_counts_once_it_is_sent() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        let opened = ledger.done(&request());
        let (denied, id) = (opened.request, opened.authorization);
        answered(&mut ledger, denied, Outcome::Denied, None);
        let again = follow_on(Basis::Anew(id));
        let draft = ledger.done(&again).request;
        assert_eq!((ledger.auth(id).status, ledger.auth(id).request), (Status::Denied, Some(denied)));
        assert_eq!(ledger.done(&Withdraw { request: draft }).status, Status::Denied, "it waits for nobody");
        let draft = ledger.done(&again).request;
        assert!(ledger.done(&determine(denied, Outcome::Approved)).stands, "the payer may change its mind meanwhile");
        let submit = |request| Submit { request, attempt: Attempt::WhenDue, due: None, write: &write };
        assert_eq!(ledger.refused(&submit(draft)), "wrong_status", "what is granted is not asked for again");
        ledger.done(&determine(denied, Outcome::Denied));
        ledger.done(&submit(draft));
        assert_eq!((ledger.auth(id).status, ledger.auth(id).request), (Status::Pending, Some(draft)));
        assert!(!ledger.done(&determine(denied, Outcome::Approved)).stands);
        ledger.sound();
    }
}

#[test]
fn nobody_answers_what_was_taken_back_before_it_was_sent() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        let opened = ledger.done(&request());
        ledger.done(&Withdraw { request: opened.request });
        assert_eq!(ledger.refused(&determine(opened.request, Outcome::Approved)), "wrong_state");
        assert_eq!(ledger.auth(opened.authorization).status, Status::Cancelled);
        ledger.sound();
    }
}

#[test]
fn a_denial_is_appealed_as_long_as_its_appeal_is_with_the_payer() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        let denied = ledger.done(&request()).request;
        answered(&mut ledger, denied, Outcome::Denied, None);
        let appealing = ledger.done(&appeal(denied, &write)).sent.unwrap().request;
        ledger.done(&determine(denied, Outcome::Denied));
        assert_eq!(state(&mut ledger, denied), RequestState::Appealed, "payers send a denial more than once");
        ledger.done(&determine(appealing, Outcome::Rejected));
        assert_eq!(state(&mut ledger, denied), RequestState::Answered);
        ledger.done(&determine(appealing, Outcome::Pended));
        assert_eq!(state(&mut ledger, denied), RequestState::Appealed, "the payer took the appeal after all");
        ledger.done(&determine(appealing, Outcome::Denied));
        assert_eq!(state(&mut ledger, denied), RequestState::Answered);
        ledger.sound();
    }
}

#[test]
fn what_another_request_has_taken_the_place_of_is_not_appealed_by_letter_either() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        let denied = ledger.done(&request()).request;
        answered(&mut ledger, denied, Outcome::Denied, None);
        let by_letter = Appeal { message: None, ..appeal(denied, &write) };
        let corrected = ledger.done(&follow_on(Basis::Corrects(denied))).request;
        ledger.done(&Submit { request: corrected, attempt: Attempt::WhenDue, due: None, write: &write });
        assert_eq!(ledger.refused(&by_letter), "not_newest");
        assert_eq!(state(&mut ledger, denied), RequestState::Answered);
        ledger.sound();
    }
}

#[test]
fn a_charge_that_needs_no_authorization_shows_no_issue_when_it_is_taken_back() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "9");
        ledger.done(&AddCharge { auth_required: false, ..charge("free", "1") });
        ledger.attach("c", id);
        ledger.attach("free", id);
        assert_eq!(ledger.done(&Cancel { authorization: id }).flagged, ["c", "free"], "somebody looks at both");
        assert!(ledger.one_charge("c").auth_required);
        assert!(!ledger.one_charge("free").auth_required);
        ledger.done(&ValidateCharge { charge: "free".into() });
        ledger.sound();
    }
}

#[test]
fn an_appeal_is_for_the_member_and_to_the_payer_of_what_was_denied() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        ledger.done(&member("n"));
        let denied = ledger.done(&request()).request;
        answered(&mut ledger, denied, Outcome::Denied, None);
        ledger.done(&Appeal { message: None, ..appeal(denied, &write) });
        // somebody has asked for the charge elsewhere meanwhile
        ledger.done(&request());
        let appeals = OpenRequest {
            basis: Basis::Appeals { request: denied, immediate: false },
            asking: Asking::Once,
            ..request()
        };
        let others = OpenRequest { member: "n".into(), ..appeals.clone() };
        assert_eq!(ledger.refused(&others), "other_party", "under another name the charge would be asked for twice");
        assert_eq!(ledger.refused(&OpenRequest { payer: "q".into(), ..appeals.clone() }), "other_party");
        assert_eq!(ledger.refused(&appeals), "already_asked");
        let draft = ledger.done(&OpenRequest { charges: BTreeSet::new(), ..appeals }).request;
        assert_eq!(ledger.refused(&OpenRequest { basis: Basis::Corrects(draft), ..others }), "other_party");
        assert_eq!(state(&mut ledger, draft), RequestState::Draft);
        ledger.sound();
    }
}

#[test]
fn a_renewal_may_ask_for_the_charges_that_an_unanswered_request_for_the_same_authorization_has() {
    for store in Store::each() {
        let (mut ledger, _) = one_of_each(&store, "9");
        let opened = ledger.done(&request());
        ledger.done(&Submit { request: opened.request, attempt: Attempt::WhenDue, due: None, write: &write });
        let again = ledger.done(&OpenRequest { basis: Basis::Anew(opened.authorization), ..request() }).request;
        assert_eq!(answered(&mut ledger, again, Outcome::Approved, None), "");
        let once = OpenRequest { asking: Asking::Once, ..request() };
        assert_eq!(ledger.refused(&once), "already_asked", "the payer has the first request still");
        for basis in [Basis::Renews(opened.authorization), Basis::Extends(opened.authorization)] {
            let renewal = ledger.done(&OpenRequest { basis, ..once.clone() }).request;
            ledger.done(&Withdraw { request: renewal });
        }
        ledger.sound();
    }
}
