//! The versions of one policy in time.

use std::sync::Arc;

use crate::diagnostic::{Bag, Code, Diagnostic, Severity};
use crate::time::Instant;

use super::{Effective, Policy};

/// All versions of one policy, in the order in which they come into force.
#[derive(Debug, Clone)]
pub struct Versions(Vec<Arc<Policy>>);

impl Versions {
    /// Puts versions of one name in order. Which of two that overlap decides nobody could tell, and two that use
    /// different words could not read the same cases: such versions are no policy. Days between versions on which none
    /// is in force get a warning.
    pub(super) fn new(mut all: Vec<Policy>, bag: &mut Bag) -> Option<Versions> {
        all.sort_by_key(|policy| policy.effective.as_ref().and_then(Effective::starts));
        let mut findings: Vec<Diagnostic> = Vec::new();
        let (first, rest) = all.split_first()?;
        for other in rest.iter().filter(|other| !Arc::ptr_eq(&other.vocabulary, &first.vocabulary)) {
            let message = format!("this version of `{}` uses other vocabularies than the first", other.name);
            findings.push(
                Diagnostic::new(Code::UnlikeVersions, other.place.clone(), message)
                    .related(first.place.clone(), "the first version")
                    .help("name the same vocabularies under `uses:`: a case is read before its version is known"),
            );
        }
        findings.extend(all.iter().zip(rest).filter_map(|(earlier, later)| succession(earlier, later)));
        let sound = findings.iter().all(|found| found.severity() == Severity::Warning);
        findings.into_iter().for_each(|found| bag.push(found));
        let several = all.len() > 1;
        all.iter_mut().for_each(|policy| policy.one_of_several = several);
        sound.then(|| Versions(all.into_iter().map(Arc::new).collect()))
    }

    /// The version that is in force at an instant.
    pub fn at(&self, at: Instant) -> Option<&Arc<Policy>> {
        self.0.iter().find(|policy| policy.covers(at))
    }

    /// The version that comes into force last.
    pub fn latest(&self) -> Option<&Arc<Policy>> {
        self.0.last()
    }

    /// All versions.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Policy>> {
        self.0.iter()
    }
}

/// What is wrong with how a version follows on another: an overlap or a gap.
fn succession(earlier: &Policy, later: &Policy) -> Option<Diagnostic> {
    let ends = earlier.effective.as_ref().and_then(Effective::ends);
    let starts = later.effective.as_ref().and_then(Effective::starts);
    let place = |policy: &Policy| policy.effective.as_ref().map_or(&policy.place, |effective| &effective.place).clone();
    let finding = match (ends, starts) {
        (Some(ends), Some(starts)) if ends == starts => return None,
        (Some(ends), Some(starts)) if ends < starts => {
            let message = format!("no version of `{}` is in force between this one and the one before", later.name);
            Diagnostic::new(Code::VersionGap, place(later), message)
                .help("let the earlier one last until the day before, or say in a comment why nothing decides then")
        }
        (_, _) => {
            let message = format!("two versions of `{}` are in force at once", later.name);
            Diagnostic::new(Code::VersionsOverlap, place(later), message)
                .help("let the earlier one end with `to:` on the day before the later one begins with `from:`")
        }
    };
    Some(finding.related(place(earlier), "the version before"))
}
