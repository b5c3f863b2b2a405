//! Turnarounds of many entangled rows are checked within a budget.

use std::sync::Arc;

use rulebook::diagnostic::{Bag, Code};
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::Zones;

/// The codes of what is found in a turnaround of these rows over forty boolean facts `f.a0` to `f.a39`.
fn findings(rows: &str) -> Vec<Code> {
    let facts: String = (0..40).map(|n| format!("  f.a{n}: {{ type: boolean, ask: \"?\" }}\n")).collect();
    let numbers = "  attempts: { type: integer, from: 0, ask: \"?\" }\n  waited: { type: duration, ask: \"?\" }\n";
    let vocabulary = format!("vocabulary: v\nfacts:\n{facts}{numbers}");
    let policy = format!("escalations: p\ncategories:\n  c:\n    when: always\n    turnaround:\n{rows}");
    let source = |name: &str, text: String| Arc::new(Source::new(name, text));
    let mut bag = Bag::default();
    let files = [source("v.yaml", vocabulary), source("p.yaml", policy)];
    let library = Library::load(&files, &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "{:?}", bag.into_sorted());
    let found = Program::compile(library.policy("p").unwrap()).findings();
    found.iter().map(|found| found.code).collect()
}

fn entangled() -> String {
    let row = |n: usize| {
        format!("      - {{ when: {{ f.a{}: true, f.a{}: true, f.a{}: true }}, within: 1 hour }}\n", n, n + 13, n + 26)
    };
    (0..13).map(row).collect()
}

#[test]
fn rows_over_many_facts_are_checked_to_the_end() {
    assert_eq!(findings(&entangled()), [Code::OpenTurnaround]);
    assert_eq!(findings(&format!("{}      - {{ otherwise: none stated }}\n", entangled())), []);
}

#[test]
fn a_row_that_others_cover_is_never_reached() {
    let rows = "      - { when: { f.a0: true }, within: 1 hour }
      - { when: { f.a0: true, f.a1: false }, within: 2 hours }
      - { when: { f.a0: false }, within: 3 hours }
      - { otherwise: none stated }\n";
    assert_eq!(findings(rows), [Code::NeverReached, Code::NeverReached]);
}

#[test]
fn between_two_neighbouring_whole_numbers_nothing_is_left_open() {
    let rows = "      - { when: { attempts: at most 5 }, within: 1 hour }
      - { when: { attempts: at least 6 }, within: 2 hours }\n";
    assert_eq!(findings(rows), []);
    assert_eq!(findings(&rows.replace("at least 6", "at least 7")), [Code::OpenTurnaround]);
    let rows = "      - { when: { attempts: at least 0, waited: more than 0 seconds }, within: 1 hour }
      - { when: { waited: at most 0 seconds }, within: 2 hours }\n";
    assert_eq!(findings(rows), []);
}
