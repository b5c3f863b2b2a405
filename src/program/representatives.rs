//! Values of a missing fact that between them have every combination of classes.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use crate::facts::{Bounds, Case, FactId, Formula, Kind, Ordinal, Reading, Value, Vocabulary};
use crate::policy::Unit;

use super::Program;
use super::atom::{Atom, Classing};
use super::probe::{Now, Probe};

/// Finds values of a missing fact that between them have every combination of classes.
pub(super) struct Representatives<'p, 'c> {
    pub program: &'p Program,
    pub case: &'p Case,
    pub now: &'p Now<'c>,
    pub fact: FactId,
    /// Derived facts of which this fact is the only missing part.
    pub derived: &'p [&'p Probe],
}

impl Representatives<'_, '_> {
    /// `None` if there are more than a walk may visit.
    pub fn values(&self, own: Option<&Probe>) -> Option<Vec<Value>> {
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
