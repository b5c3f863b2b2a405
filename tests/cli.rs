//! Real calls with all that they write and how they end.

use std::fs::{self, OpenOptions};
use std::process::Stdio;

use crate::command::{Folder, Outcome, finish, rulebook, run, wait};

/// What a person sees who makes this call in the project's folder.
fn shown(call: &str, outcome: &Outcome) -> String {
    let mut text = format!("$ {call}\n{}", hide_edits(&outcome.stdout));
    if !outcome.stderr.is_empty() {
        text += &format!("--- stderr\n{}", outcome.stderr);
    }
    format!("{text}--- status {}\n", outcome.status.map_or("none".to_owned(), |status| status.to_string()))
}

/// Fingerprints of the shipped files, and lines in them, change with every edit.
fn hide_edits(text: &str) -> String {
    let versions = hide_behind(text, "sha256:", |c| c.is_ascii_hexdigit());
    hide_behind(&versions, "auth-job-follow-up.yaml:", |c| c.is_ascii_digit() || c == ':')
}

fn hide_behind(text: &str, words: &str, is_hidden: fn(char) -> bool) -> String {
    let mut pieces = text.split(words);
    let mut hidden = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        hidden += &format!("{words}…{}", piece.trim_start_matches(is_hidden));
    }
    hidden
}

#[track_caller]
fn snapshot(name: &str, content: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots/cli",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, content);
    });
}

#[track_caller]
fn call(name: &str, arguments: &[&str], input: &str) {
    let outcome = finish(rulebook(arguments), input);
    let words: Vec<String> = arguments
        .iter()
        .map(|word| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() })
        .collect();
    snapshot(name, &shown(&format!("rulebook {}", words.join(" ")), &outcome));
}

#[test]
fn help_tells_what_each_command_takes() {
    call("help", &["--help"], "");
    call("no-command", &[], "");
    for command in ["check", "eval", "ask", "explain", "test", "approval", "due", "schema", "x12", "completions"] {
        call(&format!("help-{command}"), &[command, "--help"], "");
    }
    call("version", &["--version"], "");
    call("unknown-command", &["evla", "patient-billing"], "");
    call("unknown-option", &["check", "--formt", "json"], "");
}

#[test]
fn cases_are_decided_from_files_and_streams() {
    let cases = "tests/cli";
    call("eval-json", &["eval", "auth-job-follow-up", &format!("{cases}/denied.json")], "");
    call("eval-text", &["eval", "auth-job-follow-up", &format!("{cases}/denied.json"), "--format", "text"], "");
    call("eval-list", &["eval", "auth-job-follow-up", &format!("{cases}/list.json")], "");
    call("eval-list-cut-off", &["eval", "auth-job-follow-up", &format!("{cases}/cut-off.json")], "");
    call("eval-yaml", &["eval", "auth-job-follow-up", &format!("{cases}/list.yaml")], "");
    call("eval-yaml-with-a-fault", &["eval", "auth-job-follow-up", &format!("{cases}/twice.yaml")], "");
    let faulty = "{\"id\": \"f\", \"facts\": {\"job.severty\": 1, \"job\": {\"determination\": \"no\"}, \"x\": [1]}, \"at\": \"today\"}";
    call("eval-several-faults", &["eval", "auth-job-follow-up", "-"], faulty);
    call("eval-several-faults-text", &["eval", "auth-job-follow-up", "-", "--format", "text"], faulty);
    call("eval-several-faults-yaml", &["eval", "auth-job-follow-up", "tests/cli/faulty.yaml"], "");
    call("eval-undetermined", &["eval", "auth-job-follow-up", "-"], "{\"at\": \"2026-05-12T02:30:00Z\"}\n");
    let stream = fs::read_to_string(format!("{}/{cases}/stream.ndjson", env!("CARGO_MANIFEST_DIR"))).unwrap();
    call("eval-stream", &["eval", "auth-job-follow-up", "-"], &stream);
    call("eval-stream-text", &["eval", "auth-job-follow-up", "-", "--format", "text"], &stream);
    call("eval-stream-in-dos", &["eval", "auth-job-follow-up"], &format!("\u{feff}{}", stream.replace('\n', "\r\n")));
    call("eval-yaml-with-a-nul", &["eval", "auth-job-follow-up", "tests/cli/nul.yaml"], "");
    call("eval-empty-file", &["eval", "auth-job-follow-up", "tests/cli/empty.json"], "");
    call("eval-nothing", &["eval", "auth-job-follow-up", "-"], "");
    call("eval-unknown-policy", &["eval", "patient-bilings", "-"], "{}\n");
    call("eval-no-policies", &["eval", "patient-billing", "-", "--rules", "tests/time"], "{}\n");
    call("eval-missing-file", &["eval", "auth-job-follow-up", "tests/cli/missing.json"], "");
    call("eval-folder", &["eval", "auth-job-follow-up", "tests/cli", "--input", "json"], "");
    call("eval-unknown-form", &["eval", "auth-job-follow-up", "Cargo.toml"], "");
}

