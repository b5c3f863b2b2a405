//! All faults of a run, collected while reading goes on.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity};

/// How many faults of one file are kept: nobody reads on, and a file of millions would fill the memory.
pub const MOST_A_FILE: usize = 1_000;

/// Collects diagnostics, so that reading never stops at the first.
#[derive(Debug, Default)]
pub struct Bag {
    found: Vec<Diagnostic>,
    /// How many were found in each file, those that were not kept included.
    counts: BTreeMap<String, usize>,
    len: usize,
    errors: bool,
}

impl Bag {
    /// Adds a fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.len += 1;
        self.errors |= diagnostic.severity() == Severity::Error;
        let path = diagnostic.place.as_ref().map_or("", |place| place.source.path());
        match self.counts.get_mut(path) {
            Some(count) => *count += 1,
            None => drop(self.counts.insert(path.to_owned(), 1)),
        }
        if self.counts.get(path).is_some_and(|count| *count <= MOST_A_FILE) {
            self.found.push(diagnostic);
        }
    }

    /// Whether any of them stops a policy from loading.
    pub fn has_errors(&self) -> bool {
        self.errors
    }

    /// How many there are: what was found since can be told by comparing.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them in order of place, each once; those without a place come first.
    ///
    /// Of a file with more than [`MOST_A_FILE`] the last one shown says how many more there are.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        sort(&mut self.found);
        for (path, count) in self.counts.iter().filter(|(_, count)| **count > MOST_A_FILE) {
            let of_file = |found: &&mut Diagnostic| found.place.as_ref().map_or("", |p| p.source.path()) == path;
            if let Some(last) = self.found.iter_mut().rev().find(of_file) {
                let help = last.help.take().unwrap_or_default();
                last.help = Some(format!("{help}\n{} more faults of this file are not shown", count - MOST_A_FILE));
            }
        }
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
