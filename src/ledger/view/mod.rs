//! Looking things up.

mod alerts;
mod answers;
mod authorizations;
mod charges;
mod history;
mod messages;
mod requests;

pub use alerts::Watched;
pub use authorizations::Filter;
