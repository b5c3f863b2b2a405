//! Interviews at a terminal.

use std::fs;
use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::facts::Case;
use rulebook::policy::{Library, read_cases};
use rulebook::render;
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::{Value as Json, json};

use crate::command::{Folder, Outcome, finish, rulebook, run};
use crate::terminal::{BACKSPACE, CTRL_C, CTRL_D, DOWN, ENTER, Terminal};

const POLICY: &str = "auth-job-follow-up";
const AT: &str = "2026-05-12T02:30:00Z";

const DETERMINED: &str = "What was determined on the job?";
const SEVERE: &str = "How severe is the job?";
const DEPARTMENT: &str = "Which department does the agent belong to?";
const ZONE: &str = "In which time zone does the customer live?";

/// Somebody sits down to an interview.
fn sit_down(more: &[&str]) -> Terminal {
    Terminal::run(&[&["ask", POLICY, "--at", AT], more].concat(), 80, false)
}

/// Waits for a question and for its prompt.
#[track_caller]
fn asked(terminal: &mut Terminal, question: &str, name: &str) {
    terminal.read_to(question);
    terminal.read_to(&format!("? {name}"));
}

/// The JSON that `eval` makes of a transcript.
fn replayed(transcript: &str) -> String {
    run(&["eval", POLICY, transcript]).stdout.trim().to_owned()
}

