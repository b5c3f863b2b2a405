//! A program and a case in, a decision with its grounds out. No clock, no I/O; knows nothing of YAML or rendering.

pub mod approval;
pub mod authorization;

mod answer;
mod asked;
mod condition;
mod consequences;
mod decide;
mod decision;
mod due;
mod escalations;
mod exceptions;
mod explain;
mod grounds;
mod interview;
mod needed;
mod needs;
mod prospect;
mod table;
mod walk;

pub use answer::{Allowed, Answer, Certain, Course, Creation, Gathered, Keys, Output, Redirection};
pub use asked::Bearing;
pub use condition::condition;
pub use decide::{decide, decide_by, in_force};
pub use decision::{AtRisk, ClockFace, Deadline, Decision, Hit, Match, Open, Stamp, Unmet, WindowState};
pub use explain::{Held, RuleTrace, Standing, Trace, explain, explain_by, is_of};
pub use grounds::{Given, Ground, Holding, event_facts};
pub use interview::{Interview, Question, Told};
