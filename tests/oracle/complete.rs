//! What the contract on missing facts makes of a case: every completion decided, and what they have in common.

use std::collections::BTreeSet;

use rulebook::facts::{Case, FactId};
use rulebook::policy::Policy;
use serde_json::{Map, Value as Json, json};

use super::grid::Said;
use super::verdict::{Matching, Verdict, Window, facts_read, questions};
use super::world::{Seen, World};

/// A case with what its missing facts may turn out to be.
pub struct Space<'p> {
    world: World<'p>,
    case: &'p Case,
    variables: Vec<(FactId, Vec<Seen>)>,
    /// Derived facts of which several parts are missing.
    pub joint: Vec<FactId>,
}

/// What is expected of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The answer, if all completions agree.
    pub decided: Option<Map<String, Json>>,
    pub needs: BTreeSet<String>,
    pub certain: Map<String, Json>,
    pub also: Vec<String>,
    pub may_also: Vec<String>,
    pub matches: Vec<Json>,
    pub unmet: Vec<String>,
    pub window: Option<Json>,
}

/// How a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Holds,
    Open,
    Fails,
}

impl<'p> Space<'p> {
    /// Every completion there is; of facts that make a derived one jointly, a sample.
    pub fn real(policy: &'p Policy, case: &'p Case) -> Space<'p> {
        Space::new(policy, case, false)
    }

    /// The same, but derived facts of which several parts are missing vary freely, as `ARCHITECTURE.md` allows.
    pub fn relaxed(policy: &'p Policy, case: &'p Case) -> Space<'p> {
        Space::new(policy, case, true)
    }

    fn new(policy: &'p Policy, case: &'p Case, relaxed: bool) -> Space<'p> {
        let said = Said::of(policy);
        let world = World::new(policy, case);
        let (mut alone, mut joint) = (Vec::new(), Vec::new());
        for derived in said.derived() {
            let parts = policy.vocabulary.fact(derived).formula.as_ref().unwrap().parts();
            let lacking: Vec<FactId> = parts.iter().copied().filter(|part| world.lacks(*part)).collect();
            match lacking.as_slice() {
                _ if parts.iter().any(|part| world.surely_absent(*part)) => {}
                [] => {}
                [part] => alone.push((derived, *part)),
                _ => joint.push((derived, lacking)),
            }
        }
        let missing = facts_read(policy).into_iter().filter(|fact| world.lacks(*fact));
        let mut variables: Vec<(FactId, Vec<Seen>)> = missing
            .map(|fact| {
                let alone: Vec<FactId> = alone.iter().filter(|(_, part)| *part == fact).map(|(id, _)| *id).collect();
                let jointly = !relaxed && joint.iter().any(|(_, parts)| parts.contains(&fact));
                (fact, said.values(&world, fact, &alone, jointly))
            })
            .collect();
        let joint: Vec<FactId> = joint.into_iter().map(|(derived, _)| derived).collect();
        if relaxed {
            variables.extend(joint.iter().map(|derived| (*derived, said.results(&world, *derived))));
        }
        Space { world, case, variables, joint }
    }

    /// How many completions there are.
    pub fn size(&self) -> usize {
        self.variables.iter().map(|(_, options)| options.len()).product()
    }

    /// The missing facts that a policy reads.
    pub fn missing(&self) -> impl Iterator<Item = (FactId, &[Seen])> {
        let base = |(fact, _): &&(FactId, Vec<Seen>)| self.world.lacks(*fact);
        self.variables.iter().filter(base).map(|(fact, options)| (*fact, options.as_slice()))
    }

    /// All completions, the last variable varying fastest.
    fn worlds(&self) -> impl Iterator<Item = World<'p>> {
        (0..self.size()).map(|number| {
            let mut world = self.world.clone();
            let mut rest = number;
            for (fact, options) in self.variables.iter().rev() {
                world.set(*fact, &options[rest % options.len()]);
                rest /= options.len();
            }
            world
        })
    }

    /// What all completions together make of the case.
    pub fn expected(&self) -> Expected {
        let verdicts: Vec<Verdict> = self.worlds().map(|world| world.decide(self.case)).collect();
        let first = &verdicts[0];
        let all = |same: &dyn Fn(&Verdict) -> bool| verdicts.iter().all(same);
        let decided = all(&|verdict| verdict.answer == first.answer).then(|| first.answer.clone());
        let certain =
            first.answer.iter().filter(|(key, value)| all(&|verdict| verdict.answer.get(*key) == Some(value)));
        let mut expected = Expected {
            needs: self.needs(&verdicts),
            certain: if decided.is_some() {
                Map::new()
            } else {
                certain.map(|(k, v)| (k.clone(), v.clone())).collect()
            },
            also: Vec::new(),
            may_also: Vec::new(),
            matches: Vec::new(),
            unmet: Vec::new(),
            window: None,
            decided,
        };
        if expected.decided.is_none() {
            let given = common_outputs(&verdicts);
            expected.certain.remove("outputs");
            if !given.is_empty() {
                expected.certain.insert("outputs".into(), given.into());
            }
        }
        if expected.decided.is_none() {
            return expected;
        }
        let unmet = first.unmet.iter().filter(|id| all(&|verdict| verdict.unmet.contains(id)));
        expected.unmet = unmet.cloned().collect();
        if let Window::Is(window) = &first.window
            && all(&|verdict| verdict.window == first.window)
        {
            expected.window = Some(window.clone());
        }
        // whatever is chosen in some completion is no other match there
        let others = |verdict: &Verdict| -> Vec<Matching> {
            let chosen = &verdict.chosen;
            verdict.matching.iter().filter(|matching| Some(&matching.name) != chosen.as_ref()).cloned().collect()
        };
        let others: Vec<Vec<Matching>> = verdicts.iter().map(others).collect();
        for name in names_in_order(self.world.policy) {
            let found: Vec<&Matching> =
                others.iter().filter_map(|all| all.iter().find(|matching| matching.name == name)).collect();
            if found.is_empty() {
                continue;
            }
            if found.len() < others.len() {
                expected.may_also.push(name);
                continue;
            }
            if matches!(self.world.policy.body, rulebook::policy::Body::Escalations(_)) {
                expected.matches.push(detail(&found));
            }
            expected.also.push(name);
        }
        expected
    }

    /// The places of the rows of a table that match, completion by completion.
    pub fn hits(&self) -> Vec<BTreeSet<String>> {
        self.worlds().map(|world| world.decide(self.case).hits).collect()
    }

    /// Every fact for which two completions that differ in it alone decide differently.
    fn needs(&self, verdicts: &[Verdict]) -> BTreeSet<String> {
        let mut needs = BTreeSet::new();
        let mut stride = 1;
        for (fact, options) in self.variables.iter().rev() {
            let differs = |number: usize| {
                let base = number - number / stride % options.len() * stride;
                verdicts[number].answer != verdicts[base].answer
            };
            if (0..verdicts.len()).any(differs) {
                needs.insert(self.world.vocabulary().fact(*fact).name.clone());
            }
            stride *= options.len();
        }
        needs
    }

    /// How each question of the policy stands, with its rule's id and place.
    pub fn standings(&self) -> Vec<(String, String, Standing)> {
        let questions = questions(self.world.policy);
        let (mut some, mut all) = (vec![false; questions.len()], vec![true; questions.len()]);
        for world in self.worlds() {
            for (at, question) in questions.iter().enumerate() {
                let holds = world.answers(question);
                some[at] |= holds;
                all[at] &= holds;
            }
        }
        let standing = |at: usize| match (some[at], all[at]) {
            (_, true) => Standing::Holds,
            (true, false) => Standing::Open,
            (false, false) => Standing::Fails,
        };
        let named = questions.iter().enumerate().map(|(at, question)| {
            let (id, place) = question.name();
            (id, place, standing(at))
        });
        let mut standings: Vec<(String, String, Standing)> = named.collect();
        standings.sort();
        standings
    }
}

