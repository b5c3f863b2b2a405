//! How much memory hooks take that try to take all of it. A test binary of its own: it counts what is allocated.

#![allow(unsafe_code, reason = "an allocator that counts is unsafe to write")]
#![allow(clippy::unwrap_used)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rulebook::diagnostic::Bag;
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::Zones;

struct Counting;

static TAKEN: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let taken = TAKEN.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(taken, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        TAKEN.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What one hook may have in its hands: sixteen functions deep, thirty-two variables each of 64 KiB.
const MOST_BYTES: usize = 48 * 1024 * 1024;

/// Scripts that end by a limit, each by another road.
const GREEDY: [&str; 16] = [
    "fn f(t) { let a = t; loop { a += a; } true }",
    "fn f(t) { let a = t; loop { a = a + a + a; } true }",
    "fn f(t) { let l = []; loop { l.push(t + t); } true }",
    "fn f(t) { let l = []; loop { l += [t]; } true }",
    "fn f(t) { let l = [t]; loop { l += l; } true }",
    "fn f(t) { let l = [t]; loop { l = [l, l, l]; } true }",
    "fn f(t) { let m = #{ a: t }; loop { m = #{ a: m, b: m, c: [m, m] }; } true }",
    "fn f(t) { loop { let l = t.split(\"\"); l += l; } true }",
    "fn f(t) { for a in t { for b in 0..1000000 { for c in t { } } } true }",
    "fn f(t) { for i in 0..=9223372036854775807 { let a = t.to_upper() + t; } true }",
    "fn g(t) { let a = t + t; g(a) }\nfn f(t) { g(t) }",
    "fn g(t) { let a = t.to_upper(); let b = t.to_lower(); let c = a + \"\"; let d = b + \"\"; g(t) }\nfn f(t) { g(t) }",
    "fn g(l) { let m = l + l; g([m, m]) }\nfn f(t) { g([t]) }",
    "fn f(t) { let a = t; loop { a = a.sub_string(1) + a; a = a.to_upper().trim(); } true }",
    "fn f(t) { let a = \"\"; loop { a += 'x'; } true }",
    "fn f(t) { let l = []; for i in 0..1000000 { l = l + [[i], [t.len]]; } true }",
];

#[test]
fn no_hook_fills_the_memory() {
    let mut peak = 0;
    for script in GREEDY {
        let policy = "escalations: p\ncategories:\n  c: { when: { t: { hook: f } }, turnaround: none stated }\n";
        let files =
            [("v.yaml", "vocabulary: v\nfacts: { t: { type: text } }\n"), ("p.yaml", policy), ("hooks/h.rhai", script)];
        let sources: Vec<Arc<Source>> = files.iter().map(|(path, text)| Arc::new(Source::new(*path, *text))).collect();
        let mut bag = Bag::default();
        let library = Library::load(&sources, &Zones::embedded(), &mut bag);
        assert!(bag.is_empty(), "{script}\n{:?}", bag.into_sorted());
        let program = Program::compile(library.policy("p").unwrap());
        for length in [10, 60_000] {
            let text = "ab".repeat(length / 2);
            let case = format!(r#"{{"at":"2026-05-12T09:00:00Z","facts":{{"t":"{text}"}}}}"#);
            let case = Case::from_json(&case, &program.policy().vocabulary).unwrap();
            let before = TAKEN.load(Ordering::Relaxed);
            MOST.store(before, Ordering::Relaxed);
            let decision = decide(&program, &case).unwrap();
            let most = MOST.load(Ordering::Relaxed) - before;
            assert_eq!(decision.faults().len(), 1, "{script} comes to an end");
            assert!(most < MOST_BYTES, "{script} takes {most} bytes");
            peak = peak.max(most);
        }
    }
    println!("the greediest takes {peak} bytes");
}
