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

impl Truth {
    /// What is known of the rule that these rows make up. `Open` errs on the side of caution: rows that are open one by
    /// one may hold together.
    pub fn verdict(&self, rows: Range<usize>) -> Verdict {
        if self.certain.first_in(rows.clone()).is_some() {
            Verdict::Yes
        } else if self.possible.first_in(rows).is_some() {
            Verdict::Open
        } else {
            Verdict::No
        }
    }
}
