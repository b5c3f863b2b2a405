//! Checked, typed policies. Past `lower` nothing in them can be malformed. Knows nothing of bits or rendering.

mod calendar;
mod condition;
mod escalation;
mod exception;
mod expectation;
mod file;
mod given;
mod header;
mod hooks;
mod library;
mod matcher;
mod reader;
mod rule;
mod suite;
mod turnaround;
mod version;
mod vocabulary;
mod when;

pub use condition::{Condition, Edge, Interval, Matcher, Test, Unit};
pub use escalation::{Category, Escalations, Redirect, Requirement, Scenario};
pub use exception::{ExceptionType, Exceptions, Reason, WindowRule, ZoneSource};
pub use expectation::{Expected, Mismatch};
pub use given::read_cases;
pub use header::{Body, Effective, Policy};
pub use library::Library;
pub use reader::Captions;
pub use rule::Rule;
pub use suite::{Suite, SuiteCase};
pub use turnaround::{Allowance, TurnaroundRow};
