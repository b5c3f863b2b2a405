//! Asks for the facts that a decision hangs on, one at a time, the most settling first.
//!
//! In an interview every fact that nobody has been asked for is unknown, one whose absence would mean something
//! included. A question is asked only if its answer can change the decision, and the interview ends as soon as none can.

use std::slice;

use crate::facts::{Case, FactId, Fault, Missing, Value};
use crate::program::{Bits, Classing, Completion, Literal, Program, RuleId, Truth};

use super::answer::Certain;
use super::asked::Asked;
use super::needed::needed;
use super::needs::matters;
use super::prospect::Prospect;
use super::{decide, walk};

/// An interview: what was known before it, and the replies so far.
#[derive(Debug, Clone)]
pub struct Interview<'p> {
    program: &'p Program,
    start: Case,
    replies: Vec<(FactId, Told)>,
}

/// What somebody tells of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Its value.
    Value(Value),
    /// Nobody reported it: what its absence means is an answer. Of a fact whose absence means nothing, the same as not
    /// to know it.
    Unreported,
    /// They don't know: it stays unknown, whatever its absence means.
    Unknown,
}

/// What to ask next.
#[derive(Debug, Clone, PartialEq)]
pub struct Question<'p> {
    /// The fact that is asked for.
    pub fact: FactId,
    /// What still matters of it, in words: `less than 2`, `at least 2`. Empty where each value may matter.
    pub matters: Vec<String>,
    /// How many questions were answered before this one.
    pub answered: usize,
    /// How many questions there may still be, this one included.
    pub at_most: usize,
    /// What is certain already. Empty where it would take too long to tell.
    pub certain: Certain<'p>,
}

/// A fact that may be asked for.
struct Candidate {
    fact: FactId,
    rank: Rank,
    /// The completions that speak of it.
    numbers: Vec<usize>,
}

/// What makes a question come early: the less, the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Whether no row waits for the fact that an answer may still hang on.
    needless: bool,
    /// How likely the fact is to turn out not to be needed, in steps.
    detour: u64,
}

impl<'p> Interview<'p> {
    /// An interview that starts from what a case says already. What the case says is unknown is to be asked for, as is
    /// whatever it does not give.
    pub fn new(program: &'p Program, start: Case) -> Interview<'p> {
        Interview { program, start: start.awaiting(Vec::new()), replies: Vec::new() }
    }

    /// Takes a reply.
    pub fn reply(&mut self, fact: FactId, told: Told) {
        self.replies.push((fact, told));
    }

    /// Takes the last reply back, and tells of which fact it was.
    pub fn back(&mut self) -> Option<FactId> {
        self.replies.pop().map(|(fact, _)| fact)
    }

    /// The fact of the last reply, which could be taken back.
    pub fn back_to(&self) -> Option<FactId> {
        self.replies.last().map(|(fact, _)| *fact)
    }

    /// The case once no answer can change the decision any more: what nobody was asked for counts as not reported, and
    /// what somebody did not know stays unknown.
    pub fn case(&self) -> Case {
        let told = |case: Case, (fact, told): &(FactId, Told)| match told {
            Told::Value(value) => case.with(*fact, Some(value.clone())),
            Told::Unreported | Told::Unknown => case.with(*fact, None),
        };
        let unknown = |(fact, told): &(FactId, Told)| (*told == Told::Unknown).then_some(*fact);
        let unknown = self.replies.iter().filter_map(unknown).filter(|fact| self.means_something(*fact)).collect();
        self.replies.iter().fold(self.start.clone(), told).awaiting(unknown)
    }

    /// The case as it stands before that: what nobody was asked for is unknown as well.
    pub fn open_case(&self) -> Case {
        let case = self.case();
        let settled = |fact: FactId| {
            let told = self.replies.iter().find(|(known, _)| *known == fact).map(|(_, told)| told);
            case.value(fact).is_some() || told.is_some_and(|told| *told != Told::Unknown)
        };
        let open = self.program.reads().into_iter().filter(|fact| self.means_something(*fact) && !settled(*fact));
        let open = open.collect();
        case.awaiting(open)
    }

    /// Whether it is not simply unknown what a fact is that a case does not give.
    fn means_something(&self, fact: FactId) -> bool {
        self.program.vocabulary().fact(fact).missing != Missing::Ask
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
                region.open().filter(touched).collect()
            }
        };
        let live = live(program, &answer, region.truth());
        let prospect = Prospect::new(program, &region, &completions, &answer);
        let mut candidates = self.candidates(&completions, &numbers, &live, &prospect);
        let at_most = candidates.len();
        // what rules out most is worked out for those alone that come first by the other reasons
        let next = candidates.chunk_by_mut(|one, other| one.rank == other.rank).find_map(|equals| {
            let ahead = |number: &usize| prospect.ahead(&region, *number, &answer);
            equals.sort_by_cached_key(|one| (one.numbers.iter().map(ahead).min(), one.fact));
            let mut facts = equals.iter().map(|one| one.fact);
            facts.find(|fact| matters(&region, &completions, &answer, |known| known.facts.contains(fact)))
        });
        Ok(next.map(|fact| Question {
            fact,
            matters: self.told_apart(fact, &live),
            answered: self.replies.len(),
            at_most,
            certain: Certain::common(&answers.iter().flatten().collect::<Vec<_>>()),
        }))
    }

    /// The facts of these completions that can still be asked for: first those that most likely have to be, last those
    /// that no live row waits for.
    fn candidates(
        &self,
        completions: &[Completion],
        numbers: &[usize],
        live: &Bits,
        prospect: &Prospect<'_, '_>,
    ) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for number in numbers {
            let Some(completion) = completions.get(*number) else { continue };
            let rank = Rank { needless: !completion.touches(live), detour: prospect.detour(*number) };
            for fact in &completion.facts {
                if self.replies.iter().any(|(known, _)| known == fact) {
                    continue;
                }
                match found.iter_mut().find(|known| known.fact == *fact) {
                    Some(known) => {
                        known.rank = known.rank.min(rank);
                        known.numbers.push(*number);
                    }
                    None => found.push(Candidate { fact: *fact, rank, numbers: vec![*number] }),
                }
            }
        }
        found.sort_by_key(|candidate| candidate.rank);
        found
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
