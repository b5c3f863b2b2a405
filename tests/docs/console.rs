//! Calls of the command line that a page shows, run in the project's folder.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::answer::loose;
use super::page::root;
use crate::command::Folder;

/// Where calls are made, and what they are called for short.
pub struct Place {
    path: PathBuf,
    aliases: Vec<(String, Vec<String>)>,
    /// Deletes the folder in the end, if it is one of its own.
    _folder: Option<Folder>,
}

impl Place {
    /// The project's folder.
    pub fn project() -> Place {
        Place { path: root().to_owned(), aliases: Vec::new(), _folder: None }
    }

    /// A folder of its own that has the project's policies and examples: what calls leave there is seen by later ones.
    pub fn of_its_own(name: &str) -> Place {
        let folder = Folder::new(&format!("docs-{name}"));
        for shared in ["rules", "examples"] {
            std::os::unix::fs::symlink(root().join(shared), folder.path().join(shared)).expect("it can be linked");
        }
        Place { path: folder.path().to_owned(), aliases: Vec::new(), _folder: Some(folder) }
    }

    /// What a block would show: each line that begins with `$` is run, and followed by what it writes. `echo $?` tells the
    /// exit code of the call before it, `cat` shows a file, `<` sends one, and `alias` gives the beginning of calls a name.
    pub fn played(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut exit = 0;
        for line in text.lines().filter(|line| line.starts_with("$ ")) {
            out += &format!("{line}\n");
            let words = self.unfolded(words(&line[2..]));
            match words.first().map(String::as_str) {
                Some("rulebook") => {
                    let (written, code) = rulebook(&words[1..], &self.path);
                    exit = code;
                    out += &written;
                }
                Some("echo") if words.get(1).is_some_and(|word| word == "$?") => out += &format!("{exit}\n"),
                Some("cat") => {
                    out += &std::fs::read_to_string(self.path.join(&words[1])).expect("the file is there");
                }
                Some("alias") => {
                    let (name, meaning) = words[1].split_once('=').expect("an alias has a name and a meaning");
                    self.aliases.push((name.to_owned(), self::words(meaning)));
                }
                other => panic!("the documentation runs no {other:?}"),
            }
        }
        // editors take white space from the ends of lines
        loose(&out).lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// A call with its alias, the last one of that name, written out.
    fn unfolded(&self, mut words: Vec<String>) -> Vec<String> {
        let first = words.first().cloned().unwrap_or_default();
        if let Some((_, meaning)) = self.aliases.iter().rev().find(|(name, _)| *name == first) {
            words.splice(..1, meaning.iter().cloned());
        }
        words
    }
}

/// What a block shows whose calls are made in the project's folder.
pub fn played(text: &str) -> String {
    Place::project().played(text)
}

/// Runs a call in a folder: what it writes to standard output and standard error, in the order of a terminal, and its exit
/// code.
fn rulebook(words: &[String], folder: &Path) -> (String, i32) {
    let (arguments, input) = match words.iter().position(|word| word == "<") {
        Some(at) => (&words[..at], Stdio::from(File::open(folder.join(&words[at + 1])).expect("the file is there"))),
        None => (words, Stdio::null()),
    };
    let (mut reader, writer) = std::io::pipe().expect("there are pipes");
    let mut child = Command::new(env!("CARGO_BIN_EXE_rulebook"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .stdin(input)
        .stdout(writer.try_clone().expect("a pipe has as many ends as one likes"))
        .stderr(writer)
        .spawn()
        .expect("rulebook runs");
    // the command that is gone by now held the writing ends
    let mut written = String::new();
    reader.read_to_string(&mut written).expect("output is UTF-8");
    (written, child.wait().expect("rulebook ends").code().unwrap_or(-1))
}

/// The words of a line, those in quotes whole.
fn words(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut quote, mut word): (Option<char>, Option<String>) = (None, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => found.extend(word.take()),
            (Some(_) | None, c) => word.get_or_insert_default().push(c),
        }
    }
    found.extend(word);
    found
}
