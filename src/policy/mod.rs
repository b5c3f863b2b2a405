//! Checked, typed policies. Past `lower` nothing in them can be malformed. Knows nothing of bits or rendering.

mod approval;
mod authorization;
mod calendar;
mod condition;
mod edition;
mod escalation;
mod events;
mod exception;
mod expectation;
mod expected_words;
mod fields;
mod file;
mod given;
mod header;
mod hooks;
mod lapse;
mod level;
mod library;
mod matcher;
mod named;
mod partner;
mod reader;
mod rule;
mod suite;
mod table;
mod turnaround;
mod version;
mod versions;
mod vocabulary;
mod when;

pub use approval::{AfterDenial, Approval, RequesterAct};
pub use authorization::{
    ACTIVE, Access, Alert, Authorization, Bindings, Command, Demand, Field, FieldType, Forbidden, Group,
    InternalApproval, LeadTime, Move, Needed, OUTCOMES, Paper, Rank, Repeats, STATUSES, URGENCIES,
};
pub use condition::{Condition, Edge, Interval, Matcher, Test, Unit};
pub use escalation::{Category, Escalations, Redirect, Requirement, Scenario};
pub use exception::{ExceptionType, Exceptions, Reason, WindowRule, ZoneSource};
pub use expectation::{Expected, Mismatch};
pub use given::read_cases;
pub use header::{Body, Effective, Policy};
pub use lapse::{Lapse, Remedy};
pub use level::{Approvers, Denial, Level, MOST_SEATS};
pub use library::Library;
pub use partner::{Delimiters, Partner, Party, Usage};
pub use reader::Captions;
pub use rule::Rule;
pub use suite::{Suite, SuiteCase, decision_keys, exception_types, outcome_words};
pub use table::{Column, Gather, Hit, Table, TableRow};
pub use turnaround::{Allowance, TurnaroundRow};
pub use versions::Versions;
