//! Checked, typed policies. Past `lower` nothing in them can be malformed. Knows nothing of bits or rendering.

mod calendar;
mod condition;
mod escalation;
mod exception;
mod expectation;
mod file;
mod given;
mod header;
mod library;
mod matcher;
mod reader;
mod rule;
mod suite;
mod table;
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
pub use suite::{Suite, SuiteCase, decision_keys, outcome_words};
pub use table::{Column, Gather, Hit, Table, TableRow};
pub use turnaround::{Allowance, TurnaroundRow};