/// The path of a file in a folder.
fn within(folder: &Folder, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

#[test]
fn an_interview_ends_with_the_decision_and_a_transcript_that_decides_the_same() {
    let folder = Folder::new("ask-whole");
    for name in ["case.yaml", "case.json"] {
        let transcript = within(&folder, name);
        let mut terminal = sit_down(&["--transcript", &transcript, "--format", "json"]);
        asked(&mut terminal, DETERMINED, "job.determination");
        terminal.answer("not_addressed");
        asked(&mut terminal, SEVERE, "job.severity");
        // a part of the word filters the list, the arrow chooses from it
        terminal.press("medical_e");
        terminal.press(DOWN);
        terminal.press(DOWN);
        terminal.press(ENTER);
        asked(&mut terminal, DEPARTMENT, "agent.department");
        terminal.answer("authorizations");
        terminal.read_to(ZONE);
        terminal.read_to("the last question");
        terminal.read_to("? customer.time_zone");
        terminal.press("los_ang");
        terminal.press(DOWN);
        terminal.press(ENTER);
        let (shown, status) = terminal.finish();
        let decision = shown.lines().find(|line| line.starts_with('{')).expect("there is a decision");
        assert_eq!(decision, replayed(&transcript));
        let decision: Json = serde_json::from_str(decision).unwrap();
        assert_eq!((decision["outcome"].as_str(), status), (Some("call_customer"), 0), "{decision}");
    }
}

#[test]
fn a_terminal_gets_the_decision_as_text() {
    let mut terminal = sit_down(&[]);
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("full_denial");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    terminal.answer("authorizations");
    let (shown, status) = terminal.finish();
    assert!(shown.contains("Create exception: Auth-Job Follow Up, status open"), "{shown}");
    assert_eq!(status, 0);
}

#[test]
fn an_answer_is_taken_back_and_changed() {
    let mut terminal = sit_down(&["--format", "json"]);
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("<");
    terminal.read_to("this is the first question");
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("full_denial");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    terminal.answer("<");
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("partial_denial");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    terminal.answer("authorizations");
    terminal.read_to(r#""reason":"PCD""#);
    assert_eq!(terminal.finish().1, 0);
}

#[test]
fn whoever_does_not_know_is_told_what_is_needed() {
    let mut terminal = sit_down(&["--format", "json"]);
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("full_denial");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    // an empty answer says nothing
    terminal.answer("");
    terminal.read_to("no answer; write `?` if you don't know");
    terminal.answer("?");
    let (shown, status) = terminal.finish();
    assert!(shown.contains(r#""needs":["agent.department"]"#), "{shown}");
    assert_eq!(status, 3);
}

#[test]
fn a_wrong_value_is_asked_for_again() {
    let mut terminal = sit_down(&["--format", "json"]);
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("approvd");
    terminal.read_to("did you mean `approved`?");
    terminal.press(&BACKSPACE.repeat("approvd".len()));
    terminal.answer("approved");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    terminal.answer("research");
    asked(&mut terminal, "The approved job has charges", "job.non_covered_charges");
    terminal.answer("no");
    terminal.read_to(r#""outcome":"no_exception""#);
    assert_eq!(terminal.finish().1, 0);
}

#[test]
fn an_interview_that_is_broken_off_leaves_its_transcript() {
    let folder = Folder::new("ask-broken-off");
    for (name, key, exit) in [("c.json", CTRL_C, 130), ("d.json", CTRL_D, 3)] {
        let transcript = within(&folder, name);
        let mut terminal = sit_down(&["--transcript", &transcript, "--format", "json"]);
        asked(&mut terminal, DETERMINED, "job.determination");
        terminal.answer("full_denial");
        asked(&mut terminal, DEPARTMENT, "agent.department");
        terminal.press(key);
        let (shown, status) = terminal.finish();
        assert_eq!(status, exit, "{shown}");
        assert_eq!(shown.contains(r#""outcome":"undetermined""#), key == CTRL_D, "{shown}");
        let kept: Json = serde_json::from_str(&fs::read_to_string(&transcript).unwrap()).unwrap();
        assert_eq!(kept, json!({ "at": AT, "facts": { "job.determination": "full_denial" } }));
    }
}

#[test]
fn a_narrow_terminal_without_colours_is_enough() {
    let mut terminal = Terminal::run(&["ask", POLICY, "--at", AT], 18, false);
    terminal.read_to("the job?");
    terminal.read_to("? job.determinat");
    terminal.answer("full_denial");
    terminal.read_to("belong to?");
    terminal.read_to("? agent.departme");
    terminal.answer("research");
    terminal.read_to("Not permitted");
    // escapes move the cursor, and set nothing off
    let raw = terminal.raw();
    let escapes = raw.split("\u{1b}[").skip(1).filter_map(|rest| rest.chars().find(char::is_ascii_alphabetic));
    assert!(escapes.clone().count() > 0 && !escapes.clone().any(|escape| escape == 'm'), "{raw:?}");
    assert_eq!(terminal.finish().1, 0);
}

#[test]
fn a_terminal_that_shows_colours_gets_them() {
    let mut terminal = Terminal::run(&["ask", POLICY, "--at", AT], 80, true);
    asked(&mut terminal, DETERMINED, "job.determination");
    assert!(terminal.raw().contains("\u{1b}[1mWhat was determined"), "{:?}", terminal.raw());
    terminal.press(CTRL_C);
    assert_eq!(terminal.finish().1, 130);
}

#[test]
fn the_present_instant_is_proposed() {
    let mut terminal = Terminal::run(&["ask", POLICY, "--format", "json"], 80, false);
    terminal.read_to("For which instant");
    terminal.read_to("now, ");
    terminal.read_to("? at");
    terminal.answer("tomorrow");
    terminal.read_to("`at` is no instant");
    terminal.press(&BACKSPACE.repeat("tomorrow".len()));
    terminal.answer("");
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("full_denial");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    terminal.answer("research");
    terminal.read_to(r#""outcome":"not_permitted""#);
    assert_eq!(terminal.finish().1, 0);
}

/// Answers line by line, for pipes.
fn piped(arguments: &[&str], lines: &[&str]) -> Outcome {
    finish(rulebook(&[&["ask"], arguments].concat()), &lines.iter().map(|line| format!("{line}\n")).collect::<String>())
}

#[test]
fn what_nobody_knows_is_asked_once() {
    let folder = Folder::new("ask-unknown");
    let transcript = within(&folder, "case.json");
    let call = ["patient-billing", "--at", "2026-05-12T09:00:00-04:00", "--transcript", &transcript];
    let lines: Vec<&str> = ["requisition_form"].into_iter().chain(["?"; 80]).collect();
    let outcome = piped(&call, &lines);
    let questions = outcome.stderr.matches("\n  left ").count();
    assert!((10..=36).contains(&questions), "{questions} questions");
    assert_eq!(outcome.status, Some(3));
    let replayed = run(&["eval", "patient-billing", &transcript]).stdout;
    assert_eq!(outcome.stdout, replayed);
    let decision: Json = serde_json::from_str(&replayed).unwrap();
    assert_eq!(decision["needs"][0], "request.raised_by");
}

#[test]
fn what_a_file_gives_is_not_asked_for() {
    let folder = Folder::new("ask-facts");
    let known = r#"{"id":"k1","at":"2026-05-13T09:00:00-04:00","received":"2026-05-12T09:00:00-04:00","facts":{"job":{"determination":"full_denial"}}}"#;
    folder.write("known.json", known);
    let (facts, transcript) = (within(&folder, "known.json"), within(&folder, "case.yml"));
    let outcome = piped(&[POLICY, "--facts", &facts, "--transcript", &transcript], &["authorizations"]);
    assert!(!outcome.stderr.contains(DETERMINED), "{}", outcome.stderr);
    assert_eq!((outcome.stdout.trim(), outcome.status), (&*replayed(&transcript), Some(0)));
    assert!(outcome.stdout.starts_with(r#"{"case":"k1""#), "{}", outcome.stdout);
    let kept = fs::read_to_string(&transcript).unwrap();
    assert!(kept.contains("id: k1\n") && kept.contains("received: 2026-05-12T09:00:00-04:00"), "{kept}");
    let moved = piped(&[POLICY, "--facts", &facts, "--at", "2026-06-01T09:00:00Z"], &["authorizations"]);
    assert!(moved.stdout.contains(r#""at":"2026-06-01T09:00:00Z""#), "{}", moved.stdout);
    let early = piped(&[POLICY, "--facts", &facts, "--at", "2026-05-01T09:00:00Z"], &["authorizations"]);
    assert!(early.stderr.contains("`received` is later than `at`") && early.status == Some(2), "{}", early.stderr);
}

#[test]
fn a_transcript_is_written_over_only_by_force() {
    let folder = Folder::new("ask-force");
    folder.write("case.json", "mine");
    let transcript = within(&folder, "case.json");
    let call = [POLICY, "--at", AT, "--transcript", &transcript];
    let refused = piped(&call, &["full_denial"]);
    assert!(refused.stderr.contains("is there already: choose another name, or say `--force`"), "{}", refused.stderr);
    assert_eq!((refused.status, fs::read_to_string(&transcript).unwrap().as_str()), (Some(2), "mine"));
    let forced = piped(&[&call[..], &["--force"]].concat(), &["full_denial", "research"]);
    assert_eq!((forced.stdout.trim(), forced.status), (&*replayed(&transcript), Some(0)));
    let unnamed = piped(&[POLICY, "--transcript", "case.txt"], &[]);
    assert!(unnamed.stderr.contains("call it .json or .yaml") && unnamed.status == Some(2), "{}", unnamed.stderr);
}

/// A date that no calendar reaches back to is taken back, and asked for again.
#[test]
fn an_answer_that_cannot_be_decided_by_is_asked_for_again() {
    let folder = Folder::new("ask-early-date");
    folder.write("words.yaml", "vocabulary: words\nfacts:\n  sent.on: { type: date, ask: \"When was it sent?\" }\n");
    folder.write("hours.yaml", "calendar: office\nzone: America/New_York\nhours:\n  monday to friday: 09:00-17:00\n");
    let when = "{ sent.on: more than 5 business days ago }";
    let policy = format!(
        "escalations: late\ncalendar: office\ncategories:\n  late:\n    when: {when}\n    turnaround: 1 week\n"
    );
    folder.write("late.yaml", policy);
    let rules = folder.path().to_str().unwrap();
    let outcome = piped(&["late", "--rules", rules, "--at", AT], &["1899-12-31", "2199-12-31x", "1900-01-01"]);
    assert_eq!(outcome.stderr.matches("error: `sent.on` cannot be ").count(), 2, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("a date at most 5 business days ago"), "{}", outcome.stderr);
    assert!(outcome.stdout.contains(r#""outcome":"escalate""#), "{}", outcome.stdout);
}

#[test]
fn a_transcript_carries_every_text() {
    let words = "vocabulary: words\nfacts:\n  said: { type: text }\n  worth: { type: decimal }\n  lasting: { type: duration }\n  known: { type: boolean }\n  word: { one of: [\"NO\", \"12\", \"null\"] }\n";
    let mut bag = Bag::default();
    let source = Arc::new(Source::new("words.yaml", words.to_owned()));
    let library = Library::load(&[source, policy()], &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "{:#?}", bag.into_sorted());
    let vocabulary = &library.policies().next().unwrap().vocabulary;
    for text in [
        "",
        " ",
        "yes",
        "1e3",
        "a #b",
        "a: b",
        "- a",
        "two\nlines\n",
        " led",
        "null",
        "~",
        "'\"",
        "Zoë 🙂",
        "\t",
        "%x",
        "@",
        "a\\b",
    ] {
        let facts = json!({ "said": text, "worth": "0.10", "lasting": "2 minutes", "known": false, "word": "NO" });
        let clock = json!([{ "event": "start", "at": "2026-05-11T20:30:00-04:00" }]);
        let received = "2026-05-11T20:00:00-04:00";
        let case = json!({ "id": text, "at": AT, "received": received, "clock": clock, "facts": facts }).to_string();
        let case = Case::from_json(&case, vocabulary).unwrap();
        let written = render::case(&case, vocabulary);
        assert_eq!(Case::from_json(&written, vocabulary).as_ref(), Ok(&case));
        let yaml = serde_yaml::to_string(&serde_json::from_str::<Json>(&written).unwrap()).unwrap();
        let mut bag = Bag::default();
        let read = read_cases(&Arc::new(Source::new("case.yaml", yaml.clone())), vocabulary, &mut bag);
        assert!(bag.is_empty(), "{yaml}\n{:#?}", bag.into_sorted());
        assert_eq!(read[0].1.as_ref(), Ok(&case), "{yaml}");
    }
}

/// A policy by which nothing is decided.
fn policy() -> Arc<Source> {
    let text = "escalations: none\ncategories:\n  any:\n    when: { known: true }\n    turnaround: 1 hour\n";
    Arc::new(Source::new("none.yaml", text.to_owned()))
}
