//! Holds the engine to the oracle.

use std::collections::BTreeSet;

use rulebook::engine::{self, RuleTrace, Trace};
use rulebook::facts::{Case, FactId, Kind, Value};
use rulebook::policy::{Body, Policy};
use rulebook::program::{CompiledRule, MOST_NODES, Program};
use rulebook::render::decision::json;
use serde_json::{Map, Value as Json};

use super::complete::{Expected, Space, Standing};
use super::grid::Said;
use super::verdict::{Question, questions};
use super::world::{Seen, World};

/// The keys by which a decision is the same or another one.
const ANSWER: [&str; 13] = [
    "outcome",
    "outputs",
    "exception",
    "category",
    "title",
    "turnaround",
    "redirect",
    "actions",
    "notes",
    "documents",
    "forms",
    "next",
    "determination",
];

/// What the engine decided, as its JSON says it.
struct Decided(Map<String, Json>);

impl Decided {
    fn of(program: &Program, case: &Case) -> Decided {
        let decision = engine::decide(program, case).expect("no case is at fault");
        let (text, again) = (json(&decision), json(&engine::decide(program, case).expect("as before")));
        assert_eq!(text, again, "the same case is decided in other bytes");
        let Ok(Json::Object(keys)) = serde_json::from_str(&text) else { panic!("no object: {text}") };
        Decided(keys)
    }

