//! What messages mean: requests and responses as plain data, and what a payer decided.

mod acknowledgement;
mod code;
mod date;
mod envelope;
mod level;
mod party;
mod read_party;
mod read_request;
mod request;
mod response;
mod review;
mod text;
mod verdict;
mod words;
mod write;
mod write_request;

pub use acknowledgement::{GroupReply, InterchangeReply, SegmentFault, Taken, TransactionReply};
pub use code::{Action, Category, Certification, FollowUp, Stage, TraceOf};
pub use date::{DateKind, Dated};
pub use envelope::{Envelope, Usage};
pub use party::{Address, Channel, Contact, Identifier, Name, Party};
pub use request::{Attachment, Delivery, Diagnosis, Event, Line, Place, Procedure, Request, Service};
pub use response::Response;
pub use review::{Decision, Quantity, Rejection, Review, Trace};
pub use verdict::{Outcome, Reason, Resubmission, Ruling, Verdict, verdict};
pub use words::{certification_word, date_word, level_word, outcome_word, rejection_word, unit_word};
pub use write::{Unwritable, write};
