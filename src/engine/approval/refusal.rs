//! Why an event is refused. The words are for machines and never change.

use crate::facts::Event;

/// A refused event.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused<'a> {
    /// The event.
    pub event: &'a Event,
    /// Which refusal.
    pub code: Refusal,
    /// Why, for people.
    pub message: String,
}

macro_rules! refusals {
    ($($(#[$doc:meta])+ $variant:ident = $word:literal,)+) => {
        /// The kinds of refusals, in the order in which they are looked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])+ $variant,)+
        }

        impl Refusal {
            /// Every kind.
            pub const ALL: &[Refusal] = &[$(Refusal::$variant),+];

            /// The word for it.
            pub fn word(self) -> &'static str {
                match self {
                    $(Refusal::$variant => $word,)+
                }
            }
        }
    };
}

refusals! {
    /// An earlier event has the same id and other content.
    DuplicateId = "duplicate_id",
    /// No event has this type.
    UnknownType = "unknown_type",
    /// The event has a key that belongs to a delegation.
    MisplacedKey = "misplaced_key",
    /// A delegation does not say to whom.
    NoDelegate = "no_delegate",
    /// A delegation to whoever makes it.
    OwnDelegate = "own_delegate",
    /// A delegation that ends before it begins.
    BadPeriod = "bad_period",
    /// The event happened after the instant of the case.
    AfterCase = "after_case",
    /// The event happened before one that was accepted.
    TimeRunsBackwards = "time_runs_backwards",
    /// Missing facts leave open where the request stands.
    Undetermined = "undetermined",
    /// The request is not in a state that allows it.
    WrongState = "wrong_state",
    /// No version of the policy is in force.
    NotInForce = "not_in_force",
    /// Somebody else made the request.
    NotTheRequester = "not_the_requester",
    /// The policy does not allow it to requesters.
    NotAllowed = "not_allowed",
    /// Whoever acts has none of the roles that may.
    WrongRole = "wrong_role",
    /// The level names people, and this is none of them.
    NotNamed = "not_named",
    /// Nobody decides on a request of their own.
    OwnRequest = "own_request",
    /// Everybody votes once a level.
    AlreadyVoted = "already_voted",
    /// Nobody decides two levels of one round.
    AlreadyDecidedALevel = "already_decided_a_level",
    /// The approval of this role, or person, is there already.
    RoleHasDecided = "role_has_decided",
}
