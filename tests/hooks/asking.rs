//! When hooks are asked: only while something hangs on them, in the order of the rules, and never without their facts.

use super::{answer, policy};
use serde_json::{Value, json};

/// Scripts that cannot be asked without everybody hearing of it.
const LOUD: &str = "fn first(code) { throw \"first was asked\" }\nfn second(code) { throw \"second was asked\" }\n";

fn category(name: &str, when: &str) -> String {
    format!("  {name}:\n    when: {{ {when} }}\n    turnaround: none stated\n")
}

fn faults(answer: &Value) -> Vec<&str> {
    let faults = answer["faults"].as_array().into_iter().flatten();
    faults.map(|fault| fault["message"].as_str().unwrap()).collect()
}

#[test]
fn a_hook_is_not_asked_where_nothing_hangs_on_it() {
    let rules = category("a", "order.status: open, order.code: { hook: first }");
    let program = policy(LOUD, &rules);
    let decided = answer(&program, &json!({ "order.status": "lost", "order.code": "x" }));
    assert_eq!((&decided["outcome"], faults(&decided)), (&json!("no_escalation"), vec![]));
    let asked = answer(&program, &json!({ "order.status": "open", "order.code": "x" }));
    assert_eq!((&asked["outcome"], faults(&asked)), (&json!("undetermined"), vec!["first was asked"]));
    assert_eq!(asked.get("needs"), None);
}

#[test]
fn a_hook_is_not_asked_where_both_answers_decide_alike() {
    let rules = category("a", "any of: [{ order.code: { hook: first } }, { not: { order.code: { hook: first } } }]");
    let decided = answer(&policy(LOUD, &rules), &json!({ "order.code": "x" }));
    assert_eq!((&decided["category"], faults(&decided)), (&json!("a"), vec![]));
    let rules = "  a:
    when: { order.express: true }
    turnaround:
      - { when: { order.code: { hook: first } }, within: none stated }
      - { otherwise: none stated }\n";
    let decided = answer(&policy(LOUD, rules), &json!({ "order.express": true, "order.code": "x" }));
    assert_eq!((&decided["category"], faults(&decided)), (&json!("a"), vec![]));
}

#[test]
fn hooks_are_asked_in_the_order_of_the_rules() {
    let hooks = "fn first(code) { true }\nfn second(code) { throw \"second was asked\" }\n";
    let rules = "  a:
    when: { order.code: present }
    redirect:
      early: { when: { order.code: { hook: first } }, to: elsewhere }
      late: { when: { order.code: { hook: second } }, to: nowhere }
    turnaround: none stated\n";
    let decided = answer(&policy(hooks, rules), &json!({ "order.code": "x" }));
    assert_eq!((&decided["redirect"]["to"], faults(&decided)), (&json!("elsewhere"), vec![]));
}

#[test]
fn what_else_matches_asks_too_and_stays_open_where_a_hook_fails() {
    let rules = [category("a", "order.express: true"), category("b", "order.code: { hook: first }")].concat();
    let decided = answer(&policy(LOUD, &rules), &json!({ "order.express": true, "order.code": "x" }));
    assert_eq!((&decided["outcome"], &decided["category"]), (&json!("escalate"), &json!("a")));
    assert_eq!((&decided["may_also"], faults(&decided)), (&json!(["b"]), vec!["first was asked"]));
    let sound = policy("fn first(code) { code == \"x\" }", &rules);
    let decided = answer(&sound, &json!({ "order.express": true, "order.code": "x" }));
    assert_eq!(decided["also"], json!(["b"]));
}

#[test]
fn a_missing_fact_is_asked_for_before_its_hook_is() {
    let rules = category("a", "order.code: { rhai: 'throw \"asked\"', reads: [order.total, order.left] }");
    let program = policy("", &rules);
    let open = answer(&program, &json!({ "order.code": "x", "order.total": "5" }));
    assert_eq!((&open["outcome"], &open["needs"]), (&json!("undetermined"), &json!(["order.count"])));
    assert_eq!(faults(&open), Vec::<&str>::new());
    // of a fact that nobody reported no hook is true, whatever the others are
    let decided = answer(&program, &json!({ "order.total": "5" }));
    assert_eq!(decided["outcome"], "no_escalation");
    let asked = answer(&program, &json!({ "order.code": "x", "order.total": "5", "order.count": 1 }));
    assert_eq!(faults(&asked), ["asked"]);
}

#[test]
fn a_ground_shows_what_its_hook_read() {
    let rules = category("a", "order.code: { rhai: 'value.len > order.count', reads: [order.count] }");
    let decided = answer(&policy("", &rules), &json!({ "order.code": "xyz", "order.count": 2 }));
    assert_eq!(decided["because"][0]["facts"], json!({ "order.code": "xyz", "order.count": 2 }));
}
