//! Which rows match: for sure, perhaps, or not.

use std::ops::Range;

use super::Bits;

/// What is known of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, whatever the missing facts turn out to be.
    Yes,
    /// It does not hold, whatever they turn out to be.
    No,
    /// It may depend on them.
    Open,
}

/// The rows that can still match, and those that match for sure. Where nothing is missing the two are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The rows that can still match.
    pub possible: Bits,
    /// The rows that match for sure.
    pub certain: Bits,
}

/// A range of rows as bits: of the word in which it begins, and of those after it.
#[derive(Debug, Clone)]
pub(super) struct Span {
    word: usize,
    mask: u64,
    rest: Box<[u64]>,
}

impl Span {
    /// The bits of a range.
    pub fn new(rows: Range<usize>) -> Span {
        let mut bits = Bits::none(rows.end);
        rows.clone().for_each(|row| bits.insert(row));
        let word = rows.start / 64;
        let mut words = bits.words().iter().copied().skip(word);
        Span { word, mask: words.next().unwrap_or(0), rest: words.collect() }
    }

    #[inline]
    fn meets(&self, rows: &Bits) -> bool {
        let mut words = rows.words().iter().skip(self.word);
        words.next().is_some_and(|word| word & self.mask != 0)
            || words.zip(&self.rest).any(|(word, mask)| word & mask != 0)
    }
}

impl Truth {
    /// What is known of the rule that these rows make up. `Open` errs on the side of caution: rows that are open one by
    /// one may hold together.
    #[inline]
    pub(super) fn verdict(&self, rows: &Span) -> Verdict {
        if rows.meets(&self.certain) {
            Verdict::Yes
        } else if rows.meets(&self.possible) {
            Verdict::Open
        } else {
            Verdict::No
        }
    }
}
