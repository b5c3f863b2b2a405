//! The words that a schema knows: what a folder's vocabularies, calendars and scripts declare.

use std::collections::BTreeMap;

use crate::facts::{Fact, Kind, Missing, Vocabulary};
use crate::policy::{Library, Policy};
use crate::time::Zones;

/// The words of one or more vocabularies. A fact that several of them declare is whatever any of them says.
#[derive(Default)]
pub(super) struct Words<'l> {
    /// The facts by name, each as often as it is declared.
    pub facts: BTreeMap<&'l str, Vec<Known<'l>>>,
    /// The lists by name, with their values.
    pub lists: BTreeMap<&'l str, String>,
    /// The actions by name, with what they ask of people.
    pub actions: BTreeMap<&'l str, &'l str>,
    /// The roles by name, with what people of each do.
    pub roles: BTreeMap<&'l str, &'l str>,
    /// Whether some vocabulary declares no roles: then any word may stand for somebody.
    pub anybody: bool,
    /// The names of the calendars.
    pub calendars: Vec<&'l str>,
    /// The names of the hooks.
    pub hooks: Vec<&'l str>,
    /// The names of all time zones.
    pub zones: Vec<&'l str>,
}

/// A fact as one vocabulary declares it.
pub(super) struct Known<'l> {
    pub fact: &'l Fact,
    pub may_be_absent: bool,
}

impl<'l> Words<'l> {
    /// Those of a folder.
    pub fn of(library: &'l Library) -> Words<'l> {
        let mut words = Words::of_zones(library.zones());
        words.calendars = library.calendar_names().collect();
        words.hooks = library.hook_names().collect();
        library.vocabularies().for_each(|vocabulary| words.add(vocabulary));
        words
    }

    /// Those of the vocabularies of one policy, which all of its versions share.
    pub fn of_versions(versions: &[&'l Policy]) -> Words<'l> {
        let mut words = versions.first().map(|policy| Words::of_zones(policy.vocabulary.zones())).unwrap_or_default();
        versions.iter().for_each(|policy| words.add(&policy.vocabulary));
        words
    }

    fn of_zones(zones: &'l Zones) -> Words<'l> {
        Words { zones: zones.names().collect(), ..Words::default() }
    }

    fn add(&mut self, vocabulary: &'l Vocabulary) {
        for (id, fact) in vocabulary.facts() {
            let known = self.facts.entry(&fact.name).or_default();
            // policies that use several vocabularies share their facts
            if known.iter().all(|other| other.fact != fact) {
                known.push(Known { fact, may_be_absent: vocabulary.may_be_absent(id) });
            }
        }
        for name in vocabulary.list_names() {
            self.lists.insert(name, vocabulary.list(name).unwrap_or_default().join(", "));
        }
        self.roles.extend(vocabulary.role_names().map(|name| (name, vocabulary.role(name).unwrap_or_default())));
        self.anybody |= vocabulary.role_names().next().is_none();
        self.actions.extend(vocabulary.action_names().map(|name| (name, vocabulary.action(name).unwrap_or_default())));
    }

    /// The facts that hold a time zone.
    pub fn zone_facts(&self) -> impl Iterator<Item = &'l str> {
        let of_zones = |known: &Known<'_>| known.fact.kind == Kind::TimeZone;
        self.facts.iter().filter(move |(_, known)| known.iter().any(of_zones)).map(|(name, _)| *name)
    }
}

impl Known<'_> {
    /// What people are to know of the fact: what it is, which values it has, and what its absence means.
    pub fn description(&self) -> String {
        let fact = self.fact;
        let takes = match &fact.kind {
            Kind::OneOf(_) | Kind::Boolean => None,
            kind => Some(format!("Takes {}.", kind.expected())),
        };
        let missing = match (&fact.formula, &fact.missing) {
            (Some(_), _) => "It is computed from other facts.".to_owned(),
            (None, Missing::Ask) => "If it is missing and matters, it is asked for.".to_owned(),
            (None, Missing::NoMatch) => "If nobody reports it, it is absent.".to_owned(),
            (None, Missing::Default(value)) => format!("If it is missing, it is {}.", value.text(&fact.kind)),
        };
        let parts: Vec<String> = fact.description.clone().into_iter().chain(takes).chain([missing]).collect();
        parts.join(" ")
    }
}