#[test]
fn a_case_and_a_code_are_explained() {
    call("explain-case", &["explain", "auth-job-follow-up", "tests/cli/denied.json", "--format", "text"], "");
    call("explain-case-of-a-list", &["explain", "auth-job-follow-up", "tests/cli/list.json", "--case", "x2"], "");
    call("explain-no-such-case", &["explain", "auth-job-follow-up", "tests/cli/list.json", "--case", "x9"], "");
    let bill = "docs/examples/bill.json";
    call("explain-nearest", &["explain", "patient-billing", bill, "--format", "text"], "");
    call("explain-all", &["explain", "patient-billing", bill, "--all", "--format", "text"], "");
    call("explain-rule", &["explain", "patient-billing", bill, "--rule", "itemized-bill", "--format", "text"], "");
    call("explain-rule-json", &["explain", "patient-billing", bill, "--rule", "refund-request"], "");
    call("explain-unknown-rule", &["explain", "patient-billing", bill, "--rule", "refund-requst"], "");
    call("explain-code", &["explain", "RB204"], "");
    call("explain-code-in-small-letters", &["explain", "rb102"], "");
    call("explain-unknown-code", &["explain", "RB999"], "");
    call("explain-unknown-policy", &["explain", "auth-job-folow-up", "tests/cli/denied.json"], "");
    call("explain-index", &["explain"], "");
}

