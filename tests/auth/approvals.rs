//! Requests that rest on an approval of the house: given, of what is asked for, and serving once.

use serde_json::{Value, json};

use super::clinic::Clinic;

const SAID: [&str; 4] = ["--fact", "documents.supporting=true", "--fact", "request.from_clinician=true"];

fn event(id: &str, at: &str, kind: &str, by: (&str, &str), facts: Value) -> Value {
    json!({ "id": id, "at": at, "type": kind, "by": { "id": by.0, "roles": [by.1] }, "facts": facts })
}

fn submitted() -> Value {
    event("e1", "2026-02-27T10:00:00-05:00", "submit", ("cleo", "clinician"), json!({}))
}

fn approved(facts: Value) -> Value {
    event("e2", "2026-02-27T11:00:00-05:00", "approve", ("sue", "clinician_supervisor"), facts)
}

/// What the clinic's charges of one unit are.
fn stated() -> Value {
    json!({ "request.needs_fiscal_review": false, "member.id": "m1", "charge.code": "97110", "charge.units": 1 })
}

impl Clinic {
    /// A clinic with charges of one unit each.
    fn of_charges(name: &str, charges: &[&str]) -> Clinic {
        let clinic = Clinic::new(name);
        charges.iter().for_each(|charge| clinic.charge(charge, "2026-03-05", "1"));
        clinic
    }

    /// Writes the request of the house with these facts and events; tells its file.
    fn house(&self, id: Option<&str>, facts: &Value, events: &[Value]) -> String {
        let mut case = json!({ "at": "2026-03-02T09:59:00-05:00", "facts": facts, "events": events });
        if let Some(id) = id {
            case["id"] = id.into();
        }
        self.folder.write("approval.json", case.to_string());
        self.folder.path().join("approval.json").to_str().unwrap().to_owned()
    }

    /// The answer to a request that names an approval of these facts.
    fn by_approval(&self, facts: &Value, said: &[&str]) -> Value {
        let file = self.house(Some("r9"), facts, &[submitted(), approved(json!({}))]);
        self.run(&[&["request"], &SAID[..], &["--approval", &file], said].concat())
    }
}

