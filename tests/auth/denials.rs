//! From when the period for an appeal counts.

use serde_json::Value;

use super::clinic::{Clinic, response};

impl Clinic {
    /// Takes in a denial now, whatever its date.
    fn denied_by_message(&self, trace: &str, issued: &str) -> Value {
        self.folder.write("denial.x12", response(trace, issued, "HCR*A3*D-7*0F~"));
        self.json(&["receive", self.folder.path().join("denial.x12").to_str().unwrap()])
    }

    /// The last day of an appeal of the first request, and the date of the denial from which it counts.
    #[track_caller]
    fn appeal_period(&self) -> (String, Value) {
        let shown = self.json(&["show", "1"]);
        (shown["requests"][0]["appeal_by"].as_str().unwrap().to_owned(), shown["next"]["denied_on"].clone())
    }
}

#[test]
fn a_letter_counts_from_its_date() {
    for (said, by, from) in [
        (&["--on", "2026-03-04"][..], "2026-05-03", "2026-03-04"),
        (&["--issued", "2026-03-05T23:30:00-05:00"], "2026-05-04", "2026-03-05"),
        (&[], "2026-05-19", "2026-03-20"),
    ] {
        let clinic = Clinic::new("denial-letter");
        clinic.submitted();
        let clinic = clinic.at("2026-03-20T10:00:00-04:00");
        clinic.json(&[&["determine", "1", "denied"], said].concat());
        assert_eq!(clinic.appeal_period(), (by.to_owned(), from.into()), "{said:?}");
        assert_eq!(clinic.json(&["show", "1"])["next"]["due"], format!("{by}T23:59:59-04:00"));
        assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());

        let last = clinic.at(&format!("{by}T23:00:00-04:00"));
        let alert = last.json(&["alerts"]);
        assert_eq!((&alert["appeal_by"], &alert["denied_on"]), (&by.into(), &from.into()), "{alert}");
        let next = last.at("2026-05-20T00:00:00-04:00");
        assert_eq!(next.refused(&["appeal", "1", "--by-hand"]), "appeal_too_late");
        last.json(&["appeal", "1", "--by-hand"]);
    }
}

#[test]
fn a_message_counts_from_its_date_and_not_from_that_of_its_arrival() {
    for (issued, by, from) in [
        ("20260304*2330", "2026-05-03", "2026-03-04"),
        ("20260320*0900", "2026-05-19", "2026-03-20"),
        // the payer's clock is ahead by hours: no denial is of a day that has not come
        ("20260321*0100", "2026-05-19", "2026-03-20"),
        // nothing was denied before it was asked for
        ("20260101*0900", "2026-05-01", "2026-03-02"),
    ] {
        let clinic = Clinic::new("denial-message");
        let trace = clinic.submitted();
        let clinic = clinic.at("2026-03-20T23:00:00-04:00");
        clinic.denied_by_message(&trace, issued);
        assert_eq!(clinic.appeal_period(), (by.to_owned(), from.into()), "{issued}");
    }
}

#[test]
fn a_message_that_lies_more_than_a_day_ahead_denies_nothing() {
    let clinic = Clinic::new("denial-ahead");
    let trace = clinic.submitted();
    let received = clinic.denied_by_message(&trace, "20260401*0900");
    assert_eq!(received["determined"][0]["outcome"], "UNCLEAR", "{received}");
    assert!(clinic.json(&["show", "1"])["requests"][0]["appeal_by"].is_null());
}

#[test]
fn a_date_on_which_nothing_can_have_been_answered_is_refused_with_a_cure() {
    let clinic = Clinic::new("denial-dates");
    clinic.submitted();
    let clinic = clinic.at("2026-03-20T10:00:00-04:00");
    for (said, message) in [
        (["--on", "2026-03-21"], "an answer of 2026-03-21 lies ahead of today, 2026-03-20"),
        (["--issued", "2026-03-21T00:30:00-04:00"], "an answer of 2026-03-21 lies ahead of today, 2026-03-20"),
        (["--on", "2026-03-01"], "an answer of 2026-03-01 comes before request 1, which went out on 2026-03-02"),
        (
            ["--issued", "2026-01-05T10:00:00Z"],
            "an answer of 2026-01-05 comes before request 1, which went out on 2026-03-02",
        ),
    ] {
        for outcome in ["denied", "approved"] {
            let refused = clinic.run(&[&["determine", "1", outcome], &said[..]].concat());
            assert_eq!(refused["error"]["message"], message);
            assert!(refused["error"]["help"].as_str().unwrap().starts_with("give the date on the payer's letter"));
        }
    }
    assert_eq!(clinic.json(&["show", "1"])["status"], "PENDING", "nothing was entered");
}

#[test]
fn what_is_asked_or_tried_next_counts_from_today() {
    let clinic = Clinic::new("denial-others");
    clinic.submitted();
    clinic.at("2026-03-20T10:00:00-04:00").json(&["determine", "1", "pended", "--on", "2026-03-04"]);
    assert_eq!(clinic.json(&["show", "1"])["follow_up"], "2026-03-25", "3 business days after it was entered");
}

#[test]
fn a_letter_is_older_than_what_came_after_its_date() {
    let clinic = Clinic::new("denial-order");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260305*0900", "HCR*A1*AUTH-1~");
    let clinic = clinic.at("2026-03-20T10:00:00-04:00");
    let earlier = clinic.json(&["determine", "1", "denied", "--on", "2026-03-04"]);
    assert_eq!((&earlier["stands"], &earlier["status"]), (&false.into(), &"ACTIVE".into()));
    let later = clinic.json(&["determine", "1", "denied", "--on", "2026-03-20"]);
    assert_eq!((&later["stands"], &later["status"]), (&true.into(), &"DENIED".into()));
    assert_eq!(clinic.json(&["determine", "1", "approved"])["status"], "ACTIVE", "of one day the later counts");
}

#[test]
fn a_key_stands_for_the_date_whenever_the_call_is_made() {
    let clinic = Clinic::new("denial-key");
    clinic.submitted();
    let said = |at: &str, on: &str| clinic.at(at).run(&["determine", "1", "denied", "--on", on, "--key", "k"]);
    assert!(said("2026-03-04T10:00:00-05:00", "2026-03-04").get("replayed").is_none());
    assert_eq!(said("2026-03-04T16:00:00-05:00", "2026-03-04")["replayed"], true);
    assert_eq!(said("2026-03-09T16:00:00-04:00", "2026-03-04")["replayed"], true);
    assert_eq!(said("2026-03-09T16:00:00-04:00", "2026-03-05")["error"]["code"], "key_reused");
}
