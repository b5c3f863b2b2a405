//! What a ledger keeps a history of.

use std::fmt;

use super::words::words;

words! {
    /// The kinds of things that have a history of their own.
    Kind {
        /// An authorization.
        Authorization = "authorization",
        /// A charge.
        Charge = "charge",
        /// A document.
        Document = "document",
        /// A member.
        Member = "member",
        /// A message from a partner.
        Message = "message",
        /// A request to a payer.
        Request = "request",
        /// A message to a partner.
        Transmission = "transmission",
    }
}

/// One thing with a history: its kind and its id as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entity {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
}

impl Entity {
    /// The thing of that kind and id.
    pub fn new(kind: Kind, id: impl fmt::Display) -> Entity {
        Entity { kind, id: id.to_string() }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind.word(), self.id)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident,)+) => {
        $(
            $(#[$doc])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub i64);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }
        )+
    };
}

ids! {
    /// The ledger's own number of an authorization; a payer's number may come later, or never.
    AuthorizationId,
    /// The number of an attachment.
    AttachmentId,
    /// The number of a request to a payer.
    RequestId,
    /// The number of a message from a partner.
    MessageId,
    /// The number of a message to a partner.
    TransmissionId,
}
