//! One fault: what, where, and what to do about it.

use crate::source::Place;

use super::{Code, Severity};

/// A fault as data: each renderer draws it in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of fault: `rulebook explain CODE` tells more.
    pub code: Code,
    /// One line, lower case, the user's words in backticks.
    pub message: String,
    /// Where; `None` for what has no place in a text, such as a folder without policies.
    pub place: Option<Place>,
    /// A word or two under the caret; may be empty.
    pub label: String,
    /// Other places that matter, such as an earlier declaration.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A second place of a diagnostic with what it has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// Why it is shown.
    pub text: String,
}

impl Diagnostic {
    /// A fault at a place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { place: Some(place), ..Diagnostic::placeless(code, message) }
    }

    /// A fault of a file or folder as a whole.
    pub fn placeless(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, message: message.into(), place: None, label: String::new(), related: Vec::new(), help: None }
    }

    /// Adds the cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds the words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Diagnostic {
        self.related.push(Label { place, text: text.into() });
        self
    }

    /// Whether it stops a policy from loading.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
