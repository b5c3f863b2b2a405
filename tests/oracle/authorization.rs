//! What an authorization policy decides in a world, section by section as its page tells.

use rulebook::facts::{Case, Value};
use rulebook::policy::{Authorization, Demand, Field, Needed, Paper, Requirement, Rule};
use rulebook::time::Instant;
use serde_json::{Map, Value as Json, json};

use super::verdict::{Matching, Verdict};
use super::world::World;

pub fn decide(world: &World<'_>, policy: &Authorization, case: &Case) -> Verdict {
    let mut verdict = Verdict::default();
    for alert in policy.alerts.iter().filter(|alert| world.holds(&alert.rule.when)) {
        verdict.matching.push(Matching {
            name: alert.name.clone(),
            outcome: "",
            scenarios: Vec::new(),
            turnaround: None,
            advice: Default::default(),
        });
    }
    let unserved = failing(world, policy.serves.iter());
    let satisfied = !policy.serves.is_empty() && unserved.is_empty();
    let row = policy.required.iter().find(|row| world.holds(&row.rule.when));
    let asked = Asked { world, policy, case };
    verdict.answer = asked.answer(row, satisfied, &mut verdict.unmet);
    let is_told = |field| policy.reads.fact(field).is_some_and(|fact| case.value(fact).is_some());
    let told = [Field::Status, Field::DateOfService, Field::Units].into_iter().all(is_told);
    if verdict.answer["outcome"] != "satisfied" && told {
        verdict.unmet.extend(unserved);
    }
    verdict
}

/// The ids of the requirements that are not met.
fn failing<'p>(world: &World<'_>, requirements: impl Iterator<Item = &'p Requirement>) -> Vec<String> {
    let failing = requirements.filter(|requirement| !world.holds(&requirement.rule.when));
    failing.map(|requirement| requirement.rule.id.clone()).collect()
}

struct Asked<'w, 'p> {
    world: &'w World<'p>,
    policy: &'w Authorization,
    case: &'w Case,
}

impl Asked<'_, '_> {
    fn holds(&self, rule: &Rule) -> bool {
        self.world.holds(&rule.when)
    }

    fn answer(&self, row: Option<&Demand>, satisfied: bool, unmet: &mut Vec<String>) -> Map<String, Json> {
        let mut keys = Map::new();
        let Some(row) = row else {
            keys.insert("outcome".into(), "ask_payer".into());
            return keys;
        };
        let put = |keys: &mut Map<String, Json>, key: &str, words: Vec<String>| {
            if !words.is_empty() {
                keys.insert(key.into(), words.into());
            }
        };
        if row.answer == Needed::NotRequired {
            keys.insert("outcome".into(), "not_required".into());
            put(&mut keys, "actions", row.actions.clone());
            put(&mut keys, "notes", row.notes.clone());
            return keys;
        }
        let outcome = match (satisfied, row.answer) {
            (true, _) => "satisfied",
            (false, Needed::AskPayer) => "ask_payer",
            (false, _) => {
                let sent = self.policy.submitted.as_ref().is_some_and(|rule| self.holds(rule));
                let lacking = failing(self.world, self.papers(row).chain(&self.policy.before));
                if sent || lacking.is_empty() {
                    "required"
                } else {
                    unmet.extend(lacking);
                    "documents_needed"
                }
            }
        };
        keys.insert("outcome".into(), outcome.into());
        if !satisfied {
            put(&mut keys, "documents", names(&self.policy.documents, &row.documents));
            put(&mut keys, "forms", names(&self.policy.forms, &row.forms));
        }
        match self.policy.next.iter().find(|step| self.holds(&step.rule)) {
            Some(step) => {
                keys.insert("next".into(), json!({ "name": step.name }));
                if let Some(title) = &step.captions.title {
                    keys["next"]["title"] = title.as_str().into();
                }
                if let (Some(repeats), Some(allowed)) = (step.repeats, &step.allowed) {
                    keys["next"]["every"] = allowed.within.to_string().into();
                    if let Some(most) = repeats.at_most {
                        keys["next"]["at_most"] = most.into();
                    }
                }
                if let Some(allowed) = &step.allowed {
                    keys.insert("turnaround".into(), self.world.due(allowed, self.case));
                }
                put(&mut keys, "actions", step.actions.clone());
                put(&mut keys, "notes", step.notes.clone());
            }
            None if satisfied => {}
            None => {
                put(&mut keys, "actions", row.actions.clone());
                put(&mut keys, "notes", row.notes.clone());
            }
        }
        let decides = self.policy.determination.iter().find(|row| self.holds(&row.rule));
        if let (Some(allowed), "required") = (decides.and_then(|row| row.allowed.as_ref()), outcome) {
            keys.insert("determination".into(), self.world.due_from(allowed, self.case, self.sent_at()));
        }
        keys
    }

    /// When the request went out: on the day that is told, at its end unless the case came in on the same day.
    fn sent_at(&self) -> Instant {
        let told = self.policy.reads.fact(Field::SubmittedOn).and_then(|fact| self.case.value(fact));
        let (Some(Value::Date(day)), Some(calendar)) = (told, &self.world.policy.calendar) else {
            return self.case.received();
        };
        let zone = calendar.zone();
        if zone.to_local(self.case.received()).date() == *day {
            return self.case.received();
        }
        let mut last = self.case.at();
        // nearly all of the way at once, then hour by hour, at last second by second
        let days = (zone.to_local(last).date() - *day).num_days() - 2;
        last = last.checked_add(-days.max(0) * 86_400).unwrap();
        while zone.to_local(last).date() > *day {
            let earlier = last.checked_add(-3_600).unwrap();
            let step = if zone.to_local(earlier).date() > *day { 3_600 } else { 1 };
            last = last.checked_add(-step).unwrap();
        }
        last
    }

    fn papers<'r>(&'r self, row: &'r Demand) -> impl Iterator<Item = &'r Requirement> {
        let documents = row.documents.iter().map(|number| &self.policy.documents[*number]);
        let forms = row.forms.iter().map(|number| &self.policy.forms[*number]);
        documents.chain(forms).map(|paper| &paper.requirement)
    }
}

fn names(papers: &[Paper], numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(|number| papers[*number].name.clone()).collect()
}
