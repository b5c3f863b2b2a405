//! Interviews at a terminal.

use std::fs;
use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::facts::{Case, Ordinal, Reading};
use rulebook::policy::{Library, read_cases};
use rulebook::render;
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::{Value as Json, json};

use crate::command::{Folder, Outcome, finish, rulebook, run};
use crate::terminal::{BACKSPACE, CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, Terminal};

const POLICY: &str = "auth-job-follow-up";
const AT: &str = "2026-05-12T02:30:00Z";

const DETERMINED: &str = "What was determined on the job?";
const SEVERE: &str = "How severe is the job?";
const DEPARTMENT: &str = "Which department does the agent belong to?";
const CHARGES: &str = "The approved job has charges that the warranty does not address.";
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

/// Confirms what was said last.
#[track_caller]
fn decided(terminal: &mut Terminal) {
    terminal.read_to("There is nothing more to ask.");
    terminal.read_to("? decide");
    terminal.answer("");
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
        asked(&mut terminal, DEPARTMENT, "agent.department");
        terminal.answer("authorizations");
        asked(&mut terminal, SEVERE, "job.severity");
        // a part of the word filters the list, the arrow chooses from it
        terminal.press("medical_e");
        terminal.press(DOWN);
        terminal.press(DOWN);
        terminal.press(ENTER);
        terminal.read_to(ZONE);
        terminal.read_to("the last question");
        terminal.read_to("? customer.time_zone");
        terminal.press("los_ang");
        terminal.press(DOWN);
        terminal.press(ENTER);
        decided(&mut terminal);
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
    decided(&mut terminal);
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
    // the last answer can be taken back as well, before it is decided by
    terminal.read_to("There is nothing more to ask.");
    terminal.read_to("? decide");
    terminal.answer("now");
    terminal.read_to("Enter shows the decision, `<` goes back");
    terminal.press(&BACKSPACE.repeat("now".len()));
    terminal.answer("<");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    terminal.answer("research");
    decided(&mut terminal);
    terminal.read_to(r#""outcome":"not_permitted""#);
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
    decided(&mut terminal);
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
    asked(&mut terminal, CHARGES, "job.non_covered_charges");
    terminal.answer("no");
    decided(&mut terminal);
    terminal.read_to(r#""outcome":"no_exception""#);
    assert_eq!(terminal.finish().1, 0);
}

/// Whoever leaves, by whatever way, leaves what they said and that the rest is unknown: it is decided as little as before.
#[test]
fn an_interview_that_is_broken_off_leaves_a_transcript_that_decides_nothing() {
    let folder = Folder::new("ask-broken-off");
    for (name, key, exit) in [("c.json", CTRL_C, 130), ("d.yaml", CTRL_D, 3), ("e.json", ESCAPE, 3)] {
        let transcript = within(&folder, name);
        let mut terminal = sit_down(&["--transcript", &transcript, "--format", "json"]);
        asked(&mut terminal, DETERMINED, "job.determination");
        terminal.answer("approved");
        asked(&mut terminal, CHARGES, "job.non_covered_charges");
        terminal.press(key);
        terminal.read_to("goes on from there");
        let (shown, status) = terminal.finish();
        assert_eq!(status, exit, "{shown}");
        let decision = shown.lines().find(|line| line.starts_with('{'));
        assert_eq!(decision.is_some(), exit == 3, "{shown}");
        let replayed = replayed(&transcript);
        assert!(replayed.contains(r#""outcome":"undetermined","needs":["#), "{replayed}");
        assert!(replayed.contains("job.non_covered_charges"), "the default is not what somebody said: {replayed}");
        assert!(decision.is_none_or(|decision| decision == replayed), "{shown}\n{replayed}");
        let kept = fs::read_to_string(&transcript).unwrap();
        let kept: Json = serde_yaml::from_str(&kept).unwrap();
        let wanted =
            json!({ "at": AT, "facts": { "job.determination": "approved" }, "unknown": ["job.non_covered_charges"] });
        assert_eq!(kept, wanted);
        // it is taken up again where it was left
        let outcome = piped(&[POLICY, "--facts", &transcript], &["no"]);
        assert!(outcome.stdout.contains(r#""outcome":"no_exception""#), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains(DETERMINED), "{}", outcome.stderr);
    }
}

/// Nobody can say goodbye when the window is closed: what is on the disk is true at each question.
#[test]
fn a_terminal_that_is_closed_leaves_a_transcript_that_decides_nothing() {
    let folder = Folder::new("ask-closed");
    let transcript = within(&folder, "case.json");
    let mut terminal = sit_down(&["--transcript", &transcript]);
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("approved");
    asked(&mut terminal, CHARGES, "job.non_covered_charges");
    terminal.close();
    assert!(replayed(&transcript).contains(r#""outcome":"undetermined""#), "{}", replayed(&transcript));
}

/// The input of a script ends where its answers do.
#[test]
fn answers_that_end_early_leave_a_transcript_that_decides_nothing() {
    let folder = Folder::new("ask-short");
    let transcript = within(&folder, "case.json");
    let outcome = piped(&[POLICY, "--at", AT, "--transcript", &transcript], &["approved"]);
    assert_eq!(outcome.stdout.trim(), replayed(&transcript), "{}", outcome.stderr);
    assert!(outcome.stdout.contains(r#""needs":["job.non_covered_charges","agent.department"]"#), "{}", outcome.stdout);
    assert_eq!(outcome.status, Some(3));
}

/// Not to know something and to know that nobody reported it are two answers, on the screen and in the decision.
#[test]
fn what_is_not_known_stays_unknown_whatever_its_absence_means() {
    let folder = Folder::new("ask-doubt");
    let words = "vocabulary: words\nfacts:\n  call.lost: { type: boolean, if missing: no match, ask: \"Was it lost?\" }\n  \
                 call.long: { type: boolean, default: false, ask: \"Was it long?\" }\n";
    folder.write("words.yaml", words);
    let policy = "escalations: calls\ncategories:\n  lost: { when: { call.lost: true }, turnaround: 1 hour }\n  \
                  long: { when: { call.long: true }, turnaround: 2 hours }\n";
    folder.write("calls.yaml", policy);
    let rules = folder.path().to_str().unwrap();
    let call = |name: &str, answers: &[&str]| {
        let transcript = within(&folder, name);
        let outcome = piped(&["calls", "--rules", rules, "--at", AT, "--transcript", &transcript], answers);
        let again = run(&["eval", "calls", &transcript, "--rules", rules]);
        assert_eq!((&outcome.stdout, outcome.status), (&again.stdout, again.status), "{}", outcome.stderr);
        (outcome, serde_json::from_str::<Json>(&fs::read_to_string(&transcript).unwrap()).unwrap())
    };
    let (skipped, kept) = call("skipped.json", &["", ""]);
    assert!(
        skipped.stderr.contains("  Enter   nobody reported it: no condition on its value holds\n"),
        "{}",
        skipped.stderr
    );
    assert!(skipped.stderr.contains("  Enter   no, as where nobody reports it\n"), "{}", skipped.stderr);
    assert!(skipped.stderr.contains("  ?       you don't know: it stays unknown"), "{}", skipped.stderr);
    assert!(skipped.stdout.contains(r#""outcome":"no_escalation""#), "{}", skipped.stdout);
    assert_eq!(kept, json!({ "at": AT, "facts": {} }));
    let (unsure, kept) = call("unsure.json", &["?", ""]);
    assert!(unsure.stdout.contains(r#""outcome":"undetermined","needs":["call.lost"]"#), "{}", unsure.stdout);
    assert_eq!(kept, json!({ "at": AT, "facts": {}, "unknown": ["call.lost"] }));
    let (neither, kept) = call("neither.json", &["?", "?"]);
    assert!(neither.stdout.contains(r#""needs":["call.lost","call.long"]"#), "{}", neither.stdout);
    assert_eq!(kept["unknown"], json!(["call.lost", "call.long"]));
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
    terminal.read_to("nothing more");
    terminal.read_to("? decide");
    terminal.answer("");
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
    // from the first question one goes back to the instant
    terminal.answer("<");
    terminal.read_to("For which instant");
    terminal.read_to("? at");
    terminal.answer(AT);
    asked(&mut terminal, DETERMINED, "job.determination");
    terminal.answer("full_denial");
    asked(&mut terminal, DEPARTMENT, "agent.department");
    terminal.answer("research");
    decided(&mut terminal);
    terminal.read_to(&format!(r#""at":"{AT}","outcome":"not_permitted""#));
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
    let needs = decision["needs"].as_array().unwrap();
    for fact in ["request.raised_by", "message.text", "customer.distressed"] {
        assert!(needs.contains(&json!(fact)), "{fact}: {decision}");
    }
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
    let words = "vocabulary: words\nfacts:\n  said: { type: text }\n  worth: { type: decimal }\n  lasting: { type: duration }\n  known: { type: boolean }\n  word: { one of: [\"NO\", \"12\", \"null\"] }\n  told: { type: text, if missing: no match }\n";
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
        let case =
            json!({ "id": text, "at": AT, "received": received, "clock": clock, "facts": facts, "unknown": ["told"] })
                .to_string();
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

#[test]
fn a_derived_fact_is_unknown_by_its_parts_alone() {
    let words = "vocabulary: words\nfacts:\n  known: { type: boolean }\n  had: { type: integer, default: 3 }\n  \
                 used: { type: integer, default: 1 }\nderived:\n  left: { from: had - used }\n";
    let mut bag = Bag::default();
    let source = Arc::new(Source::new("words.yaml", words.to_owned()));
    let library = Library::load(&[source, policy()], &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "{:#?}", bag.into_sorted());
    let vocabulary = &library.policies().next().unwrap().vocabulary;
    let case = |name: &str| Case::from_json(&json!({ "at": AT, "unknown": [name] }).to_string(), vocabulary);
    let refused = case("left").unwrap_err();
    assert_eq!(refused.fault.message(), "`left` is derived and cannot be unknown by itself");
    assert_eq!(refused.fault.cure(), Some("name those of the facts that it is computed from"));
    let left = vocabulary.fact_id("left").unwrap();
    assert_eq!(vocabulary.reading(&case("used").unwrap(), left), Reading::Unknown);
    let given = Case::from_json(&json!({ "at": AT }).to_string(), vocabulary).unwrap();
    assert_eq!(vocabulary.reading(&given, left), Reading::Derived(Ordinal::Whole(2)));
}

/// A policy by which nothing is decided.
fn policy() -> Arc<Source> {
    let text = "escalations: none\ncategories:\n  any:\n    when: { known: true }\n    turnaround: 1 hour\n";
    Arc::new(Source::new("none.yaml", text.to_owned()))
}
