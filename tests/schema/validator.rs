//! Puts files to `validate.py`: a validator of JSON Schemas and a YAML loader that know nothing of Rulebook.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::docs::root;

/// Schemas by name, and files that are to be held to them.
#[derive(Default)]
pub struct Batch {
    schemas: BTreeMap<String, Value>,
    files: Vec<Value>,
    checked: bool,
}

impl Batch {
    /// A batch whose schemas are held to the draft's own schema first.
    pub fn of_checked_schemas() -> Batch {
        Batch { checked: true, ..Batch::default() }
    }

    /// Adds a schema.
    pub fn schema(&mut self, name: &str, schema: Value) {
        self.schemas.insert(name.to_owned(), schema);
    }

    /// Adds a file of YAML.
    pub fn yaml(&mut self, name: &str, schema: &str, text: &str) {
        self.files.push(json!({ "name": name, "schema": schema, "yaml": text }));
    }

    /// Adds a file of JSON.
    pub fn json(&mut self, name: &str, schema: &str, text: &str) {
        self.files.push(json!({ "name": name, "schema": schema, "json": text }));
    }

    /// What the validator says of each file, by name; `None` if there is no validator, which is said aloud.
    pub fn held(self) -> Option<BTreeMap<String, Answer>> {
        let mut python = python()?;
        let sent = json!({ "schemas": self.schemas, "files": self.files, "check": self.checked }).to_string();
        let mut child = python
            .arg(root().join("tests/schema/validate.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the validator starts");
        child.stdin.take().unwrap().write_all(sent.as_bytes()).expect("the validator reads");
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "the validator failed");
        let lines = String::from_utf8(output.stdout).unwrap();
        let answers: BTreeMap<String, Answer> = lines.lines().map(answer).collect();
        assert_eq!(answers.len(), self.files.len(), "every file has a name of its own and an answer");
        Some(answers)
    }

    /// Every file is accepted.
    #[track_caller]
    pub fn accepted(self) {
        let Some(answers) = self.held() else { return };
        let wrong: Vec<String> = answers
            .iter()
            .filter(|(_, answer)| !matches!(answer, Answer::Accepted))
            .map(|(name, answer)| format!("{name}: {answer:?}"))
            .collect();
        assert!(wrong.is_empty(), "{} of {} refused\n{}", wrong.len(), answers.len(), wrong.join("\n"));
    }
}

/// What the validator says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is wrong with it.
    Accepted,
    /// It does not fit its schema.
    Refused(String),
    /// It is no YAML or JSON.
    Unread,
}

fn answer(line: &str) -> (String, Answer) {
    let line: Value = serde_json::from_str(line).expect("the validator answers in JSON");
    let answer = match line["faults"].as_array() {
        None => Answer::Unread,
        Some(faults) if faults.is_empty() => Answer::Accepted,
        Some(faults) => Answer::Refused(faults[0].as_str().unwrap().to_owned()),
    };
    (line["name"].as_str().unwrap().to_owned(), answer)
}

/// A Python that has what `requirements.txt` asks for, whether of its own or from where `.ci/run` puts it; that one says by
/// `SCHEMA_VALIDATOR=required` that nothing may be skipped.
fn python() -> Option<Command> {
    static FOUND: OnceLock<bool> = OnceLock::new();
    let python = || {
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", root().join("target/tools/schema"));
        python
    };
    let found = FOUND.get_or_init(|| {
        let asked = "from jsonschema import Draft202012Validator; from ruamel.yaml import YAML";
        let ran = python().args(["-c", asked]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let found = ran.is_ok_and(|status| status.success());
        if !found {
            let why = "no Python with the packages of tests/schema/requirements.txt; `just schema-tools` installs them";
            let required = std::env::var_os("SCHEMA_VALIDATOR").is_some_and(|asked| asked == "required");
            assert!(!required, "{why}");
            // past the harness, which hides what passing tests print
            drop(writeln!(std::io::stderr(), "\nSKIPPED: files are not held to JSON Schemas: {why}"));
        }
        found
    });
    found.then(python)
}
