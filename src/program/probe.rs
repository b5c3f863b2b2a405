//! Classes what a case says of a fact.

use chrono::{Datelike, NaiveDate};

use crate::diagnostic::Code;
use crate::facts::{Case, Fact, FactId, Fault, Ordinal, Reading, Value, Vocabulary};
use crate::policy::Unit;
use crate::time::{Calendar, Instant};

use super::atom::{Atom, AtomId, Classing};
use super::catalog::Catalog;
use super::index::Index;
use super::{Bits, KeywordIndex};

/// All atoms of one fact.
#[derive(Debug)]
pub struct Probe {
    /// The fact; `None` for what depends on the instant alone.
    pub(super) fact: Option<FactId>,
    pub(super) atoms: Vec<AtomId>,
    keywords: Option<KeywordIndex>,
    /// The rows that remain where the fact is absent.
    absent: Option<Bits>,
    /// The rows that some class of each atom leaves, and those that every class leaves: what an unknown fact comes to
    /// before anybody looks closer.
    unknown: Option<(Bits, Bits)>,
    /// Whether a case carries the fact itself, without default or formula: then its slot says everything.
    plain: bool,
}

/// The instant of a decision and, where ages are counted, its local date in the policy's calendar.
#[derive(Debug, Clone, Copy)]
pub struct Now<'c> {
    pub(super) at: Instant,
    pub(super) calendar: Option<&'c Calendar>,
    pub(super) today: Option<Today>,
}

/// The local date of a decision and how many business days there are up to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Today {
    pub date: NaiveDate,
    pub rank: i64,
}

/// Where a class belongs: an atom and one of its classes.
pub(super) type Classed = (AtomId, usize);

impl<'c> Now<'c> {
    /// The instant, dated if `dated`.
    pub(super) fn new(at: Instant, calendar: Option<&'c Calendar>, dated: bool) -> Result<Now<'c>, Fault> {
        let today = match calendar.filter(|_| dated) {
            Some(calendar) => {
                let date = calendar.local_date(at);
                let rank = calendar.business_days_up_to(date).map_err(|_| out_of_range("at"))?;
                Some(Today { date, rank })
            }
            None => None,
        };
        Ok(Now { at, calendar, today })
    }

    /// How many days, or business days, before today a date lies; negative for one to come.
    pub(super) fn age(&self, unit: Unit, date: NaiveDate) -> Option<i64> {
        let today = self.today?;
        match unit {
            Unit::Days => Some(i64::from(today.date.num_days_from_ce()) - i64::from(date.num_days_from_ce())),
            Unit::BusinessDays => Some(today.rank - self.calendar?.business_days_up_to(date).ok()?),
        }
    }
}

fn out_of_range(what: &str) -> Fault {
    Fault::new(Code::OutOfRange, format!("`{what}` lies beyond the calendar"))
        .expected("a date from 1900 to 2199")
        .help("correct the date")
}

impl Probe {
    pub(super) fn new(fact: Option<FactId>, atoms: Vec<AtomId>, vocabulary: &Vocabulary, catalog: &Catalog) -> Probe {
        let lists = fact.map(|fact| catalog.keyword_lists(fact)).unwrap_or_default();
        let plain = fact.is_some_and(|id| {
            let Fact { formula, missing, .. } = vocabulary.fact(id);
            formula.is_none() && !matches!(missing, crate::facts::Missing::Default(_))
        });
        Probe {
            fact,
            atoms,
            keywords: (!lists.is_empty()).then(|| KeywordIndex::new(&lists)),
            absent: None,
            unknown: None,
            plain,
        }
    }

    /// Computes once what absence leaves, and what being unknown leaves.
    pub(super) fn prepare(&mut self, atoms: &[Atom], index: &Index) {
        let classes: Option<Vec<Classed>> =
            self.atoms.iter().map(|id| Some((*id, atoms.get(id.index())?.absent?))).collect();
        self.absent = classes.map(|classes| {
            let mut rows = index.all();
            classes.iter().for_each(|(atom, class)| rows.keep(index.mask(*atom, *class)));
            rows
        });
        let (mut possible, mut certain) = (index.all(), index.all());
        for id in &self.atoms {
            let Some(atom) = atoms.get(id.index()) else { continue };
            let mut any = index.all().complement(index.rows());
            for class in 0..atom.classes {
                any.add(index.mask(*id, class));
                certain.keep(index.mask(*id, class));
            }
            possible.keep(any.words());
        }
        self.unknown = Some((possible, certain));
    }

    /// The rows that remain where the fact is absent; `None` if it never is.
    pub(super) fn absent_rows(&self) -> Option<&Bits> {
        self.absent.as_ref()
    }

    /// The rows that can remain, and those that surely do, where the fact is unknown.
    pub(super) fn unknown_rows(&self) -> Option<&(Bits, Bits)> {
        self.unknown.as_ref()
    }

    /// What a case says of the fact.
    pub(super) fn reading<'a>(&self, vocabulary: &'a Vocabulary, case: &'a Case) -> Option<Reading<'a>> {
        let fact = self.fact?;
        if self.plain {
            return Some(match case.value(fact) {
                Some(value) => Reading::Value(value),
                None if self.absent.is_some() => Reading::Absent,
                None => Reading::Unknown,
            });
        }
        Some(vocabulary.reading(case, fact))
    }

    /// The class of each atom for a value.
    pub(super) fn class_value(
        &self,
        atoms: &[Atom],
        now: &Now<'_>,
        value: &Value,
        mut found: impl FnMut(AtomId, usize),
    ) -> Result<(), Fault> {
        let mut hits: Vec<usize> = Vec::new();
        if let (Some(keywords), Value::Text(text)) = (&self.keywords, value) {
            keywords.hits(text, &mut |list| hits.push(list));
        }
        for id in &self.atoms {
            let Some(atom) = atoms.get(id.index()) else { continue };
            let class = match (&atom.classing, value) {
                (Classing::Mentions(list), _) => Some(usize::from(hits.contains(list))),
                (Classing::Window(window, None), Value::Zone(zone)) => Some(usize::from(window.contains(zone, now.at))),
                (Classing::Age(unit, cuts), Value::Date(date)) => {
                    now.age(*unit, *date).map(|age| cuts.class(Ordinal::Whole(age)))
                }
                _ => atom.class_of(value),
            };
            found(*id, class.ok_or_else(|| out_of_range("a date of the case"))?);
        }
        Ok(())
    }

    /// The class of each atom for the result of a formula.
    pub(super) fn class_derived(&self, atoms: &[Atom], result: Ordinal, mut found: impl FnMut(AtomId, usize)) {
        for id in &self.atoms {
            if let Some(Atom { classing: Classing::Order(cuts), .. }) = atoms.get(id.index()) {
                found(*id, cuts.class(result));
            }
        }
    }

    /// The class of each atom that depends on the instant alone.
    pub(super) fn class_instant(&self, atoms: &[Atom], now: &Now<'_>, mut found: impl FnMut(AtomId, usize)) {
        for id in &self.atoms {
            if let Some(Atom { classing: Classing::Window(window, Some(zone)), .. }) = atoms.get(id.index()) {
                found(*id, usize::from(window.contains(zone, now.at)));
            }
        }
    }
}
