//! Files that no reader should trip over: too large, too deep, not text, not files.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::command::{Folder, Outcome, check, rulebook, wait};

/// The codes that these tests hold to.
pub const CODES: [&str; 6] = ["RB001", "RB002", "RB003", "RB004", "RB106", "RB107"];

const MIB: usize = 1024 * 1024;
const SOUND: &str = "escalations: sample\ncategories:\n  callback:\n    when: always\n    turnaround: none stated\n";

#[track_caller]
fn snapshot(name: &str, content: &str) {
    crate::refusals::snapshot(&format!("file-{name}"), content);
}

/// Checks a folder with this file alone.
fn check_file(name: &str, content: impl AsRef<[u8]>) -> Outcome {
    let folder = Folder::new(name);
    folder.write("x.yaml", content);
    check(folder.path())
}

/// The file is refused with these codes, shortly.
#[track_caller]
fn refused(name: &str, content: impl AsRef<[u8]>, code: &str) -> Outcome {
    let outcome = check_file(name, content);
    assert_eq!(outcome.status, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.starts_with(&format!("error[{code}]")), "{:.600}", outcome.stdout);
    assert!(outcome.stdout.contains("= help: "), "{:.600}", outcome.stdout);
    assert!(outcome.stdout.len() < MIB, "{} bytes of report", outcome.stdout.len());
    assert_eq!(outcome.stderr, "");
    outcome
}

#[track_caller]
fn accepted(name: &str, content: impl AsRef<[u8]>) {
    let outcome = check_file(name, content);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(0), "1 file, no faults\n"), "{name}");
}

#[test]
fn a_large_file_is_not_read() {
    let folder = Folder::new("large");
    File::create(folder.path().join("x.yaml")).unwrap().set_len(100 * MIB as u64).unwrap();
    let outcome = check(folder.path());
    assert_eq!(outcome.status, Some(1));
    snapshot("too-large", &outcome.stdout);
    refused("zeros", vec![0; 4 * MIB], "RB101");
    refused("one-more", vec![b'#'; 4 * MIB + 1], "RB002");
}

#[test]
fn depth_is_bounded_however_it_is_written() {
    for (name, text) in [
        ("deep-lists", format!("a: {}", "[".repeat(100_000))),
        ("deep-maps", format!("a: {}", "{a: ".repeat(100_000))),
        ("deep-block", (0..2_500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()),
        ("deep-dashes", "- ".repeat(100_000)),
        ("line-of-dashes", "- ".repeat(2 * MIB)),
        ("line-of-question-marks", "? ".repeat(2 * MIB)),
    ] {
        refused(name, text, "RB106");
    }
    // the map that begins the file, and 63 brackets within it, are deep enough
    for (text, column) in
        [(format!("a: {}", "[".repeat(5_000)), 4 + 63), (format!("a: {}", "{a: ".repeat(5_000)), 4 + 4 * 63)]
    {
        let outcome = refused("brackets", text, "RB106");
        assert!(outcome.stdout.contains(&format!("x.yaml:1:{column}\n")), "{:.400}", outcome.stdout);
    }
    refused("line-of-colons", "a: ".repeat(MIB), "RB101");
}

#[test]
fn a_bomb_of_aliases_does_not_go_off() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1.. {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
        if bomb.len() > MIB {
            break;
        }
    }
    refused("bomb", bomb, "RB104");
}

#[test]
fn counts_are_bounded() {
    let values: Vec<String> = (0..100_001).map(|number| format!("v{number}")).collect();
    let list = format!("vocabulary: sample\nlists:\n  all: [{}]\n", values.join(", "));
    refused("nodes", list, "RB107");
    let values = values.get(..90_000).unwrap();
    refused("values", format!("vocabulary: sample\nfacts:\n  a: {{ one of: [{}] }}\n", values.join(", ")), "RB107");
    let keys: String = (0..49_000).map(|number| format!("key{number}: 1\n")).collect();
    refused("unknown-keys", format!("vocabulary: sample\n{keys}"), "RB201");
    refused("equal-keys", format!("vocabulary: sample\n{}", "key: 1\n".repeat(49_000)), "RB102");
    refused("tabs", "\ta\n".repeat(MIB), "RB110");
    refused("comments", "#\n".repeat(2 * MIB), "RB005");
}

#[test]
fn a_line_may_be_as_long_as_a_file() {
    refused("long-name", format!("escalations: {}", "a".repeat(4 * MIB - 20)), "RB202");
    refused("long-quote", format!("escalations: \"{}", "a b ".repeat(MIB - 20)), "RB101");
    refused("long-zone", format!("calendar: c\nzone: {}\n", "a/".repeat(2 * MIB - 20)), "RB209");
    refused("indented-far", format!("escalations: a\nb:\n{}c: 1\n", " ".repeat(4 * MIB - 50)), "RB202");
    accepted("long-comment", format!("{SOUND}# {}\n", "a".repeat(3 * MIB)));
}

