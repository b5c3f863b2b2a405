//! Services that a payer authorizes: whether one is needed, which one serves, what comes next, and when it runs out.
//!
//! [`decide`](super::decide) answers all of it for a case. Those who keep authorizations in a ledger build cases from what
//! they know, field by field with [`fill`], and put single questions to a [`Desk`].

mod asked;
mod beside;
mod grant;
mod look;
mod pace;
mod sent;
mod watch;

pub(super) use asked::{Asked, DOCUMENTS_NEEDED, SATISFIED};
pub use beside::Beside;
pub use grant::{Grant, Ranked, Shortfall, Use, compare};
pub use look::{Alerts, Desk, FieldValue, Known, Serving, clear, fill, policy};
pub use pace::{Pace, Renewal, renewal};
pub(super) use sent::sent_at;
pub use watch::Watch;
