//! The words that policies and cases share: facts, lists, actions, roles.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::diagnostic::{Code, nearest};
use crate::time::Zones;

use super::{Case, Fault, Formula, Kind, Ordinal, Raw, Value};

/// A fact's number in its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(u32);

impl FactId {
    /// The number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What it means that a case does not carry a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// It is unknown: if it matters, the case is undetermined and the fact is asked for.
    Ask,
    /// Nobody reported it: no matcher but `absent` holds.
    NoMatch,
    /// It counts as this value.
    Default(Value),
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its dotted name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// What its absence means.
    pub missing: Missing,
    /// The question that asks for it.
    pub ask: Option<String>,
    /// What it is, for people.
    pub description: Option<String>,
    /// How it is computed, for a fact that no case carries.
    pub formula: Option<Formula>,
}

impl Fact {
    /// Reads a value as a case gives it; `None` for null.
    ///
    /// # Errors
    /// A value outside the fact's type, or any for a derived fact.
    pub fn read(&self, raw: &Raw<'_>, zones: &Zones) -> Result<Option<Value>, Fault> {
        if self.formula.is_some() {
            return Err(Fault::new(Code::CaseFact, format!("`{}` is derived and cannot be given", self.name))
                .fact(&self.name)
                .value(raw)
                .help("give the facts that it is computed from"));
        }
        self.kind.read(raw, zones).map_err(|misfit| {
            Fault::new(Code::CaseValue, format!("`{}` cannot be {}", self.name, Fault::shown(raw)))
                .fact(&self.name)
                .value(raw)
                .misfit(misfit)
        })
    }
}

/// Facts, lists, actions and roles under their names.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    zones: Zones,
    facts: Vec<Fact>,
    names: NameTree,
    lists: BTreeMap<String, Vec<String>>,
    actions: BTreeMap<String, String>,
    roles: BTreeMap<String, String>,
}

impl Vocabulary {
    /// An empty vocabulary whose time zones come from `zones`.
    pub fn new(zones: Zones) -> Vocabulary {
        Vocabulary {
            zones,
            facts: Vec::new(),
            names: NameTree::default(),
            lists: BTreeMap::new(),
            actions: BTreeMap::new(),
            roles: BTreeMap::new(),
        }
    }

    /// Adds a fact; `None` if one of this name is there already.
    pub fn add_fact(&mut self, fact: Fact) -> Option<FactId> {
        if self.fact_id(&fact.name).is_some() {
            return None;
        }
        let id = FactId(u32::try_from(self.facts.len()).ok()?);
        self.names.insert(&fact.name, id);
        self.facts.push(fact);
        Some(id)
    }

    /// Adds a list of values; false if one of this name is there already.
    pub fn add_list(&mut self, name: &str, values: Vec<String>) -> bool {
        self.lists.insert(name.to_owned(), values).is_none()
    }

    /// Adds an action with what it asks of people; false if one of this name is there already.
    pub fn add_action(&mut self, name: &str, description: &str) -> bool {
        self.actions.insert(name.to_owned(), description.to_owned()).is_none()
    }

    /// Adds a role with what people of it do; false if one of this name is there already.
    pub fn add_role(&mut self, name: &str, description: &str) -> bool {
        self.roles.insert(name.to_owned(), description.to_owned()).is_none()
    }

    /// The time zones that facts may name.
    pub fn zones(&self) -> &Zones {
        &self.zones
    }

