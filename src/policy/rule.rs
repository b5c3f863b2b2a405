//! What every rule of a policy has: a name, a place, and a condition.

use crate::source::Place;

use super::Condition;

/// A rule: what decisions name as their ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The rule's id within its policy, its names joined with dots.
    pub id: String,
    /// The key, or the row, that states it.
    pub place: Place,
    /// When it applies.
    pub when: Condition,
}
