//! All faults of a run, collected while reading goes on.

use super::{Diagnostic, Severity};

/// Collects diagnostics, so that reading never stops at the first.
#[derive(Debug, Default)]
pub struct Bag {
    found: Vec<Diagnostic>,
}

impl Bag {
    /// Adds a fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Whether any of them stops a policy from loading.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity() == Severity::Error)
    }

    /// How many there are: what was found since can be told by comparing.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them in order of place, each once; those without a place come first.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        sort(&mut self.found);
        self.found
    }
}

/// Puts diagnostics in order of place, each once; those without a place come first.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let place = |d: &Diagnostic| d.place.as_ref().map(|p| (p.source.path().to_owned(), p.span));
        place(a).cmp(&place(b)).then_with(|| a.code.cmp(&b.code)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
}
