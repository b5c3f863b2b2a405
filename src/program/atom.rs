//! What takes one of finitely many classes: an enum's value, an interval of a number, inside a window or not.

use crate::facts::{FactId, Ordinal, Value};
use crate::policy::{Interval, Unit};
use crate::time::{Window, Zone};

use super::Bits;

/// An atom's number in its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtomId(pub(super) u32);

impl AtomId {
    /// The number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something that a literal can speak of.
#[derive(Debug, Clone)]
pub struct Atom {
    /// The fact it classes; `None` for one that depends on the instant alone, and for groups.
    pub fact: Option<FactId>,
    /// How values are classed.
    pub classing: Classing,
    /// How many classes there are, that of absence included.
    pub classes: usize,
    /// The class of an absent fact.
    pub absent: Option<usize>,
}

/// How an atom's values fall into classes.
#[derive(Debug, Clone, PartialEq)]
pub enum Classing {
    /// A class for each word; of a boolean, false and true.
    Choice,
    /// By thresholds: below the first, equal to it, between it and the second, and so on.
    Order(Cuts),
    /// By thresholds of an age.
    Age(Unit, Cuts),
    /// By literal texts and by the longest of some beginnings.
    Text(Texts),
    /// Whether one of a list's keywords is mentioned; the number counts the lists of the fact.
    Mentions(usize),
    /// By equality with zones.
    Zone(Vec<Zone>),
    /// Whether the instant lies inside a window, in the fact's zone or a fixed one.
    Window(Window, Option<Zone>),
    /// Whether a hook says true; the number counts the hooks of the program.
    Hook(usize),
    /// Whether any row of a group holds.
    Group,
}

/// Thresholds in rising order. With n of them there are 2n + 1 classes: odd ones are the thresholds themselves, even
/// ones what lies between.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cuts(Vec<Ordinal>);

impl Cuts {
    pub(super) fn new(mut thresholds: Vec<Ordinal>) -> Cuts {
        thresholds.sort_unstable();
        thresholds.dedup();
        Cuts(thresholds)
    }

    /// The thresholds.
    pub fn thresholds(&self) -> &[Ordinal] {
        &self.0
    }

    pub(super) fn classes(&self) -> usize {
        2 * self.0.len() + 1
    }

    /// The class of a number.
    pub fn class(&self, number: Ordinal) -> usize {
        let below = self.0.partition_point(|cut| *cut < number);
        2 * below + usize::from(self.0.get(below) == Some(&number))
    }

    /// The classes inside an interval whose ends are thresholds.
    pub(super) fn within(&self, interval: &Interval, size: usize) -> Bits {
        let low = interval.low.map_or(0, |edge| self.class(edge.at) + usize::from(!edge.included));
        let high = interval.high.map_or(self.classes(), |edge| self.class(edge.at) + usize::from(edge.included));
        let mut bits = Bits::none(size);
        (low..high).for_each(|class| bits.insert(class));
        bits
    }

    /// The interval that a class stands for.
    pub fn interval(&self, class: usize) -> Interval {
        let cut = |index: usize| self.0.get(index).copied();
        let edge = |at: Option<Ordinal>, included| at.map(|at| crate::policy::Edge { at, included });
        if class % 2 == 1 {
            Interval { low: edge(cut(class / 2), true), high: edge(cut(class / 2), true) }
        } else {
            let below = (class / 2).checked_sub(1).and_then(cut);
            Interval { low: edge(below, false), high: edge(cut(class / 2), false) }
        }
    }
}

/// Literal texts, beginnings, and everything else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    literals: Vec<String>,
    prefixes: Vec<String>,
}

impl Texts {
    pub(super) fn new(mut literals: Vec<String>, mut prefixes: Vec<String>) -> Texts {
        for texts in [&mut literals, &mut prefixes] {
            texts.sort_unstable();
            texts.dedup();
        }
        Texts { literals, prefixes }
    }

    /// The texts that have a class of their own.
    pub fn literals(&self) -> &[String] {
        &self.literals
    }

    /// The beginnings that are told apart.
    pub fn prefixes(&self) -> &[String] {
        &self.prefixes
    }

    pub(super) fn classes(&self) -> usize {
        self.literals.len() + self.prefixes.len() + 1
    }

    /// A literal's own class, else that of the longest beginning, else the last.
    pub fn class(&self, text: &str) -> usize {
        if let Ok(index) = self.literals.binary_search_by(|literal| literal.as_str().cmp(text)) {
            return index;
        }
        let longest = self
            .prefixes
            .iter()
            .enumerate()
            .filter(|(_, prefix)| text.starts_with(prefix.as_str()))
            .max_by_key(|(_, prefix)| prefix.len());
        self.literals.len() + longest.map_or(self.prefixes.len(), |(index, _)| index)
    }

    /// The classes of texts that begin with `prefix`, which is one of the beginnings.
    pub(super) fn starting(&self, prefix: &str, size: usize) -> Bits {
        let mut bits = Bits::none(size);
        for (class, text) in self.literals.iter().chain(&self.prefixes).enumerate() {
            if text.starts_with(prefix) {
                bits.insert(class);
            }
        }
        bits
    }
}

impl Atom {
    /// The class of a value, for classings that depend on nothing else.
    pub(super) fn class_of(&self, value: &Value) -> Option<usize> {
        match (&self.classing, value) {
            (Classing::Choice, Value::Choice(index)) => Some(usize::from(*index)),
            (Classing::Choice, Value::Boolean(truth)) => Some(usize::from(*truth)),
            (Classing::Order(cuts), value) => value.ordinal().map(|number| cuts.class(number)),
            (Classing::Text(texts), Value::Text(text)) => Some(texts.class(text)),
            (Classing::Zone(zones), Value::Zone(zone)) => {
                Some(zones.iter().position(|known| known == zone).unwrap_or(zones.len()))
            }
            _ => None,
        }
    }

    /// The classes of values that equal one of these.
    pub(super) fn equal_to(&self, values: &[Value]) -> Bits {
        let mut bits = Bits::none(self.classes);
        values.iter().filter_map(|value| self.class_of(value)).for_each(|class| bits.insert(class));
        bits
    }

    /// All classes of reported facts.
    pub(super) fn reported(&self) -> Bits {
        match self.absent {
            Some(absent) => Bits::one(self.classes, absent).complement(self.classes),
            None => Bits::all(self.classes),
        }
    }
}
