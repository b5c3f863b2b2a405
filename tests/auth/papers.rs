//! The papers that the policy wants with a request.

use super::clinic::Clinic;
use crate::command::{finish, rulebook};

/// What a request for a charge of `units` lacks, once all but these facts are known.
fn lacks(clinic: &Clinic, charge: &str, said: &[&str]) -> String {
    let answer = clinic.run(&[&["request", "--charge", charge], said].concat());
    assert_eq!(answer["error"]["code"], "documents_needed", "{answer}");
    answer["error"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_request_has_the_papers_of_its_service() {
    let clinic = Clinic::new("papers");
    clinic.charge("few", "2026-03-05", "2");
    clinic.charge("many", "2026-03-05", "13");
    let order = ["--fact", "documents.order=true"];
    let no_order = ["--fact", "documents.order=false"];
    let growth = ["--diagnosis", "C50.911", "--fact", "documents.pathology_report=false"];
    assert_eq!(lacks(&clinic, "few", &[&order[..], &growth].concat()), "Attach the pathology report.");
    let tests = ["--fact", "service.family=organ_health", "--fact", "insurance.line=medicaid"];
    assert_eq!(lacks(&clinic, "few", &[&no_order[..], &tests].concat()), "Attach the clinician's order.");
    let form = ["--fact", "forms.example_plan=false"];
    assert_eq!(lacks(&clinic, "many", &[&order[..], &form].concat()), "Fill in the example plan's form.");
    // whatever may come with it beside
    let supporting = ["--fact", "documents.supporting=true"];
    assert_eq!(clinic.refused(&[&["request", "--charge", "many"], &supporting[..]].concat()), "undetermined");
    assert_eq!(lacks(&clinic, "few", &["--fact", "documents.supporting=false"]), "Attach the supporting documents.");
    assert!(clinic.lines(&["list"]).is_empty(), "nothing was written down");

    let all = ["--fact", "documents.pathology_report=true", "--diagnosis", "C50.911"];
    assert_eq!(clinic.json(&[&["request", "--charge", "few"], &order[..], &all].concat())["request"], 1);
    let filled = ["--fact", "forms.example_plan=true"];
    assert_eq!(clinic.json(&[&["request", "--charge", "many"], &order[..], &filled].concat())["request"], 2);
}

#[test]
fn the_policy_says_of_a_request_what_it_says_of_the_same_facts() {
    let clinic = Clinic::new("same-facts");
    clinic.charge("c1", "2026-03-05", "13");
    let facts = r#"{"id":"c1","at":"2026-03-02T10:00:00-05:00","facts":{"member.id":"m1",
        "insurance.payer":"example-health-plan","service.date":"2026-03-05","charge.code":"97110","charge.units":13,
        "partner.takes_278":true,"documents.order":false,"forms.example_plan":true}}"#;
    let outcome = finish(rulebook(&["eval", "service", "-"]), &facts.replace('\n', " "));
    let decision: serde_json::Value = serde_json::from_str(outcome.stdout.trim()).unwrap();
    assert_eq!(decision["outcome"], "documents_needed");
    let said = ["--fact", "documents.order=false", "--fact", "forms.example_plan=true"];
    assert_eq!(lacks(&clinic, "c1", &said), decision["unmet"][0]["say"].as_str().unwrap());
}

#[test]
fn a_charge_tells_what_the_policy_says_of_it_and_where() {
    let clinic = Clinic::new("needed");
    let of = ["--member", "m1", "--payer", "example-health-plan", "--on", "2026-03-05", "--code", "97110"];
    let enter = |id: &str, said: &[&str]| clinic.json(&[&["charge", id], &of[..], said].concat());
    for (id, said, outcome, needs, row) in [
        ("plain", &["--units", "1"][..], "ask_payer", true, "required.any other service"),
        ("many", &["--units", "13"][..], "required", true, "required.many units under the example plan"),
        ("emergency", &["--units", "1", "--fact", "charge.place=23"][..], "not_required", false, "required.emergency"),
    ] {
        let added = enter(id, said);
        assert_eq!((&added["outcome"], &added["auth_required"]), (&outcome.into(), &needs.into()), "{id}");
        assert_eq!(added["because"][0]["rule"], row);
        let place = added["because"][0]["place"].as_str().unwrap();
        assert!(place.contains("authorizations/service.yaml:"), "{place}");
    }
    let told = enter("told", &["--units", "1", "--auth-required", "true"]);
    assert!(told.get("outcome").is_none(), "somebody said so, not the policy: {told}");
}
