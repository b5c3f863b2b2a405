//! Which of several authorizations that serve goes first.

use crate::diagnostic::Code;
use crate::syntax::Node;

use super::super::reader::Reader;

/// What authorizations are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The one with most units left goes first.
    MostLeft,
    /// The one whose period ends first goes first.
    EarliestEnd,
    /// The one with the lesser number goes first.
    Number,
}

impl Rank {
    /// The order unless another is given.
    pub const ALL: [Rank; 3] = [Rank::MostLeft, Rank::EarliestEnd, Rank::Number];

    /// The phrase for it in policies.
    pub fn phrase(self) -> &'static str {
        match self {
            Rank::MostLeft => "most units left",
            Rank::EarliestEnd => "earliest end",
            Rank::Number => "number",
        }
    }
}

/// Lowers `rank by:`. Numbers differ, so they settle what the rest leaves open.
pub(super) fn lower(reader: &mut Reader<'_>, node: &Node) -> Vec<Rank> {
    let known = Rank::ALL.map(|rank| (rank.phrase(), rank));
    let mut ranks: Vec<Rank> = Vec::new();
    for item in reader.one_or_more(node, "what they are ranked by") {
        match reader.one_of(item, "way to rank:", &known) {
            Some(rank) if ranks.contains(&rank) => {
                let message = format!("`{}` stands in the list twice", rank.phrase());
                reader.fault(Code::DuplicateName, item.span, message, "name it once");
            }
            rank => ranks.extend(rank),
        }
    }
    if !ranks.contains(&Rank::Number) {
        ranks.push(Rank::Number);
    }
    ranks
}
