//! What a missing fact may turn out to be: one value for each combination of classes that some value really has.
//!
//! The atoms of one fact do not vary freely: a text that mentions `my lawyer` also mentions `lawyer`, a date 50 days ago
//! is not 60 business days old. So a fact is opened as a whole, over vectors of classes that come from real values.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::facts::{Bounds, Case, FactId, Formula, Kind, Missing, Ordinal, Reading, Value, Vocabulary};
use crate::policy::Unit;

use super::absence::Left;
use super::asking::{Answers, Standing, unknown_parts};
use super::atom::{Atom, Classing};
use super::probe::{Classed, Now, Probe};
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
    /// The class of each atom.
    pub classes: Vec<Classed>,
}

impl Completion {
    fn new(facts: Vec<FactId>, vectors: Vec<Vec<Classed>>, program: &Program) -> Completion {
        let mut alternatives: Vec<Alternative> = Vec::new();
        let mut known: FxHashSet<Bits> = FxHashSet::default();
        for classes in vectors {
            let mut rows = program.index.all().clone();
            classes.iter().for_each(|(atom, class)| rows.keep(program.index.mask(*atom, *class)));
            // values that no row tells apart are one alternative
            if known.insert(rows.clone()) {
                alternatives.push(Alternative { rows, classes });
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
        let left = self.alternatives.iter().map(|alternative| rows.clone().and(&alternative.rows).len());
        left.max().unwrap_or_else(|| rows.len())
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
        // an awaited fact may turn out to be one that nobody reports
        if vocabulary.fact(fact).missing == Missing::NoMatch {
            let unreported = case.without_awaiting(fact);
            let mut classes = Vec::new();
            for probe in own.into_iter().chain(derived.iter().copied()) {
                // a fact without a value is not dated
                let _ = probe.class(program, &unreported, now, |atom, class| classes.push((atom, class)));
            }
            vectors.push(classes);
        }
        Completion::new(vec![fact], vectors, program)
    }
}

/// Finds values of a missing fact that between them have every combination of classes.
struct Representatives<'p, 'c> {
    program: &'p Program,
    case: &'p Case,
    now: &'p Now<'c>,
    fact: FactId,
    /// Derived facts of which this fact is the only missing part.
    derived: &'p [&'p Probe],
}

impl Representatives<'_, '_> {
    /// `None` if there are more than a walk may visit.
    fn values(&self, own: Option<&Probe>) -> Option<Vec<Value>> {
        let atoms: Vec<&Atom> = own
            .map(|probe| probe.atoms.iter().filter_map(|id| self.program.atoms.get(id.index())).collect())
            .unwrap_or_default();
        let values = match &self.vocabulary().fact(self.fact).kind {
            Kind::OneOf(values) => {
                (0..values.len()).filter_map(|index| u16::try_from(index).ok()).map(Value::Choice).collect()
            }
            Kind::Boolean => vec![Value::Boolean(false), Value::Boolean(true)],
            Kind::Integer(bounds) => self.whole(&atoms, *bounds).into_iter().map(Value::Integer).collect(),
            Kind::Days => self.whole(&atoms, Bounds::default()).into_iter().map(Value::Integer).collect(),
            Kind::Duration => {
                let bounds = Bounds { from: Some(0), to: None };
                self.whole(&atoms, bounds).into_iter().map(Value::Duration).collect()
            }
            Kind::Decimal(bounds) => self.exact(&atoms, *bounds),
            Kind::Date => self.dates(&atoms),
            Kind::Text => return self.texts(own, &atoms),
            Kind::TimeZone => {
                let zones = self.vocabulary().zones();
                zones.names().filter_map(|name| zones.get(name)).map(Value::Zone).collect()
            }
        };
        Some(values)
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.program.vocabulary()
    }