#[test]
fn a_request_rests_on_the_approval_of_the_house() {
    let clinic = Clinic::of_charges("house", &["c1"]);
    let ask = |file: &str| clinic.run(&[&["request", "--charge", "c1"], &SAID[..], &["--approval", file]].concat());
    let pending = ask(&clinic.house(Some("r9"), &stated(), &[submitted()]));
    assert_eq!(pending["error"]["code"], "not_approved");
    let file = clinic.house(Some("r9"), &stated(), &[submitted(), approved(json!({}))]);
    assert_eq!(ask(&file)["authorization"], 1);
    assert_eq!(clinic.json(&["show", "1"])["requests"][0]["approval"], "service-authorization r9");
    let documents = clinic.json(&["show", "--request", "1"])["documents"].clone();
    assert!(documents.as_array().unwrap().iter().any(|document| document["name"] == "approval.json"), "{documents}");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn an_approval_of_something_else_approves_nothing() {
    let clinic = Clinic::of_charges("something-else", &["c1"]);
    let with = |name: &str, value: Value| {
        let mut facts = stated();
        facts[name] = value;
        facts
    };
    for (facts, said, differs) in [
        (json!({ "request.needs_fiscal_review": false }), &[][..], "states no `member.id`, and the request says m1"),
        (with("member.id", "m2".into()), &[], "states `member.id` m2, and the request says m1"),
        (with("charge.code", "97112".into()), &[], "states `charge.code` 97112, and the request says 97110"),
        (with("charge.units", json!(0.5)), &[], "states `charge.units` 0.5, and the request says 1"),
        (stated(), &["--units", "2"], "states `charge.units` 1, and the request says 2"),
        (stated(), &["--code", "97110", "--code", "97112"], "the request says 97110, 97112"),
        // what is said of facts beside does not change what is asked for
        (stated(), &["--units", "2", "--fact", "charge.units=1"], "the request says 2"),
        (with("insurance.payer", "other-plan".into()), &[], "the request says example-health-plan"),
        (with("service.date", "2026-03-09".into()), &[], "2026-03-09, and the request says 2026-03-05"),
        (with("charge.place", "11".into()), &[], "states `charge.place` 11, and the request says nothing"),
        (with("charge.place", "11".into()), &["--place", "12"], "11, and the request says 12"),
        (with("charge.diagnosis", "M54.5".into()), &["--diagnosis", "M54.2"], "M54.5, and the request says M54.2"),
        (
            with("insurance.line", "commercial".into()),
            &["--fact", "insurance.line=medicaid"],
            "commercial, and the request says medicaid",
        ),
    ] {
        let refused = clinic.by_approval(&facts, &[&["--charge", "c1"], said].concat());
        assert_eq!(refused["error"]["code"], "approval_differs", "{refused}");
        assert!(refused["error"]["message"].as_str().unwrap().contains(differs), "{differs}: {refused}");
        assert!(refused["error"]["help"].as_str().unwrap().contains("ask for what was approved"), "{refused}");
    }
    let all = clinic.by_approval(&json!({ "request.needs_fiscal_review": false }), &["--charge", "c1"]);
    assert_eq!(all["error"]["message"].as_str().unwrap().matches("states no").count(), 3, "all at once: {all}");
    assert!(clinic.lines(&["list"]).is_empty(), "nothing was written down");
    let more = with("charge.units", 6.into());
    assert_eq!(clinic.by_approval(&more, &["--charge", "c1"])["request"], 1, "fewer units than were approved");
}

#[test]
fn what_was_modified_before_it_was_approved_counts_as_modified() {
    let clinic = Clinic::of_charges("modified", &["c1"]);
    let fewer = [submitted(), approved(json!({ "charge.units": 0.5 }))];
    let file = clinic.house(Some("r9"), &stated(), &fewer);
    let call = [&["request", "--charge", "c1"], &SAID[..], &["--approval", &file]].concat();
    assert_eq!(clinic.refused(&call), "approval_differs");
}

#[test]
fn an_approval_without_a_name_serves_nobody() {
    let clinic = Clinic::of_charges("nameless", &["c1"]);
    let file = clinic.house(None, &stated(), &[submitted(), approved(json!({}))]);
    let call = [&["request", "--charge", "c1"], &SAID[..], &["--approval", &file]].concat();
    assert_eq!(clinic.refused(&call), "bad_call");
}

#[test]
fn an_approval_serves_once() {
    let clinic = Clinic::of_charges("once", &["c1", "c2"]);
    let ask = |charge: &str| clinic.by_approval(&stated(), &["--charge", charge, "--diagnosis", "M54.5"]);
    assert_eq!(ask("c1")["request"], 1);
    let refused = ask("c2");
    assert_eq!(refused["error"]["code"], "approval_used");
    assert!(refused["error"]["message"].as_str().unwrap().starts_with("request 1 rests on"), "{refused}");
    clinic.json(&["withdraw", "1"]);
    assert_eq!(ask("c2")["request"], 2, "what was taken back used nothing");
    clinic.json(&["submit", "2", "--outbox", &clinic.outbox()]);
    clinic.receive("R00000002", "20260303*0900", "HCR*A3*D-7*0F~");
    assert_eq!(ask("c1")["error"]["code"], "approval_used", "a denial gives it back to nobody else");
    let corrected = clinic.by_approval(&stated(), &["--corrects", "2"]);
    assert_eq!(corrected["request"], 3, "the same is asked for again: {corrected}");
    clinic.json(&["withdraw", "3"]);
    clinic.json(&["appeal", "2", "--outbox", &clinic.outbox()]);
    clinic.receive("R00000004", "20260304*0900", "HCR*A3*D-8*0F~");
    let again = clinic.by_approval(&stated(), &["--again", "1"]);
    assert_eq!(again["error"]["code"], "approval_used", "authorization 1 is another: {again}");
    assert_eq!(clinic.by_approval(&stated(), &["--again", "2"])["request"], 5, "the payer has answered");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}
