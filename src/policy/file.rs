//! One file of a folder of policies: what it is, and what those that cannot be read seem to be.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Bag, Code, nearest};
use crate::source::{Source, Span};
use crate::syntax::{self, Node, Shape};

use super::reader::Reader;

/// The first key that a file may have, and what the file then is.
pub(super) const KINDS: [(&str, FileKind); 10] = [
    ("vocabulary", FileKind::Vocabulary),
    ("calendar", FileKind::Calendar),
    ("exception", FileKind::Exception),
    ("exceptions", FileKind::Exceptions),
    ("escalations", FileKind::Escalations),
    ("table", FileKind::Table),
    ("approval", FileKind::Approval),
    ("authorization", FileKind::Authorization),
    ("partner", FileKind::Partner),
    ("tests", FileKind::Tests),
];

/// The kinds that decide cases: they share one space of names.
pub(super) const POLICIES: [FileKind; 6] = [
    FileKind::Exception,
    FileKind::Exceptions,
    FileKind::Escalations,
    FileKind::Table,
    FileKind::Approval,
    FileKind::Authorization,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FileKind {
    Vocabulary,
    Calendar,
    Exception,
    Exceptions,
    Escalations,
    Table,
    Approval,
    Authorization,
    Partner,
    Tests,
}

/// A file that says what it is.
pub(super) struct File {
    pub source: Arc<Source>,
    pub root: Node,
    pub kind: FileKind,
    pub name: String,
    /// Where it states its name.
    pub name_span: Span,
    /// Whether nothing was wrong with its YAML, and no other file of its kind has its name.
    pub sound: bool,
}

impl File {
    /// Whether the policy says when it is in force, so that it may be one version of several.
    pub fn is_version(&self) -> bool {
        let Shape::Map(entries) = &self.root.shape else { return false };
        entries.iter().any(|entry| ["effective", "versions"].contains(&entry.key.as_str()))
    }
}

/// The files that cannot be read. Who uses what they declare has not misspelt it.
pub(super) struct Unread {
    /// What they seem to declare.
    pub names: BTreeSet<(FileKind, String)>,
    /// Whether nothing is known of some: then nothing can be called unknown.
    pub strangers: bool,
}

impl Unread {
    /// Takes note of a file that cannot be read.
    pub fn note(&mut self, source: &Source) {
        match guess(source) {
            Some(name) => drop(self.names.insert(name)),
            None => self.strangers |= says_something(source),
        }
    }

    /// Whether one of them may be a file of this kind.
    pub fn may_hold(&self, kind: FileKind) -> bool {
        self.strangers || self.names.iter().any(|(other, _)| *other == kind)
    }

    /// Whether one of them may declare this name.
    pub fn may_declare(&self, kinds: &[FileKind], name: &str) -> bool {
        self.strangers || kinds.iter().any(|kind| self.names.contains(&(*kind, name.to_owned())))
    }
}

/// Reads a file and finds out what it is.
pub(super) fn open(source: &Arc<Source>, bag: &mut Bag) -> Option<File> {
    let before = bag.len();
    let root = syntax::read(source, bag)?;
    let sound = bag.len() == before;
    let mut reader = Reader::new(source, bag);
    let entries = reader.entries(&root, "a map that begins with a key such as `escalations: NAME`")?;
    let kinds = entries
        .iter()
        .filter_map(|entry| KINDS.iter().find(|(key, _)| *key == entry.key).map(|(_, kind)| (entry, *kind)));
    // a policy names its calendar by the same key that declares one
    let declared = kinds.min_by_key(|(_, kind)| *kind == FileKind::Calendar);
    let Some((entry, kind)) = declared else {
        let first = entries.first().map_or(root.span, |entry| entry.key_span);
        let keys = KINDS.map(|(key, _)| key);
        let message = "the file does not say what it is";
        let near = entries.first().and_then(|entry| nearest(&entry.key, keys));
        let help = match near {
            Some(near) => format!("did you mean `{near}:`?"),
            None => format!("begin with one of: {}", keys.join(", ")),
        };
        reader.fault(Code::UnknownKind, first, message, help);
        return None;
    };
    let text = reader.word(&entry.value, "a name")?;
    let name = reader.name(text, entry.value.span)?;
    let name_span = entry.value.span;
    Some(File { source: Arc::clone(source), root, kind, name, name_span, sound })
}

/// Whether anything but comments stands in a file.
fn says_something(source: &Source) -> bool {
    source.text().lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

/// What a file that cannot be read seems to declare: the first line that begins with a kind.
fn guess(source: &Source) -> Option<(FileKind, String)> {
    source.text().lines().find_map(|line| {
        let (key, rest) = line.split_once(':')?;
        let (_, kind) = KINDS.iter().find(|(name, _)| *name == key)?;
        let name = rest.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        Some((*kind, name.to_owned()))
    })
}

/// A file's name without folders and extensions.
pub(super) fn stem(relative: &str) -> &str {
    let name = relative.rsplit('/').next().unwrap_or(relative);
    name.split('.').next().unwrap_or(name)
}
