//! Classes what a case says of a fact.

use std::cell::OnceCell;

use chrono::{Datelike, NaiveDate};

use crate::diagnostic::Code;
use crate::facts::{Case, Fact, FactId, Fault, Missing, Ordinal, Reading, Value, Vocabulary};
use crate::policy::Unit;
use crate::time::{Calendar, Instant};

use super::absence::Left;
use super::atom::{Atom, AtomId, Classing};
use super::catalog::Catalog;
use super::index::Index;
use super::{KeywordIndex, Program};

/// All atoms of one fact.
#[derive(Debug)]
pub struct Probe {
    /// The fact; `None` for what depends on the instant alone.
    pub(super) fact: Option<FactId>,
    pub(super) atoms: Vec<AtomId>,
    keywords: Option<KeywordIndex>,
}

/// The instant of a decision and, once an age is counted, its local date in the policy's calendar.
#[derive(Debug, Clone)]
pub struct Now<'c> {
    pub(super) at: Instant,
    pub(super) calendar: Option<&'c Calendar>,
    today: OnceCell<Option<Today>>,
}

/// The local date of a decision and how many business days there are up to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Today {
    pub date: NaiveDate,
    pub rank: i64,
}

/// How first sight reads a fact that is given.
#[derive(Debug, Clone, Copy)]
pub(super) enum Glance {
    /// No rule reads it.
    Unread,
    /// Its only atom has a class for each word, or for false and true: the bitmap of the first of them.
    Choice(usize),
    /// By the probe of this number.
    Probe(usize),
}

/// Where a class belongs: an atom and one of its classes.
pub(super) type Classed = (AtomId, usize);

impl<'c> Now<'c> {
    /// The instant, whose date the calendar must hold if ages are counted.
    pub(super) fn new(at: Instant, calendar: Option<&'c Calendar>, dated: bool) -> Result<Now<'c>, Fault> {
        let beyond = dated && calendar.is_some_and(|calendar| !calendar.holds(at));
        if beyond { Err(out_of_range("at")) } else { Ok(Now { at, calendar, today: OnceCell::new() }) }
    }

    /// The local date, where there is a calendar.
    pub(super) fn today(&self) -> Option<Today> {
        *self.today.get_or_init(|| {
            let date = self.calendar?.local_date(self.at);
            let rank = self.calendar?.business_days_up_to(date).ok()?;
            Some(Today { date, rank })
        })
    }

    /// How many days, or business days, before today a date lies; negative for one to come.
    pub(super) fn age(&self, unit: Unit, date: NaiveDate) -> Option<i64> {
        let today = self.today()?;
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
    pub(super) fn new(fact: Option<FactId>, atoms: Vec<AtomId>, catalog: &Catalog) -> Probe {
        let lists = fact.map(|fact| catalog.keyword_lists(fact)).unwrap_or_default();
        Probe { fact, atoms, keywords: (!lists.is_empty()).then(|| KeywordIndex::new(&lists)) }
    }

    /// How first sight reads the fact, of which this is probe `number`.
    pub(super) fn glance(&self, number: usize, atoms: &[Atom], index: &Index) -> Glance {
        match self.atoms.as_slice() {
            [only] if atoms.get(only.index()).is_some_and(|atom| atom.classing == Classing::Choice) => {
                Glance::Choice(index.base(*only))
            }
            _ => Glance::Probe(number),
        }
    }

    /// What the fact leaves by not being given; `None` if that depends on more than the fact.
    pub(super) fn left(&self, vocabulary: &Vocabulary, atoms: &[Atom], index: &Index) -> Option<(FactId, Left)> {
        let fact = self.fact?;
        let Fact { formula: None, missing, .. } = vocabulary.fact(fact) else { return None };
        if let Missing::Ask = missing {
            return Some((fact, self.open(atoms, index)));
        }
        let class = |id: &AtomId| {
            let atom = atoms.get(id.index())?;
            match missing {
                Missing::Default(value) if self.keywords.is_none() => Some((*id, atom.class_of(value)?)),
                Missing::NoMatch => Some((*id, atom.absent?)),
                Missing::Default(_) | Missing::Ask => None,
            }
        };
        let classes: Vec<Classed> = self.atoms.iter().map(class).collect::<Option<_>>()?;
        let mut left = Left::all(index);
        for (id, class) in classes {
            left.possible.keep(index.mask(id, class));
            left.certain.keep(index.mask(id, class));
        }
        Some((fact, left))
    }

    /// What the fact leaves while nothing is known of it.
    pub(super) fn open(&self, atoms: &[Atom], index: &Index) -> Left {
        Left::open(&self.atoms, atoms, index)
    }

    /// What a case says of the fact; `None` for what depends on the instant alone.
    pub(super) fn reading<'a>(&self, vocabulary: &'a Vocabulary, case: &'a Case) -> Option<Reading<'a>> {
        Some(vocabulary.reading(case, self.fact?))
    }

    /// The class of each atom that a case settles; none where the fact is unknown.
    pub(super) fn class(
        &self,
        program: &Program,
        case: &Case,
        now: &Now<'_>,
        found: impl FnMut(AtomId, usize),
    ) -> Result<(), Fault> {
        self.class_reading(program, self.reading(program.vocabulary(), case), now, found)
    }

    /// The same by what the case says of the fact.
    pub(super) fn class_reading(
        &self,
        program: &Program,
        reading: Option<Reading<'_>>,
        now: &Now<'_>,
        mut found: impl FnMut(AtomId, usize),
    ) -> Result<(), Fault> {
        let atoms = &program.atoms;
        match reading {
            None => self.class_instant(atoms, now, found),
            Some(Reading::Value(value)) => self.class_value(atoms, now, value, found)?,
            Some(Reading::Derived(result)) => self.class_derived(atoms, result, found),
            Some(Reading::Absent) => self.atoms.iter().for_each(|id| {
                if let Some(absent) = atoms.get(id.index()).and_then(|atom| atom.absent) {
                    found(*id, absent);
                }
            }),
            Some(Reading::Unknown) => {}
        }
        Ok(())
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
    fn class_instant(&self, atoms: &[Atom], now: &Now<'_>, mut found: impl FnMut(AtomId, usize)) {
        for id in &self.atoms {
            if let Some(Atom { classing: Classing::Window(window, Some(zone)), .. }) = atoms.get(id.index()) {
                found(*id, usize::from(window.contains(zone, now.at)));
            }
        }
    }
}
