//! Compiles a policy.

use std::ops::Range;
use std::sync::Arc;

use crate::policy::{
    Authorization, Body, Category, Condition, Escalations, ExceptionType, Exceptions, Policy, Rule, Table, Test,
    WindowRule, ZoneSource,
};

use super::absence::Absence;
use super::asking::Asking;
use super::atom::AtomId;
use super::catalog::{Catalog, WindowUse};
use super::index::Index;
use super::layout::{AuthorizationRules, CategoryRules, Entries, Layout, TableRules, TypeRules, WindowRules};
use super::probe::{Glance, Probe};
use super::row::{Expansion, Literal, Row};
use super::told::Told;
use super::truth::Span;
use super::{Bits, CompiledRule, Program, RuleId};

impl Program {
    /// Compiles a policy: every rule becomes rows, the rows an index.
    pub fn compile(policy: &Arc<Policy>) -> Program {
        let conditions = rules_of(&policy.body);
        let windows = windows_of(&policy.body);
        let mut catalog =
            Catalog::of(&policy.vocabulary, conditions.iter().map(|rule| &rule.when), windows.into_iter().map(used));
        let mut rules = Rules { expansion: Expansion { catalog: &mut catalog, groups: Vec::new() }, made: Vec::new() };
        let layout = match &policy.body {
            Body::Exceptions(exceptions) => Layout::Exceptions(rules.exceptions(exceptions)),
            Body::Escalations(escalations) => rules.escalations(escalations),
            Body::Table(table) => Layout::Table(rules.table(table)),
            Body::Approval(approval) => {
                Layout::Approval(approval.levels.iter().map(|level| rules.add(&level.rule)).collect())
            }
            Body::Authorization(policy) => Layout::Authorization(Box::new(rules.authorization(policy))),
        };
        let Rules { expansion: Expansion { groups: group_rows, .. }, made } = rules;
        let mut rows: Vec<Row> = Vec::new();
        let mut append = |more: Vec<Row>| -> Range<usize> {
            let start = rows.len();
            rows.extend(more);
            start..rows.len()
        };
        let ranges: Vec<Range<usize>> = made.iter().map(|(_, rows)| append(rows.clone())).collect();
        let groups: Vec<(AtomId, Range<usize>)> =
            group_rows.into_iter().map(|(atom, rows)| (atom, append(rows))).collect();
        let index = Index::new(&catalog.atoms, &rows, &groups);
        let layout = match layout {
            Layout::Escalations { order, categories, .. } => {
                let entries = entries(&order, &categories, &made, &ranges, rows.len());
                Layout::Escalations { order, categories, entries }
            }
            Layout::Table(TableRules { rows: own, default, .. }) => {
                let entered = own.iter().filter_map(|rule| ranges.get(rule.0 as usize)).cloned().enumerate();
                Layout::Table(TableRules { entries: Entries::new(rows.len(), entered), rows: own, default })
            }
            other @ (Layout::Exceptions(_) | Layout::Approval(_) | Layout::Authorization(_)) => other,
        };
        let spans = ranges.iter().cloned().map(Span::new).collect();
        let compiled = made.into_iter().zip(ranges).map(|((rule, _), rows)| {
            let mut facts = Vec::new();
            for fact in rule.when.tests().into_iter().flat_map(Test::facts) {
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
            CompiledRule {
                always: rule.when == Condition::Always,
                place_text: rule.place.to_string(),
                reach: index.reach(rows.clone()),
                id: rule.id,
                place: rule.place,
                rows,
                facts,
            }
        });
        let rules = compiled.collect();
        let hooks = catalog.hooks.iter().map(|(hook, atom)| Asking::new(hook, *atom, &catalog.atoms, &index)).collect();
        let probes = probes(&catalog);
        let left = |probe: &Probe| probe.left(&policy.vocabulary, &catalog.atoms, &index);
        let mut glances = vec![Glance::Unread; policy.vocabulary.len()];
        let mut unsettled = Vec::new();
        let mut settled = Vec::new();
        for (number, probe) in probes.iter().enumerate() {
            if let Some(glance) = probe.fact.and_then(|fact| glances.get_mut(fact.index())) {
                *glance = probe.glance(number, &catalog.atoms, &index);
            }
            match left(probe) {
                Some(left) => settled.push(left),
                None => unsettled.push(number),
            }
        }
        settled.sort_unstable_by_key(|(fact, _)| *fact);
        let absence = Absence::new(&index, &settled);
        let dated = catalog.atoms.iter().any(|atom| matches!(atom.classing, super::Classing::Age(..)));
        let zoned = policy.calendar.is_some() || policy.effective.is_some() || !windows_of(&policy.body).is_empty();
        let mut program = Program {
            zone_data: zoned.then(|| policy.vocabulary.zones().version().to_owned()),
            place_text: policy.place.to_string(),
            policy: Arc::clone(policy),
            atoms: catalog.atoms.clone(),
            catalog,
            groups,
            rows,
            told: Told::new(),
            rules,
            index,
            probes,
            glances,
            unsettled,
            hooks,
            absence,
            spans,
            layout,
            dated,
        };
        program.told = program.told();
        program
    }
}

/// The rows by which categories are entered: those of the category's own condition; if that is always true, those of its
/// scenarios.
fn entries(
    order: &[usize],
    categories: &[CategoryRules],
    made: &[(Rule, Vec<Row>)],
    ranges: &[Range<usize>],
    rows: usize,
) -> Entries {
    let mut entered = Vec::new();
    for (place, category) in order.iter().filter_map(|number| categories.get(*number)).enumerate() {
        let always = made.get(category.rule.0 as usize).is_some_and(|(rule, _)| rule.when == Condition::Always);
        let by_scenario = always && !category.scenarios.is_empty();
        let rules = if by_scenario { category.scenarios.as_slice() } else { std::slice::from_ref(&category.rule) };
        entered.extend(rules.iter().filter_map(|rule| Some((place, ranges.get(rule.0 as usize)?.clone()))));
    }
    Entries::new(rows, entered.into_iter())
}

/// Every rule whose condition the atoms must cover.
fn rules_of(body: &Body) -> Vec<&Rule> {
    match body {
        Body::Exceptions(exceptions) => exceptions.types.iter().flat_map(rules_of_type).collect(),
        Body::Escalations(escalations) => escalations.categories.iter().flat_map(rules_of_category).collect(),
        Body::Table(table) => table.rows.iter().chain(table.default.as_deref()).map(|row| &row.rule).collect(),
        Body::Approval(approval) => approval.levels.iter().map(|level| &level.rule).collect(),
        Body::Authorization(authorization) => authorization.rules(),
    }
}

fn rules_of_type(kind: &ExceptionType) -> Vec<&Rule> {
    let mut rules = vec![&kind.occasion];
    rules.extend(kind.reasons.iter().map(|reason| &reason.rule));
    rules.extend(&kind.may_create);
    rules.extend(kind.windows.iter().map(|window| &window.rule));
    rules
}

fn rules_of_category(category: &Category) -> Vec<&Rule> {
    let mut rules = vec![&category.rule];
    rules.extend(category.scenarios.iter().map(|scenario| &scenario.rule));
    rules.extend(category.redirects.iter().map(|redirect| &redirect.rule));
    rules.extend(category.requires.iter().map(|requirement| &requirement.rule));
    rules.extend(category.turnaround.iter().map(|row| &row.rule));
    rules
}

fn windows_of(body: &Body) -> Vec<&WindowRule> {
    match body {
        Body::Exceptions(exceptions) => exceptions.types.iter().flat_map(|kind| &kind.windows).collect(),
        Body::Escalations(_) | Body::Table(_) | Body::Approval(_) | Body::Authorization(_) => Vec::new(),
    }
}

fn used(window: &WindowRule) -> WindowUse {
    match &window.zone {
        ZoneSource::Fact(fact) => WindowUse { window: window.open, fact: Some(*fact), zone: None },
        ZoneSource::Fixed(zone) => WindowUse { window: window.open, fact: None, zone: Some(zone.clone()) },
    }
}

/// The atoms by the fact that they class.
fn probes(catalog: &Catalog) -> Vec<Probe> {
    let mut probes: Vec<(Option<crate::facts::FactId>, Vec<AtomId>)> = Vec::new();
    for (number, atom) in catalog.atoms.iter().enumerate().filter(|(_, atom)| atom.is_probed()) {
        let id = AtomId(u32::try_from(number).unwrap_or(u32::MAX));
        match probes.iter_mut().find(|(fact, _)| *fact == atom.fact) {
            Some((_, atoms)) => atoms.push(id),
            None => probes.push((atom.fact, vec![id])),
        }
    }
    probes.into_iter().map(|(fact, atoms)| Probe::new(fact, atoms, catalog)).collect()
}

/// Rules as they are made: what they say, and their rows.
struct Rules<'c> {
    expansion: Expansion<'c>,
    made: Vec<(Rule, Vec<Row>)>,
}

