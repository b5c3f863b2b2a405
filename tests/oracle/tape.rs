//! A tape of numbers that choices are read from. proptest shortens and lowers it, which makes what is built from it
//! smaller: past its end, and at zero, every choice is the simplest.

use proptest::collection::vec;
use proptest::prelude::*;

/// Numbers to choose by.
#[derive(Debug, Clone)]
pub struct Tape {
    numbers: std::vec::IntoIter<u16>,
}

impl Tape {
    pub fn new(numbers: Vec<u16>) -> Tape {
        Tape { numbers: numbers.into_iter() }
    }

    /// A number below `count`; the lower ones are the simpler choices.
    pub fn below(&mut self, count: usize) -> usize {
        usize::from(self.numbers.next().unwrap_or(0)) * count / 65_536
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Some of these, in their order, at least one.
    pub fn some<T: Clone>(&mut self, items: &[T], most: usize) -> Vec<T> {
        let count = 1 + self.below(most.min(items.len()));
        let mut left: Vec<usize> = (0..items.len()).collect();
        let mut taken: Vec<usize> = (0..count).map(|_| left.remove(self.below(left.len()))).collect();
        taken.sort_unstable();
        taken.into_iter().map(|at| items[at].clone()).collect()
    }
}

/// Tapes of lengths up to `longest`.
pub fn tapes(longest: usize) -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), longest / 3..=longest)
}
