//! Which rules a policy's questions are made of, kind by kind: numbers beside the policy's own data.

use std::ops::Range;

use super::{Bits, RuleId, Truth};

/// The rules of a policy, in the shape of its kind.
#[derive(Debug, Clone)]
pub enum Layout {
    /// One entry a type, in the policy's order.
    Exceptions(Vec<TypeRules>),
    /// The categories.
    Escalations {
        /// Numbers of the categories: priority descending, then the order of the file.
        order: Vec<usize>,
        /// One entry a category, in the order of the file.
        categories: Vec<CategoryRules>,
        /// The rows without one of which no category matches.
        entries: Entries,
    },
    /// The rows of a table.
    Table(TableRules),
    /// The rules by which levels are entered, in their order.
    Approval(Vec<RuleId>),
    /// The sections of an authorization.
    Authorization(Box<AuthorizationRules>),
}

/// The rows that categories, or the rules of a table, are entered by: without one of them they do not match.
#[derive(Debug, Clone)]
pub struct Entries {
    rows: Bits,
    /// For each row the place of its category in the order.
    owners: Vec<usize>,
}

impl Entries {
    /// Of `size` rows, those by which each place is entered.
    pub(super) fn new(size: usize, entered: impl Iterator<Item = (usize, Range<usize>)>) -> Entries {
        let mut entries = Entries { rows: Bits::none(size), owners: vec![0; size] };
        for (place, rows) in entered {
            for row in rows {
                entries.rows.insert(row);
                if let Some(owner) = entries.owners.get_mut(row) {
                    *owner = place;
                }
            }
        }
        entries
    }

    /// The places, in the order of the categories, of those that can match.
    pub fn possible<'s>(&'s self, truth: &'s Truth) -> impl Iterator<Item = usize> + 's {
        let mut last = None;
        truth.possible.common(&self.rows).filter_map(move |row| {
            // the rows of a category are neighbours
            let owner = self.owners.get(row).copied().filter(|owner| Some(*owner) != last)?;
            last = Some(owner);
            last
        })
    }
}

/// The rules of a table.
#[derive(Debug, Clone)]
pub struct TableRules {
    /// One a row, in the order of the table.
    pub rows: Vec<RuleId>,
    /// What is given where no row matches.
    pub default: Option<RuleId>,
    /// The rows without one of which no rule of the table matches.
    pub entries: Entries,
}

/// The rules of an authorization policy, section by section in the order of the policy.
#[derive(Debug, Clone)]
pub struct AuthorizationRules {
    /// The rows that say whether one is needed.
    pub required: Vec<RuleId>,
    /// Whether each document is there.
    pub documents: Vec<RuleId>,
    /// Whether each form is there.
    pub forms: Vec<RuleId>,
    /// What must be true before a request goes out.
    pub before: Vec<RuleId>,
    /// Whether the request has gone out.
    pub submitted: Option<RuleId>,
    /// Whether the organisation's own approval is needed.
    pub internal: Option<RuleId>,
    /// What an authorization must meet to serve a charge.
    pub serves: Vec<RuleId>,
    /// What comes next.
    pub next: Vec<RuleId>,
    /// The rows that say how soon the payer decides.
    pub determination: Vec<RuleId>,
    /// What is to be noticed.
    pub alerts: Vec<RuleId>,
}

/// The rules of one exception type.
#[derive(Debug, Clone)]
pub struct TypeRules {
    /// What calls for it.
    pub occasion: RuleId,
    /// Its reasons.
    pub reasons: Vec<RuleId>,
    /// Who may create it.
    pub may_create: Option<RuleId>,
    /// Its windows.
    pub windows: Vec<WindowRules>,
}

/// The two questions of a window.
#[derive(Debug, Clone)]
pub struct WindowRules {
    /// Whether the limit applies.
    pub applies: RuleId,
    /// Whether it is open.
    pub open: RuleId,
}

/// The rules of one category.
#[derive(Debug, Clone)]
pub struct CategoryRules {
    /// Whether it matches, its scenarios aside.
    pub rule: RuleId,
    /// Its scenarios.
    pub scenarios: Vec<RuleId>,
    /// What is sent elsewhere.
    pub redirects: Vec<RuleId>,
    /// What must be true first.
    pub requires: Vec<RuleId>,
    /// The rows of its turnaround.
    pub turnaround: Vec<RuleId>,
}
