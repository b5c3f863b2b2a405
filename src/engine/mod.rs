//! A program and a case in, a decision with its grounds out. No clock, no I/O; knows nothing of YAML or rendering.

mod answer;
mod asked;
mod consequences;
mod decide;
mod decision;
mod escalations;
mod exceptions;
mod explain;
mod grounds;
mod interview;
mod needed;
mod needs;
mod walk;

pub use answer::{Allowed, Answer, Certain, Creation, Keys, Redirection};
pub use asked::Bearing;
pub use decide::decide;
pub use decision::{AtRisk, ClockFace, Deadline, Decision, Match, Open, Stamp, Unmet, WindowState};
pub use explain::{Held, RuleTrace, Standing, Trace, explain};
pub use grounds::{Given, Ground, Holding};
pub use interview::{Interview, Question};
