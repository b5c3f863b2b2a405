//! Holds the code to its floors: a module imports only from the floors above it.

use std::path::{Path, PathBuf};

use rulebook::engine::approval::Refusal;

/// From the ground up; each floor may import from those before it.
const FLOORS: [&str; 15] = [
    "time",
    "source",
    "diagnostic",
    "facts",
    "hook",
    "syntax",
    "policy",
    "program",
    "engine",
    "schema",
    "render",
    "x12",
    "ledger",
    "auth",
    "cli",
];

/// Floors that stand beside one another: what each of them may know is listed, and none knows another of them.
const APART: [(&str, &[&str]); 2] =
    [("x12", &["x12", "time", "source", "diagnostic"]), ("ledger", &["ledger", "time"])];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The floors that a file speaks of, whether in a `use`, in a path or in a test.
fn named(text: &str) -> Vec<&str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = code.flat_map(|line| line.split("crate::").skip(1));
    paths.map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()).collect()
}

#[test]
fn each_floor_imports_only_from_the_floors_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for (number, floor) in FLOORS.iter().enumerate() {
        let found = files(&src.join(floor));
        assert!(!found.is_empty(), "the floor `{floor}` is gone: take it out of the list");
        for file in found {
            let text = std::fs::read_to_string(&file).unwrap();
            for name in named(&text) {
                let above = FLOORS.iter().position(|known| *known == name).is_some_and(|at| at <= number);
                let apart = APART.iter().find(|(apart, _)| apart == floor);
                let allowed = above && apart.is_none_or(|(_, known)| known.contains(&name));
                if !allowed {
                    faults.push(format!("{} imports crate::{name}", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_floor() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(src).unwrap().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        assert!(!entry.path().is_dir() || FLOORS.contains(&name.as_str()), "`{name}` has no place among the floors");
    }
}

/// Procedures live in `rules/` alone: no id, value or action of a shipped policy stands in the engine's code.
#[test]
fn the_engine_knows_nothing_of_a_shipped_policy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut words = Vec::new();
    // scripts call the functions that the engine gives them by their names
    let is_policy = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "yaml");
    for file in files(&root.join("rules")).into_iter().filter(is_policy) {
        let text = std::fs::read_to_string(file).unwrap();
        // names of things are keys and values with a `-` or `_` in them; other words are everybody's
        let tokens = text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').map(str::to_owned).collect::<Vec<_>>()
        });
        words.extend(tokens.filter(|word| word.contains(['_', '-']) && word.chars().any(char::is_alphabetic)));
    }
    words.sort_unstable();
    words.dedup();
    // the words of the contract: outcomes and keys that tests beside policies name
    const ENGINE: [&str; 29] = [
        "create_exception",
        "not_permitted",
        "no_exception",
        "not_ready",
        "not_required",
        "NOT_REQUIRED",
        "ask_payer",
        "documents_needed",
        "not_served",
        "at_most",
        "ask_by",
        "runs_out",
        "by_pace",
        "no_escalation",
        "may_also",
        "zone_data",
        "worked_by",
        "may_act",
        "by_requester",
        "by-hand",
        "cut-off",
        "follow-up",
        "write-off",
        "e-mail",
        // what ledgers call their columns, and messages that came to nothing
        "auth_required",
        "first_day",
        "last_day",
        "follow_up",
        "PROCESSING_DELAY",
    ];
    let refusals: Vec<&str> = Refusal::ALL.iter().map(|refusal| refusal.word()).collect();
    let mut faults = Vec::new();
    for file in files(&root.join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for literal in line.split('"').skip(1).step_by(2) {
                if words.iter().any(|word| word == literal)
                    && !ENGINE.contains(&literal)
                    && !refusals.contains(&literal)
                {
                    faults.push(format!("{} says \"{literal}\"", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
