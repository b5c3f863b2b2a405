//! The facts that a case gives.

use smallvec::{SmallVec, smallvec};

use super::{FactId, Value};

/// Values by fact, each fact at most once, with a bit a fact that tells whether it is given.
///
/// A case gives a dozen of a vocabulary's facts: a short list and some bits are smaller than a slot for each.
#[derive(Debug, Clone, Default)]
pub struct FactSet {
    /// Those of up to 256 facts need no memory of their own.
    given: SmallVec<[u8; 32]>,
    values: Vec<(FactId, Value)>,
}

/// The order in which facts were given makes no difference.
impl PartialEq for FactSet {
    fn eq(&self, other: &FactSet) -> bool {
        self.given == other.given && self.iter().all(|(id, value)| other.get(id) == Some(value))
    }
}

impl FactSet {
    /// No facts of a vocabulary of `size`.
    pub(super) fn new(size: usize) -> FactSet {
        FactSet { given: smallvec![0; size.div_ceil(8)], values: Vec::with_capacity(12) }
    }

    /// Whether a fact is given.
    pub fn contains(&self, id: FactId) -> bool {
        self.given.get(id.index() / 8).is_some_and(|byte| byte & (1 << (id.index() % 8)) != 0)
    }

    /// A fact's value, if it is given.
    pub fn get(&self, id: FactId) -> Option<&Value> {
        if !self.contains(id) {
            return None;
        }
        self.values.iter().find(|(known, _)| *known == id).map(|(_, value)| value)
    }

    /// The facts that are given, in the order in which they were.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &Value)> {
        self.values.iter().map(|(id, value)| (*id, value))
    }

    /// Which facts are given, a bit each: bit 0 of byte 0 is the first fact of the vocabulary.
    pub fn bits(&self) -> &[u8] {
        &self.given
    }

    /// Gives a fact; false if it is given already.
    pub(super) fn add(&mut self, id: FactId, value: Value) -> bool {
        let bit = 1 << (id.index() % 8);
        let Some(byte) = self.given.get_mut(id.index() / 8).filter(|byte| **byte & bit == 0) else { return false };
        *byte |= bit;
        self.values.push((id, value));
        true
    }

    /// Gives, replaces or, with `None`, withdraws a fact.
    pub(super) fn set(&mut self, id: FactId, value: Option<Value>) {
        let held = self.values.iter_mut().find(|(known, _)| *known == id);
        match (held, value) {
            (Some((_, held)), Some(value)) => *held = value,
            (None, Some(value)) => drop(self.add(id, value)),
            (_, None) => {
                if let Some(byte) = self.given.get_mut(id.index() / 8) {
                    *byte &= !(1 << (id.index() % 8));
                }
                self.values.retain(|(known, _)| *known != id);
            }
        }
    }
}
