//! What the facts that a case does not give leave of the rows, made beforehand.

use smallvec::SmallVec;

use crate::facts::{FactId, FactSet};

use super::Bits;
use super::index::Index;

/// How many facts one look-up settles.
const BLOCK: usize = 4;
const COMBINATIONS: usize = 1 << BLOCK;

/// For each block of four neighbouring facts of the vocabulary, and each set of them that may be given, the rows that
/// the others leave by not being given.
#[derive(Debug, Clone, Default)]
pub(super) struct Absence {
    blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
struct Block {
    /// Where the block's bits stand among those of a case.
    byte: usize,
    shift: usize,
    combinations: Vec<Left>,
}

/// The rows that can remain, and those that surely do.
#[derive(Debug, Clone)]
pub(super) struct Left {
    pub possible: Bits,
    pub certain: Bits,
}

impl Absence {
    /// Takes what each fact leaves by not being given.
    pub fn new(index: &Index, facts: Vec<(FactId, Left)>) -> Absence {
        let mut absence = Absence::default();
        for (fact, left) in facts {
            let (byte, shift) = (fact.index() / 8, fact.index() % 8 / BLOCK * BLOCK);
            let at = absence.blocks.iter().position(|block| (block.byte, block.shift) == (byte, shift));
            let at = at.unwrap_or_else(|| {
                let all = Left { possible: index.all(), certain: index.all() };
                absence.blocks.push(Block { byte, shift, combinations: vec![all; COMBINATIONS] });
                absence.blocks.len() - 1
            });
            let bit = 1 << (fact.index() % BLOCK);
            let block = absence.blocks.get_mut(at);
            let combinations = block.into_iter().flat_map(|block| block.combinations.iter_mut().enumerate());
            for (_, combination) in combinations.filter(|(given, _)| given & bit == 0) {
                combination.possible.keep(left.possible.words());
                combination.certain.keep(left.certain.words());
            }
        }
        absence
    }

    /// What the facts that are not given leave together.
    pub fn left<'s>(&'s self, given: &FactSet) -> SmallVec<[&'s Left; 16]> {
        let bits = given.bits();
        let combination = |block: &'s Block| {
            let given = bits.get(block.byte).copied().unwrap_or(0) >> block.shift;
            block.combinations.get(usize::from(given) % COMBINATIONS)
        };
        self.blocks.iter().filter_map(combination).collect()
    }
}
