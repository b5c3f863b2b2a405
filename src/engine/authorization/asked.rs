//! Asks an authorization policy: whether one is needed, whether one serves already, what is lacking, what comes next.

use crate::facts::Case;
use crate::policy::{Authorization, Demand, Field, Move, Needed, Requirement};
use crate::program::{AuthorizationRules, Program, RuleId, Truth, Verdict};

use super::super::answer::{Allowed, Answer, Course, Words};
use super::super::asked::{Bearing, Leaf};
use super::super::grounds::{Because, Reasons};

const REQUIRED: &str = "required";
const NOT_REQUIRED: &str = "not_required";
const ASK_PAYER: &str = "ask_payer";
/// The outcome of a case whose request lacks something.
pub(in super::super) const DOCUMENTS_NEEDED: &str = "documents_needed";
/// The outcome of a case that an authorization serves already.
pub(in super::super) const SATISFIED: &str = "satisfied";

/// The question that a case puts to an authorization policy.
pub(in super::super) struct Asked<'p> {
    pub program: &'p Program,
    pub authorization: &'p Authorization,
    pub rules: &'p AuthorizationRules,
}

/// A requirement with its rule.
type Demanded<'p> = (&'p Requirement, RuleId);

impl<'p> Asked<'p> {
    /// The first row that applies, then whether an authorization serves already, then what comes next, then what is
    /// lacking.
    pub fn ask(&self, truth: &Truth) -> Result<Leaf<'p>, RuleId> {
        let Some((number, row, rule)) = self.first(truth, &self.authorization.required, &self.rules.required)? else {
            return Ok(Leaf::nothing(ASK_PAYER));
        };
        let mut grounds: Reasons = smallvec::smallvec![Because::Holds(rule)];
        if row.answer == Needed::NotRequired {
            return Ok(self.leaf(NOT_REQUIRED, number, row, None, Course::default(), grounds));
        }
        let satisfied = !self.rules.serves.is_empty() && self.all(truth, self.rules.serves.iter().copied())?;
        let next = self.first(truth, &self.authorization.next, &self.rules.next)?;
        let mut course = Course { next: next.map(|(_, step, _)| step), ..Course::default() };
        let outcome = if satisfied {
            grounds.extend(self.rules.serves.iter().map(|rule| Because::Holds(*rule)));
            SATISFIED
        } else {
            course.documents = names(&self.authorization.documents, &row.documents);
            course.forms = names(&self.authorization.forms, &row.forms);
            self.standing(truth, row, &mut grounds)?
        };
        grounds.extend(next.map(|(_, _, rule)| Because::Holds(rule)));
        if outcome == REQUIRED
            && let Some((_, row, rule)) =
                self.first(truth, &self.authorization.determination, &self.rules.determination)?
        {
            course.determination = row.allowed.as_ref().map(Allowed::unpaused);
            if !self.program.rule(rule).always {
                grounds.push(Because::Holds(rule));
            }
        }
        Ok(self.leaf(outcome, number, row, next.map(|(_, step, _)| step), course, grounds))
    }

    /// What becomes of a request that no authorization makes needless. What has gone out lacks nothing any more.
    fn standing(&self, truth: &Truth, row: &Demand, grounds: &mut Reasons) -> Result<&'static str, RuleId> {
        if row.answer == Needed::AskPayer {
            return Ok(ASK_PAYER);
        }
        if let Some(rule) = self.rules.submitted
            && self.program.holds(truth, rule)?
        {
            grounds.push(Because::Holds(rule));
            return Ok(REQUIRED);
        }
        if self.all(truth, self.needed(row).map(|(_, rule)| rule))? {
            grounds.extend(self.needed(row).map(|(_, rule)| Because::Holds(rule)));
            return Ok(REQUIRED);
        }
        let failing = self.needed(row).filter(|(_, rule)| self.program.verdict(truth, *rule) == Verdict::No);
        grounds.extend(failing.map(|(_, rule)| Because::Fails(rule)));
        Ok(DOCUMENTS_NEEDED)
    }

    /// What must be true before the request of a row goes out: its papers, then what is demanded of all.
    pub fn needed<'s>(&'s self, row: &'s Demand) -> impl Iterator<Item = Demanded<'p>> + 's {
        let paper = |papers: &'p [crate::policy::Paper], rules: &'p [RuleId], number: &usize| {
            Some((&papers.get(*number)?.requirement, *rules.get(*number)?))
        };
        let (policy, rules) = (self.authorization, self.rules);
        let documents =
            row.documents.iter().filter_map(move |number| paper(&policy.documents, &rules.documents, number));
        let forms = row.forms.iter().filter_map(move |number| paper(&policy.forms, &rules.forms, number));
        documents.chain(forms).chain(policy.before.iter().zip(rules.before.iter().copied()))
    }

    /// Whether a case tells of an authorization and of a charge that it may serve.
    pub fn has_candidate(&self, case: &Case) -> bool {
        let told = |field| self.authorization.reads.fact(field).is_some_and(|fact| case.value(fact).is_some());
        [Field::Status, Field::DateOfService, Field::Units].into_iter().all(told)
    }

    /// The first of several rules that holds, with its number and what it belongs to.
    pub fn first<T>(
        &self,
        truth: &Truth,
        items: &'p [T],
        rules: &'p [RuleId],
    ) -> Result<Option<(usize, &'p T, RuleId)>, RuleId> {
        for (number, (item, rule)) in items.iter().zip(rules).enumerate() {
            if self.program.holds(truth, *rule)? {
                return Ok(Some((number, item, *rule)));
            }
        }
        Ok(None)
    }

    /// Whether all of these hold; one that surely fails settles it.
    pub fn all(&self, truth: &Truth, rules: impl Iterator<Item = RuleId>) -> Result<bool, RuleId> {
        let mut open = None;
        for rule in rules {
            match self.program.verdict(truth, rule) {
                Verdict::Yes => {}
                Verdict::No => return Ok(false),
                Verdict::Open => open = open.or(Some(rule)),
            }
        }
        open.map_or(Ok(true), Err)
    }

    /// A move says what to do where there is one; else the row does, unless nothing is to be done.
    fn leaf(
        &self,
        outcome: &'p str,
        number: usize,
        row: &'p Demand,
        next: Option<&'p Move>,
        course: Course<'p>,
        grounds: Reasons,
    ) -> Leaf<'p> {
        let mut answer = Answer::of(outcome);
        let words = |words: &'p [String]| words.iter().map(String::as_str).collect::<Words<'p>>();
        match next {
            Some(step) => {
                answer.keys.actions = words(&step.actions);
                answer.keys.notes = words(&step.notes);
                answer.keys.turnaround = step.allowed.as_ref().map(Allowed::unpaused);
            }
            None if outcome == SATISFIED => {}
            None => {
                answer.keys.actions = words(&row.actions);
                answer.keys.notes = words(&row.notes);
            }
        }
        answer.keys.course = (course != Course::default()).then(|| Box::new(course));
        Leaf { answer, window: None, grounds, chosen: Some(number) }
    }

    /// What stands below the first row that counts makes no difference, nor does what a request lacks that is not needed.
    pub fn bearings(&self, truth: &Truth) -> Vec<(RuleId, Bearing)> {
        let rules = self.rules;
        let mut moot: Vec<RuleId> = Vec::new();
        for section in [&rules.required, &rules.next, &rules.determination] {
            let first = section.iter().position(|rule| self.program.verdict(truth, *rule) == Verdict::Yes);
            moot.extend(first.into_iter().flat_map(|first| section.iter().skip(first + 1)));
        }
        let row = self.first(truth, &self.authorization.required, &rules.required).ok().flatten();
        let papers = || rules.documents.iter().chain(&rules.forms).copied();
        let before = || papers().chain(rules.before.iter().copied());
        match row {
            Some((_, row, _)) if row.answer == Needed::NotRequired => {
                moot.extend(before().chain(rules.submitted).chain(rules.internal));
                moot.extend(rules.serves.iter().chain(&rules.next).chain(&rules.determination));
            }
            Some((_, row, _)) => {
                let needed: Vec<RuleId> = self.needed(row).map(|(_, rule)| rule).collect();
                moot.extend(papers().filter(|rule| !needed.contains(rule)));
                let served = !rules.serves.is_empty() && self.all(truth, rules.serves.iter().copied()) == Ok(true);
                let sent = rules.submitted.is_some_and(|rule| self.program.holds(truth, rule) == Ok(true));
                if served || sent || row.answer == Needed::AskPayer {
                    moot.extend(before());
                }
                if served || row.answer == Needed::AskPayer {
                    moot.extend(rules.submitted.iter().chain(&rules.determination));
                }
            }
            None => {}
        }
        // whether an approval of one's own is needed is asked through what must be true before
        moot.extend(rules.internal);
        let mut bearings: Vec<(RuleId, Bearing)> = moot.into_iter().map(|rule| (rule, Bearing::Moot)).collect();
        bearings.extend(rules.alerts.iter().map(|rule| (*rule, Bearing::Says)));
        bearings
    }
}

fn names<'p>(papers: &'p [crate::policy::Paper], numbers: &[usize]) -> Words<'p> {
    numbers.iter().filter_map(|number| Some(papers.get(*number)?.name.as_str())).collect()
}
