//! What policies compile to: atoms, classes, rows, regions and the index over them. Knows nothing of files or rendering.

mod absence;
mod asking;
mod atom;
mod bits;
mod catalog;
mod compile;
mod completion;
mod findings;
mod first_sight;
mod index;
mod keywords;
mod layout;
mod overlaps;
mod probe;
mod region;
mod representatives;
mod row;
mod told;
mod truth;

use std::ops::Range;
use std::sync::Arc;

use crate::facts::{Case, FactId, Fault, Keyword, Vocabulary};
use crate::policy::Policy;
use crate::source::Place;

use absence::Absence;
use asking::Asking;
use catalog::Catalog;
use index::Index;
use told::Told;
use truth::Span;

pub use asking::Answers;
pub use atom::{Atom, AtomId, Classing, Cuts, Texts};
pub use bits::Bits;
pub use completion::{Alternative, Completion};
pub use keywords::KeywordIndex;
pub use layout::{AuthorizationRules, CategoryRules, Entries, Layout, TableRules, TypeRules, WindowRules};
use probe::Glance;
pub use probe::{Now, Probe};
pub use region::Region;
pub use row::{Literal, Row};
pub use told::Facts;
pub use truth::{Truth, Verdict};

/// How many regions a walk may visit before it gives up and calls a case undetermined.
pub const MOST_NODES: usize = 4096;

/// A rule's number in its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u32);

/// A rule with its rows.
#[derive(Debug, Clone)]
pub struct CompiledRule {
    /// The rule's id within its policy.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The same as `path:line:column`.
    pub place_text: String,
    /// Its rows.
    pub rows: Range<usize>,
    /// The facts that its condition names, in the order of the file.
    pub facts: Vec<FactId>,
    /// Whether it holds for every case by its own words.
    pub always: bool,
    /// The rows that it depends on: its own and those of its groups.
    pub(crate) reach: Bits,
}

/// A policy, compiled.
#[derive(Debug)]
pub struct Program {
    policy: Arc<Policy>,
    place_text: String,
    zone_data: Option<String>,
    atoms: Vec<Atom>,
    catalog: Catalog,
    groups: Vec<(AtomId, Range<usize>)>,
    rows: Vec<Row>,
    told: Told,
    rules: Vec<CompiledRule>,
    index: Index,
    probes: Vec<Probe>,
    /// By the number of a fact, how it is read at first sight.
    glances: Vec<Glance>,
    /// The probes of what is not told by whether a fact is given: formulas, instants, defaults that depend on them.
    unsettled: Vec<usize>,
    hooks: Vec<Asking>,
    absence: Absence,
    spans: Vec<Span>,
    layout: Layout,
    dated: bool,
}

