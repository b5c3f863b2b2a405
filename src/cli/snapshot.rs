//! Snapshots of decisions: what a test with `snapshot: true` is held against.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

/// A snapshot's file, in the form that insta reads too: a header between two lines `---`, then the decision as YAML.
pub(super) struct Snapshot {
    path: PathBuf,
    header: String,
}

impl Snapshot {
    /// The snapshot of a test.
    pub fn of(folder: &Path, policy: &str, test: &str, source: &str) -> Snapshot {
        Snapshot {
            path: folder.join(policy).join(format!("{test}.snap")),
            header: format!("---\nsource: {source}\nexpression: {test}\n---\n"),
        }
    }

    /// The snapshot's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The decision that was accepted last; `None` if none was.
    pub fn accepted(&self) -> io::Result<Option<String>> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(body(&text.replace("\r\n", "\n")).to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Accepts a decision.
    pub fn accept(&self, decision: &str) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&self.path, format!("{}{decision}", self.header))
    }
}

fn body(text: &str) -> &str {
    let rest = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    rest.map_or(text, |(_, body)| body)
}

/// A decision as a snapshot shows it: without its version and the places of its grounds, which change with every edit.
pub(super) fn shown(decision: &Json) -> String {
    let mut decision = decision.clone();
    if let Some(object) = decision.as_object_mut() {
        // shifting keeps the documented order of the keys that stay
        object.shift_remove("version");
        let grounds = object.get_mut("because").and_then(Json::as_array_mut);
        for ground in grounds.into_iter().flatten().filter_map(Json::as_object_mut) {
            ground.shift_remove("place");
        }
    }
    serde_yaml::to_string(&decision).unwrap_or_default()
}
