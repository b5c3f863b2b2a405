//! What an organisation owns of authorizations: a store of members, charges, authorizations, attachments, requests and
//! messages, in which units are never lost, doubled or used twice, whatever fails.
//!
//! Knows nothing of policies, of the standard that messages are written in, or of the clock: what is a rule lives in a
//! policy, what is state lives here, and whoever joins the two says who acts, when, and by which version of the policy
//! ([`Act`]).
//!
//! - [`Ledger::open`] opens a file or a database. Everything is kept in it; there is nothing beside it.
//! - [`Ledger::run`] does one [`Command`] in one transaction, with its histories: [`AddMember`], [`AddCharge`],
//!   [`ValidateCharge`], [`AddAuthorization`], [`Amend`], [`Cancel`], [`Attach`], [`Reverse`], [`SetFollowUp`],
//!   [`OpenRequest`], [`OpenSendable`], [`Submit`], [`SendByHand`], [`MarkWritten`], [`Receive`], [`Determine`], [`Appeal`],
//!   [`Withdraw`], [`AmendMember`], [`FileDocument`].
//!   A command is refused by a [`Refusal`], and then nothing has changed.
//! - Look-ups are methods of [`Ledger`] named after what they look up. [`Ledger::candidates`] ranks what a member has,
//!   [`obstacles`] says why one does not serve a charge, [`Ledger::each_watched`] streams what alerts look at.
//! - [`Ledger::verify`] holds the store to its histories, [`Ledger::anchor`] makes that hold for those who could rewrite
//!   them, [`Ledger::export`] writes everything down, and [`Ledger::backup`] copies a file while others write.

mod act;
mod audit;
mod book;
mod codes;
mod columns;
mod command;
mod entity;
mod error;
mod export;
mod hash;
mod obstacle;
mod record;
mod refusal;
mod store;
mod store_error;
mod stored_time;
mod text;
mod units;
mod view;
mod words;
mod work;

pub use act::{Act, Answer};
pub use audit::anchor::Anchor;
pub use audit::difference::Difference;
pub use audit::entry::Recorded;
pub use audit::finding::Finding;
pub use audit::verify::Verified;
pub use book::{Access, Ledger, Limits};
pub use codes::Codes;
pub use command::{
    AddAuthorization, AddCharge, AddMember, Addressed, Amend, AmendMember, Amended, Appeal, AppealMessage, Appealed,
    Asking, Attach, Attached, Attempt, Authorized, Basis, Cancel, Cancelled, ChargeAdded, ChargeValidated, Command,
    Determine, Determined, FileDocument, Filed, FiledWith, FollowUpSet, MarkWritten, MemberAdded, MemberAmended,
    NotAttached, OpenRequest, OpenSendable, Outgoing, Receive, Received, RequestOpened, Reverse, Reversed, SendByHand,
    SentByHand, SetFollowUp, Submit, Submitted, Unmatched, ValidateCharge, Withdraw, Withdrawn, Write, Written,
};
pub use entity::{AttachmentId, AuthorizationId, Entity, Kind, MessageId, RequestId, TransmissionId};
pub use error::Error;
pub use export::ExportError;
pub use hash::Hash;
pub use obstacle::{obstacles, uncovered};
pub use record::attachment::Attachment;
pub use record::authorization::{Authorization, Status, View};
pub use record::change::{Change, Terms};
pub use record::charge::Charge;
pub use record::determination::{Determination, Outcome};
pub use record::document::{Filing, NewDocument};
pub use record::member::Member;
pub use record::message::Message;
pub use record::request::{Purpose, Request, RequestState};
pub use record::transmission::Transmission;
pub use refusal::Refusal;
pub use store_error::StoreError;
pub use units::{Units, UnitsError};
pub use view::{Filter, Watched};
pub use work::Work;
