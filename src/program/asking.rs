//! What hooks say of a case. Nobody asks one before its answer is needed.

use std::sync::Arc;

use crate::facts::{Case, FactId, Reading, Vocabulary};
use crate::hook::{Hook, HookFault, HookValue};

use super::absence::Left;
use super::atom::{Atom, AtomId};
use super::index::Index;
use super::{Bits, Program};

/// A hook with its atom: class 1 if it says true, class 0 if it says false.
#[derive(Debug)]
pub(super) struct Asking {
    pub hook: Arc<Hook>,
    pub atom: AtomId,
    /// What it leaves while nobody has asked it.
    pub left: Left,
    /// The rows that read it.
    pub readers: Bits,
}

impl Asking {
    pub fn new(hook: &Arc<Hook>, atom: AtomId, atoms: &[Atom], index: &Index) -> Asking {
        let left = Left::open(&[atom], atoms, index);
        let readers = left.certain.complement(index.rows());
        Asking { hook: Arc::clone(hook), atom, left, readers }
    }
}

/// What the hooks of a program have said of one case so far.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    said: Vec<Option<Result<bool, HookFault>>>,
}

impl Answers {
    /// The fault of a hook that was asked and gave no answer.
    pub fn fault(&self, number: usize) -> Option<&HookFault> {
        self.said.get(number)?.as_ref()?.as_ref().err()
    }
}

/// How a hook stands towards a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It says true, or false.
    Says(bool),
    /// It waits for missing facts.
    Waits(Vec<FactId>),
    /// It could be asked.
    Unasked,
    /// It was asked and gave no answer.
    Failed,
}

impl Standing {
    /// The class of the hook's atom, if it is settled.
    pub fn class(&self) -> Option<usize> {
        match self {
            Standing::Says(truth) => Some(usize::from(*truth)),
            Standing::Waits(_) | Standing::Unasked | Standing::Failed => None,
        }
    }
}

impl Program {
    /// No hook has been asked yet.
    pub fn unasked(&self) -> Answers {
        Answers::default()
    }

    /// How many hooks there are.
    pub fn hook_count(&self) -> usize {
        self.hooks.len()
    }

    /// A hook by its number.
    pub fn hook(&self, number: usize) -> Option<&Hook> {
        self.hooks.get(number).map(|asking| &*asking.hook)
    }

    /// Asks a hook, unless it has been asked, or facts are missing or not reported that it reads.
    pub fn ask(&self, case: &Case, answers: &mut Answers, number: usize) {
        if self.standing(case, answers, number) != Standing::Unasked {
            return;
        }
        answers.said.resize(self.hooks.len(), None);
        let (Some(asking), Some(slot)) = (self.hooks.get(number), answers.said.get_mut(number)) else { return };
        let vocabulary = self.vocabulary();
        let values = asking.hook.reads().filter_map(|fact| {
            let value = match vocabulary.reading(case, fact) {
                Reading::Value(value) => HookValue::Given(value),
                Reading::Derived(result) => HookValue::Derived(result),
                Reading::Absent | Reading::Unknown => return None,
            };
            Some((&vocabulary.fact(fact).kind, value))
        });
        *slot = Some(asking.hook.run(values.collect()));
    }

    /// Asks every hook that can be asked.
    pub fn ask_all(&self, case: &Case, answers: &mut Answers) {
        (0..self.hooks.len()).for_each(|number| self.ask(case, answers, number));
    }

    /// A fact that nobody reported passes no matcher, and no hook either: its other facts do not matter then.
    pub(super) fn standing(&self, case: &Case, answers: &Answers, number: usize) -> Standing {
        match answers.said.get(number) {
            Some(Some(Ok(said))) => return Standing::Says(*said),
            Some(Some(Err(_))) => return Standing::Failed,
            Some(None) | None => {}
        }
        let Some(asking) = self.hooks.get(number) else { return Standing::Failed };
        let vocabulary = self.vocabulary();
        let mut missing: Vec<FactId> = Vec::new();
        for fact in asking.hook.reads() {
            match vocabulary.reading(case, fact) {
                Reading::Absent => return Standing::Says(false),
                Reading::Unknown => missing.extend(unknown_parts(vocabulary, case, fact)),
                Reading::Value(_) | Reading::Derived(_) => {}
            }
        }
        if missing.is_empty() {
            return Standing::Unasked;
        }
        missing.sort_unstable();
        missing.dedup();
        Standing::Waits(missing)
    }

    /// The class of each hook's atom that is settled.
    pub(super) fn said(&self, case: &Case, answers: &Answers) -> impl Iterator<Item = (&Asking, Option<usize>)> {
        let hooks = self.hooks.iter().enumerate();
        hooks.map(|(number, asking)| (asking, self.standing(case, answers, number).class()))
    }
}

/// The facts to ask for where a fact is unknown: itself, or the unknown parts of a derived one.
pub(super) fn unknown_parts(vocabulary: &Vocabulary, case: &Case, fact: FactId) -> Vec<FactId> {
    match &vocabulary.fact(fact).formula {
        None => vec![fact],
        Some(formula) => {
            let unknown = |part: &FactId| vocabulary.reading(case, *part) == Reading::Unknown;
            formula.parts().into_iter().filter(unknown).collect()
        }
    }
}
