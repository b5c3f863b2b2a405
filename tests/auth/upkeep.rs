//! What is done to what is known: documents that come later, days on which to ask, cuts, copies, and what is found by number.

use serde_json::{Value, json};

use super::{Clinic, PAYER};
use crate::command::{finish, rulebook};

fn findings(clinic: &Clinic) -> Value {
    clinic.json(&["verify"])["findings"].clone()
}

#[test]
fn a_document_that_comes_later_is_filed_with_what_it_belongs_to() {
    let clinic = Clinic::new("filed");
    clinic.submitted();
    clinic.folder.write("note.txt", "The payer wants the plan of care.");
    let note = clinic.folder.path().join("note.txt");
    let note = note.to_str().unwrap();
    let filed = clinic.json(&["file", note, "--request", "1", "--key", "k"]);
    let again = clinic.json(&["file", note, "--request", "1", "--key", "k"]);
    assert_eq!((&again["sha256"], &again["replayed"]), (&filed["sha256"], &true.into()));
    clinic.json(&["file", note, "--authorization", "1"]);
    for shown in [&["show", "1"][..], &["show", "--request", "1"]] {
        let documents = clinic.json(shown)["documents"].clone();
        let notes = documents.as_array().unwrap().iter().filter(|document| document["name"] == "note.txt");
        assert_eq!(notes.count(), 1, "{shown:?}: {documents}");
    }
    assert_eq!(clinic.refused(&["file", note, "--request", "9"]), "unknown_request");
    assert_eq!(clinic.refused(&["file", note, "--authorization", "9"]), "unknown_authorization");
    let other = clinic.acting("bob:clinician");
    assert_eq!(other.refused(&["file", note, "--authorization", "1"]), "forbidden");
    assert_eq!(findings(&clinic), json!([]));
}

#[test]
fn the_day_on_which_to_ask_is_moved_after_a_call() {
    let clinic = Clinic::new("ask-later");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260302*1100", "HCR*A4~");
    assert_eq!(clinic.json(&["show", "1"])["follow_up"], "2026-03-05", "three business days by the policy");
    let moved = clinic.json(&["follow-up", "1", "--on", "2026-03-10"]);
    assert_eq!((&moved["authorization"], &moved["on"]), (&1.into(), &"2026-03-10".into()));
    assert_eq!(clinic.json(&["show", "1"])["follow_up"], "2026-03-10");
    assert!(clinic.at("2026-03-09T10:00:00-05:00").lines(&["alerts"]).is_empty());
    let late = clinic.at("2026-03-11T10:00:00-05:00");
    assert_eq!(late.lines(&["alerts"]).len(), 1);
    assert_eq!(late.refused(&["follow-up", "1", "--on", "2026-03-10"]), "bad_call");
    late.json(&["follow-up", "1", "--never"]);
    assert!(late.json(&["show", "1"])["follow_up"].is_null());
    clinic.charge("c2", "2026-03-09", "2");
    clinic.authorize("A-77", "3");
    assert_eq!(clinic.refused(&["follow-up", "2", "--on", "2026-03-10"]), "wrong_status", "nobody waits for the payer");
    assert_eq!(clinic.acting("bob:clinician").refused(&["follow-up", "1", "--on", "2026-03-12"]), "forbidden");
    assert_eq!(findings(&clinic), json!([]));
}

#[test]
fn an_authorization_is_found_by_the_number_that_stands_in_the_letter() {
    let clinic = Clinic::new("numbered");
    clinic.authorize("A-77", "3");
    assert_eq!(clinic.json(&["show", "--number", "A-77"])["id"], 1);
    assert_eq!(clinic.json(&["list", "--number", "A-77"])["id"], 1);
    assert_eq!(clinic.refused(&["show", "--number", "A-78"]), "bad_call");
    let period = ["--from", "2026-03-01", "--to", "2026-05-31", "--units", "2"];
    clinic.json(&[&["add", "--number", "A-77", "--member", "m1", "--payer", "other"], &period[..]].concat());
    assert_eq!(clinic.refused(&["show", "--number", "A-77"]), "bad_call", "two payers gave it");
    assert_eq!(clinic.json(&["show", "--number", "A-77", "--payer", "other"])["id"], 2);
    assert_eq!(clinic.json(&["show", "--number", "A-77", "--payer", PAYER])["id"], 1);
}

#[test]
fn whoever_names_the_payers_number_is_told_that_the_ledgers_is_meant() {
    let clinic = Clinic::new("which-number");
    clinic.authorize("A-77", "3");
    for call in [&["show", "A-77"][..], &["attach", "c1", "A-77"], &["request", "--renews", "A-77"]] {
        let output = finish(clinic.call(call), "").stderr;
        assert!(output.contains("`rulebook auth list --number NUMBER`"), "{output}");
    }
}

