//! The rows that a first look at a case leaves, while it is being taken.

use smallvec::SmallVec;

use super::Bits;
use super::absence::Left;
use super::bits::INLINE;

/// What settled atoms leave, which is possible and certain alike; and what the unknown leaves.
pub(super) struct FirstSight {
    settled: Bits,
    /// The possible rows, then the certain ones, in one stretch of words: they are narrowed together.
    rows: SmallVec<[u64; 2 * INLINE]>,
}

impl FirstSight {
    /// Nothing is known: each of these rows is possible and certain. `twice` has them two times over.
    pub fn of(all: &Bits, twice: &[u64]) -> FirstSight {
        FirstSight { settled: all.clone(), rows: SmallVec::from_slice(twice) }
    }

    /// Both sets of rows.
    pub fn rows(&mut self) -> &mut [u64] {
        &mut self.rows
    }

    /// The rows that settled atoms leave so far.
    pub fn settled(&mut self) -> &mut [u64] {
        self.settled.words_mut()
    }

    /// Keeps the rows that a class allows.
    pub fn keep(&mut self, mask: &[u64]) {
        self.settled.keep(mask);
    }

    /// Whether none of these rows is possible any more.
    pub fn keeps_none(&self, rows: &Bits) -> bool {
        let possible = self.rows.iter().zip(self.settled.words());
        possible.zip(rows.words()).all(|((possible, settled), row)| possible & settled & row == 0)
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
