//! Authorizations as a coordinator keeps them: by the command, on a ledger in a file, with messages made up here.

mod alerts;
mod approvals;
mod by_hand;
mod by_telephone;
mod clinic;
mod closed;
mod console;
mod denials;
mod drafts;
mod follow_on;
mod guard;
mod kills;
mod members;
mod next;
mod odd_answers;
mod older;
mod papers;
mod sending;
mod upkeep;

use clinic::Clinic;

#[test]
fn a_charge_gets_an_authorization_and_loses_it_again() {
    let clinic = Clinic::new("attach");
    let added = clinic.json(&[
        "charge",
        "c1",
        "--member",
        "m1",
        "--payer",
        PAYER,
        "--on",
        "2026-03-05",
        "--code",
        "97110",
        "--units",
        "1.5",
    ]);
    assert_eq!(added["auth_required"], true, "the policy has the payer asked where no row says more");
    clinic.charge("c2", "2026-03-09", "2");
    assert_eq!(clinic.refused(&["validate", "c1"]), "issue_open");
    assert_eq!(clinic.authorize("A-77", "3"), 1);
    let candidates = clinic.json(&["candidates", "c1"]);
    assert_eq!((&candidates["serves"], &candidates["left"]), (&true.into(), &"3".into()));
    let attached = clinic.json(&["attach", "c1", "1", "--key", "k1"]);
    assert_eq!((&attached["used"], &attached["number"]), (&"1.5".into(), &"A-77".into()));
    let again = clinic.json(&["attach", "c1", "1", "--key", "k1"]);
    assert_eq!((&again["used"], &again["replayed"]), (&"1.5".into(), &true.into()));
    assert_eq!(clinic.refused(&["attach", "c2", "1", "--key", "k1"]), "key_reused");
    assert_eq!(clinic.refused(&["attach", "c2", "1"]), "not_enough_units");
    let all = clinic.json(&["candidates", "c2", "--all"]);
    assert_eq!(all["serves"], false);
    assert_eq!(all["why"][0], "authorization 1 has 1.5 units left, and the charge has 2");
    clinic.json(&["validate", "c1"]);
    assert_eq!(clinic.json(&["reverse", "c1"])["used"], "0");
    assert_eq!(clinic.refused(&["validate", "c1"]), "issue_open");
    assert_eq!(clinic.refused(&["reverse", "c1"]), "bad_call");
    clinic.json(&["attach", "c2", "1"]);
    assert_eq!(clinic.json(&["amend", "1", "--units", "1"])["over_used"], true);
    assert_eq!(clinic.refused(&["attach", "c1", "1"]), "over_used");
    let alerts = clinic.json(&["alerts"])["alerts"].clone();
    assert!(alerts.as_array().unwrap().contains(&"More used than approved".into()), "{alerts}");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

const PAYER: &str = "example-health-plan";

#[test]
fn a_period_that_ended_yesterday_serves_the_charge_of_last_month() {
    let clinic = Clinic::new("ended").at("2026-06-15T10:00:00-04:00");
    clinic.authorize("A-78", "10");
    clinic.charge("inside", "2026-05-31", "1");
    clinic.charge("outside", "2026-06-01", "1");
    assert_eq!(clinic.json(&["show", "1"])["view"], "EXPIRED");
    clinic.json(&["attach", "inside", "1"]);
    assert_eq!(clinic.refused(&["attach", "outside", "1"]), "after_last_day");
}

#[test]
fn nobody_does_what_the_policy_gives_to_other_roles() {
    let clinic = Clinic::new("roles");
    clinic.charge("c1", "2026-03-05", "1");
    clinic.authorize("A-79", "10");
    let clinician = clinic.acting("bob:clinician");
    clinician.json(&["show", "1"]);
    assert_eq!(clinician.refused(&["attach", "c1", "1"]), "forbidden");
    assert_eq!(clinician.refused(&["member", "m2", "--last-name", "ROE", "--first-name", "JAN"]), "forbidden");
    let told = |call: &[&str]| clinician.run(call)["error"]["message"].as_str().unwrap().to_owned();
    let member = told(&["member", "m2", "--last-name", "ROE", "--first-name", "JAN"]);
    assert!(member.starts_with("`bob` may not use `member`, which takes the scopes of `add`: the scope"), "{member}");
    let determine = told(&["determine", "1", "approved"]);
    assert!(determine.contains("`determine`, which takes the scopes of `receive`: the scope"), "{determine}");
    let nobody = clinic.acting("eve:visitor");
    assert_eq!(nobody.refused(&["list"]), "unknown_role");
    let misspelt = clinic.acting("ana:authorisation_coordinator").run(&["list"]);
    assert_eq!(misspelt["error"]["message"], "the policy knows no role `authorisation_coordinator`");
    let help = misspelt["error"]["help"].as_str().unwrap();
    assert!(help.starts_with("did you mean `authorization_coordinator`? it knows "), "{help}");
}

#[test]
fn what_a_request_lacks_is_named_before_anything_is_written_down() {
    let clinic = Clinic::new("lacking");
    clinic.charge("c1", "2026-03-05", "1");
    assert_eq!(clinic.refused(&["request", "--charge", "c1"]), "undetermined");
    let refused = clinic.run(&["request", "--charge", "c1", "--fact", "documents.supporting=false"]);
    assert_eq!(refused["error"]["code"], "documents_needed");
    assert_eq!(refused["error"]["message"], "Attach the supporting documents.");
    let wanted =
        ["request", "--charge", "c1", "--fact", "documents.supporting=true", "--fact", "request.from_clinician=true"];
    assert_eq!(clinic.run(&wanted)["error"]["message"], "The request must be approved in the house first.");
    assert!(clinic.run(&wanted)["error"]["help"].as_str().unwrap().contains("--approval"));
    assert!(clinic.lines(&["list"]).is_empty(), "nothing was written down");
}

#[test]
fn each_response_has_the_status_that_it_means() {
    for (said, status, outcome) in [
        ("HCR*A1*AUTH-5~", "ACTIVE", "APPROVED"),
        ("HCR*A6*AUTH-5~\nHSD*VS*1~", "ACTIVE", "APPROVED"),
        ("HCR*A3**0F~", "DENIED", "DENIED"),
        ("HCR*A4**0B~", "PENDING", "PENDED"),
        ("HCR*CT~", "PENDING", "CALL_PAYER"),
        ("HCR*C~", "CANCELLED", "CANCELLED"),
        ("HCR*NA~", "NOT_REQUIRED", "NOT_REQUIRED"),
    ] {
        let clinic = Clinic::new(&format!("response-{}", &said[4..6]));
        let trace = clinic.submitted();
        let received = clinic.receive(&trace, "20260303*0900", said);
        assert_eq!(received["determined"][0]["outcome"], outcome, "{said}");
        let shown = clinic.json(&["show", "1"]);
        assert_eq!(shown["status"], status, "{said}");
        if said.contains("A6") {
            assert_eq!((&shown["approved"], &shown["modified"]), (&"1".into(), &true.into()));
        }
        if said.contains("A3") {
            assert_eq!(
                shown["requests"][0]["appeal_by"], "2026-05-01",
                "60 days from today: the payer's clock is ahead"
            );
        }
        if said.contains("A4") {
            assert_eq!(shown["follow_up"], "2026-03-05", "3 business days after it came");
        }
    }
}

#[test]
fn a_deadline_does_not_move_with_the_day_of_looking() {
    let clinic = Clinic::new("deadline");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260302*1100", "HCR*A3*D-7*0F~");
    for at in ["2026-03-02T10:00:00-05:00", "2026-04-20T10:00:00-04:00"] {
        assert_eq!(clinic.at(at).json(&["show", "1"])["next"]["due"], "2026-05-01T23:59:59-04:00", "{at}");
    }
}

#[test]
fn what_was_issued_later_stands_and_a_replay_changes_nothing() {
    let clinic = Clinic::new("order");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260304*0900", "HCR*A1*AUTH-5~");
    clinic.json(&["attach", "c1", "1"]);
    let older = clinic.receive(&trace, "20260303*0900", "HCR*A3**0F~");
    assert_eq!(older["determined"][0]["stands"], false);
    let pended = clinic.receive(&trace, "20260305*0900", "HCR*A4**0B~");
    assert_eq!(pended["determined"][0]["stands"], false);
    assert_eq!(clinic.json(&["show", "1"])["status"], "ACTIVE");
    let cancelled = clinic.receive(&trace, "20260306*0900", "HCR*C~");
    assert_eq!(cancelled["determined"][0]["flagged"][0], "c1", "the attachment is kept, and the charge flagged");
    assert_eq!(clinic.refused(&["validate", "c1"]), "issue_open");
    let replayed = clinic.receive(&trace, "20260306*0900", "HCR*C~");
    assert_eq!(replayed["already"], true);
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn a_processing_delay_is_sent_again_on_the_cadence_of_the_policy() {
    let clinic = Clinic::new("delay");
    let trace = clinic.submitted();
    let delayed = clinic.receive(&trace, "20260302*1100", "AAA*N**42*R~");
    assert_eq!(delayed["determined"][0]["outcome"], "REJECTED");
    let later = clinic.at("2026-03-02T13:59:00-05:00");
    let outbox = clinic.folder.path().join("outbox");
    let retries = ["submit", "--retries", "--outbox", outbox.to_str().unwrap()];
    assert!(later.lines(&retries).is_empty(), "four hours have not passed");
    let due = clinic.at("2026-03-02T14:00:00-05:00");
    assert_eq!(due.lines(&retries).len(), 1);
    assert_eq!(due.json(&["show", "1"])["requests"][0]["attempts"], 2);
}

#[test]
fn a_bad_file_is_moved_aside_with_its_reason_and_the_others_are_taken() {
    let clinic = Clinic::new("inbox");
    let trace = clinic.submitted();
    clinic.folder.write("inbox/a-bad.x12", "ISA*00*cut off");
    clinic.folder.write("inbox/b-good.x12", clinic::response(&trace, "20260303*0900", "HCR*A1*AUTH-5~"));
    let inbox = clinic.folder.path().join("inbox");
    let told = clinic.lines(&["receive", "--inbox", inbox.to_str().unwrap(), "--attach"]);
    assert!(told[0]["fault"].is_string());
    assert_eq!(told[1]["determined"][0]["attached"][0], "c1");
    assert!(inbox.join("bad/a-bad.x12").is_file() && inbox.join("bad/a-bad.x12.txt").is_file());
    assert!(inbox.join("done/b-good.x12").is_file());
}

#[test]
fn a_file_that_is_too_large_for_a_message_is_moved_aside_and_never_stored() {
    let clinic = Clinic::new("inbox-large");
    let trace = clinic.submitted();
    let answer = clinic::response(&trace, "20260303*0900", "HCR*A1*AUTH-5~");
    clinic.folder.write("inbox/b-good.x12", &answer);
    clinic.folder.write("inbox/a-large.x12", answer + " ".repeat(16 * 1024 * 1024).as_str());
    // 64 GiB, of which nothing is on the disk: who reads it to its end is not done for a long time
    let endless = std::fs::File::create(clinic.folder.path().join("inbox/c-endless.x12")).unwrap();
    endless.set_len(64 << 30).unwrap();
    let inbox = clinic.folder.path().join("inbox");
    let told = clinic.lines(&["receive", "--inbox", inbox.to_str().unwrap(), "--attach"]);
    let fault = "the message `a-large.x12` is larger than 16 MiB; see that it is a message; if so, have its sender split \
                 it into several files";
    assert_eq!(told[0], serde_json::json!({ "file": "a-large.x12", "fault": fault, "moved_to": "bad" }));
    assert_eq!(std::fs::read_to_string(inbox.join("bad/a-large.x12.txt")).unwrap(), fault);
    assert_eq!(told[1]["determined"][0]["attached"][0], "c1", "the others are taken");
    assert!(clinic.lines(&["receive", "--inbox", inbox.to_str().unwrap()]).is_empty(), "the inbox is empty");
    for large in ["a-large.x12", "c-endless.x12"] {
        let large = inbox.join("bad").join(large);
        assert_eq!(clinic.refused(&["receive", large.to_str().unwrap()]), "message_too_large");
        assert_eq!(
            clinic.refused(&["determine", "1", "denied", "--document", large.to_str().unwrap()]),
            "document_too_large"
        );
    }
    assert_eq!(clinic.lines(&["audit"]).iter().filter(|entry| entry["kind"] == "message").count(), 1);
}

#[test]
fn a_message_that_was_written_down_reaches_its_file_after_a_crash() {
    let clinic = Clinic::new("outbox");
    let trace = clinic.submitted();
    let file = clinic.folder.path().join("outbox/example-clearinghouse/example-clearinghouse-000000001.x12");
    let written = std::fs::read(&file).unwrap();
    assert!(String::from_utf8_lossy(&written).contains(&trace));
    let outbox = clinic.folder.path().join("outbox");
    clinic.lines(&["submit", "--waiting", "--outbox", outbox.to_str().unwrap()]);
    assert_eq!(std::fs::read(&file).unwrap(), written, "doing it again is harmless");
    assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
}
