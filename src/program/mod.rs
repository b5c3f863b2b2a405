//! What policies compile to. Knows nothing of files or rendering.

mod keywords;

pub use keywords::KeywordIndex;