    fn answer(&self) -> Option<Map<String, Json>> {
        let answer: Map<String, Json> = self
            .0
            .iter()
            .filter(|(key, _)| ANSWER.contains(&key.as_str()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        (answer["outcome"] != "undetermined").then_some(answer)
    }

    fn words(&self, key: &str) -> Vec<String> {
        let words = self.0.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
        words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    fn named(&self, key: &str, name: &str) -> Vec<String> {
        let found = self.0.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
        found.iter().map(|one| one[name].as_str().unwrap().to_owned()).collect()
    }

    fn expected(&self) -> Expected {
        let unmet = ["unmet", "not_served"].map(|key| self.named(key, "rule")).concat();
        Expected {
            decided: self.answer(),
            needs: self.words("needs").into_iter().collect(),
            certain: self.0.get("certain").and_then(Json::as_object).cloned().unwrap_or_default(),
            // of what is to be noticed the same is promised as of what else matches
            also: [self.words("also"), self.named("alerts", "name")].concat(),
            may_also: [self.words("may_also"), self.words("may_alert")].concat(),
            matches: self.0.get("matches").and_then(Json::as_array).cloned().unwrap_or_default(),
            unmet,
            window: self.0.get("window").cloned(),
        }
    }
}

/// Compares a decision with the oracle's.
pub fn decision(program: &Program, policy: &Policy, case: &Case) -> Result<(), String> {
    let decided = Decided::of(program, case);
    let mut found = decided.expected();
    if found.decided.is_some() && !decided.0.contains_key("because") {
        return Err(format!("a decision without its grounds: {found:#?}"));
    }
    let real = Space::real(policy, case);
    if let Body::Table(_) = policy.body {
        let may = if real.joint.is_empty() { real.hits() } else { Space::relaxed(policy, case).hits() };
        conflict(&std::mem::take(&mut found.matches), decided.0["outcome"] == "conflict", &real.hits(), &may)?;
    }
    let expected = real.expected();
    if real.joint.is_empty() {
        return same(&found, &expected);
    }
    // derived facts of which several parts are missing may keep open what is not, and say less
    let relaxed = Space::relaxed(policy, case).expected();
    between(&found, &expected, &relaxed, &parts(policy, &real.joint))
}

/// Rows in conflict are all that may match; of derived facts with several parts missing perhaps a few more.
fn conflict(
    matches: &[Json],
    is_conflict: bool,
    real: &[BTreeSet<String>],
    relaxed: &[BTreeSet<String>],
) -> Result<(), String> {
    let told: BTreeSet<String> = matches.iter().map(|hit| hit["place"].as_str().unwrap().to_owned()).collect();
    let all = |hits: &[BTreeSet<String>]| hits.iter().flatten().cloned().collect::<BTreeSet<String>>();
    let sound = if is_conflict { all(real).is_subset(&told) && told.is_subset(&all(relaxed)) } else { told.is_empty() };
    if sound { Ok(()) } else { Err(format!("the rows {told:?} are told of, those that match are {real:?}")) }
}

fn same(found: &Expected, expected: &Expected) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("the engine says {found:#?}\nthe oracle says {expected:#?}"))
}

fn parts(policy: &Policy, derived: &[FactId]) -> BTreeSet<String> {
    let name = |fact: FactId| policy.vocabulary.fact(fact).name.clone();
    let formulas = derived.iter().filter_map(|fact| policy.vocabulary.fact(*fact).formula.as_ref());
    formulas.flat_map(|formula| formula.parts()).map(name).collect()
}

/// Whether one map says all that another says, of outputs each for itself.
fn says(one: &Map<String, Json>, other: &Map<String, Json>) -> bool {
    other.iter().all(|(key, value)| match (key.as_str(), one.get(key), value) {
        ("outputs", Some(Json::Object(one)), Json::Object(other)) => says(one, other),
        (_, one, other) => one == Some(other),
    })
}

/// At most as much as is so, at least as much as the approximation lets see.
fn between(found: &Expected, real: &Expected, relaxed: &Expected, parts: &BTreeSet<String>) -> Result<(), String> {
    let is_subset = |one: &[String], other: &[String]| one.iter().all(|name| other.contains(name));
    let sound = match &found.decided {
        Some(answer) => {
            Some(answer) == real.decided.as_ref()
                && is_subset(&found.also, &real.also)
                && is_subset(&real.may_also, &found.may_also)
                && is_subset(&found.unmet, &real.unmet)
        }
        None => real.needs.is_subset(&found.needs) && (real.decided.is_some() || says(&real.certain, &found.certain)),
    };
    let close = match (&relaxed.decided, &found.decided) {
        (Some(_), None) => false,
        (Some(_), Some(_)) => is_subset(&relaxed.also, &found.also) && is_subset(&relaxed.unmet, &found.unmet),
        (None, Some(_)) => true,
        (None, None) => {
            found.needs.iter().all(|name| relaxed.needs.contains(name) || parts.contains(name))
                && says(&found.certain, &relaxed.certain)
        }
    };
    if sound && close {
        return Ok(());
    }
    Err(format!("the engine says {found:#?}\nthe oracle says {real:#?}\nor, taking derived facts freely, {relaxed:#?}"))
}

/// Compares what is explained with the truth of each rule.
pub fn explanation(program: &Program, policy: &Policy, case: &Case) -> Result<(), String> {
    let trace = engine::explain(program, case).expect("no case is at fault");
    let decision = engine::decide(program, case).expect("no case is at fault");
    if json(&trace.decision) != json(&decision) {
        return Err("another decision is explained than is made".to_owned());
    }
    let mut found: Vec<(String, String, Standing)> =
        trace.held.iter().map(|rule| (rule.id.clone(), rule.place_text.clone(), Standing::Holds)).collect();
    found.extend(trace.missed.iter().map(|rule| {
        let standing = match rule.standing {
            engine::Standing::Open => Standing::Open,
            engine::Standing::Fails => Standing::Fails,
        };
        (rule.rule.to_owned(), rule.place.to_owned(), standing)
    }));
    found.sort();
    let real = Space::real(policy, case);
    let expected = real.standings();
    let relaxed = if real.joint.is_empty() { expected.clone() } else { Space::relaxed(policy, case).standings() };
    let agrees = |((found, real), relaxed): ((&(_, _, Standing), &(_, _, Standing)), &(_, _, Standing))| {
        found == real || found == relaxed && found.2 == Standing::Open
    };
    // questions of one rule at one place, such as a window's two, are sorted by how they stand
    if found.len() != expected.len() || !found.iter().zip(&expected).zip(&relaxed).all(agrees) {
        return Err(format!("the engine explains {found:#?}\nthe oracle finds {expected:#?}"));
    }
    if real.missing().next().is_none() { near_misses(program, policy, case, &trace) } else { Ok(()) }
}

/// Changes the one fact of each near miss to all that it may be: where that makes the rule true, the engine must see it.
fn near_misses(program: &Program, policy: &Policy, case: &Case, trace: &Trace<'_>) -> Result<(), String> {
    let said = Said::of(policy);
    for missed in trace.missed.iter().filter(|missed| missed.is_near_miss()) {
        let Some(fact) = missed.held_back_by[0].fact.and_then(|name| policy.vocabulary.fact_id(name)) else { continue };
        if policy.vocabulary.fact(fact).formula.is_some() {
            continue;
        }
        let of = |derived: &FactId| policy.vocabulary.fact(*derived).formula.iter().any(|f| f.parts().contains(&fact));
        let derived: Vec<FactId> = said.derived().into_iter().filter(of).collect();
        let world = World::new(policy, case);
        let mut values: Vec<Option<Value>> =
            said.values(&world, fact, &derived, false).into_iter().map(|seen| Some(value_of(seen))).collect();
        if policy.vocabulary.may_be_absent(fact) {
            values.push(None);
        }
        let mut satisfied = 0;
        for value in values {
            let mut changed = world.clone();
            match &value {
                Some(value) => changed.set(fact, &Seen::Value(value.clone())),
                None => changed.withdraw(fact),
            }
            let asked = questions(policy);
            let is_of_rule =
                |question: &&Question<'_>| question.name() == (missed.rule.to_owned(), missed.place.to_owned());
            let true_now = asked.iter().filter(is_of_rule).filter(|question| changed.answers(question)).count();
            let case = case.with(fact, value);
            let trace = engine::explain(program, &case).expect("no case is at fault");
            let is_held = |rule: &&&CompiledRule| rule.id == missed.rule && rule.place_text == missed.place;
            if trace.held.iter().filter(is_held).count() != true_now {
                return Err(format!("with {:?} for the near miss {missed:#?} it still fails", case.value(fact)));
            }
            satisfied += true_now;
        }
        if satisfied == 0 && must_be_satisfiable(policy, missed, fact) {
            return Err(format!("no value satisfies the near miss {missed:#?}"));
        }
    }
    Ok(())
}

/// Where the rule says one thing of the fact, and the fact's type has no bounds, some value must do.
fn must_be_satisfiable(policy: &Policy, missed: &RuleTrace<'_>, fact: FactId) -> bool {
    let bounded = match policy.vocabulary.fact(fact).kind {
        Kind::OneOf(_) | Kind::Boolean | Kind::Text | Kind::Date | Kind::TimeZone => false,
        Kind::Integer(_) | Kind::Decimal(_) | Kind::Duration | Kind::Days => true,
    };
    let of_rule = |question: &Question<'_>| question.name() == (missed.rule.to_owned(), missed.place.to_owned());
    let tests: Vec<FactId> = questions(policy)
        .into_iter()
        .filter(of_rule)
        .flat_map(|question| match question {
            Question::When(rule) => rule.when.tests(),
            Question::Open(_) => Vec::new(),
        })
        .map(|test| test.fact)
        .collect();
    let reads = |test: &FactId| {
        *test == fact || policy.vocabulary.fact(*test).formula.iter().any(|formula| formula.parts().contains(&fact))
    };
    !bounded && tests.iter().filter(|test| reads(test)).count() == 1
}

/// Gives the missing facts of a decided case, one at a time: the answer must stay.
pub fn monotony(program: &Program, policy: &Policy, case: &Case) -> Result<(), String> {
    let Some(answer) = Decided::of(program, case).answer() else { return Ok(()) };
    let space = Space::real(policy, case);
    for (fact, options) in space.missing() {
        for seen in options.iter().take(6) {
            let value = value_of(seen.clone());
            let more = Decided::of(program, &case.with(fact, Some(value.clone()))).answer();
            if more.as_ref() != Some(&answer) {
                let name = &policy.vocabulary.fact(fact).name;
                return Err(format!("decided as {answer:#?}, but with {name} = {value:?} as {more:#?}"));
            }
        }
    }
    Ok(())
}

/// Gives missing facts until few enough completions are left to go through.
pub fn fitted(policy: &Policy, case: &Case, most: usize) -> Case {
    assert!(most < MOST_NODES, "the engine must be able to go through them too");
    let mut case = case.clone();
    loop {
        let (real, relaxed) = (Space::real(policy, &case), Space::relaxed(policy, &case));
        if real.size().max(relaxed.size()) <= most {
            return case;
        }
        let (fact, options) = real.missing().max_by_key(|(_, options)| options.len()).expect("something is missing");
        case = case.with(fact, Some(value_of(options[options.len() / 2].clone())));
    }
}

fn value_of(seen: Seen) -> Value {
    let Seen::Value(value) = seen else { panic!("{seen:?} is no value that a case carries") };
    value
}
