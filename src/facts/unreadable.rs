//! A case that cannot be read.

use super::{Case, CaseBuilder, Fault};
use crate::diagnostic::Code;

/// How many faults of one case are told: whoever has mended so many sees the others.
const MOST_FAULTS: usize = 21;

/// A case that could not be read, with its name if that much was readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The case's `id`.
    pub id: Option<String>,
    /// What is wrong: of several faults the first in order of place.
    pub fault: Fault,
    /// What else is wrong, in order of place; what concerns the case as a whole comes last.
    pub more: Vec<Fault>,
}

impl Unreadable {
    /// A case with one fault.
    pub fn of(id: Option<&str>, fault: Fault) -> Unreadable {
        Unreadable { id: id.map(str::to_owned), fault, more: Vec::new() }
    }

    /// A case with these faults, of which there must be one; those past the bound are left out.
    pub(crate) fn new(id: Option<&str>, mut faults: Vec<Fault>) -> Unreadable {
        faults.truncate(MOST_FAULTS);
        if faults.is_empty() {
            faults.push(Fault::new(Code::CaseShape, "the case cannot be read"));
        }
        let fault = faults.remove(0);
        Unreadable { more: faults, ..Unreadable::of(id, fault) }
    }

    /// Whether so many faults are known that no more are looked for.
    pub(crate) fn is_enough(faults: &[Fault]) -> bool {
        faults.len() >= MOST_FAULTS
    }

    /// Whether faults may have been left out.
    pub fn is_cut(&self) -> bool {
        self.more.len() + 1 >= MOST_FAULTS
    }
}

impl CaseBuilder {
    /// The finished case, unless something was or is wrong with it.
    ///
    /// # Errors
    /// These faults, and what [`finish`](CaseBuilder::finish) finds beyond them.
    pub(crate) fn finish_with(self, mut faults: Vec<Fault>) -> Result<Case, Unreadable> {
        let (id, is_dated) = (self.known_id().map(str::to_owned), self.was_dated());
        match self.finish() {
            Ok(case) if faults.is_empty() => return Ok(case),
            // an `at` that could not be read is not missing
            Err(fault) if fault.code() == Code::MissingInstant && is_dated => {}
            Err(fault) => faults.push(fault),
            Ok(_) => {}
        }
        Err(Unreadable::new(id.as_deref(), faults))
    }
}