    /// The thresholds at which some class changes: the fact's own, and those of derived facts carried over to it.
    fn cuts(&self, atoms: &[&Atom]) -> Vec<Ordinal> {
        let order = |atom: &&Atom| match &atom.classing {
            Classing::Order(cuts) => cuts.thresholds().to_vec(),
            _ => Vec::new(),
        };
        let mut cuts: Vec<Ordinal> = atoms.iter().flat_map(order).collect();
        for probe in self.derived {
            let Some(fact) = probe.fact.map(|fact| self.vocabulary().fact(fact)) else { continue };
            let Some(formula) = &fact.formula else { continue };
            let thresholds = probe.atoms.iter().filter_map(|id| self.program.atoms.get(id.index())).collect::<Vec<_>>();
            for cut in thresholds.iter().flat_map(order) {
                cuts.extend(self.carried(formula, cut));
            }
        }
        cuts
    }

    /// The value of this fact at which a formula reaches a threshold.
    fn carried(&self, formula: &Formula, cut: Ordinal) -> Option<Ordinal> {
        let known = |part: FactId| match self.vocabulary().reading(self.case, part) {
            Reading::Value(value) => value.ordinal(),
            Reading::Derived(ordinal) => Some(ordinal),
            Reading::Absent | Reading::Unknown => None,
        };
        let number = match formula {
            Formula::Sum(terms) => {
                let mut rest = cut.exact();
                let mut minus = false;
                for term in terms {
                    if term.fact == self.fact {
                        minus = term.minus;
                    } else {
                        let part = known(term.fact)?.exact();
                        rest = if term.minus { rest.checked_add(part)? } else { rest.checked_sub(part)? };
                    }
                }
                if minus { -rest } else { rest }
            }
            Formula::Percent { part, whole } if *part == self.fact => {
                cut.exact().checked_mul(known(*whole)?.exact())?.checked_div(Decimal::ONE_HUNDRED)?
            }
            Formula::Percent { part, .. } => {
                known(*part)?.exact().checked_mul(Decimal::ONE_HUNDRED)?.checked_div(cut.exact())?
            }
        };
        Some(Ordinal::Exact(number))
    }

