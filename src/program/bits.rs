//! Sets of small numbers: rows of a program, classes of an atom.

use smallvec::{SmallVec, smallvec};

/// A set of numbers below a fixed size, a bit each.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Bits {
    words: SmallVec<[u64; INLINE]>,
}

impl Clone for Bits {
    fn clone(&self) -> Bits {
        // derived, it would go word by word
        Bits::of(&self.words)
    }
}

const WIDTH: usize = u64::BITS as usize;
/// Words come in lines of two, so that loops over them have no remainder and become vector instructions.
pub(super) const LINE: usize = 2;
/// Sets of up to 256 numbers need no memory of their own.
pub(super) const INLINE: usize = 4;

/// How many words hold `size` bits, in whole lines.
pub(super) fn words_for(size: usize) -> usize {
    size.div_ceil(WIDTH * LINE) * LINE
}

/// Narrows words to what other words have too. Both have the same number, in whole lines.
#[inline]
pub(super) fn keep(words: &mut [u64], others: &[u64]) {
    // most policies have one line of rows
    if let (Ok(line), Ok(others)) = (<&mut [u64; LINE]>::try_from(&mut *words), <&[u64; LINE]>::try_from(others)) {
        line.iter_mut().zip(others).for_each(|(word, other)| *word &= other);
        return;
    }
    for (line, others) in words.as_chunks_mut::<LINE>().0.iter_mut().zip(others.as_chunks::<LINE>().0) {
        for (word, other) in line.iter_mut().zip(others) {
            *word &= other;
        }
    }
}

/// The numbers whose bits are set in words.
fn numbers(words: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
    let mut words = words.enumerate();
    let (mut index, mut rest) = (0, 0);
    std::iter::from_fn(move || {
        while rest == 0 {
            (index, rest) = words.next()?;
        }
        let bit = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        Some(index * WIDTH + bit)
    })
}

impl Bits {
    /// The empty set of numbers below `size`.
    pub fn none(size: usize) -> Bits {
        Bits { words: smallvec![0; words_for(size)] }
    }

    /// The set of all numbers below `size`.
    pub fn all(size: usize) -> Bits {
        let mut bits = Bits::none(size);
        let ones = |count: usize| u64::MAX.checked_shr(u32::try_from(WIDTH - count).unwrap_or(0)).unwrap_or(0);
        for (index, word) in bits.words.iter_mut().enumerate() {
            *word = ones(size.saturating_sub(index * WIDTH).min(WIDTH));
        }
        bits
    }

    /// The set of one number below `size`.
    pub fn one(size: usize, number: usize) -> Bits {
        let mut bits = Bits::none(size);
        bits.insert(number);
        bits
    }

    /// The set that these words are.
    pub(super) fn of(words: &[u64]) -> Bits {
        Bits { words: SmallVec::from_slice(words) }
    }

    /// The set's words, lowest numbers first.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Adds a number; one beyond the size is ignored.
    pub fn insert(&mut self, number: usize) {
        if let Some(word) = self.words.get_mut(number / WIDTH) {
            *word |= 1 << (number % WIDTH);
        }
    }

    /// Whether a number is in the set.
    pub fn contains(&self, number: usize) -> bool {
        self.words.get(number / WIDTH).is_some_and(|word| word & (1 << (number % WIDTH)) != 0)
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many numbers are in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many numbers both sets have.
    pub fn shared(&self, other: &Bits) -> usize {
        self.words.iter().zip(&other.words).map(|(word, other)| (word & other).count_ones() as usize).sum()
    }

    /// Whether all numbers of the other set are in this one.
    pub fn holds_all(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).all(|(word, other)| other & !word == 0)
    }

    /// Whether both sets have a number in common.
    pub fn meets(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).any(|(word, other)| word & other != 0)
    }

    /// Keeps what is also in `words`.
    pub fn keep(&mut self, words: &[u64]) {
        keep(&mut self.words, words);
    }

    /// Takes out what is in `words`.
    pub fn drop(&mut self, words: &[u64]) {
        for (word, other) in self.words.iter_mut().zip(words) {
            *word &= !other;
        }
    }

    /// Adds what is in `words`.
    pub fn add(&mut self, words: &[u64]) {
        for (word, other) in self.words.iter_mut().zip(words) {
            *word |= other;
        }
    }

    /// Both sets' common part.
    #[must_use]
    pub fn and(mut self, other: &Bits) -> Bits {
        self.keep(&other.words);
        self
    }

    /// Both sets together.
    #[must_use]
    pub fn or(mut self, other: &Bits) -> Bits {
        self.add(&other.words);
        self
    }

    /// What is missing from the set of all numbers below `size`.
    #[must_use]
    pub fn complement(&self, size: usize) -> Bits {
        let mut all = Bits::all(size);
        for (word, own) in all.words.iter_mut().zip(&self.words) {
            *word &= !own;
        }
        all
    }

    /// The numbers in rising order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        numbers(self.words.iter().copied())
    }

    /// The numbers that both sets have, in rising order.
    pub fn common<'b>(&'b self, other: &'b Bits) -> impl Iterator<Item = usize> + 'b {
        numbers(self.words.iter().zip(&other.words).map(|(word, other)| word & other))
    }

    /// The lowest number of the set within a range.
    pub fn first_in(&self, range: std::ops::Range<usize>) -> Option<usize> {
        let mut index = range.start / WIDTH;
        let mut mask = u64::MAX << (range.start % WIDTH);
        while index * WIDTH < range.end {
            let found = self.words.get(index)? & mask;
            if found != 0 {
                let number = index * WIDTH + found.trailing_zeros() as usize;
                return (number < range.end).then_some(number);
            }
            mask = u64::MAX;
            index += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_any_size_hold_what_was_put_in() {
        for size in [1, 63, 64, 65, 200] {
            let all = Bits::all(size);
            assert_eq!(all.len(), size);
            assert_eq!(all.iter().last(), Some(size - 1));
            let one = Bits::one(size, size - 1);
            assert_eq!(one.complement(size).len(), size - 1);
            assert_eq!(one.first_in(0..size), Some(size - 1));
            assert_eq!(one.first_in(0..size - 1), None);
        }
    }
}
