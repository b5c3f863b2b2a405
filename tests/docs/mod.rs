//! The documentation: every example runs, and nothing is left out.
//!
//! The words after a fence's language say what a block is: `docs/README.md` tells which there are.

pub mod accepted;
mod answer;
mod console;
mod page;
mod section;

use rulebook::diagnostic::{Code, Page as Told};
use rulebook::engine::approval::{Act, Refusal, State};
use rulebook::facts::{CASE_KEYS, EVENT_KEYS};
use rulebook::render;

pub use page::{Page, root, update};
pub use section::Section;

/// What a page shows must be what the block is to hold; with `UPDATE_DOCS=1` it is written.
fn hold(page: &Page, shown: Vec<(usize, String)>) {
    if update() && !shown.is_empty() {
        return page.rewrite(&shown);
    }
    for (line, text) in shown {
        let block = page.blocks.iter().find(|block| block.line == line).expect("the block is there");
        let same = match block.is("json answer") {
            true => answer::pretty(&block.text) == text,
            false => block.text == text,
        };
        assert!(
            same,
            "{}: `UPDATE_DOCS=1 cargo test --test main docs` writes what it really is\n--- shown\n{}\n--- is\n{text}",
            page.place(block),
            block.text
        );
    }
}

#[test]
fn every_example_works() {
    const INFOS: [&str; 15] = [
        "yaml vocabulary",
        "yaml calendar",
        "yaml policy",
        "yaml tests",
        "rhai",
        "yaml when",
        "yaml category",
        "yaml case",
        "csv",
        "json case",
        "json answer",
        "console",
        "text",
        "yaml excerpt",
        "sh",
    ];
    for page in Page::all() {
        for block in &page.blocks {
            let known = INFOS.iter().any(|info| block.is(info));
            assert!(known, "{}: nobody knows what `{}` is", page.place(block), block.words.join(" "));
        }
        let mut shown: Vec<(usize, String)> =
            page.sections().flat_map(|number| Section::new(&page, number).run()).collect();
        let name = page.path.file_stem().expect("a page has a name").to_string_lossy();
        let mut desk = console::Place::of_its_own(&name);
        for block in page.blocks.iter().filter(|block| block.is("console")) {
            let played = match block.is("console desk") {
                true => desk.played(&block.text),
                false => console::played(&block.text),
            };
            shown.push((block.line, played));
        }
        shown.sort();
        hold(&page, shown);
    }
}

#[test]
fn every_key_and_matcher_of_the_language_is_told_of() {
    let page = Page::read(&root().join("docs/language.md"));
    let quoted = page.quoted();
    let keys = accepted::keys();
    let untold: Vec<&String> =
        keys.iter().filter(|key| !quoted.iter().any(|word| word.strip_suffix(':').unwrap_or(word) == *key)).collect();
    assert!(untold.is_empty(), "docs/language.md tells nothing of the keys {untold:?}");
    let words = accepted::words();
    let said = |word: &str| quoted.iter().any(|quoted| format!(" {quoted} ").contains(&format!(" {word} ")));
    let sign = |word: &str| !word.contains(char::is_alphabetic) && quoted.iter().any(|quoted| quoted.contains(word));
    let unsaid: Vec<&String> = words.iter().filter(|word| !said(word) && !sign(word)).collect();
    assert!(unsaid.is_empty(), "docs/language.md tells nothing of {unsaid:?}");
}

#[test]
fn every_key_of_cases_and_decisions_is_told_of() {
    let page = Page::read(&root().join("docs/decisions.md"));
    let quoted = page.quoted();
    let keys = accepted::decision_keys().into_iter().chain(CASE_KEYS.map(str::to_owned));
    let untold: Vec<String> = keys.filter(|key| !quoted.contains(key)).collect();
    assert!(untold.is_empty(), "docs/decisions.md tells nothing of {untold:?}");
}

#[test]
fn every_refusal_state_and_key_of_requests_is_told_of() {
    let page = Page::read(&root().join("docs/approvals.md"));
    let quoted = page.quoted();
    let keys = accepted::request_keys().into_iter().chain(EVENT_KEYS.map(str::to_owned));
    let codes = Refusal::ALL.iter().map(|refusal| refusal.word().to_owned());
    let words = State::WORDS.map(str::to_owned).into_iter().chain(Act::ALL.map(|act| act.word().to_owned()));
    let untold: Vec<String> = keys.chain(codes).chain(words).filter(|word| !quoted.contains(word)).collect();
    assert!(untold.is_empty(), "docs/approvals.md tells nothing of {untold:?}");
    // the checks are made in the order in which the page lists them
    let places: Vec<_> =
        Refusal::ALL.iter().map(|refusal| page.text.rfind(&format!("\n| `{}` | ", refusal.word()))).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "docs/approvals.md lists refusals in another order"
    );
}

#[test]
fn every_command_and_option_is_told_of() {
    let page = Page::read(&root().join("docs/command-line.md"));
    let quoted = page.quoted();
    let help = console::played("$ rulebook --help");
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 5, "{help}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        assert!(page.text.contains(&format!("$ rulebook {command}")), "docs/command-line.md shows no `{command}`");
        let mut help = console::played(&format!("$ rulebook {command} --help"));
        for own in
            help.clone().lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty())
        {
            let own =
                own.split_whitespace().next().filter(|own| *own != "help" && own.starts_with(char::is_alphabetic));
            help += &own.map(|own| console::played(&format!("$ rulebook {command} {own} --help"))).unwrap_or_default();
        }
        for option in help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
            let option = option.trim_end_matches(|c: char| !c.is_alphanumeric());
            let told = quoted.iter().any(|quoted| quoted.split(' ').any(|word| word == option));
            assert!(told, "docs/command-line.md tells nothing of `{option}` of `{command}`");
        }
    }
}

#[test]
fn every_code_has_its_entry() {
    let path = root().join("docs/diagnostics.md");
    let is = diagnostics();
    if update() {
        return std::fs::write(path, is).expect("the page can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == is, "docs/diagnostics.md is out of date: `UPDATE_DOCS=1 cargo test --test main docs` writes it");
}

/// The page of all codes.
fn diagnostics() -> String {
    let mut page = "# Diagnostics

Every fault that Rulebook finds has a code. `rulebook explain CODE` shows its entry; `rulebook explain` lists them all.
Codes beginning with RB0 concern files, RB1 YAML, RB2 keys and names, RB3 and RB6 what they hold, RB4 rules that do nothing, RB5
cases, RB6 what belongs to one kind of policy, RB7 hooks, RB8 X12 messages. An error keeps a policy from loading or a case from being decided; a warning does not. A code never changes its
meaning.

This page is made from the table in `src/diagnostic/code.rs`: `UPDATE_DOCS=1 cargo test --test main docs` writes it.

| code | severity | what it is |
|---|---|---|
"
    .to_owned();
    for code in Code::ALL {
        let Told { code, severity, title, .. } = code.page();
        page += &format!("| [{code}](#{}) | {severity} | {title} |\n", code.to_lowercase());
    }
    for code in Code::ALL {
        page += &format!("\n## {code}\n\n```text\n{}```\n", render::page(*code, false));
    }
    page
}