#[test]
fn policies_are_checked() {
    call("check-folder", &["check", "rules"], "");
    call("check-file", &["check", "rules/vocabulary.yaml"], "");
    let outcome = run(&["check"]);
    assert!(outcome.status == Some(0) && outcome.stdout.ends_with(" files, no faults\n"), "{}", outcome.stdout);
    let broken = "tests/cli/broken";
    call("check-faults", &["check", "--rules", broken], "");
    call("check-faults-json", &["check", "--rules", broken, "--format", "json"], "");
    let outcome = run(&["check", "--rules", broken, "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("SARIF is JSON");
    let results = serde_json::to_string_pretty(&log["runs"][0]["results"]).unwrap();
    let told = Outcome { stdout: format!("{results}\n"), ..outcome };
    snapshot("check-faults-sarif-results", &shown(&format!("rulebook check --rules {broken} --format sarif"), &told));
    call("check-warnings", &["check", "--rules", "tests/cli/doubtful"], "");
    call("check-warnings-denied", &["check", "--rules", "tests/cli/doubtful", "--deny", "warnings"], "");
    call("check-missing-folder", &["check", "--rules", "no-such-folder"], "");
    call("eval-by-broken-rules", &["eval", "sample", "-", "--rules", broken], "{}\n");
    call("test-broken-rules", &["test", "--rules", broken], "");
}

#[test]
fn messages_are_checked_shown_and_converted() {
    let file = |name: &str| format!("docs/examples/x12/{name}.edi");
    call("help-x12-check", &["x12", "check", "--help"], "");
    call("help-x12-convert", &["x12", "convert", "--help"], "");
    call("x12-check", &["x12", "check", &file("response")], "");
    call("x12-check-faults", &["x12", "check", &file("broken")], "");
    call("x12-check-faults-json", &["x12", "check", &file("broken"), "--format", "json"], "");
    call(
        "x12-check-squeezed",
        &["x12", "check", "-"],
        "ISA*00* *00* *ZZ*CLINIC01*ZZ*PAYER01*260105*1130*^*00501*1*0*T*:~",
    );
    call("x12-check-nothing", &["x12", "check", "-"], "");
    call("x12-check-missing-file", &["x12", "check", "no-such-file.edi"], "");
    call("x12-show-request", &["x12", "show", &file("request")], "");
    call("x12-show-response", &["x12", "show", &file("response")], "");
    call("x12-show-acknowledgement", &["x12", "show", &file("acknowledgement")], "");
    call("x12-show-faults", &["x12", "show", &file("broken")], "");
    call("x12-show-no-message", &["x12", "show", "-"], "Dear payer\n");
    call("x12-convert", &["x12", "convert", &file("acknowledgement")], "");
    let json = run(&["x12", "convert", &file("request")]).stdout;
    let back = finish(rulebook(&["x12", "convert", "-"]), &json);
    let message = fs::read_to_string(format!("{}/{}", env!("CARGO_MANIFEST_DIR"), file("request"))).unwrap();
    assert_eq!((back.status, back.stdout), (Some(0), message));
    call("x12-convert-bad-json", &["x12", "convert", "-"], &json.replace("CALL FIRST", "CALL*FIRST"));
    call("x12-convert-no-json", &["x12", "convert", "-", "--to", "x12"], "Dear payer\n");
}

#[test]
fn tests_pass_fail_and_are_accepted() {
    let outcome = run(&["test"]);
    assert_eq!((outcome.status, outcome.stdout.contains("FAIL")), (Some(0), false), "{}", outcome.stdout);
    call("test-unknown-policy", &["test", "patient-bilings"], "");
    let failing = "tests/cli/failing";
    call("test-fails", &["test", "--rules", failing], "");
    let folder = Folder::new("snapshots");
    let place = folder.path().join("snapshots");
    let arguments = ["test", "--rules", failing, "--snapshots", place.to_str().unwrap()];
    let told = |outcome: Outcome| {
        let hide = |text: String| text.replace(folder.path().to_str().unwrap(), "DIR");
        let outcome = Outcome { stdout: hide(outcome.stdout), stderr: hide(outcome.stderr), ..outcome };
        shown(&format!("rulebook test --rules {failing} --snapshots DIR/snapshots"), &outcome)
    };
    snapshot("test-without-a-snapshot", &told(run(&arguments)));
    snapshot("test-accept", &told(run(&[&arguments[..], &["--accept"]].concat())));
    snapshot("test-accepted", &told(run(&arguments)));
    let accepted = place.join("sample/kept.snap");
    let text = fs::read_to_string(&accepted).unwrap();
    snapshot("test-accepted-file", &text);
    fs::write(&accepted, text.replace("category: callback", "category: refund")).unwrap();
    snapshot("test-changed", &told(run(&arguments)));
}

#[test]
fn deadlines_are_worked_out() {
    let from = ["--calendar", "us-business", "--from", "2026-09-03T11:15:00-04:00"];
    call("due", &[&["due", "5-7 business days"], &from[..]].concat(), "");
    call("due-json", &[&["due", "5-7 business days", "--format", "json"], &from[..]].concat(), "");
    let (morning, noon, evening) =
        ("2026-09-04T09:00:00-04:00", "2026-09-04T12:00:00-04:00", "2026-09-04T18:00:00-04:00");
    let pause = |name: &str, pauses: &[String], phrase: &str| {
        let pauses = pauses.iter().flat_map(|pause| ["--pause", pause.as_str()]);
        let more: Vec<&str> = ["due", phrase, "--at-risk", "80%"].into_iter().chain(pauses).collect();
        call(name, &[&more[..], &from[..]].concat(), "");
    };
    let (early, late) = (format!("{morning}..{noon}"), format!("{noon}..{evening}"));
    pause("due-pauses", &[late.clone(), early.clone()], "5-7 business days");
    pause("due-pauses-overlap", &[late, format!("{morning}..{evening}")], "5-7 business days");
    pause("due-pause-of-one-instant", &[noon.to_owned()], "5-7 business days");
    pause("due-pause-goes-back", &[format!("{noon}..{morning}")], "5-7 business days");
    pause("due-pause-before-the-start", &[format!("2026-09-03T11:14:59-04:00..{noon}")], "5-7 business days");
    call("due-share-of-all", &[&["due", "5 business days", "--at-risk", "100%"], &from[..]].concat(), "");
    call("due-share-of-open-time", &[&["due", "--open", "--at-risk", "80%"], &from[..]].concat(), "");
    call("due-elapsed", &[&["due", "--until", "2026-09-08T10:00:00-04:00"], &from[..]].concat(), "");
    call("due-open", &[&["due", "--open"], &from[..]].concat(), "");
    call("due-hours-need-no-calendar", &["due", "48 hours", "--from", "2026-09-03T11:15:00-04:00"], "");
    call("due-days-need-a-calendar", &["due", "5 days", "--from", "2026-09-03T11:15:00-04:00"], "");
    call("due-bad-phrase", &[&["due", "5 busines days"], &from[..]].concat(), "");
    call("due-no-offset", &["due", "48 hours", "--from", "2026-09-03T11:15:00"], "");
    call("due-unknown-calendar", &["due", "--open", "--calendar", "us-busines", "--from", "2026-09-03T11:15:00Z"], "");
    call("due-nothing-asked", &["due", "--from", "2026-09-03T11:15:00Z"], "");
    call(
        "due-beyond-the-calendar",
        &["due", "--open", "--calendar", "us-business", "--from", "2250-09-03T11:15:00Z"],
        "",
    );
}

#[test]
fn schemas_are_written_to_files_and_only_of_sound_words() {
    call("schema-of-too-much", &["schema", "policy", "patient-billing"], "");
    call("schema-of-an-unknown-policy", &["schema", "case", "patient-bilings"], "");
    let folder = Folder::new("schema");
    let rules = folder.path().to_str().unwrap();
    let vocabulary = "vocabulary: words\nfacts:\n  urgent: { type: boolean, ask: \"Is it urgent?\" }\n";
    folder.write("words.yaml", vocabulary);
    folder.write("faulty.yaml", "escalations: faulty\ncategories: {}\n");
    let path = folder.path().join("schemas/deep/case.json");
    let written = run(&["schema", "case", "--rules", rules, "--output", path.to_str().unwrap()]);
    assert_eq!((written.status, written.stdout.as_str(), written.stderr.as_str()), (Some(0), "", ""));
    let schema: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(schema["$defs"]["fact:urgent"]["title"], "Is it urgent?");
    folder.write("words.yaml", vocabulary.replace("boolean", "bool"));
    let refused = run(&["schema", "case", "--rules", rules, "--output", path.to_str().unwrap()]);
    assert_eq!((refused.status, refused.stdout.as_str()), (Some(1), ""));
    assert!(refused.stderr.contains("RB301") && refused.stderr.contains("a schema needs sound"), "{}", refused.stderr);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&fs::read_to_string(&path).unwrap()).unwrap(), schema);
    let nowhere = run(&["schema", "case", "--output", "Cargo.toml/case.json"]);
    assert_eq!(nowhere.status, Some(4));
    assert!(nowhere.stderr.starts_with("error: the output cannot be written: "), "{}", nowhere.stderr);
}

