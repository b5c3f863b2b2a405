//! What the facts that a case does not give leave of the rows, made beforehand.

use crate::facts::{FactId, FactSet};

use super::Bits;
use super::atom::{Atom, AtomId};
use super::bits::{LINE, keep};
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
    /// For each combination the rows that can remain, then those that surely do.
    left: Vec<u64>,
}

/// The rows that can remain, and those that surely do.
#[derive(Debug, Clone)]
pub(super) struct Left {
    pub possible: Bits,
    pub certain: Bits,
}

impl Left {
    /// All rows.
    pub fn all(index: &Index) -> Left {
        Left { possible: index.all().clone(), certain: index.all().clone() }
    }

    /// What these atoms leave while each may have any class.
    pub fn open(ids: &[AtomId], atoms: &[Atom], index: &Index) -> Left {
        let mut left = Left::all(index);
        for id in ids {
            let mut any = index.none();
            for class in 0..atoms.get(id.index()).map_or(0, |atom| atom.classes) {
                any.add(index.mask(*id, class));
                left.certain.keep(index.mask(*id, class));
            }
            left.possible.keep(any.words());
        }
        left
    }
}

impl Absence {
    /// Takes what each fact leaves by not being given.
    pub fn new(index: &Index, facts: Vec<(FactId, Left)>) -> Absence {
        let mut combined: Vec<((usize, usize), Vec<Left>)> = Vec::new();
        for (fact, left) in facts {
            let place = (fact.index() / 8, fact.index() % 8 / BLOCK * BLOCK);
            let at = combined.iter().position(|(known, _)| *known == place).unwrap_or_else(|| {
                combined.push((place, vec![Left::all(index); COMBINATIONS]));
                combined.len() - 1
            });
            let bit = 1 << (fact.index() % BLOCK);
            let combinations = combined.get_mut(at).into_iter().flat_map(|(_, lefts)| lefts.iter_mut().enumerate());
            for (_, combination) in combinations.filter(|(given, _)| given & bit == 0) {
                combination.possible.keep(left.possible.words());
                combination.certain.keep(left.certain.words());
            }
        }
        let words = |left: &Left| [left.possible.words(), left.certain.words()].concat();
        let block = |((byte, shift), lefts): ((usize, usize), Vec<Left>)| Block {
            byte,
            shift,
            left: lefts.iter().flat_map(words).collect(),
        };
        Absence { blocks: combined.into_iter().map(block).collect() }
    }

    /// Narrows the possible and the certain rows, one after the other in `rows`, to what the facts that are not given
    /// leave of them.
    #[allow(
        clippy::indexing_slicing,
        reason = "the hot loop; a combination is below 16, and each has as many words as `rows`"
    )]
    pub fn narrow(&self, given: &FactSet, rows: &mut [u64]) {
        let bits = given.bits();
        let combination = |block: &Block| usize::from(bits[block.byte] >> block.shift) % COMBINATIONS;
        // most policies have one line of rows: then all of them stay in registers
        if let Ok(rows) = <&mut [u64; 2 * LINE]>::try_from(&mut *rows) {
            for block in &self.blocks {
                let left = block.left.as_chunks::<{ 2 * LINE }>().0[combination(block)];
                rows.iter_mut().zip(left).for_each(|(row, left)| *row &= left);
            }
            return;
        }
        for block in &self.blocks {
            keep(rows, &block.left[combination(block) * rows.len()..][..rows.len()]);
        }
    }
}
