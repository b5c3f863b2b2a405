//! The smallest cases of faults that the oracle found, or that reading the engine beside it did.

use std::fmt::Write as _;
use std::sync::Arc;

use rulebook::engine;
use rulebook::facts::Case;
use rulebook::policy::Policy;
use rulebook::program::Program;
use rulebook::render::decision::json;
use serde_json::{Value as Json, json};

use super::compare;
use super::generate::Scenario;

struct Asked {
    policy: Arc<Policy>,
    program: Program,
    case: Case,
}

/// A policy with its facts, and the facts of a case.
fn asked(facts: &str, policy: &str, given: Json) -> Asked {
    let vocabulary = format!("vocabulary: v\n{facts}\nactions: {{ call: \"Call.\" }}\n");
    let files = vec![("vocabulary.yaml", vocabulary), ("policy.yaml", policy.to_owned())];
    let case = json!({ "at": "2026-03-06T12:00:00-05:00", "facts": given }).to_string();
    let scenario = Scenario { files, cases: vec![case] };
    let policy = scenario.policy();
    let case = scenario.cases(&policy).remove(0);
    Asked { program: Program::compile(&policy), policy, case }
}

impl Asked {
    #[track_caller]
    fn assert_as_rule_by_rule(&self) {
        for check in [compare::decision, compare::explanation, compare::monotony] {
            check(&self.program, &self.policy, &self.case).unwrap_or_else(|fault| panic!("{fault}"));
        }
    }

    fn decision(&self) -> Json {
        serde_json::from_str(&json(&engine::decide(&self.program, &self.case).unwrap())).unwrap()
    }
}

#[test]
fn rows_that_are_open_one_by_one_may_hold_together() {
    let facts = "facts: { a.x: { type: boolean }, a.y: { type: boolean } }";
    let policy = "exception: p\nwhen: { any of: [{ a.x: true, a.y: true }, { a.x: false }, { a.y: false }] }\n";
    let asked = asked(facts, policy, json!({}));
    let trace = engine::explain(&asked.program, &asked.case).unwrap();
    assert!(trace.held.len() == 1 && trace.missed.is_empty(), "{trace:#?}");
    asked.assert_as_rule_by_rule();
}

#[test]
fn a_scenario_that_matches_one_way_or_the_other_surely_matches() {
    let facts = "facts: { a.x: { type: boolean }, a.y: { type: boolean, default: true } }";
    let policy = "
escalations: p
categories:
  first: { when: always, turnaround: none stated }
  second:
    turnaround: none stated
    scenarios:
      either way: { when: { any of: [{ a.x: true, a.y: true }, { a.x: false }] } }
      one way: { when: { a.x: true } }
";
    let asked = asked(facts, policy, json!({}));
    let matches = json!([{ "category": "second", "outcome": "escalate", "scenarios": ["either way"] }]);
    assert_eq!(asked.decision()["matches"], matches);
    asked.assert_as_rule_by_rule();
}

#[test]
fn a_match_that_goes_elsewhere_one_way_or_the_other_is_a_redirect() {
    let facts = "facts: { a.x: { type: boolean } }";
    let policy = "
escalations: p
categories:
  first: { when: always, turnaround: none stated }
  second:
    when: always
    turnaround: none stated
    redirect:
      here: { when: { a.x: true }, to: \"Here.\" }
      there: { when: { a.x: false }, to: \"There.\" }
";
    let asked = asked(facts, policy, json!({}));
    assert_eq!(asked.decision()["matches"], json!([{ "category": "second", "outcome": "redirect" }]));
    asked.assert_as_rule_by_rule();
}

#[test]
fn a_sum_too_large_to_be_held_lies_beyond_every_threshold() {
    let facts = "facts: { a.x: { type: integer }, a.y: { type: integer }, a.z: { type: decimal } }
derived: { d.whole: { from: a.x + a.y }, d.exact: { from: a.z + a.y } }";
    let policy = "
exception: p
reasons:
  low: { when: { d.whole: less than 5 } }
  low too: { when: { d.exact: less than 5 } }
  high: { when: { d.whole: more than 5, d.exact: more than 5 } }
";
    let most = "79228162514264337593543950335";
    let asked = asked(facts, policy, json!({ "a.x": i64::MAX, "a.y": 7, "a.z": most }));
    assert_eq!(asked.decision()["exception"]["reason"], "high");
    asked.assert_as_rule_by_rule();
}

#[test]
fn a_window_that_never_closes_is_open_in_a_zone_that_is_missing() {
    let facts = "facts: { a.zone: { type: time zone } }";
    let policy = "
exception: p
when: always
windows:
  round the clock: { when: always, open: 00:00-24:00, in: a.zone, otherwise: call }
";
    let asked = asked(facts, policy, json!({}));
    assert_eq!(asked.decision()["window"], json!({ "name": "round the clock", "open": true }));
    asked.assert_as_rule_by_rule();
}

#[test]
fn a_text_with_too_many_keyword_lists_to_go_through_stays_open() {
    let mut when = "{ a.text: { mentions: w0 }, not: { any of: [".to_owned();
    (1..14).for_each(|number| write!(when, "{{ a.text: {{ mentions: w{number} }} }}, ").unwrap());
    let policy = format!("exception: p\nwhen: {when}] }} }}\n");
    let asked = asked("facts: { a.text: { type: text } }", &policy, json!({}));
    let decision = asked.decision();
    assert_eq!((&decision["outcome"], &decision["needs"]), (&json!("undetermined"), &json!(["a.text"])));
}

#[test]
fn a_beginning_may_go_on_otherwise_than_a_longer_beginning_does() {
    let policy = "
exception: p
when:
  a.text: { starts with: W }
  not: { any of: [{ a.text: { starts with: Wq } }, { a.text: { mentions: w } }] }
";
    let asked = asked("facts: { a.text: { type: text } }", policy, json!({}));
    assert_eq!(asked.decision()["outcome"], "undetermined");
    asked.assert_as_rule_by_rule();
}

#[test]
fn a_negative_difference_of_durations_is_shown() {
    let facts = "facts: { a.x: { type: duration }, a.y: { type: duration } }\nderived: { d.left: { from: a.x - a.y } }";
    let policy = "exception: p\nwhen: { d.left: less than 1 minute }\n";
    let asked = asked(facts, policy, json!({ "a.x": "1 minute", "a.y": "3 minutes" }));
    assert_eq!(asked.decision()["because"][0]["facts"], json!({ "d.left": "-2 minutes" }));
}
