//! What the code accepts and writes, read from its own text: pages must name all of it.

use std::collections::BTreeSet;

use rulebook::policy::{Command, Field, Group};

use super::page::root;

/// The text of a folder's files, each run of white space one space, none after an opening bracket.
fn text_of(folder: &str) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(root().join(folder)).expect("the folder is there") {
        let path = entry.expect("the folder is readable").path();
        if path.is_file() {
            let file = std::fs::read_to_string(path).expect("code is text");
            // tests within a file speak of nothing that it accepts
            text += file.split("#[cfg(test)]").next().unwrap_or_default();
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(")
}

/// The literals that follow on one of these beginnings.
fn after(text: &str, beginnings: &[&str]) -> BTreeSet<String> {
    let found = beginnings.iter().flat_map(|beginning| text.split(beginning).skip(1));
    found.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// The literals between two marks.
fn between(text: &str, from: &str, to: &str) -> BTreeSet<String> {
    let part = text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(part, _)| part);
    let part = part.unwrap_or_else(|| panic!("the code has no `{from}` any more: look for its keys elsewhere"));
    part.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every key that a policy file may have.
pub fn keys() -> BTreeSet<String> {
    let text =
        ["src/policy", "src/policy/authorization", "src/policy/matcher", "src/policy/table"].map(text_of).join(" ");
    let calls = [
        "take(\"",
        "node(\"",
        "need(reader, \"",
        "section(reader, \"",
        "section(reader, fields, \"",
        "sentence(\"",
        "date(\"",
    ];
    let mut keys = after(&text, &calls);
    keys.extend(between(&text, "const KINDS: [(&str, FileKind); 10] = [", "];"));
    keys.extend(between(&text, "const CASE: [&str; 7] = [", "]"));
    keys.extend(["at".to_owned(), "from".to_owned(), "to".to_owned()]);
    keys.extend(Group::ALL.map(Group::word).into_iter().chain(Field::ALL.map(Field::word)).map(str::to_owned));
    keys.extend(Command::ALL.map(Command::word).map(str::to_owned));
    assert!(keys.len() > 50, "the code has keys elsewhere: {keys:?}");
    keys
}

/// The keys of every matcher that is a map.
pub fn operators() -> BTreeSet<String> {
    between(&text_of("src/policy"), "const OPERATORS: [&str; 6] = [", "];")
}

/// The keys of what happened to a clock or a request, and of those who act.
pub fn keys_of_events() -> BTreeSet<String> {
    let text = text_of("src/facts");
    let lists = ["const KEYS: [&str; 2] = [", "const EVENT_KEYS: [&str; 9] = [", "const PERSON_KEYS: [&str; 2] = ["];
    lists.iter().flat_map(|list| between(&text, list, "];")).collect()
}

/// Every word or phrase that a matcher, a condition or another value may consist of.
pub fn words() -> BTreeSet<String> {
    let text = ["src/policy", "src/policy/matcher"].map(text_of).join(" ");
    let mut words = between(&text, "const COMPARISONS: [(&str, Comparison); 8] = [", "];");
    words.extend(between(&text, "const DATE_COMPARISONS: [(&str, Comparison); 4] = [", "];"));
    words.extend(operators());
    words.extend(between(&text, "const TYPES: [&str; 7] = [", "];"));
    words.extend(after(&text, &["strip_prefix(\"", "strip_suffix(\"", "split_once(\"", "text == \""]));
    words.extend(["any of", "all of", "not", "present", "absent", "business days", "weeks"].map(str::to_owned));
    words.extend(text_of("src/time").split("says(text, &[").skip(1).map(|rest| {
        let phrase = rest.split(']').next().unwrap_or_default();
        phrase.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" ")
    }));
    words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Every key of a decision, an explanation, or the answer to a case in error.
pub fn decision_keys() -> BTreeSet<String> {
    let keys = written("src/render/decision");
    assert!(keys.len() > 40, "the code has keys elsewhere: {keys:?}");
    keys
}

/// Every key of the answer to a request.
pub fn request_keys() -> BTreeSet<String> {
    let keys = written("src/render/approval");
    assert!(keys.len() > 20, "the code has keys elsewhere: {keys:?}");
    keys
}

/// The keys that a folder's code writes.
fn written(folder: &str) -> BTreeSet<String> {
    let text = text_of(folder);
    let calls = [
        ".text(\"",
        ".optional(\"",
        ".boolean(\"",
        ".value(\"",
        ".object(\"",
        ".objects(\"",
        ".texts(\"",
        "stamp(object, \"",
    ];
    let mut keys = after(&text, &calls);
    keys.extend(["until", "opens"].map(str::to_owned).into_iter().filter(|_| folder.ends_with("decision")));
    keys
}
