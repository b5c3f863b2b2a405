//! Requests that are written down and not sent: nothing is changed by them yet.

use super::clinic::Clinic;

/// A clinic whose request was denied.
fn denied(name: &str) -> Clinic {
    let clinic = Clinic::new(name);
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260303*0900", "HCR*A3*D-7*0F~");
    clinic
}

#[test]
fn a_correction_changes_nothing_until_it_is_sent() {
    let clinic = denied("draft-corrects");
    clinic.json(&["request", "--corrects", "1", "--units", "2"]);
    let shown = clinic.json(&["show", "1"]);
    assert_eq!(shown["status"], "DENIED", "the payer was not asked again");
    assert_eq!(shown["next"]["actions"][0], "appeal", "the denial is what counts: {shown}");
    let first = clinic.json(&["show", "--request", "1"]);
    assert_eq!(first["followed"], serde_json::json!({ "by": 2, "sent": false }));
    let refused = clinic.run(&["request", "--corrects", "1"]);
    assert_eq!(refused["error"]["code"], "being_prepared");
    assert_eq!(refused["error"]["message"], "request 2, which corrects request 1, is being prepared");
    clinic.json(&["submit", "2", "--outbox", &clinic.outbox()]);
    assert_eq!(clinic.json(&["show", "1"])["status"], "PENDING");
    assert_eq!(clinic.json(&["show", "--request", "1"])["followed"]["sent"], true);
    assert_eq!(clinic.refused(&["request", "--corrects", "1"]), "not_newest");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn an_answer_that_comes_while_a_correction_is_prepared_counts() {
    let clinic = denied("draft-answered");
    clinic.json(&["request", "--corrects", "1", "--units", "2"]);
    let won = clinic.at("2026-03-04T10:00:00-05:00").json(&["determine", "1", "approved", "--number", "A-9"]);
    assert_eq!((&won["stands"], &won["status"]), (&true.into(), &"ACTIVE".into()));
    assert_eq!(clinic.refused(&["submit", "2"]), "wrong_state", "it has nothing to correct any more");
    assert_eq!(clinic.json(&["withdraw", "2"])["status"], "ACTIVE");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn a_draft_is_taken_back_and_another_can_be_written() {
    let clinic = denied("withdrawn");
    clinic.json(&["request", "--corrects", "1", "--units", "2"]);
    assert_eq!(clinic.acting("bob:clinician").refused(&["withdraw", "2"]), "forbidden");
    let withdrawn = clinic.json(&["withdraw", "2", "--key", "k"]);
    assert_eq!((&withdrawn["authorization"], &withdrawn["status"]), (&1.into(), &"DENIED".into()));
    assert_eq!(clinic.json(&["withdraw", "2", "--key", "k"])["replayed"], true);
    assert_eq!(clinic.refused(&["withdraw", "2"]), "wrong_state");
    assert_eq!(clinic.refused(&["submit", "2"]), "wrong_state");
    assert_eq!(clinic.json(&["show", "--request", "2"])["followed"], serde_json::Value::Null);
    // a draft gives way to one that corrects it
    clinic.json(&["request", "--corrects", "1", "--units", "3"]);
    clinic.json(&["request", "--corrects", "3", "--units", "4"]);
    assert_eq!(clinic.json(&["show", "1"])["status"], "DENIED");
    clinic.json(&["submit", "4", "--outbox", &clinic.outbox()]);
    assert_eq!(clinic.json(&["show", "--request", "4"])["earlier"], 1);
    assert_eq!(clinic.json(&["show", "1"])["status"], "PENDING");
    assert_eq!(clinic.refused(&["withdraw", "4"]), "wrong_state", "the payer has it");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn what_was_never_asked_for_is_cancelled_with_its_draft() {
    let clinic = Clinic::new("never-asked");
    clinic.authorize("A-77", "12");
    let renew = ["request", "--renews", "1", "--code", "97110", "--fact", "documents.supporting=true"];
    clinic.json(&renew);
    assert_eq!(clinic.refused(&renew), "already_asked");
    let withdrawn = clinic.json(&["withdraw", "1"]);
    assert_eq!((&withdrawn["authorization"], &withdrawn["status"]), (&2.into(), &"CANCELLED".into()));
    assert_eq!(clinic.json(&renew)["authorization"], 3, "the same period can be asked for again");
}

#[test]
fn what_is_asked_for_again_need_not_be_said_again() {
    let clinic = denied("again");
    let opened = clinic.json(&["request", "--again", "1", "--fact", "documents.supporting=true"]);
    assert_eq!((&opened["request"], &opened["authorization"]), (&2.into(), &1.into()));
    let request = clinic.json(&["show", "--request", "2"]);
    assert_eq!((&request["units"], &request["codes"][0]), (&"1".into(), &"97110".into()));
    assert_eq!((&request["first_day"], &request["charges"][0]["id"]), (&"2026-03-05".into(), &"c1".into()));
}

#[test]
fn a_charge_is_asked_for_once_unless_somebody_wants_it_twice() {
    let clinic = Clinic::new("asked-once");
    let trace = clinic.submitted();
    clinic.charge("c2", "2026-03-06", "1");
    let ask = ["request", "--charge", "c1", "--fact", "documents.supporting=true"];
    let refused = clinic.run(&ask);
    assert_eq!(refused["error"]["code"], "already_asked");
    assert_eq!(refused["error"]["message"], "request 1, which is SUBMITTED, asks for the charge `c1` already");
    assert!(refused["error"]["help"].as_str().unwrap().contains("--although-asked"), "{refused}");
    clinic.receive(&trace, "20260303*0900", "HCR*A4~");
    assert_eq!(clinic.refused(&ask), "already_asked", "it is pended");
    assert_eq!(clinic.refused(&[&ask[..], &["--charge", "c2"]].concat()), "already_asked", "one of them is enough");
    let twice = clinic.json(&[&ask[..], &["--although-asked"]].concat());
    assert_eq!(twice["request"], 2);
    clinic.json(&["withdraw", "2"]);

    clinic.receive(&trace, "20260304*0900", "HCR*A3*D-7*0F~");
    assert_eq!(clinic.json(&["request", "--corrects", "1"])["request"], 3, "its own correction");
    assert_eq!(clinic.json(&["request", "--corrects", "3", "--units", "2"])["request"], 4, "and what corrects that");
    assert_eq!(clinic.refused(&ask), "already_asked", "the correction asks for it");
    clinic.json(&["withdraw", "4"]);
    assert_eq!(clinic.json(&ask)["request"], 5, "what was denied is open no more");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}
