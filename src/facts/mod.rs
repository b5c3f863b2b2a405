//! What is known of a case: vocabulary, fact kinds, values, cases. Knows nothing of policies or YAML.

mod case;
mod derived;
mod event;
mod fact_set;
mod fault;
mod fold;
mod json;
mod keyword;
mod kind;
mod value;
mod vocabulary;

pub use case::{Case, CaseBuilder};
pub use derived::{Formula, Term};
pub(crate) use event::PERSON_KEYS;
pub use event::{EVENT_KEYS, Event, EventBuilder, MOST_EVENTS, Person, bounded};
pub use fact_set::FactSet;
pub use fault::{CASE_KEYS, Fault};
pub use fold::fold;
pub use json::Unreadable;
pub use keyword::{Keyword, KeywordError, Reach};
pub use kind::{Bounds, Kind, LONGEST_TEXT, Misfit, Raw, nearest_zone};
pub use value::{Ordinal, Value};
pub use vocabulary::{Fact, FactId, Missing, Reading, Vocabulary};
