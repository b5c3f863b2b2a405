//! Collects the atoms that a policy's conditions need, each once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::{FactId, Keyword, Kind, Ordinal, Value, Vocabulary};
use crate::hook::Hook;
use crate::policy::{Condition, Matcher, Test, Unit};
use crate::time::{Window, Zone};

use super::atom::{Atom, AtomId, Classing, Cuts, Texts};

/// What the conditions say of one fact.
#[derive(Debug, Default)]
struct Mentioned {
    cuts: Vec<Ordinal>,
    ages: BTreeMap<Unit, Vec<Ordinal>>,
    literals: Vec<String>,
    prefixes: Vec<String>,
    zones: Vec<Zone>,
    keywords: Vec<Vec<Keyword>>,
    windows: Vec<Window>,
    /// Whether the fact's own classing is needed: for values, and for presence.
    plain: bool,
}

/// The atoms of a program, with what finds the atom of a test.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub atoms: Vec<Atom>,
    plain: BTreeMap<FactId, AtomId>,
    ages: BTreeMap<(FactId, Unit), AtomId>,
    mentions: Vec<(FactId, Vec<Keyword>, AtomId)>,
    windows: Vec<(Option<FactId>, Window, Option<Zone>, AtomId)>,
    /// Each distinct hook, in the order in which rules ask it.
    pub hooks: Vec<(Arc<Hook>, AtomId)>,
}

/// A window in the zone of a fact, or in a fixed one.
pub(super) struct WindowUse {
    pub window: Window,
    pub fact: Option<FactId>,
    pub zone: Option<Zone>,
}

impl Catalog {
    /// The atoms of these conditions and windows, fact by fact in the order of the vocabulary.
    pub fn of<'c>(
        vocabulary: &Vocabulary,
        conditions: impl Iterator<Item = &'c Condition>,
        windows: impl Iterator<Item = WindowUse>,
    ) -> Catalog {
        let mut facts: BTreeMap<FactId, Mentioned> = BTreeMap::new();
        let mut hooks: Vec<(FactId, Arc<Hook>)> = Vec::new();
        for test in conditions.flat_map(Condition::tests) {
            match &test.matcher {
                Matcher::Hook(hook) if hooks.iter().all(|(_, known)| known != hook) => {
                    hooks.push((test.fact, Arc::clone(hook)));
                }
                Matcher::Hook(_) => {}
                _ => facts.entry(test.fact).or_default().note(test),
            }
        }
        let mut catalog = Catalog::default();
        let mut fixed: Vec<(Window, Zone)> = Vec::new();
        for used in windows {
            match (used.fact, used.zone) {
                (Some(fact), _) => {
                    let windows = &mut facts.entry(fact).or_default().windows;
                    if !windows.contains(&used.window) {
                        windows.push(used.window);
                    }
                }
                (None, Some(zone)) if !fixed.contains(&(used.window, zone.clone())) => fixed.push((used.window, zone)),
                (None, _) => {}
            }
        }
        for (fact, mentioned) in facts {
            catalog.add_fact(vocabulary, fact, mentioned);
        }
        for (number, (fact, hook)) in hooks.into_iter().enumerate() {
            let classing = Classing::Hook(number);
            let atom = catalog.add(Atom { fact: Some(fact), classing, classes: 2, absent: None });
            catalog.hooks.push((hook, atom));
        }
        for (window, zone) in fixed {
            let atom = catalog.add(Atom {
                fact: None,
                classing: Classing::Window(window, Some(zone.clone())),
                classes: 2,
                absent: None,
            });
            catalog.windows.push((None, window, Some(zone), atom));
        }
        catalog
    }

    /// Adds an atom as it is.
    pub fn add(&mut self, atom: Atom) -> AtomId {
        let id = AtomId(u32::try_from(self.atoms.len()).unwrap_or(u32::MAX));
        self.atoms.push(atom);
        id
    }

    fn add_fact(&mut self, vocabulary: &Vocabulary, fact: FactId, mentioned: Mentioned) {
        let may_be_absent = vocabulary.may_be_absent(fact);
        let add = |catalog: &mut Catalog, classing, classes: usize| {
            let absent = may_be_absent.then_some(classes);
            let classes = classes + usize::from(may_be_absent);
            catalog.add(Atom { fact: Some(fact), classing, classes, absent })
        };
        if mentioned.plain {
            let (classing, classes) = match &vocabulary.fact(fact).kind {
                Kind::OneOf(values) => (Classing::Choice, values.len()),
                Kind::Boolean => (Classing::Choice, 2),
                Kind::Text => {
                    let texts = Texts::new(mentioned.literals, mentioned.prefixes);
                    let classes = texts.classes();
                    (Classing::Text(texts), classes)
                }
                Kind::TimeZone => {
                    let classes = mentioned.zones.len() + 1;
                    (Classing::Zone(mentioned.zones), classes)
                }
                Kind::Integer(_) | Kind::Decimal(_) | Kind::Duration | Kind::Date | Kind::Days => {
                    let cuts = Cuts::new(mentioned.cuts);
                    let classes = cuts.classes();
                    (Classing::Order(cuts), classes)
                }
            };
            let atom = add(self, classing, classes);
            self.plain.insert(fact, atom);
        }
        for (unit, cuts) in mentioned.ages {
            let cuts = Cuts::new(cuts);
            let classes = cuts.classes();
            let atom = add(self, Classing::Age(unit, cuts), classes);
            self.ages.insert((fact, unit), atom);
        }
        for (list, keywords) in mentioned.keywords.into_iter().enumerate() {
            let atom = add(self, Classing::Mentions(list), 2);
            self.mentions.push((fact, keywords, atom));
        }
        for window in mentioned.windows {
            let atom = add(self, Classing::Window(window, None), 2);
            self.windows.push((Some(fact), window, None, atom));
        }
    }

    /// The keyword lists of a fact, in the order in which its atoms count them.
    pub fn keyword_lists(&self, fact: FactId) -> Vec<Vec<Keyword>> {
        self.mentions.iter().filter(|(owner, ..)| *owner == fact).map(|(_, keywords, _)| keywords.clone()).collect()
    }

    /// The atom that a test speaks of.
    pub fn atom_of(&self, test: &Test) -> Option<AtomId> {
        match &test.matcher {
            Matcher::OneOf(_)
            | Matcher::NoneOf(_)
            | Matcher::Within(_)
            | Matcher::StartsWith(_)
            | Matcher::Present
            | Matcher::Absent => self.plain.get(&test.fact).copied(),
            Matcher::Hook(hook) => self.hooks.iter().find(|(known, _)| known == hook).map(|(_, atom)| *atom),
            Matcher::Age(unit, _) => self.ages.get(&(test.fact, *unit)).copied(),
            Matcher::Mentions(keywords) => {
                let sorted = distinct(keywords);
                self.mentions
                    .iter()
                    .find(|(fact, known, _)| *fact == test.fact && *known == sorted)
                    .map(|(.., atom)| *atom)
            }
        }
    }

    /// The atom of a window.
    pub fn window_atom(&self, used: &WindowUse) -> Option<AtomId> {
        let same = |fact: &Option<FactId>, window: &Window, zone: &Option<Zone>| {
            *fact == used.fact && *window == used.window && (fact.is_some() || *zone == used.zone)
        };
        self.windows.iter().find(|(fact, window, zone, _)| same(fact, window, zone)).map(|(.., atom)| *atom)
    }
}

