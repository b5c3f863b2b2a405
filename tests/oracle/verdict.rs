//! What a policy decides in a world, as a decision's JSON has it.

use std::collections::BTreeSet;

use rulebook::facts::{Case, FactId};
use rulebook::policy::{
    Allowance, Body, Category, Escalations, ExceptionType, Exceptions, Policy, Reason, Rule, Table, TableRow,
    WindowRule, ZoneSource,
};
use rulebook::render::rfc3339;
use rulebook::time::{AtRisk, InHours, Instant, Reckoning};
use serde_json::{Map, Value as Json, json};

use super::world::World;

/// A decision, rule by rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// The keys that make it the same decision or another one.
    pub answer: Map<String, Json>,
    /// What is decided on: a category or type.
    pub chosen: Option<String>,
    /// All categories that match, or types that may be created, in the order in which they are asked.
    pub matching: Vec<Matching>,
    /// The ids of the chosen category's requirements that are not met.
    pub unmet: Vec<String>,
    pub window: Window,
    /// The places of the rows of a table that match.
    pub hits: BTreeSet<String>,
}

/// A category that matches, or a type that may be created.
#[derive(Debug, Clone, PartialEq)]
pub struct Matching {
    pub name: String,
    pub outcome: &'static str,
    pub scenarios: Vec<String>,
    pub turnaround: Option<Json>,
    /// What is to be done, and what is to be known.
    pub advice: [Vec<String>; 2],
}

/// The window that governs.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Window {
    #[default]
    None,
    Is(Json),
    /// Its clock is that of a zone which is not known: no two zones change it at instants that read alike.
    Varies,
}

/// One question that is put to a case.
pub enum Question<'p> {
    When(&'p Rule),
    Open(&'p WindowRule),
}

impl Question<'_> {
    /// The id and the place of the rule that it belongs to.
    pub fn name(&self) -> (String, String) {
        let rule = match self {
            Question::When(rule) => rule,
            Question::Open(window) => &window.rule,
        };
        (rule.id.clone(), rule.place.to_string())
    }
}

/// All questions of a policy.
pub fn questions(policy: &Policy) -> Vec<Question<'_>> {
    match &policy.body {
        Body::Exceptions(exceptions) => exceptions.types.iter().flat_map(questions_of_type).collect(),
        Body::Escalations(escalations) => escalations.categories.iter().flat_map(questions_of_category).collect(),
        Body::Table(table) => all_rows(table).map(|row| Question::When(&row.rule)).collect(),
        Body::Approval(approval) => approval.levels.iter().map(|level| Question::When(&level.rule)).collect(),
        Body::Authorization(policy) => policy.rules().into_iter().map(Question::When).collect(),
    }
}

fn all_rows(table: &Table) -> impl Iterator<Item = &TableRow> {
    table.rows.iter().chain(table.default.as_deref())
}

fn questions_of_type(kind: &ExceptionType) -> Vec<Question<'_>> {
    let mut questions = vec![Question::When(&kind.occasion)];
    questions.extend(kind.reasons.iter().map(|reason| Question::When(&reason.rule)));
    questions.extend(kind.may_create.iter().map(Question::When));
    questions.extend(kind.windows.iter().flat_map(|window| [Question::When(&window.rule), Question::Open(window)]));
    questions
}

fn questions_of_category(category: &Category) -> Vec<Question<'_>> {
    let mut rules = vec![&category.rule];
    rules.extend(category.scenarios.iter().map(|scenario| &scenario.rule));
    rules.extend(category.redirects.iter().map(|redirect| &redirect.rule));
    rules.extend(category.requires.iter().map(|requirement| &requirement.rule));
    rules.extend(category.turnaround.iter().map(|row| &row.rule));
    rules.into_iter().map(Question::When).collect()
}

/// What becomes of one type.
enum Fate<'p> {
    Nothing,
    NotPermitted,
    Closed(&'p WindowRule),
    Created(Option<&'p Reason>, Option<&'p WindowRule>),
}

impl<'p> World<'p> {
    /// The answer to one question.
    pub fn answers(&self, question: &Question<'_>) -> bool {
        match question {
            Question::When(rule) => self.holds(&rule.when),
            Question::Open(window) => self.is_open(window),
        }
    }

    pub fn decide(&self, case: &Case) -> Verdict {
        match &self.policy.body {
            Body::Exceptions(exceptions) => self.exceptions(exceptions, case),
            Body::Escalations(escalations) => self.escalations(escalations, case),
            Body::Table(table) => super::table::decide(self, table),
            Body::Authorization(policy) => super::authorization::decide(self, policy, case),
            Body::Approval(_) => unreachable!("requests are followed through events, which this oracle has none of"),
        }
    }

    /// A window in the zone of a fact that nobody reported is closed.
    fn is_open(&self, window: &WindowRule) -> bool {
        let zone = match &window.zone {
            ZoneSource::Fact(fact) => self.zone(*fact),
            ZoneSource::Fixed(zone) => Some(zone.clone()),
        };
        zone.is_some_and(|zone| window.open.contains(&zone, self.at))
    }

