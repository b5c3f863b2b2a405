//! What can be done to a ledger: one file a command, each one transaction.

mod add_authorization;
mod add_charge;
mod add_member;
mod amend;
mod amend_member;
mod appeal;
mod attach;
mod basis;
mod cancel;
mod determine;
mod file_document;
mod mark_written;
mod open_request;
mod open_sendable;
mod receive;
mod reverse;
mod rivals;
mod send_by_hand;
mod set_follow_up;
mod settle;
mod submit;
mod validate_charge;
mod withdraw;

pub use add_authorization::{AddAuthorization, Authorized};
pub use add_charge::{AddCharge, ChargeAdded};
pub use add_member::{AddMember, MemberAdded};
pub use amend::{Amend, Amended};
pub use amend_member::{AmendMember, MemberAmended};
pub use appeal::{Appeal, AppealMessage, Appealed};
pub use attach::{Attach, Attached};
pub use basis::Basis;
pub use cancel::{Cancel, Cancelled};
pub use determine::Determine;
pub use file_document::{FileDocument, Filed, FiledWith};
pub use mark_written::{MarkWritten, Written};
pub use open_request::{Asking, OpenRequest, RequestOpened};
pub use open_sendable::OpenSendable;
pub use receive::{Addressed, Receive, Received, Unmatched};
pub use reverse::{Reverse, Reversed};
pub use send_by_hand::{SendByHand, SentByHand};
pub use set_follow_up::{FollowUpSet, SetFollowUp};
pub use settle::{Determined, NotAttached};
pub use submit::{Attempt, Outgoing, Submit, Submitted, Write};
pub use validate_charge::{ChargeValidated, ValidateCharge};
pub use withdraw::{Withdraw, Withdrawn};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::work::Work;
use super::{Act, Error, Hash, StoreError};

/// Something that is done to a ledger: see `Ledger::run`.
///
/// As JSON it is what an idempotency key stands for, so whatever makes it another command is part of that.
pub trait Command: Serialize {
    /// What histories call it.
    const NAME: &'static str;

    /// What came of it. It is kept as JSON for the key.
    type Answer: Serialize + DeserializeOwned;

    /// Does it, or refuses it; a refusal leaves nothing behind.
    ///
    /// # Errors
    ///
    /// A refusal, or a fault of the store.
    fn carry_out(&self, work: &mut Work<'_>) -> Result<Self::Answer, Error>;
}

/// What a key stands for: the command, all it says, who gave it and why.
pub(super) fn fingerprint<C: Command>(act: &Act<'_>, command: &C) -> Result<Hash, StoreError> {
    let content = super::work::json(command)?;
    Ok(Hash::of_parts([
        Some(C::NAME.as_bytes()),
        Some(act.actor.as_bytes()),
        act.reason.map(str::as_bytes),
        Some(content.as_bytes()),
    ]))
}

/// What histories say of the answer that is kept for a key.
pub(super) fn seal(fingerprint: &Hash, answer: &str) -> Hash {
    Hash::of_parts([Some(fingerprint.bytes()), Some(answer.as_bytes())])
}
