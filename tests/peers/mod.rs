//! Ten thousand cases that hand-written code and ten other engines decide alike.

use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::program::Program;
use rulebook::render::decision;
use serde_json::{Value, json};

mod work;

use work::{Work, folder, lines};

fn decided(program: &Program, case: &str) -> Value {
    let case = Case::from_json(case, &program.policy().vocabulary).unwrap();
    serde_json::from_str(&decision::json(&decide(program, &case).unwrap())).unwrap()
}

/// Decision A in the other engines' words: what is done, and for which reason.
fn follow_up(decided: &Value) -> (&str, &str) {
    let grounds = decided["because"].as_array().unwrap();
    let reason = grounds.iter().find_map(|ground| ground["rule"].as_str().unwrap().strip_prefix("reasons."));
    let reason = reason.unwrap();
    match decided["outcome"].as_str().unwrap() {
        "create_exception" if reason == "none" => ("none", "none"),
        "create_exception" => ("create", reason),
        "not_permitted" => ("forbidden", "none"),
        other => (other, reason),
    }
}

#[test]
fn ten_thousand_cases_are_decided_as_by_other_engines() {
    let Some(folder) = folder() else {
        eprintln!("SKIPPED: ../shared/peers is absent, so no case is held to other engines");
        return;
    };
    let work = Work::load(&folder);
    let answers = lines(&folder.join("expected.ndjson"));
    assert_eq!(work.cases.len(), answers.len());
    let mut others = Vec::new();
    for (case, expected) in work.cases.iter().zip(&answers) {
        let (a, b) = (decided(&work.follow_up, case), decided(&work.triage, case));
        let (action, reason) = follow_up(&a);
        let agree = json!([action, reason]) == json!([expected["a"]["action"], expected["a"]["reason"]])
            && ["category", "unit", "queue", "amount", "priority"].map(|key| &b["outputs"][key])
                == ["category", "tat_unit", "queue", "tat_amount", "priority"].map(|key| &expected["b"][key]);
        if !agree {
            others.push(format!("{case}\n  {a}\n  {b}\n  {expected}"));
        }
    }
    assert!(!work.cases.is_empty());
    assert!(others.is_empty(), "{} cases, the first:\n{}", others.len(), others[0]);
}
