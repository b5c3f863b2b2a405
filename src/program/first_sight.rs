//! The rows that a first look at a case leaves, while it is being taken.

use smallvec::SmallVec;

use super::Bits;
use super::absence::Left;
use super::bits::LINE;

/// What settled atoms leave, which is possible and certain alike; and what the unknown leaves.
pub(super) struct FirstSight {
    settled: Bits,
    /// The possible rows, then the certain ones, in one stretch of words: they are narrowed together.
    rows: SmallVec<[u64; 2 * LINE]>,
}

impl FirstSight {
    /// Nothing is known: each of these rows is possible and certain.
    pub fn of(all: &Bits) -> FirstSight {
        let mut rows = SmallVec::from_slice(all.words());
        rows.extend_from_slice(all.words());
        FirstSight { settled: all.clone(), rows }
    }

    /// Both sets of rows.
    pub fn rows(&mut self) -> &mut [u64] {
        &mut self.rows
    }

    /// Keeps the rows that a class allows.
    pub fn keep(&mut self, mask: &[u64]) {
        self.settled.keep(mask);
    }

    /// Keeps what an unknown fact leaves.
    pub fn keep_left(&mut self, left: &Left) {
        let words = left.possible.words().iter().chain(left.certain.words());
        self.rows.iter_mut().zip(words).for_each(|(row, word)| *row &= word);
    }

    /// The possible rows and the certain ones.
    pub fn into_rows(self) -> (Bits, Bits) {
        let (possible, certain) = self.rows.split_at(self.rows.len() / 2);
        (Bits::of(possible).and(&self.settled), Bits::of(certain).and(&self.settled))
    }
}
