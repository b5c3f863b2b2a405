//! What a check finds, and how much it looked at.

use crate::diagnostic::Code;

use super::super::fault::{Fault, Spot};

/// How many faults of one file are kept: nobody reads on, and a file of millions would fill the memory.
pub const MOST_FAULTS: usize = 1_000;

/// Collects faults, so that a check never stops at the first.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<Fault>,
    count: usize,
    /// How many bytes, rules and codes were looked at.
    pub steps: usize,
}

impl Faults {
    /// Adds a fault; what it says is worked out only if it is kept.
    pub fn push(&mut self, code: Code, told: impl FnOnce() -> (Spot, String, String)) {
        self.count += 1;
        if self.found.len() < MOST_FAULTS {
            let (spot, message, help) = told();
            self.found.push(Fault { code, spot, message, help });
        }
    }

    /// How many there are, those that were not kept included.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Those that were kept, in order of place.
    pub fn into_sorted(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|fault| fault.spot.offset);
        self.found
    }
}
