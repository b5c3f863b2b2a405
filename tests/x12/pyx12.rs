//! Puts messages to `reader.py`: the `X12Reader` of pyx12, which checks envelopes, counts and the order of levels.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::docs::root;

/// What it finds in each message; `None` if it is not installed, which is said aloud.
pub fn faults(messages: &[Vec<u8>]) -> Option<Vec<Vec<String>>> {
    let mut python = python()?;
    let texts: Vec<&str> = messages.iter().map(|message| str::from_utf8(message).expect("it is text")).collect();
    let sent = serde_json::to_string(&texts).unwrap();
    let mut child = python
        .arg(root().join("tests/x12/reader.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the reader starts");
    child.stdin.take().unwrap().write_all(sent.as_bytes()).expect("the reader reads");
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the reader failed");
    Some(serde_json::from_slice(&output.stdout).expect("the reader answers in JSON"))
}

/// A Python that has what `requirements.txt` asks for, whether of its own or from where `.ci/run` puts it; that one says by
/// `X12_READER=required` that nothing may be skipped.
fn python() -> Option<Command> {
    static FOUND: OnceLock<bool> = OnceLock::new();
    let python = || {
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", root().join("target/tools/x12"));
        python
    };
    let found = FOUND.get_or_init(|| {
        let asked = ["-c", "import pyx12.x12file"];
        let ran = python().args(asked).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let found = ran.is_ok_and(|status| status.success());
        if !found {
            let why = "no Python with the packages of tests/x12/requirements.txt; `just x12-tools` installs them";
            let required = std::env::var_os("X12_READER").is_some_and(|asked| asked == "required");
            assert!(!required, "{why}");
            // past the harness, which hides what passing tests print
            drop(writeln!(std::io::stderr(), "\nSKIPPED: messages are not put to another reader: {why}"));
        }
        found
    });
    found.then(python)
}
