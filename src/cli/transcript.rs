//! An interview kept as a case.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::facts::{Case, Vocabulary};
use crate::render;

use super::Stop;

/// The file that an interview's answers are written to.
pub(super) struct Transcript {
    path: PathBuf,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    Json,
    Yaml,
}

impl Transcript {
    /// A transcript in this file, written over what is there only by `force`.
    pub fn new(path: &Path, force: bool) -> Result<Transcript, Stop> {
        let form = match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Form::Json,
            Some("yaml" | "yml") => Form::Yaml,
            Some(_) | None => {
                let message = format!("the transcript `{}` is a case: call it .json or .yaml", path.display());
                return Err(Stop::Usage(message));
            }
        };
        if path.exists() && !force {
            let help = "choose another name, or say `--force`";
            return Err(Stop::Usage(format!("`{}` is there already: {help}", path.display())));
        }
        Ok(Transcript { path: path.to_owned(), form })
    }

    /// What can be done with the transcript of an interview that was broken off.
    pub fn broken_off(&self) -> String {
        let path = self.path.display();
        format!("`{path}` keeps your answers, and that the rest is unknown: `--facts {path}` goes on from there")
    }

    /// Writes the case as it stands.
    pub fn write(&self, case: &Case, vocabulary: &Vocabulary) -> Result<(), Stop> {
        let json = render::case(case, vocabulary);
        let tree: Json = serde_json::from_str(&json).unwrap_or_default();
        let text = match self.form {
            Form::Json => serde_json::to_string_pretty(&tree).unwrap_or(json) + "\n",
            Form::Yaml => serde_yaml::to_string(&tree).unwrap_or(json),
        };
        std::fs::write(&self.path, text).map_err(|error| {
            Stop::Unwritten(io::Error::new(error.kind(), format!("`{}`: {error}", self.path.display())))
        })
    }
}
