//! What verifying finds.

use serde::Serialize;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable word for it.
    pub word: &'static str,
    /// What it is about: a kind and an id.
    pub about: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    pub(super) fn new(word: &'static str, about: Option<(&str, &str)>, message: impl Into<String>) -> Finding {
        Finding { word, about: about.map(|(kind, id)| format!("{kind} `{id}`")), message: message.into() }
    }
}
