//! Joins policies, the ledger and X12 messages: what is a rule is asked of the policy, what is state stands in the ledger.
//!
//! A [`Desk`] does what one person asks for at one instant: it holds them to the policy's scopes, asks the policy what the
//! ledger's rows come to, and has the ledger carry it out. Knows nothing of files, streams or the command line.

mod actor;
mod appeal;
mod approval;
mod basis;
mod course;
mod desk;
mod determine;
mod doubt;
mod error;
mod facts;
mod granted;
mod letter;
mod mail;
mod particulars;
mod reference;
mod request;
mod response;
mod serving;
mod shown;
mod watch;
mod way;

pub use actor::{Actor, ActorError};
pub use appeal::NewAppeal;
pub use approval::InternalApproval;
pub use course::Course;
pub use desk::{Desk, EnteredCharge, Found, NewCharge, Rules};
pub use determine::NewDetermination;
pub use error::AuthError;
pub use mail::{Arrived, Incoming, Outgoing, Sent};
pub use particulars::Particulars;
pub use request::Asked;
pub use serving::Candidate;
pub use shown::{ChargeStep, Followed, Shown, ShownCharge, ShownMember, ShownRequest};
pub use watch::{AppealPeriod, Notice};
pub use way::Way;
