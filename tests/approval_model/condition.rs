//! Conditions of levels, and what is known of the facts that they read.

use std::collections::{BTreeMap, BTreeSet};

/// The facts that conditions read. The amount and the risk are asked for, `deal.rush` is false unless given, and
/// `deal.gift` may be absent.
pub const VOCABULARY: &str = "vocabulary: deals
facts:
  deal.amount: { type: integer, from: 0, to: 20 }
  deal.risky: { type: boolean }
  deal.rush: { type: boolean, default: false }
  deal.gift: { type: boolean, if missing: no match }
roles:
  clerk: \"Makes requests.\"
  trainee: \"Makes requests too.\"
  lead: \"Decides.\"
  money: \"Decides.\"
  safety: \"Decides.\"
  boss: \"Decides.\"
";

/// What is known: truth values as 0 and 1.
pub type Facts = BTreeMap<String, i64>;

#[derive(Debug, Clone)]
pub enum Condition {
    Always,
    Is(&'static str, bool),
    AtLeast(i64),
    AtMost(i64),
    /// Whether `deal.gift` is there.
    Gift(bool),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

impl Condition {
    pub fn yaml(&self) -> String {
        let list = |items: &[Condition]| items.iter().map(Condition::yaml).collect::<Vec<_>>().join(", ");
        match self {
            Condition::Always => "always".to_owned(),
            Condition::Is(fact, value) => format!("{{ {fact}: {value} }}"),
            Condition::AtLeast(bound) => format!("{{ deal.amount: at least {bound} }}"),
            Condition::AtMost(bound) => format!("{{ deal.amount: at most {bound} }}"),
            Condition::Gift(there) => format!("{{ deal.gift: {} }}", if *there { "present" } else { "absent" }),
            Condition::All(items) => format!("{{ all of: [{}] }}", list(items)),
            Condition::Any(items) => format!("{{ any of: [{}] }}", list(items)),
            Condition::Not(item) => format!("{{ not: {} }}", item.yaml()),
        }
    }

    /// Whether it holds, everything that is asked for being known.
    pub fn holds(&self, facts: &Facts) -> bool {
        let amount = || facts["deal.amount"];
        match self {
            Condition::Always => true,
            // an absent fact is no value
            Condition::Is("deal.gift", value) => facts.get("deal.gift") == Some(&i64::from(*value)),
            Condition::Is("deal.rush", value) => (facts.get("deal.rush") == Some(&1)) == *value,
            Condition::Is(fact, value) => facts[*fact] == i64::from(*value),
            Condition::AtLeast(bound) => amount() >= *bound,
            Condition::AtMost(bound) => amount() <= *bound,
            Condition::Gift(there) => facts.contains_key("deal.gift") == *there,
            Condition::All(items) => items.iter().all(|item| item.holds(facts)),
            Condition::Any(items) => items.iter().any(|item| item.holds(facts)),
            Condition::Not(item) => !item.holds(facts),
        }
    }
}

/// The facts that are asked for, and how many values each has.
const ASKED: [(&str, i64); 2] = [("deal.amount", 21), ("deal.risky", 2)];

/// Every way to give the facts that are asked for and missing.
fn completions(facts: &Facts) -> Vec<Facts> {
    let mut all = vec![facts.clone()];
    for (fact, count) in ASKED.into_iter().filter(|(fact, _)| !facts.contains_key(*fact)) {
        all = all
            .into_iter()
            .flat_map(|known| {
                (0..count).map(move |value| {
                    let mut known = known.clone();
                    known.insert(fact.to_owned(), value);
                    known
                })
            })
            .collect();
    }
    all
}

/// What a question comes to in every completion; if that differs, the facts that make a difference by themselves.
pub fn settled<T: PartialEq>(facts: &Facts, question: impl Fn(&Facts) -> T) -> Result<T, BTreeSet<String>> {
    let mut answers: Vec<(Facts, T)> =
        completions(facts).into_iter().map(|known| (known.clone(), question(&known))).collect();
    let differ = |left: &Facts, right: &Facts| -> Vec<String> {
        left.iter().filter(|(fact, value)| right.get(*fact) != Some(value)).map(|(fact, _)| fact.clone()).collect()
    };
    let mut needs = BTreeSet::new();
    for (left, first) in &answers {
        for (right, second) in &answers {
            if first != second
                && let [fact] = &differ(left, right)[..]
            {
                needs.insert(fact.clone());
            }
        }
    }
    let same = answers.iter().all(|(_, answer)| *answer == answers[0].1);
    if same { Ok(answers.swap_remove(0).1) } else { Err(needs) }
}
