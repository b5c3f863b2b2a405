//! What the facts that a case does not give leave of the rows, made beforehand.

use crate::facts::{FactId, FactSet};

use super::Bits;
use super::atom::{Atom, AtomId};
use super::bits::INLINE;
use super::first_sight::{FirstSight, Words};
use super::index::Index;

/// How many neighbouring facts of the vocabulary one look-up settles. Where rows are few, more fit into little memory.
fn block_size(index: &Index) -> usize {
    if index.all().words().len() <= INLINE { 8 } else { 4 }
}

/// For each block of neighbouring facts, and each set of them that may be given, the rows that the others leave by not
/// being given.
#[derive(Debug, Clone)]
pub(super) struct Absence {
    blocks: Vec<Block>,
    /// How many sets of facts a block has.
    combinations: usize,
    /// For each block and combination the rows that can remain, then those that surely do.
    left: Vec<u64>,
}

/// Where a block's bits stand among those of a case.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Block {
    byte: usize,
    shift: usize,
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

    /// Keeps what is left here too.
    fn keep(&mut self, other: &Left) {
        self.possible.keep(other.possible.words());
        self.certain.keep(other.certain.words());
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
    pub fn new(index: &Index, facts: &[(FactId, Left)]) -> Absence {
        let size = block_size(index);
        let block = |fact: FactId| Block { byte: fact.index() / 8, shift: fact.index() % 8 / size * size };
        let mut absence = Absence { blocks: Vec::new(), combinations: 1 << size, left: Vec::new() };
        for group in facts.chunk_by(|(one, _), (other, _)| block(*one) == block(*other)) {
            absence.blocks.extend(group.first().map(|(fact, _)| block(*fact)));
            let mut rows = vec![Left::all(index); absence.combinations];
            // one that is not given leaves of what remains if it is: that stands further on
            for given in (0..absence.combinations - 1).rev() {
                let missing = given.trailing_ones() as usize;
                let mut narrowed = rows.get(given | 1 << missing).cloned().unwrap_or_else(|| Left::all(index));
                for (_, left) in group.iter().filter(|(fact, _)| fact.index() % size == missing) {
                    narrowed.keep(left);
                }
                if let Some(slot) = rows.get_mut(given) {
                    *slot = narrowed;
                }
            }
            let words = |rows: &Left| [rows.possible.words(), rows.certain.words()].concat();
            absence.left.extend(rows.iter().flat_map(words));
        }
        absence
    }

    /// Narrows rows to what the facts that are not given leave of them.
    #[allow(
        clippy::indexing_slicing,
        reason = "the hot loop; a case has a bit for each fact, and blocks as many words as were put in"
    )]
    #[inline]
    pub fn narrow<W: Words>(&self, given: &FactSet, sight: &mut FirstSight<W>) {
        let bits = given.bits();
        let words = sight.possible.words().len();
        for (number, block) in self.blocks.iter().enumerate() {
            let combination = usize::from(bits[block.byte] >> block.shift) & (self.combinations - 1);
            let start = (number * self.combinations + combination) * 2 * words;
            let (possible, certain) = self.left[start..start + 2 * words].split_at(words);
            sight.possible.keep(possible);
            sight.certain.keep(certain);
        }
    }
}
