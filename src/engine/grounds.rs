//! Why: the rules that a decision rests on, with their places and the facts that made them apply.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::facts::{Case, Event, FactId, Kind, Ordinal, Reading, Value};
use crate::program::{Facts, Program, RuleId, Truth};

/// A rule that a decision rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground<'a> {
    /// The rule's id within its policy; where no rule applies, the key that all of them stand under.
    pub rule: &'a str,
    /// `path:line:column`.
    pub place: &'a str,
    /// Whether it holds.
    pub holding: Holding,
    /// The facts that made it hold, or that it was held against: mostly one or two.
    pub facts: SmallVec<[Given<'a>; 2]>,
}

/// How a ground stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// The rule holds.
    Holds,
    /// The rule does not hold: a permission that is not given, a requirement that is not met.
    Fails,
    /// None of the rules under this key holds.
    NoneHolds,
}

/// A fact with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Given<'a> {
    /// The fact's name.
    pub name: &'a str,
    /// Its type.
    pub kind: &'a Kind,
    /// Its value, borrowed or computed.
    pub value: Cow<'a, Value>,
}

/// What a decision rests on, before anybody asks for its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Because {
    /// A rule that holds.
    Holds(RuleId),
    /// A rule that does not, such as a permission that is not given.
    Fails(RuleId),
    /// No rule at all applies.
    Nothing,
}

/// What a decision rests on: few things.
pub(super) type Reasons = SmallVec<[Because; 4]>;

/// What a case says of a fact, defaults and derived facts included; `None` if nothing.
pub(super) fn given<'a>(program: &'a Program, case: &'a Case, id: FactId) -> Option<Given<'a>> {
    let fact = program.vocabulary().fact(id);
    let value = match program.vocabulary().reading(case, id) {
        Reading::Value(value) => Cow::Borrowed(value),
        Reading::Derived(Ordinal::Exact(number)) => Cow::Owned(Value::Decimal(number.normalize())),
        Reading::Derived(Ordinal::Whole(number)) if fact.kind == Kind::Duration => Cow::Owned(Value::Duration(number)),
        Reading::Derived(Ordinal::Whole(number)) => Cow::Owned(Value::Integer(number)),
        Reading::Absent | Reading::Unknown => return None,
    };
    Some(Given { name: &fact.name, kind: &fact.kind, value })
}

/// The facts that came with an event.
pub fn event_facts<'a>(program: &'a Program, event: &'a Event) -> Vec<Given<'a>> {
    let vocabulary = program.vocabulary();
    let facts = event.facts.iter().map(|(id, value)| (vocabulary.fact(id), value));
    facts.map(|(fact, value)| Given { name: &fact.name, kind: &fact.kind, value: Cow::Borrowed(value) }).collect()
}

/// The same, whatever becomes of the case.
pub(super) fn given_for_good<'a>(program: &'a Program, case: &Case, id: FactId) -> Option<Given<'a>> {
    let fact = program.vocabulary().fact(id);
    let value = given(program, case, id)?.value.into_owned();
    Some(Given { name: &fact.name, kind: &fact.kind, value: Cow::Owned(value) })
}

/// A rule that was read for a case that is gone by the time at which somebody asks.
pub(super) fn ground<'a>(program: &'a Program, case: &Case, truth: &Truth, id: RuleId, holding: Holding) -> Ground<'a> {
    let rule = program.rule(id);
    let facts = match holding {
        Holding::Holds => program.facts_told(truth, id),
        Holding::Fails | Holding::NoneHolds => Cow::Borrowed(rule.facts.as_slice()),
    };
    let facts = facts.iter().filter_map(|fact| given_for_good(program, case, *fact)).collect();
    Ground { rule: &rule.id, place: &rule.place_text, holding, facts }
}

/// The grounds in full. Rules of one id and place, such as the two questions of a window, become one ground.
pub(super) fn resolve<'a>(program: &'a Program, case: &'a Case, truth: &Truth, because: &[Because]) -> Vec<Ground<'a>> {
    let mut grounds: Vec<Ground<'a>> = Vec::with_capacity(because.len());
    for reason in because {
        let (rule, place, holding, facts) = match reason {
            Because::Holds(id) => {
                let rule = program.rule(*id);
                (rule.id.as_str(), rule.place_text.as_str(), Holding::Holds, program.facts_told(truth, *id))
            }
            Because::Fails(id) => {
                let rule = program.rule(*id);
                let mut facts = Facts::from_slice(&rule.facts);
                // of a window that is closed: the fact that names the zone
                program.add_rows(truth, rule.rows.clone(), &mut facts);
                (rule.id.as_str(), rule.place_text.as_str(), Holding::Fails, Cow::Owned(facts.into_vec()))
            }
            Because::Nothing => {
                let mut facts: Facts = program.rules().iter().flat_map(|rule| rule.facts.iter().copied()).collect();
                facts.sort_unstable();
                facts.dedup();
                // what was given and is read by some rule: no rule applies to it
                facts.retain(|fact| case.value(*fact).is_some());
                (
                    program.policy().body.section(),
                    program.place_text(),
                    Holding::NoneHolds,
                    Cow::Owned(facts.into_vec()),
                )
            }
        };
        let told = facts.iter().filter_map(|id| given(program, case, *id));
        match grounds.iter_mut().find(|ground| ground.rule == rule && ground.place == place) {
            Some(ground) => {
                for fact in told {
                    if !ground.facts.contains(&fact) {
                        ground.facts.push(fact);
                    }
                }
            }
            None => grounds.push(Ground { rule, place, holding, facts: told.collect() }),
        }
    }
    grounds
}