#[test]
fn shells_get_their_completions() {
    let outcome = run(&["completions", "bash"]);
    assert_eq!((outcome.status, outcome.stdout.lines().next()), (Some(0), Some("_rulebook() {")));
    call("completions-unknown-shell", &["completions", "bsh"], "");
}

#[test]
fn a_closed_pipe_is_no_fault_and_a_full_disk_is() {
    for arguments in [&["explain"][..], &["completions", "bash"], &["check"], &["test"]] {
        let mut child = rulebook(arguments).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(wait(&mut child), Some(0), "{arguments:?}");
    }
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        println!("there is no /dev/full: that part is skipped");
        return;
    };
    for arguments in [&["explain"][..], &["check"], &["--help"]] {
        let mut command = rulebook(arguments);
        command.stdout(Stdio::from(full.try_clone().unwrap()));
        let outcome = finish(command, "");
        assert_eq!(outcome.status, Some(4), "{arguments:?}");
        assert!(outcome.stderr.starts_with("error: the output cannot be written: "), "{}", outcome.stderr);
    }
}

/// A fault that only the rows of a policy show keeps it from being used, as any other fault does.
#[test]
fn a_turnaround_with_a_gap_is_not_decided_by() {
    let folder = Folder::new("gap");
    folder.write("words.yaml", "vocabulary: words\nfacts:\n  urgent: { type: boolean, ask: \"Is it urgent?\" }\n");
    let policy = "escalations: gap\ncategories:\n  any:\n    when: always\n    turnaround:\n      - { when: { urgent: true }, within: 1 hour }\n";
    folder.write("gap.yaml", policy);
    folder.write("gap.tests.yaml", "tests: gap\ncases:\n  any:\n    at: 2026-09-03T11:15:00-04:00\n    facts: { urgent: true }\n    expect: { outcome: escalate }\n");
    let rules = folder.path().to_str().unwrap();
    let case = r#"{"at":"2026-09-03T11:15:00-04:00","facts":{"urgent":true}}"#;
    let decided = finish(rulebook(&["--rules", rules, "eval", "gap", "-"]), case);
    assert_eq!((decided.status, decided.stdout.as_str()), (Some(1), ""));
    assert!(decided.stderr.contains("RB310"), "{}", decided.stderr);
    let tested = run(&["--rules", rules, "test"]);
    assert_eq!(tested.status, Some(1));
    assert!(tested.stdout.contains("0 passed, 0 failed; faults in the rules: 1"), "{}", tested.stdout);
}