impl Program {
    /// The policy that was compiled.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The words of the policy.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.policy.vocabulary
    }

    /// Where the policy is declared, as `path:line:column`.
    pub fn place_text(&self) -> &str {
        &self.place_text
    }

    /// The version of the zone data, if decisions by this policy depend on a time zone.
    pub fn zone_data(&self) -> Option<&str> {
        self.zone_data.as_deref()
    }

    /// The rules by kind.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// A rule of this program.
    #[allow(clippy::indexing_slicing, reason = "ids are given out by `compile` alone")]
    pub fn rule(&self, id: RuleId) -> &CompiledRule {
        &self.rules[id.0 as usize]
    }

    /// What is known of a rule.
    #[inline]
    pub fn verdict(&self, truth: &Truth, id: RuleId) -> Verdict {
        // ids are given out by `compile` alone
        self.spans.get(id.0 as usize).map_or(Verdict::No, |rows| truth.verdict(rows))
    }

    /// Whether a rule holds.
    ///
    /// # Errors
    /// The rule itself, if that is open.
    pub fn holds(&self, truth: &Truth, id: RuleId) -> Result<bool, RuleId> {
        match self.verdict(truth, id) {
            Verdict::Yes => Ok(true),
            Verdict::No => Ok(false),
            Verdict::Open => Err(id),
        }
    }

    /// What would be known if an open rule turned out to hold, or to fail.
    pub fn supposing(&self, truth: &Truth, id: RuleId, holds: bool) -> Truth {
        let mut rows = self.index.none();
        self.rule(id).rows.clone().for_each(|row| rows.insert(row));
        let mut supposed = truth.clone();
        if holds {
            supposed.possible.add(rows.words());
            supposed.certain.add(rows.words());
        } else {
            supposed.possible.drop(rows.words());
            supposed.certain.drop(rows.words());
        }
        supposed
    }

    /// The classes that values of a fact have, atom by atom in groups that none of these rows tells apart; atoms of
    /// which they tell nothing apart are left out.
    pub fn told_apart(&self, fact: FactId, rows: &Bits) -> Vec<Literal> {
        let mut groups: Vec<(Bits, Literal)> = Vec::new();
        for (atom, found) in (0..).map(AtomId).zip(&self.atoms).filter(|(_, atom)| atom.fact == Some(fact)) {
            let first = groups.len();
            for class in (0..found.classes).filter(|class| Some(*class) != found.absent) {
                let left = rows.clone().and(&Bits::of(self.index.mask(atom, class)));
                match groups.iter_mut().skip(first).find(|(known, _)| *known == left) {
                    Some((_, literal)) => literal.classes.insert(class),
                    None => groups.push((left, Literal { atom, classes: Bits::one(found.classes, class) })),
                }
            }
            if groups.len() == first + 1 {
                groups.truncate(first);
            }
        }
        groups.into_iter().map(|(_, literal)| literal).collect()
    }

    /// The ids of all rules, in order.
    pub fn rule_ids(&self) -> impl Iterator<Item = RuleId> {
        (0..).map(RuleId).take(self.rules.len())
    }

    /// All rules in order.
    pub fn rules(&self) -> &[CompiledRule] {
        &self.rules
    }

    /// The rows that these rules depend on.
    pub fn reach(&self, rules: impl IntoIterator<Item = RuleId>) -> Bits {
        let mut rows = self.index.none();
        rules.into_iter().for_each(|rule| rows.add(self.rule(rule).reach.words()));
        rows
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// A row by its number.
    pub fn row(&self, number: usize) -> Option<&Row> {
        self.rows.get(number)
    }

    /// The rows of a group's atom.
    pub fn group(&self, atom: AtomId) -> Option<Range<usize>> {
        self.groups.iter().find(|(id, _)| *id == atom).map(|(_, rows)| rows.clone())
    }

    /// The keyword lists that are looked for in a fact, in the order in which its atoms count them.
    pub fn keyword_lists(&self, fact: FactId) -> Vec<Vec<Keyword>> {
        self.catalog.keyword_lists(fact)
    }

    /// An atom by its id.
    pub fn atom(&self, id: AtomId) -> Option<&Atom> {
        self.atoms.get(id.index())
    }

    /// The facts of a case that the policy reads, in the order of the vocabulary: of a derived fact its parts.
    pub fn reads(&self) -> Vec<FactId> {
        let hooks = self.hooks.iter().flat_map(|asking| asking.hook.reads());
        let read = self.probes.iter().filter_map(|probe| probe.fact).chain(hooks);
        let given = |fact: FactId| match &self.vocabulary().fact(fact).formula {
            Some(formula) => formula.parts(),
            None => smallvec::smallvec![fact],
        };
        let mut facts: Vec<FactId> = read.flat_map(given).collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// The instant of a case as the program reads it.
    ///
    /// # Errors
    /// An instant beyond the calendar.
    pub fn now(&self, case: &Case) -> Result<Now<'_>, Fault> {
        Now::new(case.at(), self.policy.calendar.as_deref(), self.dated)
    }

    /// What the missing facts of a case may turn out to be.
    pub fn completions(&self, case: &Case, now: &Now<'_>, answers: &Answers) -> Vec<Completion> {
        Completion::all(self, case, now, answers)
    }

    /// The region that a case spans.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn region(
        &self,
        case: &Case,
        now: &Now<'_>,
        answers: &Answers,
        completions: &[Completion],
    ) -> Result<Region<'_>, Fault> {
        let mut rows = self.index.all().clone();
        for probe in &self.probes {
            probe.class(self, case, now, |atom, class| rows.keep(self.index.mask(atom, class)))?;
        }
        for (asking, class) in self.said(case, answers) {
            class.into_iter().for_each(|class| rows.keep(self.index.mask(asking.atom, class)));
        }
        Ok(Region::new(self, rows, completions))
    }

    /// The class of each atom that a case's facts settle; `None` for those of missing facts, of hooks without an answer,
    /// and of groups.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn classes(&self, case: &Case, now: &Now<'_>, answers: &Answers) -> Result<Vec<Option<usize>>, Fault> {
        let mut classes = vec![None; self.atoms.len()];
        for (asking, class) in self.said(case, answers) {
            if let Some(slot) = classes.get_mut(asking.atom.index()) {
                *slot = class;
            }
        }
        for probe in &self.probes {
            probe.class(self, case, now, |atom, class| {
                if let Some(slot) = classes.get_mut(atom.index()) {
                    *slot = Some(class);
                }
            })?;
        }
        Ok(classes)
    }
}
