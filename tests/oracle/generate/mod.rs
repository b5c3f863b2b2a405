//! Random vocabularies, policies and cases, as the texts that people would write.

mod authorization;
mod case;
mod condition;
mod policy;
mod table;
mod vocabulary;

use std::sync::Arc;

use proptest::prelude::*;
use rulebook::diagnostic::Bag;
use rulebook::facts::Case;
use rulebook::policy::{Library, Policy};
use rulebook::source::Source;
use rulebook::time::Zones;

use super::tape::{Tape, tapes};

/// The files of a policy, and some cases.
#[derive(Clone)]
pub struct Scenario {
    pub files: Vec<(&'static str, String)>,
    pub cases: Vec<String>,
}

/// What a policy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Exceptions,
    Escalations,
    Table,
    /// A table of up to 600 rows: the engine takes few and many in different ways.
    LongTable,
    Authorization,
}

impl std::fmt::Debug for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (path, text) in &self.files {
            write!(f, "\n--- {path}\n{text}")?;
        }
        self.cases.iter().try_for_each(|case| write!(f, "\n--- case\n{case}"))
    }
}

const CALENDARS: [&str; 2] = [
    "calendar: office\nzone: America/New_York\nhours:\n  monday to friday: 09:00-17:00\nholidays:\n  Day Off: 6 March\n",
    "calendar: office\nzone: Asia/Tokyo\nhours:\n  monday to thursday: 10:00-18:00\n  saturday: 10:00-14:00\n",
];

/// Scenarios of one family.
pub fn scenarios(family: Family) -> impl Strategy<Value = Scenario> {
    (tapes(50), tapes(240), tapes(100)).prop_map(move |(words, rules, cases)| {
        let (mut words, mut rules, mut cases) = (Tape::new(words), Tape::new(rules), Tape::new(cases));
        let facts = vocabulary::draw(&mut words);
        let calendar = CALENDARS[words.below(CALENDARS.len())];
        let (grants, mut known) = authorization::vocabulary(&mut words);
        known.splice(0..0, facts.iter().cloned());
        let known = if family == Family::Authorization { known } else { facts.clone() };
        let (text, types, sheet) = policy::draw(&mut rules, family, &known);
        let mut files = vec![
            ("vocabulary.yaml", vocabulary::text(&facts)),
            ("calendar.yaml", calendar.to_owned()),
            ("policy.yaml", text),
        ];
        files.extend(sheet.map(|text| ("rows.csv", text)));
        files.extend((family == Family::Authorization).then_some(("grants.yaml", grants)));
        Scenario { files, cases: (0..3).map(|_| case::draw(&mut cases, family, &facts, &types)).collect() }
    })
}

impl Scenario {
    /// The policy called `p`.
    pub fn policy(&self) -> Arc<Policy> {
        let files: Vec<Arc<Source>> =
            self.files.iter().map(|(path, text)| Arc::new(Source::new(*path, text.clone()))).collect();
        let mut bag = Bag::default();
        let library = Library::load(&files, &Zones::embedded(), &mut bag);
        let faults = bag.into_sorted();
        assert!(faults.is_empty(), "{self:?}\n{}", rulebook::render::diagnostics::text(&faults, false));
        Arc::clone(library.policy("p").expect("a policy called `p`"))
    }

    /// The cases, read against a policy's vocabulary.
    pub fn cases(&self, policy: &Policy) -> Vec<Case> {
        let read = |text: &String| match Case::from_json(text, &policy.vocabulary) {
            Ok(case) => case,
            Err(unreadable) => panic!("{text}: {unreadable:?}"),
        };
        self.cases.iter().map(read).collect()
    }
}
