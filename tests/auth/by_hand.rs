//! Requests that are made by telephone, fax or the payer's portal.

use serde_json::{Value, json};

use super::clinic::Clinic;

/// A payer that no partner takes requests for.
const OTHER: [&str; 4] = ["--payer", "other-plan", "--fact", "documents.supporting=true"];

impl Clinic {
    /// A clinic with a charge of that payer.
    fn by_hand(name: &str) -> Clinic {
        let clinic = Clinic::new(name);
        let of = ["--member", "m1", "--payer", "other-plan", "--on", "2026-03-05", "--code", "97110", "--units", "1"];
        clinic.json(&[&["charge", "c1", "--auth-required", "true"], &of[..]].concat());
        clinic
    }

    fn shown(&self, request: &str) -> Value {
        self.json(&["show", "--request", request])
    }

    #[track_caller]
    fn is_sound(&self) {
        assert!(self.json(&["verify"])["findings"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_payer_without_a_partner_is_asked_by_hand() {
    let clinic = Clinic::by_hand("by-hand");
    let call = [&["request", "--charge", "c1"], &OTHER[..]].concat();
    let refused = clinic.run(&call);
    assert_eq!(refused["error"]["code"], "documents_needed", "{refused}");
    assert!(refused["error"]["help"].as_str().unwrap().contains("--by-hand"), "{refused}");
    assert_eq!(clinic.json(&[&call[..], &["--by-hand"]].concat())["request"], 1);
    assert_eq!((&clinic.shown("1")["partner"], &clinic.shown("1")["state"]), (&Value::Null, &"DRAFT".into()));
    assert_eq!(clinic.refused(&["determine", "1", "approved"]), "wrong_state", "nobody has asked yet");

    let outbox = clinic.outbox();
    assert!(clinic.lines(&["submit", "--waiting", "--outbox", &outbox]).is_empty(), "nobody has made it yet");
    assert_eq!(clinic.shown("1")["state"], "DRAFT");
    let sent = clinic.json(&["submit", "1", "--outbox", &outbox, "--key", "k"]);
    assert_eq!(sent, json!({ "request": 1, "transmission": null }));
    assert!(!std::path::Path::new(&outbox).exists(), "no message goes out");
    let again = clinic.json(&["submit", "1", "--outbox", &outbox, "--key", "k"]);
    assert_eq!(again["replayed"], true);
    let shown = clinic.shown("1");
    assert_eq!((&shown["state"], &shown["messages"]), (&"SUBMITTED".into(), &json!([])));
    assert_eq!(shown["due"], "2026-03-10T03:59:59+00:00", "the payer has seven days, as for a message");
    assert_eq!(clinic.refused(&["submit", "1"]), "already_sent");
    let late = clinic.at("2026-03-12T10:00:00-04:00").json(&["alerts"]);
    assert_eq!(late["alerts"], json!(["The payer is late"]));

    let told = clinic.json(&["determine", "1", "approved", "--number", "A-5", "--attach"]);
    assert_eq!((&told["status"], &told["attached"][0]), (&"ACTIVE".into(), &"c1".into()));
    clinic.is_sound();
}

#[test]
fn what_was_made_by_hand_is_corrected_and_appealed_by_hand() {
    let clinic = Clinic::by_hand("hand-denied");
    clinic.json(&[&["request", "--charge", "c1", "--by-hand"], &OTHER[..]].concat());
    clinic.json(&["submit", "1"]);
    clinic.json(&["determine", "1", "denied", "--because", "not medically necessary"]);
    // the payer gave no number, and no message has to name one
    let corrected = clinic.json(&["request", "--corrects", "1", "--units", "2"]);
    assert_eq!((&corrected["request"], &corrected["purpose"]), (&2.into(), &"REVISION".into()));
    assert!(clinic.shown("2")["partner"].is_null());
    clinic.json(&["withdraw", "2"]);
    assert!(clinic.json(&["appeal", "1"])["sent"].is_null());
    assert_eq!(clinic.shown("1")["state"], "APPEALED");
    clinic.is_sound();
}

#[test]
fn what_a_partner_takes_may_be_made_by_hand_as_well() {
    let clinic = Clinic::new("hand-partner");
    clinic.charge("c1", "2026-03-05", "1");
    let said = ["--charge", "c1", "--fact", "documents.supporting=true", "--by-hand"];
    clinic.json(&[&["request"], &said[..]].concat());
    assert!(clinic.json(&["submit", "1", "--outbox", &clinic.outbox()])["transmission"].is_null());
    clinic.json(&["determine", "1", "rejected", "--correctable"]);
    clinic.json(&["submit", "1"]);
    assert_eq!(clinic.shown("1")["attempts"], 2);
    clinic.json(&["determine", "1", "denied", "--issued", "2026-03-02T10:30:00-05:00"]);
    assert!(clinic.json(&["appeal", "1"])["sent"].is_null(), "the partner knows nothing of it");
    clinic.is_sound();
}

#[test]
fn what_is_due_again_by_hand_is_told_and_not_noted() {
    let clinic = Clinic::by_hand("hand-due");
    clinic.json(&[&["request", "--charge", "c1", "--by-hand"], &OTHER[..]].concat());
    clinic.json(&["submit", "1"]);
    clinic.json(&["determine", "1", "rejected", "--because", "PROCESSING_DELAY"]);
    let later = clinic.at("2026-03-03T10:00:00-05:00");
    let told = later.json(&["submit", "--retries", "--outbox", &clinic.outbox()]);
    assert_eq!(told, json!({ "request": 1, "transmission": null, "due": true }));
    assert_eq!(clinic.shown("1")["attempts"], 1);
    later.json(&["submit", "1"]);
    assert_eq!(clinic.shown("1")["attempts"], 2);
}
