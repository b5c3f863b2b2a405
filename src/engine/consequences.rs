//! Works out everything that follows from an answer: deadlines, windows, what is unmet, what else matches.

use std::cell::{OnceCell, RefCell};

use crate::facts::{Case, FactId, Fault, Reading, Value};
use crate::hook::HookFault;
use crate::policy::{Category, Requirement, WindowRule, ZoneSource};
use crate::program::{Answers, CategoryRules, Completion, Now, Program, Region, RuleId, Truth};
use crate::time::{Due, Instant};

use super::answer::{Allowed, Certain};
use super::asked::{Asked, Leaf};
use super::authorization::{self, Beside};
use super::decision::{ClockFace, Deadline, Decision, Match, Open, Others, Stamp, Unmet, WindowState};
use super::due::{beyond, stamp};
use super::grounds::{Because, Reasons, given};
use super::{escalations, exceptions, needs, walk};

/// A case as a program sees it, for what follows from its answer.
pub(super) struct Consequences<'s, 'a> {
    program: &'a Program,
    case: &'a Case,
    now: &'s Now<'a>,
    answers: &'s Answers,
    closer: OnceCell<Closer<'a>>,
    /// The hooks without an answer that something hung on.
    hooks: RefCell<Vec<usize>>,
    /// Whether a decision that hangs on a hook is given all the same, so that the hook can be asked and the case be
    /// decided anew.
    tentative: bool,
}

/// A closer look at missing facts: what each of them may turn out to be, and the region that they span.
struct Closer<'a> {
    region: Region<'a>,
    completions: Vec<Completion>,
}

impl<'s, 'a> Consequences<'s, 'a> {
    pub fn new(program: &'a Program, case: &'a Case, now: &'s Now<'a>, answers: &'s Answers) -> Consequences<'s, 'a> {
        Consequences {
            program,
            case,
            now,
            answers,
            closer: OnceCell::new(),
            hooks: RefCell::default(),
            tentative: false,
        }
    }

