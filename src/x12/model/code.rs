//! Codes that decide what happens, as types.

use super::text::text;

/// A type for the codes of one element.
macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The code in a message.
            pub fn code(self) -> &'static str {
                match self {
                    $($name::$variant => $code,)+
                }
            }

            /// The one that a code means.
            pub fn of(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.code() == code)
            }
        }
    };
}

codes! {
    /// What is asked for (UM01).
    Category {
        /// To be admitted.
        Admission = "AR",
        /// Health services.
        Services = "HS",
        /// Specialty care: a referral.
        Specialty = "SC",
        /// A reservation of services for one person.
        Individual = "IN",
    }
}

codes! {
    /// In what manner it is asked for (UM02).
    Certification {
        /// For the first time.
        Initial = "I",
        /// Anew for a further period.
        Renewal = "R",
        /// With changes.
        Revised = "S",
        /// Again, to be reconsidered.
        Reconsideration = "N",
        /// As an appeal that cannot wait.
        ImmediateAppeal = "1",
        /// As an appeal.
        Appeal = "2",
        /// To be cancelled.
        Cancel = "3",
        /// For longer.
        Extension = "4",
        /// For information only.
        Notification = "5",
    }
}

codes! {
    /// Who gave a trace number, seen from the message that carries it (TRN01).
    TraceOf {
        /// Who sends the message.
        Sender = "1",
        /// Who sent what it answers.
        Receiver = "2",
    }
}

/// What a payer decided (HCR01).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A1: all is certified.
    Certified,
    /// A2: a part is certified.
    CertifiedPartly,
    /// A3: nothing is certified.
    NotCertified,
    /// A4: no decision yet.
    Pended,
    /// A6: something else than was asked for is certified.
    Modified,
    /// C: cancelled.
    Cancelled,
    /// CT: the payer wants to be called.
    ContactPayer,
    /// NA: no certification is needed.
    NotRequired,
    /// A code that nobody here knows. It approves nothing.
    Unknown(String),
}

impl Action {
    /// What the bytes of HCR01 mean.
    pub(super) fn of(code: &[u8]) -> Action {
        match code {
            b"A1" => Action::Certified,
            b"A2" => Action::CertifiedPartly,
            b"A3" => Action::NotCertified,
            b"A4" => Action::Pended,
            b"A6" => Action::Modified,
            b"C" => Action::Cancelled,
            b"CT" => Action::ContactPayer,
            b"NA" => Action::NotRequired,
            other => Action::Unknown(text(other)),
        }
    }
}

/// What to do after a rejection (AAA04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FollowUp {
    /// C: correct it and send it again.
    Correct,
    /// N: do not send it again.
    Never,
    /// P: send the original again.
    SendOriginal,
    /// R: it may be sent again.
    MaySendAgain,
    /// S: do not send it again, a third party is being asked.
    ThirdPartyAsked,
    /// W: send it again after 30 days.
    AfterThirtyDays,
    /// X: send it again after 10 days.
    AfterTenDays,
    /// Y: do not send it again, the payer will answer.
    PayerWillAnswer,
    /// A code that nobody here knows.
    Unknown(String),
}

impl FollowUp {
    /// What the bytes of AAA04 mean.
    pub(super) fn of(code: &[u8]) -> FollowUp {
        match code {
            b"C" => FollowUp::Correct,
            b"N" => FollowUp::Never,
            b"P" => FollowUp::SendOriginal,
            b"R" => FollowUp::MaySendAgain,
            b"S" => FollowUp::ThirdPartyAsked,
            b"W" => FollowUp::AfterThirtyDays,
            b"X" => FollowUp::AfterTenDays,
            b"Y" => FollowUp::PayerWillAnswer,
            other => FollowUp::Unknown(text(other)),
        }
    }
}

/// Whether further answers follow (BHT06).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// 18: this is the last one.
    Last,
    /// 19: more follow.
    MoreFollow,
    /// AT: an administrative action.
    Administrative,
    /// RU: it is about a reservation.
    Reservation,
    /// Nothing is said.
    Unsaid,
    /// A code that nobody here knows.
    Unknown(String),
}

impl Stage {
    /// What the bytes of BHT06 mean.
    pub(super) fn of(code: &[u8]) -> Stage {
        match code {
            b"" => Stage::Unsaid,
            b"18" => Stage::Last,
            b"19" => Stage::MoreFollow,
            b"AT" => Stage::Administrative,
            b"RU" => Stage::Reservation,
            other => Stage::Unknown(text(other)),
        }
    }
}