/// The outputs of a table that are the same in all completions.
fn common_outputs(verdicts: &[Verdict]) -> Map<String, Json> {
    let given =
        |verdict: &Verdict| verdict.answer.get("outputs").and_then(Json::as_object).cloned().unwrap_or_default();
    let mut common = given(&verdicts[0]);
    for verdict in verdicts {
        let other = given(verdict);
        common.retain(|name, value| other.get(name) == Some(value));
    }
    common
}

/// What is the same of a match in all completions.
fn detail(found: &[&Matching]) -> Json {
    let first = found[0];
    let mut keys = json!({ "category": first.name });
    if found.iter().all(|matching| matching.outcome == first.outcome) {
        keys["outcome"] = first.outcome.into();
        if let Some(turnaround) = &first.turnaround
            && first.outcome == "escalate"
            && found.iter().all(|matching| matching.turnaround == first.turnaround)
        {
            keys["turnaround"] = turnaround.clone();
        }
        if first.outcome == "escalate" && found.iter().all(|matching| matching.advice == first.advice) {
            for (key, said) in ["actions", "notes"].into_iter().zip(&first.advice) {
                if !said.is_empty() {
                    keys[key] = said.clone().into();
                }
            }
        }
    }
    let sure = first.scenarios.iter().filter(|name| found.iter().all(|matching| matching.scenarios.contains(name)));
    let sure: Vec<&str> = sure.map(String::as_str).collect();
    if !sure.is_empty() {
        keys["scenarios"] = sure.into();
    }
    keys
}

/// The names of types, or of categories by priority.
fn names_in_order(policy: &Policy) -> Vec<String> {
    match &policy.body {
        rulebook::policy::Body::Exceptions(exceptions) => {
            exceptions.types.iter().map(|kind| kind.name.clone()).collect()
        }
        rulebook::policy::Body::Escalations(escalations) => {
            let mut categories: Vec<_> = escalations.categories.iter().collect();
            categories.sort_by_key(|category| -category.priority);
            categories.iter().map(|category| category.name.clone()).collect()
        }
        rulebook::policy::Body::Authorization(policy) => policy.alerts.iter().map(|alert| alert.name.clone()).collect(),
        rulebook::policy::Body::Table(_) | rulebook::policy::Body::Approval(_) => Vec::new(),
    }
}
