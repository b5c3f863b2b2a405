//! What comes next, as `show` tells it.

use serde_json::{Value, json};

use super::clinic::Clinic;

impl Clinic {
    fn next(&self) -> Value {
        self.json(&["show", "1"])["next"].clone()
    }
}

fn denied(name: &str) -> Clinic {
    let clinic = Clinic::new(name);
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260302*1100", "HCR*A3*D-7*0F~");
    clinic
}

#[test]
fn nobody_is_told_to_appeal_what_is_appealed_or_too_late() {
    let clinic = denied("next-appealed");
    assert_eq!(clinic.next()["actions"][0], "appeal");
    clinic.json(&["appeal", "1", "--by-hand"]);
    assert_eq!(clinic.next()["actions"], json!([]), "the payer has it");
    assert_eq!(clinic.json(&["show", "--request", "1"])["next"]["title"], Value::Null);

    let clinic = denied("next-late").at("2026-05-02T10:00:00-04:00");
    assert_eq!(clinic.next()["actions"], json!(["rebuild_request"]));
}

#[test]
fn an_appeal_by_message_is_the_request_to_look_at() {
    let clinic = denied("next-message");
    clinic.json(&["appeal", "1", "--outbox", &clinic.outbox()]);
    assert_eq!(clinic.json(&["show", "--request", "1"])["followed"], json!({ "by": 2, "sent": true }));
    assert_eq!(clinic.next()["actions"], json!([]), "the payer has it");
}

#[test]
fn nobody_is_told_to_attach_what_does_not_suffice() {
    for (units, actions) in [("0.5", json!([])), ("1", json!(["attach_to_charges"]))] {
        let clinic = Clinic::new(&format!("next-units-{units}"));
        clinic.submitted();
        clinic.json(&["determine", "1", "approved", "--number", "A-5", "--units", units]);
        assert_eq!(clinic.next()["actions"], actions, "{units} units for a charge of 1");
    }
}

#[test]
fn a_charge_that_needed_no_authorization_needs_none_once_it_is_taken_off() {
    let clinic = Clinic::new("reverse-none");
    let of = ["--member", "m1", "--payer", "example-health-plan", "--code", "97110", "--on", "2026-03-05"];
    clinic.json(&[&["charge", "c1", "--units", "1", "--auth-required", "false"], &of[..]].concat());
    clinic.charge("c2", "2026-03-05", "1");
    clinic.authorize("A-77", "3");
    for (charge, needs, step) in [("c1", false, "nothing"), ("c2", true, "attach")] {
        clinic.json(&["attach", charge, "1"]);
        let reversed = clinic.json(&["reverse", charge]);
        assert_eq!((&reversed["auth_required"], &reversed["used"]), (&needs.into(), &"0".into()), "{charge}");
        let shown = clinic.json(&["show", "--charge", charge]);
        assert_eq!((&shown["auth_required"], &shown["next"]["step"]), (&needs.into(), &step.into()), "{charge}");
    }
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}
