//! Why a rule did not fire: which facts held it back, and what would have made the difference.

use std::slice;

use crate::facts::{Case, Fault};
use crate::program::{CompiledRule, Program, RuleId, Verdict};

use super::approval::{Read, Request};
use super::asked::{Asked, Bearing};
use super::decide::decide_by;
use super::decision::Decision;
use super::grounds::{Given, given_for_good};
use super::needed::needed;
use super::walk;

/// A decision with every rule of its policy, near misses first.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    /// The decision.
    pub decision: Decision<'a>,
    /// The rules that hold, in the order of the policy.
    pub held: Vec<&'a CompiledRule>,
    /// The rules that do not, or that are open: what lacks least comes first, what makes no difference last.
    pub missed: Vec<RuleTrace<'a>>,
}

/// A rule that did not fire.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleTrace<'a> {
    /// The rule's id within its policy.
    pub rule: &'a str,
    /// `path:line:column`.
    pub place: &'a str,
    /// Whether it fails or is open.
    pub standing: Standing,
    /// How it bears on the decision.
    pub bearing: Bearing,
    /// What held it back, of the way to fulfil it that is nearest; empty for a rule that can never hold.
    pub held_back_by: Vec<Held<'a>>,
}

/// How a rule that did not fire stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It waits for missing facts.
    Open,
    /// It does not hold.
    Fails,
}

/// What held a rule back.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<'a> {
    /// The fact; `None` for the instant of the case.
    pub fact: Option<&'a str>,
    /// What the case says of it; `None` if nothing.
    pub given: Option<Given<'a>>,
    /// What would have made the difference.
    pub needed: String,
}

impl Trace<'_> {
    /// Keeps the rules that a name is of, as [`is_of`] tells, and leaves out all others.
    pub fn keep(&mut self, name: &str) {
        self.held.retain(|rule| is_of(&rule.id, name));
        self.missed.retain(|rule| is_of(rule.rule, name));
    }
}

/// Whether a rule of this id has a name, or belongs to what has it: `a.b.c` is of `a`, `b`, `b.c` and `a.b.c`, and of no
/// part of a word.
pub fn is_of(id: &str, name: &str) -> bool {
    let (id, name): (Vec<&str>, Vec<&str>) = (id.split('.').collect(), name.split('.').collect());
    id.windows(name.len()).any(|part| part == name)
}

impl RuleTrace<'_> {
    /// Whether a single fact made the difference.
    pub fn is_near_miss(&self) -> bool {
        self.held_back_by.len() == 1
    }

    /// Whether it makes no difference, since what it belongs to surely does not apply.
    pub fn is_moot(&self) -> bool {
        self.bearing == Bearing::Moot
    }
}

/// Decides a case and tells of every rule that did not fire what held it back.
///
/// # Errors
/// As [`decide`](super::decide).
pub fn explain<'a>(program: &'a Program, case: &'a Case) -> Result<Trace<'a>, Fault> {
    explain_by(slice::from_ref(program), case)
}

/// The same by the version of a policy that is in force.
///
/// # Errors
/// As [`decide`](super::decide).
pub fn explain_by<'a>(versions: &'a [Program], case: &'a Case) -> Result<Trace<'a>, Fault> {
    let decision = decide_by(versions, case)?;
    if let Some(request) = decision.request.clone() {
        return followed(decision, &request);
    }
    let program = decision.program();
    let now = program.now(case)?;
    // what a hook would say counts for rules that the decision could do without
    let mut answers = decision.answers.clone();
    program.ask_all(case, &mut answers);
    let completions = program.completions(case, &now, &answers);
    let region = program.region(case, &now, &answers, &completions)?;
    let truth = region.truth().clone();
    let bearings = Asked::new(program, case)?.bearings(&truth);
    let tracer = Tracer { program, case, classes: program.classes(case, &now, &answers)?, bearings };
    let mut held = Vec::new();
    let mut missed = Vec::new();
    for id in program.rule_ids() {
        let rule = program.rule(id);
        match walk::verdict(program, &truth, &region, &completions, id) {
            Verdict::Yes => held.push(rule),
            Verdict::No => missed.push(tracer.miss(id, Standing::Fails)),
            Verdict::Open => missed.push(tracer.miss(id, Standing::Open)),
        }
    }
    sort(&mut missed);
    Ok(Trace { decision, held, missed })
}

