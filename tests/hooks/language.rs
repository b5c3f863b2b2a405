//! What scripts can say, and what they say of unlike types that nobody could see beforehand.

use super::{answer, asking, policy, says};
use serde_json::{Value, json};

#[test]
fn the_functions_do_what_they_say() {
    for script in [
        "value.len == 7 && value.len() == 7",
        "value.starts_with(\"WO-\") && value.ends_with(\"44b\") && value.contains(\"-4\") && value.contains('4')",
        "value.sub_string(3).starts_with(\"4\") && value.sub_string(3, 2) == \"44\" && value.sub_string(99) == \"\"",
        "value.sub_string(3, 3).is_digits() && value.sub_string(0, 2).is_letters() && !\"\".is_digits()",
        "value.to_lower() == \"wo-444b\" && \" x \".trim() == \"x\" && value.index_of(\"-\") == 2 && value.index_of(\"?\") == -1",
        "value.split(\"-\").len == 2 && value.split(\"-\")[1] == \"444b\"",
        "value.sub_string(3, 3).to_integer() < 500 && \"12.50\".to_decimal() == 12.5",
        "value[0] == \"W\" && value[0] == 'W' && 'W' in value && \"44\" in value",
        "let n = 0; for c in value { if c in \"0123456789\" { n += 1; } } n == 3",
        "let n = 0; for i in 0..4 { n += i; } n == 6 && 3 in 0..4 && !(4 in 0..4) && 4 in 0..=4",
        "value in [\"a\", \"WO-444b\"] && !(value in [\"a\"])",
        "date(\"2026-03-01\") - date(\"2026-02-01\") == 28 && date(\"2026-02-28\") + 1 == date(\"2026-03-01\")",
        "date(\"2026-03-01\").year == 2026 && date(\"2026-03-01\").month == 3 && date(\"2026-03-01\").day == 1",
        "duration(\"2 minutes\") + duration(\"5 seconds\") > duration(\"PT2M\")",
        "abs(-5) == 5 && abs(-5.5) == 5.5 && 0.1 + 0.2 == 0.3 && 7 % 4 == 3",
        "const LONGEST = 9; if value.len > LONGEST { false } else { true }",
        "value.is_empty() || [].is_empty() // comments end with their line",
        "value + '!' == \"WO-444b!\"",
    ] {
        assert_eq!(says(script, "WO-444b"), Ok(true), "{script}");
    }
}

#[test]
fn functions_of_one_file_call_one_another() {
    let hooks = "fn long(code) { size(code) > least() }\nfn size(text) { text.len }\nfn least() { 3 }\n";
    let program = policy(hooks, "  c:\n    when: { order.code: { hook: long } }\n    turnaround: none stated\n");
    assert_eq!(answer(&program, &json!({ "order.code": "WO-1" }))["outcome"], "escalate");
    assert_eq!(answer(&program, &json!({ "order.code": "WO" }))["outcome"], "no_escalation");
}

#[test]
fn unlike_types_never_pass_for_unequal() {
    // a list hides the types of its items from whoever looks before it runs
    for (script, message) in [
        ("[value][0] == 12", "a text is compared with a whole number"),
        ("[value][0] != 12", "a text is compared with a whole number"),
        ("[1][0] < value", "a whole number is compared with a text"),
        ("[true][0] == 1", "true or false is compared with a whole number"),
        ("[date(\"2026-01-01\")][0] > \"2025\"", "a date is compared with a text"),
        ("[duration(\"1 hour\")][0] >= 3600", "a duration is compared with a whole number"),
        ("value in [[1][0]]", "a whole number is compared with a text"),
        ("[[1]][0] == [[1]][0]", "a list is compared with a list"),
        ("[1][0]", "it gives whole number where true or false was expected"),
    ] {
        assert_eq!(says(script, "12"), Err(message.to_owned()), "{script}");
    }
}

#[test]
fn a_fault_is_told() {
    for (script, message) in [
        ("value.sub_string(3).to_integer() > 5", "the text is no whole number"),
        ("throw \"no such code\"", "no such code"),
        ("1 / (value.len - 4) > 0", "division by zero: 1 / 0"),
        ("9223372036854775807 + value.len > 0", "addition overflow: 9223372036854775807 + 4"),
        ("[1][value.len] == 1", "the list has 1 item, and none at 4; they are counted from 0"),
        ("date(value) > date(\"2026-01-01\")", "`WO-x` is no date written YYYY-MM-DD, from 1900 to 2199"),
        ("date(\"2199-12-31\") + value.len > date(\"2026-01-01\")", "the date lies beyond the years 1900 to 2199"),
    ] {
        assert_eq!(says(script, "WO-x"), Err(message.to_owned()), "{script}");
    }
}

#[track_caller]
fn holds(fact: &str, script: &str, value: Value) {
    let answer = answer(&asking(fact, script), &json!({ (format!("order.{fact}")): value }));
    assert_eq!(answer["outcome"], "escalate", "{fact}: {script}\n{answer:#}");
}

#[test]
fn each_type_of_fact_is_one_of_the_scripts() {
    holds("total", "value == 12.5 && value > 12 && value * 2 == 25 && value + 0.1 == 12.6", json!("12.50"));
    holds("count", "value == 3 && value < 3.5 && value in [1, 3]", json!(3));
    holds("status", "value == \"open\" && value in [\"open\", \"lost\"] && value.len == 4", json!("open"));
    holds(
        "placed",
        "value > date(\"2026-01-01\") && value.month == 2 && value - date(\"2026-02-01\") == 1",
        json!("2026-02-02"),
    );
    holds("waited", "value > duration(\"90 seconds\") && value == duration(\"2 minutes\")", json!("2 minutes"));
    holds("express", "value", json!(true));
    holds("express", "!value && value == false", json!(null));
}
