//! Where hooks run: a script language with nothing in it but what is put there, and a limit on everything.

use std::fmt;

use rhai::Engine;
use rhai::config::hashing::set_hashing_seed;

use super::{compare, functions};

/// How many steps a hook may take; searching a text costs one for every 64 bytes.
pub const MOST_STEPS: u64 = 100_000;

/// How deep expressions and blocks may nest.
pub const MOST_DEPTH: usize = 32;

/// How deep functions may call one another.
pub const MOST_CALLS: usize = 16;

/// How long a text may grow, in bytes: as long as a fact's may be.
pub const LONGEST_TEXT: usize = crate::facts::LONGEST_TEXT;

/// How many items a list or a map may have, those inside of its items included.
pub const MOST_ITEMS: usize = 1_000;

/// How many variables a function may have.
pub const MOST_VARIABLES: usize = 32;

/// How many functions a script may have.
pub const MOST_FUNCTIONS: usize = 100;

/// What would reach beyond the facts, hide a fault, or is a slip for something else.
const REFUSED: [&str; 26] = [
    "eval",
    "print",
    "debug",
    "import",
    "export",
    "as",
    "global",
    "try",
    "catch",
    "switch",
    "Fn",
    "call",
    "curry",
    "type_of",
    "is_def_var",
    "is_def_fn",
    "is_shared",
    "&",
    "|",
    "^",
    "<<",
    ">>",
    "**",
    "??",
    "?.",
    "?[",
];

/// Numbers of no meaning: with them the same functions have the same hashes in every run.
const SEED: [u64; 4] = [0x5275_6c65, 0x626f_6f6b, 0x686f_6f6b, 0x7365_6564];

/// Runs hooks.
pub struct Sandbox {
    engine: Engine,
}

impl Default for Sandbox {
    fn default() -> Sandbox {
        Sandbox::new()
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sandbox")
    }
}

impl Sandbox {
    /// An empty sandbox.
    pub fn new() -> Sandbox {
        // fails where it has been set before, by an earlier sandbox
        let _ = set_hashing_seed(Some(SEED));
        let mut engine = Engine::new_raw();
        engine
            .set_max_operations(MOST_STEPS)
            .set_max_expr_depths(MOST_DEPTH, MOST_DEPTH)
            .set_max_call_levels(MOST_CALLS)
            .set_max_string_size(LONGEST_TEXT)
            .set_max_array_size(MOST_ITEMS)
            .set_max_map_size(MOST_ITEMS)
            .set_max_variables(MOST_VARIABLES)
            .set_max_functions(MOST_FUNCTIONS)
            .set_allow_anonymous_fn(false)
            .set_fail_on_invalid_map_property(true)
            // with it the language would compare unlike types before anybody is asked
            .set_fast_operators(false);
        REFUSED.iter().for_each(|symbol| {
            engine.disable_symbol(*symbol);
        });
        compare::register(&mut engine);
        functions::register(&mut engine);
        Sandbox { engine }
    }

    /// Whether scripts can speak of a dotted name whose first part is `root`.
    pub fn can_name(&self, root: &str, name: &str) -> bool {
        self.engine.compile(format!("fn f({root}) {{ {name} }}")).is_ok()
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }
}
