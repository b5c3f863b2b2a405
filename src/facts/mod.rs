//! What is known of a case: vocabulary, fact kinds, values, cases. Knows nothing of policies or YAML.

mod case;
mod clock;
mod derived;
mod event;
mod fact_set;
mod fault;
mod fold;
mod json;
mod keyword;
mod kind;
mod unreadable;
mod value;
mod vocabulary;
mod zone_name;

pub use case::{Case, CaseBuilder};
pub use clock::EventBuilder;
pub use derived::{Formula, Term};
pub(crate) use event::PERSON_KEYS;
pub use event::{EVENT_KEYS, Event, MOST_EVENTS, Person, RequestEventBuilder, bounded};
pub use fact_set::FactSet;
pub use fault::{CASE_KEYS, Fault};
pub use fold::fold;
pub use keyword::{Keyword, KeywordError, Reach};
pub use kind::{Bounds, Kind, LONGEST_TEXT, Misfit, Raw};
pub use unreadable::Unreadable;
pub use value::{Ordinal, Value};
pub use vocabulary::{Fact, FactId, Missing, Reading, Vocabulary};
pub use zone_name::{nearest_zone, zone_hint};