    /// Every fact with its id, in the order of declaration.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &Fact)> + Clone {
        (0..).map(FactId).zip(&self.facts)
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there are no facts.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// A fact by its id, which must be of this vocabulary.
    #[allow(clippy::indexing_slicing, reason = "ids are given out by `add_fact` alone")]
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.index()]
    }

    /// The id of a fact by its dotted name.
    pub fn fact_id(&self, name: &str) -> Option<FactId> {
        name.split('.').try_fold(&self.names, |tree, part| tree.child(part)).and_then(|tree| tree.fact)
    }

    /// Whether facts are declared below this name, as `job.severity` is below `job`.
    pub fn is_group(&self, name: &str) -> bool {
        self.names.descend(name).is_some_and(NameTree::is_group)
    }

    /// The declared fact that `name` is most like.
    pub fn nearest_fact(&self, name: &str) -> Option<&str> {
        nearest(name, self.facts.iter().map(|fact| fact.name.as_str()))
    }

    /// A list by its name.
    pub fn list(&self, name: &str) -> Option<&[String]> {
        self.lists.get(name).map(Vec::as_slice)
    }

    /// The names of the lists.
    pub fn list_names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// What an action asks of people.
    pub fn action(&self, name: &str) -> Option<&str> {
        self.actions.get(name).map(String::as_str)
    }

    /// The names of the actions.
    pub fn action_names(&self) -> impl Iterator<Item = &str> {
        self.actions.keys().map(String::as_str)
    }

    /// What people of a role do.
    pub fn role(&self, name: &str) -> Option<&str> {
        self.roles.get(name).map(String::as_str)
    }

    /// The names of the roles.
    pub fn role_names(&self) -> impl Iterator<Item = &str> {
        self.roles.keys().map(String::as_str)
    }

    pub(super) fn names(&self) -> &NameTree {
        &self.names
    }

    /// What a case says of a fact, defaults and derived facts included.
    pub fn reading<'a>(&'a self, case: &'a Case, id: FactId) -> Reading<'a> {
        let fact = self.fact(id);
        if let Some(formula) = &fact.formula {
            return self.derive(case, formula, &fact.kind);
        }
        match (case.value(id), &fact.missing) {
            (Some(value), _) => Reading::Value(value),
            (None, Missing::Default(_) | Missing::NoMatch) if case.awaits(id) => Reading::Unknown,
            (None, Missing::Default(value)) => Reading::Value(value),
            (None, Missing::NoMatch) => Reading::Absent,
            (None, Missing::Ask) => Reading::Unknown,
        }
    }

    /// Missing if a part is: absent as soon as one part surely is, else unknown as soon as one part is.
    fn derive(&self, case: &Case, formula: &Formula, kind: &Kind) -> Reading<'_> {
        let mut unknown = false;
        let mut parts: SmallVec<[Ordinal; 4]> = SmallVec::new();
        for part in formula.parts() {
            match self.reading(case, part) {
                Reading::Absent => return Reading::Absent,
                Reading::Unknown => unknown = true,
                Reading::Value(value) => parts.extend(value.ordinal()),
                Reading::Derived(ordinal) => parts.push(ordinal),
            }
        }
        if unknown {
            return Reading::Unknown;
        }
        formula.compute(&parts, matches!(kind, Kind::Decimal(_))).map_or(Reading::Absent, Reading::Derived)
    }

    /// Whether a fact may stay missing without being asked for: of a derived one, whether any of its parts may, or a
    /// percentage may lack its whole.
    pub fn may_be_absent(&self, id: FactId) -> bool {
        let fact = self.fact(id);
        match &fact.formula {
            Some(formula) => {
                matches!(formula, Formula::Percent { .. })
                    || formula.parts().iter().any(|part| self.may_be_absent(*part))
            }
            None => fact.missing == Missing::NoMatch,
        }
    }

    /// Whether a fact, or any part of a derived one, is asked for when it is missing.
    pub fn is_asked(&self, id: FactId) -> bool {
        let fact = self.fact(id);
        match &fact.formula {
            Some(formula) => formula.parts().iter().any(|part| self.is_asked(*part)),
            None => fact.missing == Missing::Ask,
        }
    }
}

/// What a case says of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading<'a> {
    /// The case or the fact's default gives a value.
    Value(&'a Value),
    /// The fact is derived, and this is the result.
    Derived(Ordinal),
    /// Nobody reported it, which is an answer of its own.
    Absent,
    /// It is missing and would have to be asked for.
    Unknown,
}

/// Dotted names as a tree, so that nested objects of a case find their facts without joining names.
#[derive(Debug, Clone, Default)]
pub(super) struct NameTree {
    children: FxHashMap<Box<str>, NameTree>,
    /// The fact that ends here.
    pub(super) fact: Option<FactId>,
}

impl NameTree {
    fn insert(&mut self, name: &str, id: FactId) {
        let (part, rest) = name.split_once('.').map_or((name, None), |(part, rest)| (part, Some(rest)));
        let child = self.children.entry(part.into()).or_default();
        match rest {
            Some(rest) => child.insert(rest, id),
            None => child.fact = Some(id),
        }
    }

    /// The tree below one part of a name.
    pub(super) fn child(&self, part: &str) -> Option<&NameTree> {
        self.children.get(part)
    }

    /// The tree below a name of one or more parts joined with dots.
    pub(super) fn descend(&self, name: &str) -> Option<&NameTree> {
        self.child(name).or_else(|| name.split('.').try_fold(self, |tree, part| tree.child(part)))
    }

    /// Whether names go on below.
    fn is_group(&self) -> bool {
        !self.children.is_empty()
    }
}
