//! What is decided, with everything that follows from it.

use crate::facts::Case;
use crate::hook::HookFault;
use crate::program::{Answers, Program, Truth};
use crate::time::{Instant, Turnaround};

use super::answer::{Answer, Certain};
use super::grounds::{self, Because, Given, Ground};

/// The decision of one case by one policy.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    pub(super) program: &'a Program,
    pub(super) case: &'a Case,
    pub(super) truth: Truth,
    pub(super) grounds: Vec<Because>,
    /// What hooks were asked and said.
    pub(super) answers: Answers,
    /// What is decided; of an undetermined case, the outcome alone.
    pub answer: Answer<'a>,
    /// When it is due.
    pub deadline: Option<Deadline<'a>>,
    /// The window that governs.
    pub window: Option<WindowState<'a>>,
    /// What must be true first and surely is not.
    pub unmet: Vec<Unmet<'a>>,
    /// What else matches for sure.
    pub also: Vec<&'a str>,
    /// What else may match.
    pub may_also: Vec<&'a str>,
    /// Of what else matches for sure, the details.
    pub matches: Vec<Match<'a>>,
    /// The facts that the case waits for, most settling first.
    pub needs: Vec<&'a str>,
    /// The hooks that gave no answer where something hangs on it.
    pub faults: Vec<HookFault>,
    /// Of an undetermined case, the keys that are the same whatever the missing facts turn out to be.
    pub certain: Certain<'a>,
    /// The deadline of an undetermined case, if that much is certain.
    pub certain_deadline: Option<Deadline<'a>>,
}

/// An instant with the offset in which people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The instant.
    pub at: Instant,
    /// Seconds east of UTC.
    pub offset: i32,
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deadline<'a> {
    /// The turnaround.
    pub within: &'a Turnaround,
    /// The earlier end of a range.
    pub target: Option<Stamp>,
    /// When it is due at last.
    pub limit: Stamp,
}

/// A window at the instant of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowState<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is open.
    pub open: bool,
    /// When it closes if it is open, when it opens if it is closed; `None` if it never does.
    pub changes: Option<Stamp>,
}

/// A requirement that is surely not met.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet<'a> {
    /// The requirement's id.
    pub rule: &'a str,
    /// What to say while it is not met.
    pub say: &'a str,
    /// The facts that it reads, as far as the case gives them.
    pub facts: Vec<Given<'a>>,
}

/// Something else that matches for sure.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'a> {
    /// The category's id.
    pub category: &'a str,
    /// What would come of it; `None` if that is open.
    pub outcome: Option<&'a str>,
    /// Its scenarios that match for sure.
    pub scenarios: Vec<&'a str>,
    /// When it would be due, if that is certain.
    pub deadline: Option<Deadline<'a>>,
    /// What would be to be done, as far as that is certain.
    pub actions: Vec<&'a str>,
    /// What would be to be known, as far as that is certain.
    pub notes: Vec<&'a str>,
}

/// The outcome of a case that a missing fact, or a hook that failed, keeps open.
pub(super) const UNDETERMINED: &str = "undetermined";

impl<'a> Decision<'a> {
    /// A decision of which no more is known than its answer.
    pub(super) fn new(program: &'a Program, case: &'a Case, answer: Answer<'a>, truth: Truth) -> Decision<'a> {
        Decision {
            program,
            case,
            truth,
            grounds: Vec::new(),
            answers: Answers::default(),
            answer,
            deadline: None,
            window: None,
            unmet: Vec::new(),
            also: Vec::new(),
            may_also: Vec::new(),
            matches: Vec::new(),
            needs: Vec::new(),
            faults: Vec::new(),
            certain: Certain::default(),
            certain_deadline: None,
        }
    }

    /// The case that was decided.
    pub fn case(&self) -> &'a Case {
        self.case
    }

    /// The program that decided it.
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// The rules that the decision rests on.
    pub fn because(&self) -> Vec<Ground<'a>> {
        grounds::resolve(self.program, self.case, &self.truth, &self.grounds)
    }

    /// Whether a missing fact, or a hook that failed, keeps the case open.
    pub fn is_undetermined(&self) -> bool {
        self.answer.outcome == UNDETERMINED
    }
}