impl Rules<'_> {
    fn add(&mut self, rule: &Rule) -> RuleId {
        let rows = self.expansion.rows(&rule.when);
        self.add_rows(rule, rows)
    }

    fn add_rows(&mut self, rule: &Rule, rows: Vec<Row>) -> RuleId {
        let id = RuleId(u32::try_from(self.made.len()).unwrap_or(u32::MAX));
        self.made.push((rule.clone(), rows));
        id
    }

    fn exceptions(&mut self, exceptions: &Exceptions) -> Vec<TypeRules> {
        let types = exceptions.types.iter().map(|kind| TypeRules {
            occasion: self.add(&kind.occasion),
            reasons: kind.reasons.iter().map(|reason| self.add(&reason.rule)).collect(),
            may_create: kind.may_create.as_ref().map(|rule| self.add(rule)),
            windows: kind.windows.iter().map(|window| self.window(window)).collect(),
        });
        types.collect()
    }

    fn window(&mut self, window: &WindowRule) -> WindowRules {
        let applies = self.add(&window.rule);
        let atom = self.expansion.catalog.window_atom(&used(window));
        let size = atom.and_then(|id| self.expansion.catalog.atoms.get(id.index())).map_or(2, |atom| atom.classes);
        let rows = atom.map(|atom| Row::of(Literal { atom, classes: Bits::one(size, 1) }));
        WindowRules { applies, open: self.add_rows(&window.rule, rows.into_iter().collect()) }
    }

    fn escalations(&mut self, escalations: &Escalations) -> Layout {
        let mut order: Vec<usize> = (0..escalations.categories.len()).collect();
        // a stable sort: categories of one priority stay in the order of the file
        order.sort_by_key(|number| {
            std::cmp::Reverse(escalations.categories.get(*number).map(|category| category.priority))
        });
        let mut made: Vec<(usize, CategoryRules)> = Vec::new();
        for number in &order {
            if let Some(category) = escalations.categories.get(*number) {
                made.push((*number, self.category(category)));
            }
        }
        made.sort_by_key(|(number, _)| *number);
        let categories = made.into_iter().map(|(_, rules)| rules).collect();
        // the rows get their numbers once all rules are made
        let entries = Entries::new(0, std::iter::empty());
        Layout::Escalations { order, categories, entries }
    }

    fn table(&mut self, table: &Table) -> TableRules {
        let rows = table.rows.iter().map(|row| self.add(&row.rule)).collect();
        let default = table.default.as_ref().map(|row| self.add(&row.rule));
        TableRules { rows, default, entries: Entries::new(0, std::iter::empty()) }
    }

    fn authorization(&mut self, policy: &Authorization) -> AuthorizationRules {
        AuthorizationRules {
            required: policy.required.iter().map(|row| self.add(&row.rule)).collect(),
            documents: policy.documents.iter().map(|paper| self.add(&paper.requirement.rule)).collect(),
            forms: policy.forms.iter().map(|paper| self.add(&paper.requirement.rule)).collect(),
            before: policy.before.iter().map(|requirement| self.add(&requirement.rule)).collect(),
            submitted: policy.submitted.as_ref().map(|rule| self.add(rule)),
            internal: policy.internal.as_ref().map(|internal| self.add(&internal.rule)),
            serves: policy.serves.iter().map(|requirement| self.add(&requirement.rule)).collect(),
            next: policy.next.iter().map(|step| self.add(&step.rule)).collect(),
            determination: policy.determination.iter().map(|row| self.add(&row.rule)).collect(),
            alerts: policy.alerts.iter().map(|alert| self.add(&alert.rule)).collect(),
        }
    }

    fn category(&mut self, category: &Category) -> CategoryRules {
        CategoryRules {
            rule: self.add(&category.rule),
            scenarios: category.scenarios.iter().map(|scenario| self.add(&scenario.rule)).collect(),
            redirects: category.redirects.iter().map(|redirect| self.add(&redirect.rule)).collect(),
            requires: category.requires.iter().map(|requirement| self.add(&requirement.rule)).collect(),
            turnaround: category.turnaround.iter().map(|row| self.add(&row.rule)).collect(),
        }
    }
}
