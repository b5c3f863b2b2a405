//! What a missing fact may turn out to be: one value for each combination of classes that some value really has.
//!
//! The atoms of one fact do not vary freely: a text that mentions `my lawyer` also mentions `lawyer`, a date 50 days ago
//! is not 60 business days old. So a fact is opened as a whole, over vectors of classes that come from real values.

use rustc_hash::FxHashMap;

use crate::facts::{Case, FactId, Missing, Reading};

use super::absence::Left;
use super::asking::{Answers, Standing, unknown_parts};
use super::probe::{Classed, Now, Probe};
use super::representatives::Representatives;
use super::{Bits, Program};

/// What one or several missing facts leave open: alternatives of which exactly one comes true.
#[derive(Debug, Clone)]
pub struct Completion {
    /// The missing facts that it speaks of: one, or the several missing parts of a derived fact.
    pub facts: Vec<FactId>,
    /// The hook that it speaks of, if it does: one that waits for these facts, was not asked yet, or failed.
    pub hook: Option<usize>,
    /// The rows that each alternative leaves.
    pub(super) alternatives: Vec<Alternative>,
    /// The rows that some alternative leaves.
    pub(super) possible: Bits,
    /// The rows that every alternative leaves.
    pub(super) certain: Bits,
    /// The rows that some alternatives leave and others do not.
    pub(super) undecided: Bits,
}

/// One alternative: the rows it leaves, and a value that brings it about.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The rows that remain.
    pub(super) rows: Bits,
    /// How likely it is, in comparison with the other alternatives.
    weight: f64,
    /// The class of each atom.
    pub classes: Vec<Classed>,
}

/// How many times as likely as all values together it is that nobody reports a fact whose absence means something: the
/// vocabulary says so of what is rarely reported. A guess, which weighs the questions of an interview and nothing else.
const USUAL: f64 = 9.0;

impl Completion {
    /// Alternatives that are equally likely.
    fn new(facts: Vec<FactId>, vectors: Vec<Vec<Classed>>, program: &Program) -> Completion {
        Completion::weighted(facts, vectors.into_iter().map(|classes| (1.0, classes)), program)
    }

    fn weighted(
        facts: Vec<FactId>,
        vectors: impl IntoIterator<Item = (f64, Vec<Classed>)>,
        program: &Program,
    ) -> Completion {
        let mut alternatives: Vec<Alternative> = Vec::new();
        let mut known: FxHashMap<Bits, usize> = FxHashMap::default();
        for (weight, classes) in vectors {
            let mut rows = program.index.all().clone();
            classes.iter().for_each(|(atom, class)| rows.keep(program.index.mask(*atom, *class)));
            // values that no row tells apart are one alternative
            match known.get(&rows).and_then(|number| alternatives.get_mut(*number)) {
                Some(alternative) => alternative.weight += weight,
                None => {
                    known.insert(rows.clone(), alternatives.len());
                    alternatives.push(Alternative { rows, weight, classes });
                }
            }
        }
        let mut possible = Bits::none(program.rows.len());
        let mut certain = program.index.all().clone();
        for alternative in &alternatives {
            possible.add(alternative.rows.words());
            certain.keep(alternative.rows.words());
        }
        Completion::of(facts, alternatives, possible, certain)
    }

    /// The completion of a fact with too many alternatives to go through: its atoms may have any class.
    fn unbounded(fact: FactId, own: Option<&Probe>, program: &Program) -> Completion {
        let Left { possible, certain } =
            own.map_or_else(|| Left::all(&program.index), |probe| probe.open(&program.atoms, &program.index));
        Completion::of(vec![fact], Vec::new(), possible, certain)
    }

    fn of(facts: Vec<FactId>, alternatives: Vec<Alternative>, possible: Bits, certain: Bits) -> Completion {
        let mut undecided = possible.clone();
        undecided.drop(certain.words());
        Completion { facts, hook: None, alternatives, possible, certain, undecided }
    }

    /// Whether it makes a difference to any of these rows.
    pub fn touches(&self, rows: &Bits) -> bool {
        self.undecided.meets(rows)
    }

    /// How many of these rows it leaves at most; all, if there are too many alternatives to go through.
    pub fn remainder(&self, rows: &Bits) -> usize {
        let left = self.alternatives.iter().map(|alternative| rows.shared(&alternative.rows));
        left.max().unwrap_or_else(|| rows.len())
    }

    /// How likely each alternative is; together they make 1.
    pub fn weights(&self) -> impl Iterator<Item = f64> {
        let whole: f64 = self.alternatives.iter().map(|alternative| alternative.weight).sum();
        self.alternatives.iter().map(move |alternative| alternative.weight / whole)
    }

    /// For each of so many rows, how likely it is that it is left.
    pub fn shares(&self, rows: usize) -> Vec<f64> {
        let left = |row: usize| {
            let weights = self.alternatives.iter().zip(self.weights());
            weights.filter(|(alternative, _)| alternative.rows.contains(row)).map(|(_, weight)| weight).sum()
        };
        // of what cannot be gone through nothing is known
        (0..rows).map(|row| if self.is_unbounded() && self.undecided.contains(row) { 0.5 } else { left(row) }).collect()
    }