/// A keyword list as a set: two lists of the same words are one atom.
fn distinct(keywords: &[Keyword]) -> Vec<Keyword> {
    let mut keywords = keywords.to_vec();
    keywords.sort();
    keywords.dedup();
    keywords
}

impl Mentioned {
    fn note(&mut self, test: &Test) {
        match &test.matcher {
            Matcher::OneOf(values) | Matcher::NoneOf(values) => {
                self.plain = true;
                values.iter().for_each(|value| self.note_value(value));
            }
            Matcher::Within(interval) => {
                self.plain = true;
                self.cuts.extend(interval.thresholds());
            }
            Matcher::Age(unit, interval) => self.ages.entry(*unit).or_default().extend(interval.thresholds()),
            Matcher::Mentions(keywords) => {
                let keywords = distinct(keywords);
                if !self.keywords.contains(&keywords) {
                    self.keywords.push(keywords);
                }
            }
            Matcher::StartsWith(prefix) => {
                self.plain = true;
                self.prefixes.push(prefix.clone());
            }
            Matcher::Present | Matcher::Absent => self.plain = true,
            // a hook classes its facts by itself
            Matcher::Hook(_) => {}
        }
    }

    fn note_value(&mut self, value: &Value) {
        match value {
            Value::Text(text) => self.literals.push(text.to_string()),
            Value::Zone(zone) if !self.zones.contains(zone) => self.zones.push(zone.clone()),
            Value::Zone(_) | Value::Choice(_) | Value::Boolean(_) => {}
            Value::Integer(_) | Value::Decimal(_) | Value::Duration(_) | Value::Date(_) => {
                self.cuts.extend(value.ordinal())
            }
        }
    }
}
