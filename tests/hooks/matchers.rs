//! A hook that says what a matcher says decides as the matcher does, missing facts included.

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{answer, policy};

/// For each fact, matchers with the scripts that say the same.
const PAIRS: [(&str, [(&str, &str); 3]); 6] = [
    (
        "order.code",
        [
            ("WO", "value == \"WO\""),
            ("{ starts with: W }", "value.starts_with(\"W\")"),
            ("[A, WO]", "value in [\"A\", \"WO\"]"),
        ],
    ),
    ("order.total", [("5", "value == 5"), ("more than 4.5", "value > 4.5"), ("1 to 5", "value >= 1 && value <= 5.0")]),
    ("order.count", [("3", "value == 3"), ("less than 3", "value < 3"), ("[1, 3]", "value in [1, 3]")]),
    (
        "order.status",
        [
            ("open", "value == \"open\""),
            ("[open, lost]", "value != \"closed\""),
            ("lost", "!(value in [\"open\", \"closed\"])"),
        ],
    ),
    (
        "order.placed",
        [
            ("2026-02-02", "value == date(\"2026-02-02\")"),
            ("before 2026-02-02", "value < date(\"2026-02-02\")"),
            ("after 2026-01-01", "value > date(\"2026-01-01\")"),
        ],
    ),
    ("order.express", [("true", "value"), ("false", "!value"), ("false", "value == false")]),
];

fn values(fact: &str) -> Vec<Value> {
    match fact {
        "order.code" => vec![json!("WO"), json!("W"), json!("A"), json!("")],
        "order.total" => vec![json!("5"), json!("5.00"), json!("4.5"), json!("0")],
        "order.count" => vec![json!(1), json!(2), json!(3)],
        "order.status" => vec![json!("open"), json!("closed"), json!("lost")],
        "order.placed" => vec![json!("2026-02-02"), json!("2026-02-01"), json!("2025-12-31")],
        _ => vec![json!(true), json!(false)],
    }
}

/// What a category asks of each fact: nothing, that a matcher holds, or that it does not.
type Asks = Vec<[Option<bool>; 6]>;

/// The same categories with matchers and with scripts; `chosen` tells which matcher stands for each fact of a category.
fn twins(asks: &Asks, chosen: impl Fn(usize, usize) -> usize) -> (String, String) {
    let (mut native, mut hooked) = (String::new(), String::new());
    for (number, category) in asks.iter().enumerate() {
        let write = |out: &mut String, is_hooked: bool| {
            let mut parts: Vec<String> = vec!["{ order.express: [true, false] }".to_owned()];
            for (fact, asked) in category.iter().enumerate() {
                let Some(holds) = asked else { continue };
                let (name, pairs) = PAIRS[fact];
                let (matcher, script) = pairs[chosen(number, fact)];
                let matcher = if is_hooked { format!("{{ rhai: '{script}' }}") } else { matcher.to_owned() };
                let test = format!("{{ {name}: {matcher} }}");
                parts.push(if *holds { test } else { format!("{{ not: {test} }}") });
            }
            let parts = parts.join(", ");
            writeln!(out, "  c{number}:\n    when: {{ all of: [{parts}] }}\n    turnaround: none stated").unwrap();
        };
        write(&mut native, false);
        write(&mut hooked, true);
    }
    (native, hooked)
}

fn case(given: &[Option<usize>]) -> (Value, bool) {
    let facts = PAIRS.iter().zip(given).filter_map(|((fact, _), given)| {
        let values = values(fact);
        Some(((*fact).to_owned(), values[(*given)? % values.len()].clone()))
    });
    (Value::Object(facts.collect::<Map<_, _>>()), given.iter().all(Option::is_some))
}

fn asks() -> impl Strategy<Value = Asks> {
    proptest::collection::vec(proptest::array::uniform6(proptest::option::weighted(0.4, any::<bool>())), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Where each fact is put to one matcher, the hook and the matcher are one question.
    #[test]
    fn a_hook_decides_as_its_matcher_does(
        asks in asks(),
        chosen in proptest::array::uniform6(0_usize..3),
        given in proptest::collection::vec(proptest::option::weighted(0.7, 0_usize..4), 6),
    ) {
        let (native, hooked) = twins(&asks, |_, fact| chosen[fact]);
        let (facts, _) = case(&given);
        prop_assert_eq!(answer(&policy("", &native), &facts), answer(&policy("", &hooked), &facts));
    }

    /// Where a fact is put to several, nobody knows how hooks hang together: what they decide is right all the same.
    #[test]
    fn hooks_on_one_fact_decide_soundly(
        asks in asks(),
        chosen in proptest::collection::vec(proptest::array::uniform6(0_usize..3), 5),
        given in proptest::collection::vec(proptest::option::weighted(0.7, 0_usize..4), 6),
    ) {
        let (native, hooked) = twins(&asks, |category, fact| chosen[category][fact]);
        let (facts, complete) = case(&given);
        let (native, hooked) = (answer(&policy("", &native), &facts), answer(&policy("", &hooked), &facts));
        if complete || hooked["outcome"] != "undetermined" {
            for key in ["outcome", "category", "turnaround"] {
                prop_assert_eq!(&native[key], &hooked[key], "{}\n{:#}\n{:#}", key, native, hooked);
            }
        }
    }
}