    /// How many alternatives there are to go through.
    pub fn count(&self) -> usize {
        self.alternatives.len()
    }

    /// Whether there are too many alternatives to go through: what depends on them stays open.
    pub fn is_unbounded(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// The completions of a case's missing facts. A derived fact of which one part is missing belongs to that part's
    /// completion; one of which several are missing gets a completion of its own, in which it may have any class: that
    /// may keep a case open which every real completion would decide, never the reverse.
    pub(super) fn all(program: &Program, case: &Case, now: &Now<'_>, answers: &Answers) -> Vec<Completion> {
        let vocabulary = program.vocabulary();
        let mut missing: Vec<FactId> = Vec::new();
        let mut joint: Vec<(&Probe, Vec<FactId>)> = Vec::new();
        let mut single: Vec<(&Probe, FactId)> = Vec::new();
        for probe in &program.probes {
            if probe.reading(vocabulary, case) != Some(Reading::Unknown) {
                continue;
            }
            let Some(fact) = probe.fact else { continue };
            let parts = unknown_parts(vocabulary, case, fact);
            if vocabulary.fact(fact).formula.is_some() {
                match parts.as_slice() {
                    [part] => single.push((probe, *part)),
                    _ => joint.push((probe, parts.clone())),
                }
            }
            parts.into_iter().for_each(|part| {
                if !missing.contains(&part) {
                    missing.push(part);
                }
            });
        }
        missing.sort_unstable();
        let mut completions: Vec<Completion> = missing
            .iter()
            .map(|fact| {
                let derived: Vec<&Probe> =
                    single.iter().filter(|(_, part)| part == fact).map(|(probe, _)| *probe).collect();
                Completion::of_fact(program, case, now, *fact, &derived)
            })
            .collect();
        completions.extend(joint.into_iter().map(|(probe, parts)| {
            let classes = |probe: &Probe| {
                let atom = probe.atoms.first().copied()?;
                let size = program.atoms.get(atom.index())?.classes;
                Some((0..size).map(|class| vec![(atom, class)]).collect())
            };
            Completion::new(parts, classes(probe).unwrap_or_default(), program)
        }));
        completions.extend(Completion::hooks(program, case, answers));
        completions
    }

    /// A hook that has not answered may say either, whatever the facts turn out to be that it waits for.
    fn hooks(program: &Program, case: &Case, answers: &Answers) -> impl Iterator<Item = Completion> {
        program.hooks.iter().enumerate().filter_map(|(number, asking)| {
            let facts = match program.standing(case, answers, number) {
                Standing::Says(_) => return None,
                Standing::Waits(facts) => facts,
                Standing::Unasked | Standing::Failed => Vec::new(),
            };
            let vectors = vec![vec![(asking.atom, 0)], vec![(asking.atom, 1)]];
            Some(Completion { hook: Some(number), ..Completion::new(facts, vectors, program) })
        })
    }

    fn of_fact(program: &Program, case: &Case, now: &Now<'_>, fact: FactId, derived: &[&Probe]) -> Completion {
        let vocabulary = program.vocabulary();
        let own = program.probes.iter().find(|probe| probe.fact == Some(fact));
        let mut vectors: Vec<Vec<Classed>> = Vec::new();
        let representatives = Representatives { program, case, now, fact, derived };
        let Some(values) = representatives.values(own) else {
            return Completion::unbounded(fact, own, program);
        };
        for value in values {
            let mut classes = Vec::new();
            // a value that the calendar cannot date is none that could come
            if own.is_some_and(|probe| {
                probe.class_value(&program.atoms, now, &value, |a, c| classes.push((a, c))).is_err()
            }) {
                continue;
            }
            let completed = case.with(fact, Some(value));
            for probe in derived {
                match probe.reading(vocabulary, &completed) {
                    Some(Reading::Derived(result)) => {
                        probe.class_derived(&program.atoms, result, |a, c| classes.push((a, c)))
                    }
                    _ => classes.extend(
                        probe.atoms.iter().filter_map(|id| Some((*id, program.atoms.get(id.index())?.absent?))),
                    ),
                }
            }
            vectors.push(classes);
        }
        let mut weights = vec![1.0; vectors.len()];
        // an awaited fact may turn out to be one that nobody reports
        if vocabulary.fact(fact).missing != Missing::Ask {
            let unreported = case.without_awaiting(fact);
            let mut classes = Vec::new();
            for probe in own.into_iter().chain(derived.iter().copied()) {
                // a fact without a value is not dated
                let _ = probe.class(program, &unreported, now, |atom, class| classes.push((atom, class)));
            }
            weights.push(USUAL * weights.len().max(1) as f64);
            vectors.push(classes);
        }
        Completion::weighted(vec![fact], weights.into_iter().zip(vectors), program)
    }
}
