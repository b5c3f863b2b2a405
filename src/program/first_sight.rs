//! What a first look at a case shows of the rows.

use crate::facts::{Case, Fault, Reading};

use super::absence::Left;
use super::bits::{INLINE, LINE, keep};
use super::probe::Glance;
use super::{Answers, Bits, Now, Program, Truth};

/// The words of a set of rows. Where rows are few their number is known to the compiler, and narrowing them is an
/// instruction or two.
pub(super) trait Words {
    fn of(words: &[u64]) -> Self;
    fn words(&self) -> &[u64];
    /// Narrows them to what as many other words have too.
    fn keep(&mut self, others: &[u64]);
}

impl<const N: usize> Words for [u64; N] {
    fn of(words: &[u64]) -> [u64; N] {
        // they are as many: `first_sight` sees to that
        words.try_into().unwrap_or([0; N])
    }

    fn words(&self) -> &[u64] {
        self
    }

    fn keep(&mut self, others: &[u64]) {
        if let Ok(others) = <&[u64; N]>::try_from(others) {
            self.iter_mut().zip(others).for_each(|(word, other)| *word &= other);
        }
    }
}

impl Words for Vec<u64> {
    fn of(words: &[u64]) -> Vec<u64> {
        words.to_vec()
    }

    fn words(&self) -> &[u64] {
        self
    }

    fn keep(&mut self, others: &[u64]) {
        keep(self, others);
    }
}

/// The rows that are left, while a first look is being taken.
pub(super) struct FirstSight<W> {
    pub possible: W,
    pub certain: W,
}

impl<W: Words> FirstSight<W> {
    /// Nothing is known: each of these rows is possible and certain.
    fn of(all: &Bits) -> FirstSight<W> {
        FirstSight { possible: W::of(all.words()), certain: W::of(all.words()) }
    }

    /// Keeps the rows that a class allows.
    fn keep(&mut self, mask: &[u64]) {
        self.possible.keep(mask);
        self.certain.keep(mask);
    }

    /// Keeps what an unknown fact leaves.
    fn keep_left(&mut self, left: &Left) {
        self.possible.keep(left.possible.words());
        self.certain.keep(left.certain.words());
    }

    /// Whether none of these rows is possible any more.
    fn keeps_none(&self, rows: &Bits) -> bool {
        self.possible.words().iter().zip(rows.words()).all(|(possible, row)| possible & row == 0)
    }
}

impl Program {
    /// What is known of every row at first sight: all there is to know where nothing is missing, else what holds
    /// whatever the missing facts turn out to be, with some rows left open that a closer look would settle.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn first_sight(&self, case: &Case, now: &Now<'_>, answers: &Answers) -> Result<Truth, Fault> {
        if case.is_awaiting() {
            // what was made beforehand takes each fact that is not given by its meaning
            return Ok(self.region(case, now, answers, &self.completions(case, now, answers))?.truth().clone());
        }
        match self.index.all().words().len() {
            LINE => self.glance_over::<[u64; LINE]>(case, now, answers),
            INLINE => self.glance_over::<[u64; INLINE]>(case, now, answers),
            _ => self.glance_over::<Vec<u64>>(case, now, answers),
        }
    }

    #[inline]
    fn glance_over<W: Words>(&self, case: &Case, now: &Now<'_>, answers: &Answers) -> Result<Truth, Fault> {
        let mut sight: FirstSight<W> = FirstSight::of(self.index.all());
        self.absence.narrow(case.facts(), &mut sight);
        // what facts that are given leave is possible and certain alike
        let mut settled = W::of(self.index.all().words());
        for (fact, value) in case.facts().iter() {
            match self.glances.get(fact.index()).copied().unwrap_or(Glance::Unread) {
                Glance::Unread => {}
                Glance::Choice(first) => settled.keep(self.index.bitmap(first + value.choice().unwrap_or(0))),
                Glance::Probe(number) => {
                    let Some(probe) = self.probes.get(number) else { continue };
                    probe.class_value(&self.atoms, now, value, |atom, class| {
                        settled.keep(self.index.mask(atom, class))
                    })?;
                }
            }
        }
        sight.keep(settled.words());
        for probe in self.unsettled.iter().filter_map(|number| self.probes.get(*number)) {
            if probe.fact.is_some_and(|fact| case.facts().contains(fact)) {
                continue;
            }
            let reading = probe.reading(self.vocabulary(), case);
            if reading == Some(Reading::Unknown) {
                sight.keep_left(&probe.open(&self.atoms, &self.index));
            } else {
                // what is computed is computed once
                probe.class_reading(self, reading, now, |atom, class| sight.keep(self.index.mask(atom, class)))?;
            }
        }
        for (number, asking) in self.hooks.iter().enumerate() {
            // no rule that is still possible reads most hooks
            if sight.keeps_none(&asking.readers) {
                continue;
            }
            match self.standing(case, answers, number).class() {
                Some(class) => sight.keep(self.index.mask(asking.atom, class)),
                None => sight.keep_left(&asking.left),
            }
        }
        Ok(self.index.truth(Bits::of(sight.possible.words()), Bits::of(sight.certain.words())))
    }
}