    /// The decision. Hooks that it hangs on are asked first, each of them once.
    ///
    /// # Errors
    /// A date beyond the calendar.
    #[inline]
    pub fn decided(&self, asked: &Asked<'a>) -> Result<Decision<'a>, Fault> {
        let truth = self.program.first_sight(self.case, self.now, self.answers)?;
        // most missing facts do not matter: then first sight is enough
        match asked.ask(&truth) {
            Ok(leaf) => self.decision(asked, truth, leaf, &[]),
            Err(_) => self.decided_closer(asked),
        }
    }

    /// The decision by a closer look.
    fn decided_closer(&self, asked: &Asked<'a>) -> Result<Decision<'a>, Fault> {
        let Closer { region, completions } = self.closer()?;
        let truth = region.truth().clone();
        let leaves = walk::leaves(region, completions, &|truth: &Truth| asked.ask(truth));
        self.note_hooks(region, completions, &|truth: &Truth| {
            asked.ask(truth).map(|leaf| (leaf.answer, leaf.window.map(|window| &window.name)))
        });
        match leaves {
            Some(mut leaves) if agree(&leaves) && !leaves.is_empty() => {
                let first = leaves.remove(0);
                self.decision(asked, truth, first, &leaves)
            }
            leaves => {
                let answers = |truth: &Truth| asked.ask(truth).map(|leaf| leaf.answer);
                let needs = needs::needs(region, completions, &answers, &asked.at_stake(self.program, &truth));
                let names = needs.into_iter().map(|fact| self.program.vocabulary().fact(fact).name.as_str()).collect();
                let leaves = leaves.unwrap_or_default();
                let certain = Certain::common(&leaves.iter().map(|leaf| &leaf.answer).collect::<Vec<_>>());
                self.undetermined(asked, truth, names, certain)
            }
        }
    }

    /// The decision once the hooks are asked on which it hangs, of which this is the first.
    #[cold]
    fn decided_asking(&self, asked: &Asked<'a>, mut hook: usize) -> Result<Decision<'a>, Fault> {
        let mut answers = self.answers.clone();
        loop {
            // each hook is asked at most once, so this comes to an end
            self.program.ask(self.case, &mut answers, hook);
            let known = Consequences::new(self.program, self.case, self.now, &answers);
            let known = Consequences { tentative: true, ..known };
            let decision = known.decided(asked);
            hook = match known.wanted().filter(|_| decision.is_ok()) {
                Some(hook) => hook,
                None => return decision,
            };
        }
    }

    /// The closer look, taken once and only if somebody asks.
    fn closer(&self) -> Result<&Closer<'a>, Fault> {
        if let Some(closer) = self.closer.get() {
            return Ok(closer);
        }
        let completions = self.program.completions(self.case, self.now, self.answers);
        let region = self.program.region(self.case, self.now, self.answers, &completions)?;
        Ok(self.closer.get_or_init(|| Closer { region, completions }))
    }

    /// What every completion gives; `None` if they differ.
    fn agreed<T: PartialEq>(&self, truth: &Truth, ask: impl Fn(&Truth) -> Result<T, RuleId>) -> Option<T> {
        ask(truth).ok().or_else(|| {
            // a case that first sight could read has no fault at a closer look
            let Closer { region, completions } = self.closer().ok()?;
            walk::agreed(region, completions, &ask).or_else(|| {
                self.note_hooks(region, completions, &ask);
                None
            })
        })
    }

    /// Notes the hooks without an answer that a question hangs on.
    fn note_hooks<T: PartialEq>(
        &self,
        region: &Region<'a>,
        completions: &[Completion],
        ask: &impl Fn(&Truth) -> Result<T, RuleId>,
    ) {
        if self.program.hook_count() > 0 {
            self.hooks.borrow_mut().extend(needs::hooks(region, completions, ask));
        }
    }

    /// The first hook that is to be asked before anything is decided.
    fn wanted(&self) -> Option<usize> {
        self.hooks.borrow().iter().copied().find(|number| self.answers.fault(*number).is_none())
    }

    /// The same, unless the decision is given before it is asked.
    fn to_ask(&self) -> Option<usize> {
        if self.tentative { None } else { self.wanted() }
    }

    /// The faults of the hooks that something hangs on.
    fn faults(&self) -> Vec<HookFault> {
        if self.hooks.borrow().is_empty() {
            return Vec::new();
        }
        let mut numbers = self.hooks.borrow().clone();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.answers.fault(number).cloned()).collect()
    }

    /// The decision on a case that waits for facts.
    fn undetermined(
        &self,
        asked: &Asked<'a>,
        truth: Truth,
        needs: Vec<&'a str>,
        certain: Certain<'a>,
    ) -> Result<Decision<'a>, Fault> {
        if let Some(hook) = self.to_ask() {
            return self.decided_asking(asked, hook);
        }
        let deadline = certain.keys.turnaround.map(|allowed| self.deadline(allowed)).transpose()?;
        let determination = certain.keys.course.as_deref().and_then(|course| course.determination);
        let determination = determination.map(|allowed| self.determination(allowed)).transpose()?;
        let open = Open { needs, certain, deadline, determination };
        let plain = Decision::undetermined(self.program, self.case, truth, open);
        Ok(Decision { answers: self.answers.clone(), others: Others::of_faults(self.faults()), ..plain })
    }

    /// The decision on which all these leaves agree.
    #[inline]
    fn decision(
        &self,
        asked: &Asked<'a>,
        truth: Truth,
        first: Leaf<'a>,
        others: &[Leaf<'a>],
    ) -> Result<Decision<'a>, Fault> {
        // a window that differs between completions is left out
        let window = first.window.filter(|window| others.iter().all(|leaf| leaf.window == Some(window)));
        let deadline = first.answer.keys.turnaround.map(|allowed| self.deadline(allowed)).transpose()?;
        let mut beside = match asked {
            Asked::Exceptions(asked) => self.other_types(asked, &truth, &first),
            Asked::Escalations(asked) => self.other_categories(asked, &truth, &first)?,
            Asked::Table(asked) => {
                let fails = |rule| self.agreed(&truth, |truth| self.program.holds(truth, rule)) == Some(false);
                let conflict = asked.conflict(&first.answer, |rule| !fails(rule));
                (!conflict.is_empty()).then(|| Box::new(Others { conflict, ..Others::default() }))
            }
            Asked::Authorization(asked) => Some(self.beside(asked, &truth, &first)?),
        };
        if let Some(hook) = self.to_ask() {
            return self.decided_asking(asked, hook);
        }
        let faults = self.faults();
        if !faults.is_empty() {
            beside.get_or_insert_default().faults = faults;
        }
        Ok(Decision {
            program: self.program,
            case: self.case,
            truth,
            grounds: common_grounds(first.grounds, others),
            answers: self.answers.clone(),
            answer: first.answer,
            deadline,
            window: window.and_then(|window| self.window(window)),
            others: beside,
            open: None,
            request: None,
        })
    }