    /// Each threshold with its neighbours, and zero, within the bounds.
    fn whole(&self, atoms: &[&Atom], bounds: Bounds<i64>) -> Vec<i64> {
        let mut numbers = vec![0];
        for cut in self.cuts(atoms) {
            match cut {
                Ordinal::Whole(number) => numbers.push(number),
                Ordinal::Exact(number) => {
                    numbers.extend(
                        [number.floor(), number.ceil()].into_iter().filter_map(|whole| i64::try_from(whole).ok()),
                    );
                }
            }
        }
        let mut numbers: Vec<i64> =
            numbers.into_iter().flat_map(|n| [n.checked_sub(1), Some(n), n.checked_add(1)]).flatten().collect();
        numbers.extend(bounds.from);
        numbers.extend(bounds.to);
        numbers.retain(|number| bounds.admit(*number));
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Each threshold, and a number between each two and beyond the outermost, within the bounds.
    fn exact(&self, atoms: &[&Atom], bounds: Bounds<Decimal>) -> Vec<Value> {
        let mut cuts: Vec<Decimal> = self.cuts(atoms).into_iter().map(Ordinal::exact).collect();
        cuts.push(Decimal::ZERO);
        cuts.extend(bounds.from);
        cuts.extend(bounds.to);
        cuts.sort_unstable();
        cuts.dedup();
        let between = cuts
            .iter()
            .zip(cuts.iter().skip(1))
            .filter_map(|(low, high)| low.checked_add(high.checked_sub(*low)?.checked_div(Decimal::TWO)?));
        let outer = [
            cuts.first().and_then(|low| low.checked_sub(Decimal::ONE)),
            cuts.last().and_then(|high| high.checked_add(Decimal::ONE)),
        ];
        let numbers: Vec<Decimal> = between.chain(outer.into_iter().flatten()).chain(cuts.iter().copied()).collect();
        numbers.into_iter().filter(|number| bounds.admit(*number)).map(Value::Decimal).collect()
    }

    /// Each date at which some class changes, and the dates beside it.
    fn dates(&self, atoms: &[&Atom]) -> Vec<Value> {
        let mut turns: Vec<NaiveDate> = Vec::new();
        let date = |number: i64| i32::try_from(number).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
        for cut in self.cuts(atoms) {
            let number = match cut {
                Ordinal::Whole(number) => Some(number),
                Ordinal::Exact(number) => i64::try_from(number).ok(),
            };
            turns.extend(number.and_then(date));
        }
        if let Some(today) = self.now.today() {
            turns.push(today.date);
            for atom in atoms {
                let Classing::Age(unit, cuts) = &atom.classing else { continue };
                for cut in cuts.thresholds() {
                    let Ordinal::Whole(age) = cut else { continue };
                    match unit {
                        Unit::Days => turns.extend(date(i64::from(today.date.num_days_from_ce()) - age)),
                        // ages change on business days: that of the threshold's rank, and the one after it
                        Unit::BusinessDays => turns.extend(
                            [today.rank - age, today.rank - age + 1]
                                .into_iter()
                                .filter_map(|rank| self.now.calendar?.business_day_of_rank(rank).ok()),
                        ),
                    }
                }
            }
        }
        let ends = [NaiveDate::from_ymd_opt(1900, 1, 1), NaiveDate::from_ymd_opt(2199, 12, 31)];
        let beside =
            |turn: NaiveDate| [turn.checked_sub_days(Days::new(1)), Some(turn), turn.checked_add_days(Days::new(1))];
        let mut dates: Vec<NaiveDate> = turns.into_iter().flat_map(beside).chain(ends).flatten().collect();
        dates.retain(|date| (1900..=2199).contains(&date.year()));
        dates.sort_unstable();
        dates.dedup();
        dates.into_iter().map(Value::Date).collect()
    }

    /// Texts that have every combination of literal, beginning, and keyword lists hit.
    ///
    /// A text can always be lengthened by a keyword, so the combinations of lists are the unions of what single keywords
    /// hit, added to what a beginning hits by itself.
    fn texts(&self, own: Option<&Probe>, atoms: &[&Atom]) -> Option<Vec<Value>> {
        // no letter, no space: it ends every word and begins none
        const BREAK: &str = "\u{2016}";
        // a beginning may go on as a word of its own, or as one that neither a longer beginning nor a keyword goes on with
        const GOING_ON: [&str; 4] = [BREAK, "q", "x", "j"];
        let mut bases = vec![String::new(), BREAK.to_owned()];
        let mut literals = Vec::new();
        for atom in atoms {
            if let Classing::Text(texts) = &atom.classing {
                literals.extend(texts.literals().iter().cloned());
                let goes_on = |prefix: &String| GOING_ON.map(|more| format!("{prefix}{more}"));
                bases.extend(texts.prefixes().iter().flat_map(goes_on));
            }
        }
        let lists = self.program.catalog.keyword_lists(self.fact);
        let keywords: Vec<&str> = lists.iter().flatten().map(|keyword| keyword.folded()).collect();
        let hits = |text: &str| {
            let mut classes = Vec::new();
            let value = Value::Text(text.into());
            if let Some(probe) = own {
                // texts are always classed: only dates can lie out of range
                let _ = probe.class_value(&self.program.atoms, self.now, &value, |_, class| classes.push(class));
            }
            classes
        };
        let mut found: BTreeMap<Vec<usize>, String> = BTreeMap::new();
        for base in bases {
            let mut frontier = vec![base];
            while let Some(text) = frontier.pop() {
                let classes = hits(&text);
                if found.contains_key(&classes) {
                    continue;
                }
                if found.len() >= super::MOST_NODES {
                    return None;
                }
                frontier.extend(keywords.iter().map(|keyword| format!("{text} {BREAK} {keyword}")));
                found.insert(classes, text);
            }
        }
        Some(literals.into_iter().chain(found.into_values()).map(|text| Value::Text(text.into())).collect())
    }
}
