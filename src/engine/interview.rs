//! Asks for the facts that a decision hangs on, one at a time, the most settling first.
//!
//! In an interview every fact that nobody has been asked for is unknown, one whose absence would mean something
//! included. A question is asked only if its answer can change the decision, and the interview ends as soon as none can.

use std::slice;

use crate::facts::{Case, FactId, Fault, Value};
use crate::program::{Bits, Classing, Completion, Literal, Program, RuleId, Truth};

use super::answer::Certain;
use super::asked::Asked;
use super::needed::needed;
use super::needs::matters;
use super::{decide, walk};

/// An interview: what was known before it, and the replies so far.
#[derive(Debug, Clone)]
pub struct Interview<'p> {
    program: &'p Program,
    start: Case,
    replies: Vec<(FactId, Option<Value>)>,
}

/// What to ask next.
#[derive(Debug, Clone, PartialEq)]
pub struct Question<'p> {
    /// The fact that is asked for.
    pub fact: FactId,
    /// What still matters of it, in words: `less than 2`, `at least 2`. Empty where each value may matter.
    pub matters: Vec<String>,
    /// How many questions there may still be, this one included.
    pub at_most: usize,
    /// What is certain already. Empty where it would take too long to tell.
    pub certain: Certain<'p>,
}

impl<'p> Interview<'p> {
    /// An interview that starts from what a case says already.
    pub fn new(program: &'p Program, start: Case) -> Interview<'p> {
        Interview { program, start, replies: Vec::new() }
    }

    /// Takes a reply: a value, or that there is none to be had.
    pub fn reply(&mut self, fact: FactId, value: Option<Value>) {
        self.replies.push((fact, value));
    }

    /// Takes the last reply back, and tells of which fact it was.
    pub fn back(&mut self) -> Option<FactId> {
        self.replies.pop().map(|(fact, _)| fact)
    }

    /// The case as it stands: what nobody has been asked for is not given.
    pub fn case(&self) -> Case {
        let given = |case: Case, (fact, value): &(FactId, Option<Value>)| case.with(*fact, value.clone());
        self.replies.iter().fold(self.start.clone(), given)
    }

    /// The case as it stands, in which everything that nobody has been asked for is unknown.
    pub fn open_case(&self) -> Case {
        let asked = |fact: FactId| self.replies.iter().any(|(known, _)| *known == fact);
        let facts = self.program.vocabulary().facts().map(|(fact, _)| fact);
        self.case().awaiting(facts.filter(|fact| !asked(*fact)).collect())
    }

    /// The question that settles most; `None` if no answer can change the decision any more.
    ///
    /// # Errors
    /// Only what a case can cause.
    pub fn question(&self) -> Result<Option<Question<'p>>, Fault> {
        let (program, case) = (self.program, self.open_case());
        decide::in_force(slice::from_ref(program), &case)?;
        let asked = Asked::new(program, &case)?;
        let answer = |truth: &Truth| asked.ask(truth).map(|leaf| leaf.answer);
        let now = program.now(&case)?;
        // a hook whose facts are known is no question
        let mut said = program.unasked();
        program.ask_all(&case, &mut said);
        let completions = program.completions(&case, &now, &said);
        let region = program.region(&case, &now, &said, &completions)?;
        let mut split = Vec::new();
        let answers = walk::leaves_by(&region, &completions, &answer, &mut |number| {
            if !split.contains(&number) {
                split.push(number);
            }
        });
        let numbers = match &answers {
            Some(answers) if answers.windows(2).all(|pair| pair.first() == pair.last()) => return Ok(None),
            // nothing else can make a difference
            Some(_) => split,
            None => {
                let at_stake = asked.at_stake(program, region.truth());
                let touched = |number: &usize| completions.get(*number).is_some_and(|known| known.touches(&at_stake));
                region.open().iter().copied().filter(touched).collect()
            }
        };
        let live = live(program, &answer, region.truth());
        let facts = self.ranked(&completions, &numbers, &live);
        let at_most = facts.len();
        let next =
            facts.into_iter().find(|fact| matters(&region, &completions, &answer, |known| known.facts.contains(fact)));
        Ok(next.map(|fact| Question {
            fact,
            matters: self.told_apart(fact, &live),
            at_most,
            certain: Certain::common(&answers.iter().flatten().collect::<Vec<_>>()),
        }))
    }

    /// The facts of these completions that can still be asked for. First comes the one that leaves the fewest of the
    /// live rows whatever the reply, then the order of the vocabulary.
    fn ranked(&self, completions: &[Completion], numbers: &[usize], live: &Bits) -> Vec<FactId> {
        let mut ranked: Vec<((bool, usize), FactId)> = Vec::new();
        for completion in numbers.iter().filter_map(|number| completions.get(*number)) {
            let left = (!completion.touches(live), completion.remainder(live));
            for fact in &completion.facts {
                match ranked.iter_mut().find(|(_, known)| known == fact) {
                    Some((least, _)) => *least = left.min(*least),
                    None => ranked.push((left, *fact)),
                }
            }
        }
        ranked.retain(|(_, fact)| !self.replies.iter().any(|(known, _)| known == fact));
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, fact)| fact).collect()
    }

    /// What these rows tell apart among the values of a fact; of a yes and a no, the yes.
    fn told_apart(&self, fact: FactId, rows: &Bits) -> Vec<String> {
        let told = |literal: &Literal| {
            let classing = self.program.atom(literal.atom).map(|atom| &atom.classing);
            let is_yes_or_no =
                matches!(classing, Some(Classing::Mentions(_) | Classing::Window(..) | Classing::Hook(_)));
            !is_yes_or_no || literal.classes.contains(1)
        };
        let literals = self.program.told_apart(fact, rows);
        literals.iter().filter(|literal| told(literal)).map(|literal| needed(self.program, literal)).collect()
    }
}

/// The rows that an answer may still hang on.
///
/// Each open rule is supposed to fail, until an answer is there; each that comes up on the way is supposed to hold once,
/// for the sake of the rules that come up then. So this takes no more answers than the square of the number of rules.
fn live<A>(program: &Program, ask: &impl Fn(&Truth) -> Result<A, RuleId>, truth: &Truth) -> Bits {
    let mut rules: Vec<RuleId> = Vec::new();
    let mut pending = vec![truth.clone()];
    while let Some(mut truth) = pending.pop() {
        while let Err(open) = ask(&truth) {
            if !rules.contains(&open) {
                rules.push(open);
                pending.push(program.supposing(&truth, open, true));
            }
            truth = program.supposing(&truth, open, false);
        }
    }
    program.reach(rules).and(&truth.possible)
}
