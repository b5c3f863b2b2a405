//! The words and signs by which matchers compare.

use crate::facts::Ordinal;
use crate::policy::Interval;

/// The signs and words that begin a comparison, longest first.
pub(super) const COMPARISONS: [(&str, Comparison); 8] = [
    ("more than ", Comparison::More),
    ("less than ", Comparison::Less),
    ("at least ", Comparison::AtLeast),
    ("at most ", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    (">", Comparison::More),
    ("<", Comparison::Less),
];

/// What dates alone understand.
pub(super) const DATE_COMPARISONS: [(&str, Comparison); 4] = [
    ("on or before ", Comparison::AtMost),
    ("on or after ", Comparison::AtLeast),
    ("before ", Comparison::Less),
    ("after ", Comparison::More),
];

/// On which side of a value another may lie.
#[derive(Clone, Copy)]
pub(super) enum Comparison {
    More,
    Less,
    AtLeast,
    AtMost,
}

impl Comparison {
    /// The values on that side.
    pub fn with(self, at: Ordinal) -> Interval {
        match self {
            Comparison::More => Interval::above(at, false),
            Comparison::Less => Interval::below(at, false),
            Comparison::AtLeast => Interval::above(at, true),
            Comparison::AtMost => Interval::below(at, true),
        }
    }
}

/// The comparison that a text begins with, and what it compares with.
pub(super) fn comparison<'t>(table: &[(&str, Comparison)], text: &'t str) -> Option<(Comparison, &'t str)> {
    table.iter().find_map(|(words, comparison)| Some((*comparison, text.strip_prefix(words)?.trim())))
}