/// What lacks least comes first. A stable sort: rules that lack equally much of the same thing stay in the order of the
/// policy.
fn sort(missed: &mut [RuleTrace<'_>]) {
    missed.sort_by_key(|rule| {
        let lacking = rule.held_back_by.len().checked_sub(1).unwrap_or(usize::MAX);
        (rule.is_moot(), lacking, rule.bearing)
    });
}

/// Tells of each level of a request's last round why it was entered or not, by the facts of the time at which its
/// condition was read.
fn followed<'a>(decision: Decision<'a>, request: &Request<'a>) -> Result<Trace<'a>, Fault> {
    let program = request.program;
    let (mut held, mut missed) = (Vec::new(), Vec::new());
    let mut read = Vec::new();
    for reading in &request.readings {
        let now = reading.program.now(&reading.case)?;
        let classes = reading.program.classes(&reading.case, &now, &reading.answers)?;
        let tracer = Tracer { program, case: &reading.case, classes, bearings: Vec::new() };
        for (rule, outcome) in &reading.rules {
            read.push(*rule);
            match outcome {
                Read::Entered => held.push(program.rule(*rule)),
                Read::Skipped => missed.push(tracer.miss(*rule, Standing::Fails)),
                Read::Open => missed.push(tracer.miss(*rule, Standing::Open)),
            }
        }
    }
    for id in program.rule_ids().filter(|id| !read.contains(id)) {
        let rule = program.rule(id);
        missed.push(RuleTrace {
            rule: &rule.id,
            place: &rule.place_text,
            standing: Standing::Open,
            bearing: Bearing::Moot,
            held_back_by: Vec::new(),
        });
    }
    sort(&mut missed);
    Ok(Trace { decision, held, missed })
}

struct Tracer<'a, 'c> {
    program: &'a Program,
    case: &'c Case,
    classes: Vec<Option<usize>>,
    bearings: Vec<(RuleId, Bearing)>,
}

impl<'a> Tracer<'a, '_> {
    fn miss(&self, id: RuleId, standing: Standing) -> RuleTrace<'a> {
        let rule = self.program.rule(id);
        let held_back_by = self.nearest(rule.rows.clone()).unwrap_or_default();
        let named = self.bearings.iter().find(|(known, _)| *known == id);
        let bearing = named.map_or(Bearing::Calls, |(_, bearing)| *bearing);
        RuleTrace { rule: &rule.id, place: &rule.place_text, standing, bearing, held_back_by }
    }

    /// What the row that lacks least lacks.
    fn nearest(&self, rows: std::ops::Range<usize>) -> Option<Vec<Held<'a>>> {
        rows.map(|row| self.lacking(row)).min_by_key(Vec::len)
    }

    fn lacking(&self, row: usize) -> Vec<Held<'a>> {
        let mut lacking: Vec<Held<'a>> = Vec::new();
        for literal in self.program.row(row).map(|row| row.literals()).unwrap_or_default() {
            if let Some(rows) = self.program.group(literal.atom) {
                lacking.extend(self.nearest(rows).unwrap_or_default());
                continue;
            }
            let class = self.classes.get(literal.atom.index()).copied().flatten();
            if class.is_some_and(|class| literal.classes.contains(class)) {
                continue;
            }
            let fact = self.program.atom(literal.atom).and_then(|atom| atom.fact);
            lacking.push(Held {
                fact: fact.map(|fact| self.program.vocabulary().fact(fact).name.as_str()),
                given: fact.and_then(|fact| given_for_good(self.program, self.case, fact)),
                needed: needed(self.program, literal),
            });
        }
        lacking
    }
}
