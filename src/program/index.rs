//! The index over rows: a bitmap per atom and class of the rows that the class allows.
//!
//! The bit-vector scheme of packet classification (T. V. Lakshman and D. Stiliadis, "High-speed policy-based packet
//! forwarding using efficient multi-dimensional range matching", SIGCOMM 1998): the rows that match are the AND over the
//! atoms of the bitmap of the atom's class.

use std::ops::Range;

use super::atom::{Atom, AtomId, Classing};
use super::bits::words_for;
use super::row::Row;
use super::{Bits, Truth};

/// Bitmaps of rows by atom and class.
#[derive(Debug, Clone)]
pub(super) struct Index {
    rows: usize,
    /// All rows.
    all: Bits,
    /// How many words one bitmap takes.
    stride: usize,
    /// Where each atom's bitmaps begin, counted in bitmaps.
    bases: Vec<usize>,
    masks: Vec<u64>,
    groups: Vec<Group>,
}

/// A boolean atom that is computed from rows of its own.
#[derive(Debug, Clone)]
struct Group {
    rows: Range<usize>,
    /// The rows that need it.
    users: Bits,
}

impl Index {
    /// Indexes rows. `groups` gives each group's atom and rows; inner groups come first.
    pub fn new(atoms: &[Atom], rows: &[Row], groups: &[(AtomId, Range<usize>)]) -> Index {
        let stride = words_for(rows.len());
        let mut bases = Vec::with_capacity(atoms.len());
        let mut total = 0;
        for atom in atoms {
            bases.push(total);
            total += atom.classes;
        }
        let all = Bits::all(rows.len());
        let masks = vec![u64::MAX; total * stride];
        let mut index = Index { rows: rows.len(), all, stride, bases, masks, groups: Vec::new() };
        for (number, row) in rows.iter().enumerate() {
            for literal in row.literals() {
                let Some(atom) = atoms.get(literal.atom.index()) else { continue };
                for class in literal.classes.complement(atom.classes).iter() {
                    index.exclude(literal.atom, class, number);
                }
            }
        }
        for (atom, range) in groups {
            let mut users = Bits::none(rows.len());
            let using = |row: &Row| row.literals().iter().any(|literal| literal.atom == *atom);
            rows.iter().enumerate().filter(|(_, row)| using(row)).for_each(|(number, _)| users.insert(number));
            index.groups.push(Group { rows: range.clone(), users });
        }
        index
    }

    #[allow(clippy::indexing_slicing, reason = "atoms, classes and rows are those that the index was sized for")]
    fn exclude(&mut self, atom: AtomId, class: usize, row: usize) {
        let start = (self.bases[atom.index()] + class) * self.stride;
        self.masks[start + row / 64] &= !(1 << (row % 64));
    }

    /// The rows that an atom's class allows.
    pub fn mask(&self, atom: AtomId, class: usize) -> &[u64] {
        self.bitmap(self.base(atom) + class)
    }

    /// The number of the bitmap of an atom's first class.
    #[allow(clippy::indexing_slicing, reason = "the hot loop; atoms are those that the index was sized for")]
    pub fn base(&self, atom: AtomId) -> usize {
        self.bases[atom.index()]
    }

    /// A bitmap by its number.
    #[allow(clippy::indexing_slicing, reason = "the hot loop; bitmaps are those that the index was sized for")]
    pub fn bitmap(&self, number: usize) -> &[u64] {
        let start = number * self.stride;
        &self.masks[start..start + self.stride]
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The set of no rows.
    pub fn none(&self) -> Bits {
        Bits::none(self.rows)
    }

    /// The set of all rows.
    pub fn all(&self) -> &Bits {
        &self.all
    }

    /// Settles the groups, given the rows that the other atoms leave possible and certain.
    pub fn truth(&self, mut possible: Bits, mut certain: Bits) -> Truth {
        for group in &self.groups {
            if possible.first_in(group.rows.clone()).is_none() {
                possible.drop(group.users.words());
            }
            if certain.first_in(group.rows.clone()).is_none() {
                certain.drop(group.users.words());
            }
        }
        Truth { possible, certain }
    }

    /// The rows that a range of rows depends on: itself and those of the groups that it uses.
    pub fn reach(&self, range: Range<usize>) -> Bits {
        let mut reach = Bits::none(self.rows);
        range.for_each(|row| reach.insert(row));
        // outer groups come after the inner ones that they use
        for group in self.groups.iter().rev() {
            if !group.users.clone().and(&reach).is_empty() {
                group.rows.clone().for_each(|row| reach.insert(row));
            }
        }
        reach
    }
}

impl Atom {
    /// Whether a case's facts, or its instant, settle its class: that of a group comes from rows, that of a hook from
    /// asking it.
    pub(super) fn is_probed(&self) -> bool {
        !matches!(self.classing, Classing::Group | Classing::Hook(_))
    }
}