#[test]
fn text_that_is_no_utf8_is_refused_and_byte_order_marks_and_line_ends_of_any_kind_are_fine() {
    let outcome = refused("latin", b"escalations: sample\ntitle: \"caf\xe9\"\n", "RB003");
    snapshot("not-utf8", &outcome.stdout);
    let utf16: Vec<u8> = "escalations: sample\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let outcome = refused("utf16", [vec![0xff, 0xfe], utf16].concat(), "RB003");
    assert!(outcome.stdout.contains("is UTF-16 text, not UTF-8"), "{}", outcome.stdout);
    accepted("bom", format!("\u{feff}{SOUND}"));
    accepted("crlf", SOUND.replace('\n', "\r\n"));
    accepted("bom-and-crlf", format!("\u{feff}{}", SOUND.replace('\n', "\r\n")));
    let wrong = SOUND.replace("turnaround", "turnarund").replace('\n', "\r\n");
    let outcome = refused("crlf-places", format!("\u{feff}{wrong}"), "RB201");
    assert!(outcome.stdout.contains("x.yaml:5:5"), "{}", outcome.stdout);
}

#[test]
fn a_file_that_says_nothing_is_refused() {
    for (name, text) in [("empty", ""), ("blank", "\n \n\n"), ("only-comments", "# a\n# b\n"), ("only-a-mark", "---\n")]
    {
        refused(name, text, "RB005");
    }
}

#[test]
fn a_folder_without_policies_and_one_that_is_not_there_are_told_apart() {
    let folder = Folder::new("nothing");
    folder.write("notes.txt", "nothing here");
    snapshot("no-policies", &check(folder.path()).stdout);
    folder.write("rows.csv", "a,b\n1,2\n");
    folder.write("hooks/h.rhai", "fn a(b) { true }\n");
    let outcome = check(folder.path());
    assert!(outcome.stdout.starts_with("error[RB004]"), "{}", outcome.stdout);
    let outcome = check(&folder.path().join("missing"));
    assert_eq!(outcome.status, Some(1));
    snapshot("missing-folder", &outcome.stdout);
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = Folder::new("strange");
    let path = |name: &str| folder.path().join(name);
    symlink("nowhere.yaml", path("dangling.yaml")).unwrap();
    symlink("itself.yaml", path("itself.yaml")).unwrap();
    symlink(".", path("round")).unwrap();
    symlink("/dev/zero", path("zero.yaml")).unwrap();
    fs::create_dir(path("folder.yaml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(path("pipe.yaml")).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("no pipe could be made: that part is skipped");
        return;
    }
    folder.write("sound.yaml", SOUND);
    let outcome = check(folder.path());
    assert_eq!(outcome.status, Some(1));
    snapshot("strange-files", &outcome.stdout);
}

#[test]
fn a_file_that_is_closed_to_the_reader_is_named() {
    let folder = Folder::new("closed");
    folder.write("x.yaml", SOUND);
    fs::set_permissions(folder.path().join("x.yaml"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(folder.path().join("x.yaml")).is_ok() {
        println!("every file is open to this user: the test is skipped");
        return;
    }
    let outcome = check(folder.path());
    assert!(outcome.stdout.starts_with("error[RB001]: `DIR/x.yaml` cannot be read: "), "{}", outcome.stdout);
}

#[test]
fn a_policy_that_uses_a_file_that_cannot_be_read_repeats_nothing() {
    let folder = Folder::new("unreadable-vocabulary");
    for name in ["calendars/us-business.yaml", "escalations/patient-billing.yaml"] {
        let text = fs::read_to_string(format!("{}/rules/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        folder.write(name, text);
    }
    folder.write("vocabulary.yaml", b"vocabulary: casework\ntitle: \"caf\xe9\"\n");
    let outcome = check(folder.path());
    assert_eq!(outcome.status, Some(1));
    assert_eq!(outcome.stdout.matches("error[").count(), 1, "{}", outcome.stdout);
}

#[test]
fn names_of_files_that_no_terminal_should_get_are_tamed() {
    let folder = Folder::new("names");
    folder.write("a\u{1b}[31m\nb.yaml", "nothing: here\n");
    let outcome = check(folder.path());
    assert!(outcome.stdout.contains("error[RB213]"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains('\u{1b}'), "{}", outcome.stdout);
}

#[test]
fn memory_stays_bounded() {
    // address space, in KiB: the reader of a 4 MiB file needs a few hundred MiB at most
    const MOST: usize = 1_500_000;
    let folder = Folder::new("memory");
    let values: Vec<String> = (0..100_001).map(|number| format!("v{number}")).collect();
    folder.write("many.yaml", format!("vocabulary: a\nlists:\n  all: [{}]\n", values.join(", ")));
    folder.write("long.yaml", format!("vocabulary: b\ntitle: \"{}\"\n", "字".repeat(MIB)));
    folder.write("deep.yaml", "[".repeat(4 * MIB));
    folder.write("tabs.yaml", "\ta\n".repeat(MIB));
    let binary = rulebook(&["check"]).get_program().to_str().unwrap().to_owned();
    let script = format!("ulimit -v {MOST}; exec '{binary}' check --rules '{}' > /dev/null", folder.path().display());
    let mut child = std::process::Command::new("sh").args(["-c", &script]).spawn().unwrap();
    assert_eq!(wait(&mut child), Some(1));
}
