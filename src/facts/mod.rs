//! What cases say: facts and their values. Knows nothing of policies or YAML.

mod fold;
mod keyword;

pub use fold::fold;
pub use keyword::{Keyword, KeywordError, Reach};