    fn other_types(&self, asked: &exceptions::Asked<'a>, truth: &Truth, first: &Leaf<'a>) -> Option<Box<Others<'a>>> {
        let mut others: Option<Box<Others<'a>>> = None;
        for (kind, rules) in asked.others(first.chosen) {
            match self.agreed(truth, |truth| asked.creates(truth, kind, rules)) {
                Some(true) => others.get_or_insert_default().also.push(&kind.name),
                Some(false) => {}
                None => others.get_or_insert_default().may_also.push(&kind.name),
            }
        }
        others
    }

    fn other_categories(
        &self,
        asked: &escalations::Asked<'a>,
        truth: &Truth,
        first: &Leaf<'a>,
    ) -> Result<Option<Box<Others<'a>>>, Fault> {
        let mut others: Option<Box<Others<'a>>> = None;
        for (number, category, rules) in asked.possible(truth) {
            if Some(number) == first.chosen {
                if first.answer.outcome == escalations::Standing::NotReady.outcome() {
                    others.get_or_insert_default().unmet = self.unmet(truth, category, rules);
                }
                continue;
            }
            match self.agreed(truth, |truth| asked.matches(truth, rules)) {
                Some(true) => {
                    let others = others.get_or_insert_default();
                    others.also.push(&category.name);
                    others.matches.push(self.other_match(asked, truth, category, rules)?);
                }
                Some(false) => {}
                None => others.get_or_insert_default().may_also.push(&category.name),
            }
        }
        Ok(others)
    }

    /// The requirements that no completion meets.
    fn unmet(&self, truth: &Truth, category: &'a Category, rules: &CategoryRules) -> Vec<Unmet<'a>> {
        let requirements = category.requires.iter().zip(&rules.requires);
        requirements.filter_map(|(requirement, rule)| self.failing(truth, requirement, *rule)).collect()
    }

    /// A requirement, if no completion meets it.
    fn failing(&self, truth: &Truth, requirement: &'a Requirement, rule: RuleId) -> Option<Unmet<'a>> {
        let fails = self.agreed(truth, |truth| self.program.holds(truth, rule)) == Some(false);
        let rule = self.program.rule(rule);
        // what a default says nobody has given; what is computed was given in parts
        let computed = |fact: FactId| self.program.vocabulary().fact(fact).formula.is_some();
        let told = rule.facts.iter().filter(|fact| self.case.value(**fact).is_some() || computed(**fact));
        let facts = told.filter_map(|fact| given(self.program, self.case, *fact));
        fails.then(|| Unmet { rule: &rule.id, say: &requirement.say, facts: facts.collect() })
    }

    /// What stands beside the answer of an authorization.
    fn beside(
        &self,
        asked: &authorization::Asked<'a>,
        truth: &Truth,
        first: &Leaf<'a>,
    ) -> Result<Box<Others<'a>>, Fault> {
        let mut others = Box::<Others<'a>>::default();
        let mut beside = Beside::default();
        if first.answer.outcome == authorization::DOCUMENTS_NEEDED {
            let row = first.chosen.and_then(|row| asked.authorization.required.get(row));
            let needed = row.into_iter().flat_map(|row| asked.needed(row));
            others.unmet = needed.filter_map(|(one, rule)| self.failing(truth, one, rule)).collect();
        }
        if first.answer.outcome != authorization::SATISFIED && asked.has_candidate(self.case) {
            let demands = asked.authorization.serves.iter().zip(&asked.rules.serves);
            beside.not_served = demands.filter_map(|(one, rule)| self.failing(truth, one, *rule)).collect();
        }
        let determination = first.answer.keys.course.as_deref().and_then(|course| course.determination);
        beside.determination = determination.map(|allowed| self.determination(allowed)).transpose()?;
        for (alert, rule) in asked.authorization.alerts.iter().zip(&asked.rules.alerts) {
            match self.agreed(truth, |truth| self.program.holds(truth, *rule)) {
                Some(true) => beside.alerts.push(alert),
                Some(false) => {}
                None => beside.may_alert.push(&alert.name),
            }
        }
        beside.renewal = authorization::renewal(self.program, self.case)?;
        others.beside = Some(Box::new(beside));
        Ok(others)
    }

    fn other_match(
        &self,
        asked: &escalations::Asked<'a>,
        truth: &Truth,
        category: &'a Category,
        rules: &CategoryRules,
    ) -> Result<Match<'a>, Fault> {
        let outcome = self.agreed(truth, |truth| asked.standing(truth, rules).map(escalations::Standing::outcome));
        let ready = outcome == Some(escalations::Standing::Ready.outcome());
        let ask = |truth: &Truth| Ok(asked.turnaround(truth, category, rules)?.and_then(|(_, allowed)| allowed));
        let allowed = if ready { self.agreed(truth, ask).flatten() } else { None };
        let advice = if ready { self.agreed(truth, |truth| asked.advice(truth, category, rules)) } else { None };
        let escalations::Advice { actions, notes } = advice.unwrap_or_default();
        let scenarios = category.scenarios.iter().zip(&rules.scenarios);
        let sure =
            scenarios.filter(|(_, rule)| self.agreed(truth, |truth| self.program.holds(truth, **rule)) == Some(true));
        Ok(Match {
            category: &category.name,
            outcome,
            scenarios: sure.map(|(scenario, _)| scenario.name.as_str()).collect(),
            deadline: allowed.map(|allowed| self.deadline(allowed)).transpose()?,
            actions,
            notes,
        })
    }

    /// When something received with the case is due.
    fn deadline(&self, allowed: Allowed<'a>) -> Result<Deadline<'a>, Fault> {
        self.deadline_from(allowed, self.case.received(), "`received`")
    }

    /// When the payer has to decide on the request of a case.
    fn determination(&self, allowed: Allowed<'a>) -> Result<Deadline<'a>, Fault> {
        let (from, start) = authorization::sent_at(self.program, self.case);
        self.deadline_from(allowed, from, start)
    }

    fn deadline_from(&self, allowed: Allowed<'a>, from: Instant, start: &str) -> Result<Deadline<'a>, Fault> {
        let within = &allowed.allowance.within;
        let calendar = self.program.policy().calendar.as_deref();
        let stamp = |at| stamp(self.program, self.case, at);
        let rules = &allowed.allowance.clock;
        let reckoned = if self.case.clock().is_empty() && rules.at_risk.is_empty() {
            within.due(calendar, from).map(|due| (due, None))
        } else {
            let reckoning = self.case.clock().reckon(within, calendar, rules, from, self.case.at());
            reckoning.map(|reckoning| (reckoning.due, Some(Box::new(ClockFace::new(reckoning, stamp)))))
        };
        let (Due { target, limit }, clock) = reckoned.map_err(|_| beyond(within, start))?;
        Ok(Deadline { within, target: target.map(stamp), limit: stamp(limit), clock })
    }

    /// A window's state, if its zone is known.
    fn window(&self, rule: &'a WindowRule) -> Option<WindowState<'a>> {
        let zone = match &rule.zone {
            ZoneSource::Fixed(zone) => zone,
            ZoneSource::Fact(fact) => match self.program.vocabulary().reading(self.case, *fact) {
                Reading::Value(Value::Zone(zone)) => zone,
                // a window that never closes is open in every zone
                Reading::Unknown if rule.open.stretch().is_whole_day() => {
                    return Some(WindowState { name: &rule.name, open: true, changes: None });
                }
                Reading::Value(_) | Reading::Derived(_) | Reading::Absent | Reading::Unknown => return None,
            },
        };
        let state = rule.open.state(zone, self.case.at());
        let changes = state.changes.map(|at| Stamp { at, offset: zone.offset_at(at) });
        Some(WindowState { name: &rule.name, open: state.open, changes })
    }
}

/// The grounds that all leaves share; where they share none, those that any has.
fn common_grounds(first: Reasons, others: &[Leaf<'_>]) -> Reasons {
    let shared = |ground: &Because| others.iter().all(|leaf| leaf.grounds.contains(ground));
    if others.is_empty() || first.iter().all(shared) {
        return first;
    }
    if first.iter().any(shared) {
        return first.into_iter().filter(shared).collect();
    }
    let mut all = first;
    for ground in others.iter().flat_map(|leaf| &leaf.grounds) {
        if !all.contains(ground) {
            all.push(*ground);
        }
    }
    all
}

fn agree(leaves: &[Leaf<'_>]) -> bool {
    leaves.iter().all(|leaf| Some(&leaf.answer) == leaves.first().map(|first| &first.answer))
}
