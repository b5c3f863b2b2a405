//! Requests that are approved level after level: a pure fold of events over a policy.
//!
//! Each event is judged against where the request stands, and then carried out; what is refused changes nothing. Time
//! passes between events: levels lapse, and the request as a whole, at the instants at which they are due.

mod act;
mod decider;
mod effect;
mod fold;
mod history;
mod judge;
mod pending;
mod refusal;
mod request;
mod seats;
mod seek;
mod turns;

pub use act::Act;
pub use history::{Entry, Happening};
pub use refusal::{Refusal, Refused};
pub use request::{Closing, Request, State};
pub use seek::{Read, Reading};
pub use turns::Turn;

pub(super) use fold::request;
