//! Answers that payers give by telephone, letter or portal.

use serde_json::Value;

use super::clinic::Clinic;

impl Clinic {
    fn told(&self, words: &[&str]) -> Value {
        self.json(&[&["determine", "1"], words].concat())
    }
}

#[test]
fn a_call_that_the_payer_asked_for_is_answered_by_hand() {
    let clinic = Clinic::new("call");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260303*0900", "HCR*CT~");
    assert_eq!(clinic.json(&["show", "1"])["status"], "PENDING");
    let approved =
        clinic.at("2026-03-04T10:00:00-05:00").told(&["approved", "--number", "A-5", "--units", "0.5", "--attach"]);
    assert_eq!((&approved["status"], &approved["stands"]), (&"ACTIVE".into(), &true.into()));
    assert_eq!(approved["not_attached"][0]["word"], "not_enough_units", "one was asked for, a half is there");
    let shown = clinic.json(&["show", "1"]);
    assert_eq!(
        (&shown["number"], &shown["approved"], &shown["modified"]),
        (&"A-5".into(), &"0.5".into(), &true.into())
    );
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn an_approval_offers_the_charges_that_it_serves() {
    let clinic = Clinic::new("offered");
    let trace = clinic.submitted();
    let approved = clinic.receive(&trace, "20260302*0900", "HCR*A1*AUTH-1~");
    assert_eq!(approved["determined"][0]["offered"], serde_json::json!(["c1"]));
    clinic.json(&["attach", "c1", "1"]);
    let again = clinic.told(&["approved", "--number", "AUTH-1"]);
    assert!(again.get("offered").is_none(), "nothing is left to be attached: {again}");
}

#[test]
fn a_denial_by_letter_can_be_appealed_within_its_period() {
    let clinic = Clinic::new("by-letter");
    clinic.submitted();
    clinic.folder.write("letter.txt", "We deny it.");
    let letter = clinic.folder.path().join("letter.txt");
    let letter = letter.to_str().unwrap();
    let said = ["denied", "--because", "not medically necessary", "--document", letter, "--key", "k"];
    let denied = clinic.told(&said);
    assert_eq!(denied["status"], "DENIED");
    let again = clinic.at("2026-03-09T10:00:00-05:00").told(&said);
    assert_eq!(again["replayed"], true, "the same answer, though its deadlines would be others by now");
    let documents = clinic.json(&["show", "--request", "1"])["documents"].clone();
    assert!(documents.as_array().unwrap().iter().any(|document| document["name"] == "letter.txt"), "{documents}");
    clinic.json(&["appeal", "1", "--by-hand"]);
    assert_eq!(clinic.told(&["approved", "--number", "A-6"])["status"], "ACTIVE", "the appeal is won");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn an_answer_that_was_issued_before_another_does_not_supersede_it() {
    let clinic = Clinic::new("earlier");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260303*0900", "HCR*A1*AUTH-1~");
    let earlier = clinic.at("2026-03-05T10:00:00-05:00").told(&["denied", "--issued", "2026-03-02T12:00:00-05:00"]);
    assert_eq!((&earlier["stands"], &earlier["status"]), (&false.into(), &"ACTIVE".into()));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_cure() {
    let clinic = Clinic::new("senseless");
    clinic.submitted();
    assert_eq!(clinic.refused(&["determine", "1", "denied", "--units", "2"]), "bad_call");
    assert_eq!(clinic.refused(&["determine", "1", "pended", "--attach"]), "bad_call");
    assert_eq!(clinic.refused(&["determine", "1", "denied", "--correctable"]), "bad_call");
    assert_eq!(clinic.refused(&["determine", "9", "denied"]), "unknown_request");
    assert_eq!(
        clinic.refused(&["determine", "1", "approved", "--from", "2026-04-02", "--to", "2026-04-01"]),
        "period_backwards"
    );
    assert_eq!(clinic.json(&["show", "1"])["status"], "PENDING", "nothing was entered");
    let reader = clinic.acting("bob:clinician");
    assert_eq!(reader.refused(&["determine", "1", "denied"]), "forbidden");
}

#[test]
fn a_request_that_never_went_out_has_no_answer() {
    let clinic = Clinic::new("unsent");
    clinic.charge("c1", "2026-03-05", "1");
    clinic.json(&["request", "--charge", "c1", "--fact", "documents.supporting=true", "--diagnosis", "M54.5"]);
    assert_eq!(clinic.refused(&["determine", "1", "approved"]), "wrong_state");
}