    fn window(&self, rule: &WindowRule) -> Window {
        let (zone, tried) = match &rule.zone {
            ZoneSource::Fact(fact) => (self.zone(*fact), self.is_tried(*fact)),
            ZoneSource::Fixed(zone) => (Some(zone.clone()), false),
        };
        let Some(zone) = zone else { return Window::None };
        let state = rule.open.state(&zone, self.at);
        let mut shown = json!({ "name": rule.name, "open": state.open });
        if let Some(changes) = state.changes {
            if tried {
                return Window::Varies;
            }
            let key = if state.open { "until" } else { "opens" };
            let mut text = String::new();
            changes.format(zone.offset_at(changes), &mut text);
            shown[key] = text.into();
        }
        Window::Is(shown)
    }

    fn exceptions(&self, exceptions: &'p Exceptions, case: &Case) -> Verdict {
        let asked: Vec<&ExceptionType> = match case.wanted_type() {
            Some(name) => exceptions.types.iter().filter(|kind| kind.name == name).collect(),
            None => exceptions.types.iter().filter(|kind| !kind.by_hand).collect(),
        };
        let fates: Vec<(&ExceptionType, Fate<'_>)> = asked.into_iter().map(|kind| (kind, self.fate(kind))).collect();
        let mut verdict = Verdict::default();
        for (kind, _) in fates.iter().filter(|(_, fate)| matches!(fate, Fate::Created(..))) {
            let name = kind.name.clone();
            let outcome = "create_exception";
            verdict.matching.push(Matching {
                name,
                outcome,
                scenarios: Vec::new(),
                turnaround: None,
                advice: Default::default(),
            });
        }
        let created = fates.iter().find(|(_, fate)| matches!(fate, Fate::Created(..)));
        let called_for = || fates.iter().find(|(_, fate)| !matches!(fate, Fate::Nothing));
        let Some((kind, fate)) = created.or_else(called_for) else {
            verdict.answer.insert("outcome".into(), "no_exception".into());
            return verdict;
        };
        verdict.chosen = Some(kind.name.clone());
        let outcome = match fate {
            Fate::Nothing => unreachable!(),
            Fate::NotPermitted => "not_permitted",
            Fate::Closed(window) => {
                verdict.window = self.window(window);
                &window.otherwise
            }
            Fate::Created(reason, window) => {
                verdict.window = window.map_or(Window::None, |window| self.window(window));
                verdict.answer.insert("exception".into(), created_exception(kind, *reason));
                "create_exception"
            }
        };
        verdict.answer.insert("outcome".into(), outcome.into());
        verdict
    }

    /// Reasons, then who may create, then windows.
    fn fate(&self, kind: &'p ExceptionType) -> Fate<'p> {
        let reason = kind.reasons.iter().find(|reason| self.holds(&reason.rule.when));
        if !self.holds(&kind.occasion.when) || (reason.is_none() && !kind.reasons.is_empty()) {
            return Fate::Nothing;
        }
        if kind.may_create.as_ref().is_some_and(|rule| !self.holds(&rule.when)) {
            return Fate::NotPermitted;
        }
        match kind.windows.iter().find(|window| self.holds(&window.rule.when)) {
            Some(window) if !self.is_open(window) => Fate::Closed(window),
            window => Fate::Created(reason, window),
        }
    }

    fn escalations(&self, escalations: &'p Escalations, case: &Case) -> Verdict {
        let mut verdict = Verdict::default();
        let mut by_priority: Vec<&Category> = escalations.categories.iter().collect();
        by_priority.sort_by_key(|category| -category.priority);
        by_priority.retain(|category| self.matches(category));
        for category in &by_priority {
            verdict.matching.push(Matching {
                name: category.name.clone(),
                outcome: self.outcome(category),
                scenarios: self.scenarios(category).map(|scenario| scenario.name.clone()).collect(),
                turnaround: self.turnaround(category).map(|within| self.due(within, case)),
                advice: self.advice(category),
            });
        }
        let ready = by_priority.iter().find(|category| self.outcome(category) == "escalate");
        let Some(category) = ready.or(by_priority.first()) else {
            verdict.answer.insert("outcome".into(), "no_escalation".into());
            return verdict;
        };
        verdict.chosen = Some(category.name.clone());
        let outcome = self.outcome(category);
        let mut keys = json!({ "outcome": outcome, "category": category.name });
        if let Some(title) = &category.captions.title {
            keys["title"] = title.as_str().into();
        }
        match outcome {
            "escalate" => {
                if let Some(within) = self.turnaround(category) {
                    keys["turnaround"] = self.due(within, case);
                }
                let [actions, notes] = self.advice(category);
                for (key, said) in [("actions", actions), ("notes", notes)] {
                    if !said.is_empty() {
                        keys[key] = said.into();
                    }
                }
            }
            "redirect" => {
                let redirect = category.redirects.iter().find(|redirect| self.holds(&redirect.rule.when)).unwrap();
                keys["redirect"] = json!({ "to": redirect.to });
                if let Some(because) = &redirect.because {
                    keys["redirect"]["because"] = because.as_str().into();
                }
            }
            _ => {
                let failing = category.requires.iter().filter(|requirement| !self.holds(&requirement.rule.when));
                verdict.unmet = failing.map(|requirement| requirement.rule.id.clone()).collect();
            }
        }
        let Json::Object(answer) = keys else { unreachable!() };
        verdict.answer = answer;
        verdict
    }

    fn advice(&self, category: &'p Category) -> [Vec<String>; 2] {
        let actions = self.scenarios(category).flat_map(|scenario| &scenario.actions);
        let notes = self.scenarios(category).flat_map(|scenario| &scenario.notes);
        let said = |own: &[String], more: Vec<&String>| {
            once_each(own.iter().chain(more)).iter().map(ToString::to_string).collect()
        };
        [said(&category.actions, actions.collect()), said(&category.notes, notes.collect())]
    }

    fn scenarios(&self, category: &'p Category) -> impl Iterator<Item = &'p rulebook::policy::Scenario> {
        category.scenarios.iter().filter(|scenario| self.holds(&scenario.rule.when))
    }

    fn matches(&self, category: &'p Category) -> bool {
        let any_scenario = category.scenarios.is_empty() || self.scenarios(category).next().is_some();
        self.holds(&category.rule.when) && any_scenario
    }

    fn outcome(&self, category: &Category) -> &'static str {
        if category.redirects.iter().any(|redirect| self.holds(&redirect.rule.when)) {
            "redirect"
        } else if category.requires.iter().all(|requirement| self.holds(&requirement.rule.when)) {
            "escalate"
        } else {
            "not_ready"
        }
    }

    fn turnaround(&self, category: &'p Category) -> Option<&'p Allowance> {
        category.turnaround.iter().find(|row| self.holds(&row.rule.when))?.allowed.as_ref()
    }

    /// When something is due: counting time is not the oracle's business.
    pub(super) fn due(&self, allowed: &Allowance, case: &Case) -> Json {
        self.due_from(allowed, case, case.received())
    }

    pub(super) fn due_from(&self, allowed: &Allowance, case: &Case, from: Instant) -> Json {
        let Allowance { within, clock } = allowed;
        let calendar = self.policy.calendar.as_deref();
        let reckoned = case.clock().reckon(within, calendar, clock, from, case.at());
        let Reckoning { due, state, used, left, at_risk, breached, met, ran_through } =
            reckoned.expect("no case lies beyond the calendar");
        let shown = |at| {
            let offset = calendar.map_or(case.at_offset(), |calendar| calendar.zone().offset_at(at));
            rfc3339(rulebook::engine::Stamp { at, offset })
        };
        let mut keys = json!({ "within": within.to_string() });
        if let Some(target) = due.target {
            keys["target"] = shown(target).into();
        }
        keys["limit"] = shown(due.limit).into();
        if case.clock().is_empty() && at_risk.is_empty() {
            return keys;
        }
        keys["clock"] = json!({
            "state": state.word(),
            "used": InHours(used).to_string(),
            "left": InHours(left).to_string(),
            "breached": breached,
        });
        let risk =
            |risk: &AtRisk| json!({ "share": risk.share.to_string(), "at": shown(risk.at), "reached": risk.reached });
        if !at_risk.is_empty() {
            keys["clock"]["at_risk"] = at_risk.iter().map(risk).collect();
        }
        if let Some(met) = met {
            keys["clock"]["met"] = met.into();
        }
        if ran_through {
            keys["clock"]["pauses_count"] = false.into();
        }
        keys
    }
}

fn once_each<'p>(words: impl Iterator<Item = &'p String>) -> Vec<&'p str> {
    let mut said: Vec<&str> = Vec::new();
    for word in words {
        if !said.contains(&word.as_str()) {
            said.push(word);
        }
    }
    said
}

fn created_exception(kind: &ExceptionType, reason: Option<&Reason>) -> Json {
    let mut keys = json!({ "type": kind.name, "status": kind.opens_as });
    if let Some(reason) = reason {
        keys["reason"] = reason.name.as_str().into();
        keys["comment"] = reason.comment.as_str().into();
    }
    if !kind.notifies.is_empty() {
        keys["notifies"] = kind.notifies.clone().into();
    }
    if let Some(worked_by) = &kind.worked_by {
        keys["worked_by"] = worked_by.as_str().into();
    }
    keys
}

/// The facts that a policy's rules and windows read, each derived one with its parts.
pub fn facts_read(policy: &Policy) -> Vec<FactId> {
    let mut facts: Vec<FactId> = Vec::new();
    for question in questions(policy) {
        match question {
            Question::When(rule) => facts.extend(rule.when.tests().iter().map(|test| test.fact)),
            Question::Open(window) => {
                if let ZoneSource::Fact(fact) = window.zone {
                    facts.push(fact);
                }
            }
        }
    }
    let parts =
        |fact: &FactId| policy.vocabulary.fact(*fact).formula.iter().flat_map(|f| f.parts()).collect::<Vec<_>>();
    let parts: Vec<FactId> = facts.iter().flat_map(parts).collect();
    facts.extend(parts);
    facts.sort_unstable();
    facts.dedup();
    facts
}