#[test]
fn the_number_of_a_denial_by_letter_is_kept() {
    let clinic = Clinic::new("denial-number");
    clinic.submitted();
    clinic.json(&["determine", "1", "denied", "--number", "DN-1"]);
    assert_eq!(clinic.json(&["show", "--number", "DN-1"])["id"], 1);
    assert_eq!(clinic.refused(&["determine", "1", "denied", "--units", "1"]), "bad_call");
}

#[test]
fn a_charge_whose_authorization_is_cut_is_not_confirmed_any_more() {
    let clinic = Clinic::new("cut");
    clinic.charge("c1", "2026-03-05", "1");
    clinic.authorize("A-77", "3");
    clinic.json(&["attach", "c1", "1"]);
    clinic.json(&["validate", "c1"]);
    clinic.json(&["amend", "1", "--to", "2026-03-04"]);
    assert_eq!(clinic.refused(&["validate", "c1"]), "after_last_day");
    assert_eq!(clinic.json(&["show", "--charge", "c1"])["next"]["step"], "reverse");
    clinic.json(&["amend", "1", "--to", "2026-05-31", "--code", "97530"]);
    assert_eq!(clinic.refused(&["validate", "c1"]), "code_not_covered");
    clinic.json(&["amend", "1", "--all-codes"]);
    clinic.json(&["validate", "c1"]);
    assert_eq!(findings(&clinic), json!([]));
}

#[test]
fn what_is_taken_back_though_charges_are_attached_is_noticed() {
    let clinic = Clinic::new("noticed");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260303*0900", "HCR*A1*AUTH-5~");
    clinic.json(&["attach", "c1", "1"]);
    clinic.receive(&trace, "20260304*0900", "HCR*C*AUTH-5~");
    let alerts = clinic.at("2026-03-04T10:00:00-05:00").lines(&["alerts"]);
    assert_eq!(alerts[0]["alerts"], json!(["Taken back, and charges are attached"]), "{alerts:?}");
    clinic.json(&["reverse", "c1"]);
    assert!(clinic.at("2026-03-04T11:00:00-05:00").lines(&["alerts"]).is_empty());
}

#[test]
fn no_ledger_is_made_to_be_copied() {
    let clinic = Clinic::new("no-copy");
    let folder = clinic.folder.path().to_owned();
    let (typo, copy) = (folder.join("typo.ledger"), folder.join("copy.ledger"));
    let call = ["auth", "--store", typo.to_str().unwrap(), "--as", "ana:authorization_coordinator", "--format", "json"];
    let said = finish(rulebook(&[&call[..], &["backup", copy.to_str().unwrap()]].concat()), "").stdout;
    assert!(said.contains("\"no_ledger\""), "{said}");
    assert!(!typo.exists() && !copy.exists());
    clinic.json(&["backup", copy.to_str().unwrap()]);
    assert!(copy.exists());
}

#[test]
fn what_was_told_of_a_charge_counts_when_an_authorization_is_asked_for_it() {
    let clinic = Clinic::new("told");
    let charge = |id: &str, family: &str, more: &[&str]| {
        let of = ["--member", "m1", "--payer", PAYER, "--on", "2026-03-05", "--code", "97110", "--units", "1"];
        let told = format!("service.family={family}");
        clinic.json(&[&["charge", id], &of[..], &["--fact", &told], more].concat())
    };
    assert_eq!(charge("c1", "oncology", &[])["because"][0]["rule"], "required.oncology");
    let documents = ["--fact", "documents.supporting=true"];
    let asked = |charges: &[&str], more: &[&str]| {
        let charges: Vec<&str> = charges.iter().flat_map(|id| ["--charge", id]).collect();
        clinic.run(&[&["request"], &charges[..], &documents, more].concat())
    };
    let refused = asked(&["c1"], &[])["error"]["message"].as_str().unwrap().to_owned();
    assert!(refused.contains("documents.pathology_report"), "the papers of oncology are asked for: {refused}");
    charge("c2", "organ_health", &["--auth-required", "true"]);
    let refused = asked(&["c1", "c2"], &[])["error"]["message"].as_str().unwrap().to_owned();
    assert!(refused.contains("`service.family` is oncology of the charge `c1`"), "{refused}");
    let papers = ["--fact", "documents.order=true", "--fact", "documents.pathology_report=true"];
    assert_eq!(asked(&["c1"], &papers)["request"], 1);
    assert_eq!(findings(&clinic), json!([]));
}
