//! The keys of a decision that make it the same or another one.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::facts::{Kind, Value};
use crate::policy::{Allowance, ExceptionType, Move, Reason};

/// Words of a policy, of which an answer has few.
pub type Words<'p> = SmallVec<[&'p str; 2]>;

/// What is decided: a decision holds if every completion of the missing facts gives an equal answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'p> {
    /// The outcome's word.
    pub outcome: &'p str,
    /// What goes with the outcome.
    pub keys: Keys<'p>,
}

/// Of several answers, what they have in common.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Certain<'p> {
    /// The outcome's word.
    pub outcome: Option<&'p str>,
    /// What goes with it. A key that is surely absent is not told from one that is open.
    pub keys: Keys<'p>,
}

/// What goes with an outcome.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Keys<'p> {
    /// The exception to create.
    pub exception: Option<Creation<'p>>,
    /// The category's id.
    pub category: Option<&'p str>,
    /// What people call the category.
    pub title: Option<&'p str>,
    /// How soon it is answered.
    pub turnaround: Option<Allowed<'p>>,
    /// Where it goes instead.
    pub redirect: Option<Redirection<'p>>,
    /// What is to be done.
    pub actions: Words<'p>,
    /// What is to be known.
    pub notes: Words<'p>,
    /// What a table gives.
    pub outputs: Vec<Output<'p>>,
    /// What goes with a request for an authorization.
    pub course: Option<Box<Course<'p>>>,
}

/// What goes with a request for an authorization: its papers, what comes next, how soon the payer decides.
#[derive(Debug, Clone, Default)]
pub struct Course<'p> {
    /// The documents that it needs.
    pub documents: Words<'p>,
    /// The forms that it needs.
    pub forms: Words<'p>,
    /// What comes next.
    pub next: Option<&'p Move>,
    /// How soon the payer decides.
    pub determination: Option<Allowed<'p>>,
}

impl PartialEq for Course<'_> {
    fn eq(&self, other: &Self) -> bool {
        let next = |course: &Self| course.next.map(|step| step.name.as_str());
        self.documents == other.documents
            && self.forms == other.forms
            && next(self) == next(other)
            && self.determination == other.determination
    }
}

/// One thing that a table gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Output<'p> {
    /// Its name.
    pub name: &'p str,
    /// The type of the cells that it comes from.
    pub kind: &'p Kind,
    /// What is given.
    pub value: Gathered<'p>,
}

/// What is given of one or several rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Gathered<'p> {
    /// A cell, or what several add up to.
    One(Cow<'p, Value>),
    /// The cells of several rows.
    List(Vec<&'p Value>),
}

/// The time that is allowed, as far as this case can tell it from another.
#[derive(Debug, Clone, Copy)]
pub struct Allowed<'p> {
    /// What the policy says.
    pub allowance: &'p Allowance,
    /// Whether the case's clock was paused: else nothing shows whether pauses count.
    pub(super) paused: bool,
}

impl<'p> Allowed<'p> {
    /// The time that is allowed where no clock is paused.
    pub(super) fn unpaused(allowance: &'p Allowance) -> Allowed<'p> {
        Allowed { allowance, paused: false }
    }
}

impl PartialEq for Allowed<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (self.allowance, other.allowance);
        one.within == two.within
            && one.clock.at_risk == two.clock.at_risk
            && (one.clock.pausable == two.clock.pausable || !(self.paused || other.paused))
    }
}

/// The exception to create; the same if type and reason are.
#[derive(Debug, Clone, Copy)]
pub struct Creation<'p> {
    /// Its type.
    pub kind: &'p ExceptionType,
    /// Why.
    pub reason: Option<&'p Reason>,
}

impl<'p> Creation<'p> {
    /// What people call the type.
    pub fn title(&self) -> Option<&'p str> {
        self.kind.captions.title.as_deref()
    }

    /// What the reason, or the type, means.
    pub fn means(&self) -> Option<&'p str> {
        self.reason.and_then(|reason| reason.means.as_deref()).or(self.kind.means.as_deref())
    }
}

impl PartialEq for Creation<'_> {
    fn eq(&self, other: &Self) -> bool {
        let reason = |creation: &Self| creation.reason.map(|reason| reason.name.as_str());
        self.kind.name == other.kind.name && reason(self) == reason(other)
    }
}

/// Where a request goes instead of being escalated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Redirection<'p> {
    /// Where to, in a sentence.
    pub to: &'p str,
    /// Why, in a sentence.
    pub because: Option<&'p str>,
}

impl<'p> Answer<'p> {
    /// An answer of an outcome alone.
    pub(super) fn of(outcome: &'p str) -> Answer<'p> {
        Answer { outcome, keys: Keys::default() }
    }
}

impl<'p> Certain<'p> {
    /// What several answers have in common.
    pub(super) fn common(answers: &[&Answer<'p>]) -> Certain<'p> {
        fn same<'p, T: PartialEq>(answers: &[&Answer<'p>], key: impl Fn(&Answer<'p>) -> T) -> Option<T> {
            let (first, rest) = answers.split_first()?;
            let value = key(first);
            rest.iter().all(|answer| key(answer) == value).then_some(value)
        }
        let keys = Keys {
            exception: same(answers, |answer| answer.keys.exception).flatten(),
            category: same(answers, |answer| answer.keys.category).flatten(),
            title: same(answers, |answer| answer.keys.title).flatten(),
            turnaround: same(answers, |answer| answer.keys.turnaround).flatten(),
            redirect: same(answers, |answer| answer.keys.redirect).flatten(),
            actions: same(answers, |answer| answer.keys.actions.clone()).unwrap_or_default(),
            notes: same(answers, |answer| answer.keys.notes.clone()).unwrap_or_default(),
            outputs: common_outputs(answers),
            course: common_course(answers),
        };
        Certain { outcome: same(answers, |answer| answer.outcome), keys }
    }

    /// Whether nothing is certain.
    pub fn is_empty(&self) -> bool {
        *self == Certain::default()
    }
}

/// Of what goes with a request, the parts that all answers have.
fn common_course<'p>(answers: &[&Answer<'p>]) -> Option<Box<Course<'p>>> {
    let courses: Vec<&Course<'p>> =
        answers.iter().map(|answer| answer.keys.course.as_deref()).collect::<Option<_>>()?;
    let (first, rest) = courses.split_first()?;
    let all = |same: &dyn Fn(&Course<'p>) -> bool| rest.iter().all(|course| same(course));
    let next = |course: &Course<'p>| course.next.map(|step| step.name.as_str());
    let mut common = Course::default();
    if all(&|course| course.documents == first.documents) {
        common.documents = first.documents.clone();
    }
    if all(&|course| course.forms == first.forms) {
        common.forms = first.forms.clone();
    }
    if all(&|course| next(course) == next(first)) {
        common.next = first.next;
    }
    if all(&|course| course.determination == first.determination) {
        common.determination = first.determination;
    }
    (common != Course::default()).then(|| Box::new(common))
}

/// The outputs that all answers have.
fn common_outputs<'p>(answers: &[&Answer<'p>]) -> Vec<Output<'p>> {
    let Some((first, rest)) = answers.split_first() else { return Vec::new() };
    let shared = |output: &&Output<'p>| rest.iter().all(|answer| answer.keys.outputs.contains(output));
    first.keys.outputs.iter().filter(shared).cloned().collect()
}
