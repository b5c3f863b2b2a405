//! What an event may do.

use crate::policy::RequesterAct;

/// The types of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A request is made.
    Submit,
    /// Somebody approves a level.
    Approve,
    /// Somebody denies it.
    Deny,
    /// Somebody sends it back to the requester.
    Return,
    /// Somebody lets another person decide in their stead.
    Delegate,
    /// What the requester does with it.
    Requester(RequesterAct),
}

impl Act {
    /// Every type.
    pub const ALL: [Act; 9] = [
        Act::Submit,
        Act::Approve,
        Act::Deny,
        Act::Return,
        Act::Requester(RequesterAct::Modify),
        Act::Requester(RequesterAct::Resubmit),
        Act::Delegate,
        Act::Requester(RequesterAct::Withdraw),
        Act::Requester(RequesterAct::Close),
    ];

    /// The word for it in events.
    pub fn word(self) -> &'static str {
        match self {
            Act::Submit => "submit",
            Act::Approve => "approve",
            Act::Deny => "deny",
            Act::Return => "return",
            Act::Delegate => "delegate",
            Act::Requester(act) => act.word(),
        }
    }

    /// The type of this word.
    pub fn parse(word: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.word() == word)
    }
}
