//! Reads the folder of policies.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Bag, Code, Diagnostic, Severity, nearest};
use crate::facts::Vocabulary;
use crate::policy::Library;
use crate::program::Program;
use crate::render::diagnostics;
use crate::source::Source;
use crate::syntax::LARGEST_FILE;
use crate::time::Zones;

use super::cause::cause;
use super::options::Options;
use super::{Stop, output};

/// What a folder of policies holds, with everything that is wrong with it.
pub(super) struct Loaded {
    pub library: Library,
    /// The policies, compiled; those with a fault that only their rows show are not among them.
    programs: BTreeMap<String, Vec<Program>>,
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were read.
    pub files: usize,
}

/// A policy, compiled.
#[derive(Clone, Copy)]
pub(super) struct Compiled<'l> {
    /// Its versions, in the order of time.
    pub versions: &'l [Program],
    /// The last of them. All use the same words.
    pub latest: &'l Program,
}

impl Compiled<'_> {
    /// The words that cases may use.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.latest.policy().vocabulary
    }
}

/// Reads all policies of the folder that the options name.
pub(super) fn load(options: &Options) -> Result<Loaded, Stop> {
    load_folder(&options.rules, options)
}

/// Reads all policies of a folder.
pub(super) fn load_folder(folder: &Path, options: &Options) -> Result<Loaded, Stop> {
    if folder.is_file() {
        return Err(Stop::Usage(format!(
            "`{}` is a file: name the folder that it lies in, since a policy is read with the vocabulary and calendar it uses",
            folder.display()
        )));
    }
    let zones = zones(options)?;
    let mut bag = Bag::default();
    let sources = sources(folder, &mut bag);
    let is_yaml = |source: &Arc<Source>| source.relative().ends_with(".yaml") || source.relative().ends_with(".yml");
    if !sources.iter().any(is_yaml) && bag.is_empty() {
        let message = format!("no policies in `{}`", folder.display());
        bag.push(
            Diagnostic::placeless(Code::NoPolicies, message)
                .help("name the folder that holds your `.yaml` files with `--rules DIR`"),
        );
    }
    let library = Library::load(&sources, &zones, &mut bag);
    let mut programs = BTreeMap::new();
    for (name, versions) in library.versions() {
        let versions: Vec<Program> = versions.iter().map(Program::compile).collect();
        let findings: Vec<Diagnostic> = versions.iter().flat_map(Program::findings).collect();
        if findings.iter().all(|found| found.severity() == Severity::Warning) {
            programs.insert(name.to_owned(), versions);
        }
        findings.into_iter().for_each(|found| bag.push(found));
    }
    Ok(Loaded { library, programs, diagnostics: bag.into_sorted(), files: sources.len() })
}

impl Loaded {
    /// A policy that can be used, compiled. Other files may have faults; this one and what it reads have none.
    pub fn policy(&self, name: &str) -> Result<Compiled<'_>, Stop> {
        if let Some(versions) = self.programs.get(name)
            && let Some(latest) = versions.last()
        {
            return Ok(Compiled { versions, latest });
        }
        if self.errors() > 0 {
            output::report(&diagnostics::text(&self.diagnostics, true));
            output::complain(&format!("the policy `{name}` cannot be used; mend what is shown above"));
            return Err(Stop::Rules);
        }
        let names: Vec<&str> = self.programs.keys().map(String::as_str).collect();
        Err(unknown("policy", name, &names))
    }

    /// How many of the faults are errors.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|found| found.severity() == Severity::Error).count()
    }
}

/// No policy, calendar or the like has this name.
pub(super) fn unknown(what: &str, name: &str, names: &[&str]) -> Stop {
    Stop::Usage(match nearest(name, names.iter().copied()) {
        Some(near) => format!("no {what} is called `{name}`; did you mean `{near}`?"),
        None => format!("no {what} is called `{name}`; there are: {}", names.join(", ")),
    })
}

/// The zone data that the options name, else the built-in one.
pub(super) fn zones(options: &Options) -> Result<Zones, Stop> {
    let Some(folder) = &options.tzdata else { return Ok(Zones::embedded()) };
    let unreadable = |error: &dyn Display| {
        Stop::Usage(format!(
            "time zones cannot be read from `{}`: {error}; name a folder such as /usr/share/zoneinfo",
            folder.display()
        ))
    };
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|error| match error.io_error() {
            Some(plain) => unreadable(&cause(plain, error.path().unwrap_or(folder))),
            None => unreadable(&"a link in it leads back to itself"),
        })?;
        let Some(name) = entry.path().strip_prefix(folder).ok().and_then(Path::to_str) else { continue };
        let copy = name.starts_with("posix/") || name.starts_with("right/");
        if !entry.file_type().is_file() || copy {
            continue;
        }
        let bytes =
            read_at_most(entry.path(), LARGEST_FILE).map_err(|error| unreadable(&cause(&error, entry.path())))?;
        if bytes.starts_with(b"TZif") {
            files.insert(name.to_owned(), bytes);
        }
    }
    if files.is_empty() {
        return Err(unreadable(&"no compiled zone files are there"));
    }
    // each distribution says in a file of its own which release it is
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let version = text("tzdata.zi")
        .and_then(|text| text.lines().next()?.strip_prefix("# version ").map(str::to_owned))
        .or_else(|| text("+VERSION").map(|text| text.trim().to_owned()))
        .unwrap_or_else(|| folder.display().to_string());
    Zones::from_tzif(version, files).map_err(|error| unreadable(&error))
}

fn sources(folder: &Path, bag: &mut Bag) -> Vec<Arc<Source>> {
    let mut sources = Vec::new();
    let hidden =
        |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| name.starts_with('.'));
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !hidden(entry)) {
        match entry {
            Ok(entry) if is_read(entry.path()) && !entry.file_type().is_dir() => {
                let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                sources.extend(source(entry.path(), &slashes(relative), bag));
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                // other links that lead nowhere are none of our business
                if path == folder || is_read(&path) || error.loop_ancestor().is_some() || path.is_dir() {
                    let why = error.io_error().map(|error| cause(error, &path));
                    bag.push(unreadable(&path, &why.unwrap_or("it leads back to a folder that it lies in".to_owned())));
                }
            }
        }
    }
    sources
}

/// Whether a file is a policy, or may hold the rows or the hooks of one.
fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "csv", "rhai"].iter().any(|known| extension == *known))
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::placeless(Code::UnreadableFile, format!("`{}` cannot be read: {why}", path.display()))
        .help("check the path, its permissions, and where links lead")
}

/// One file's text; what keeps it from being read goes into the bag.
pub(super) fn source(path: &Path, relative: &str, bag: &mut Bag) -> Option<Arc<Source>> {
    let shown = slashes(path);
    let bytes = match read_at_most(path, LARGEST_FILE) {
        Ok(bytes) => bytes,
        Err(error) => {
            bag.push(unreadable(path, &cause(&error, path)));
            return None;
        }
    };
    if bytes.len() > LARGEST_FILE {
        bag.push(
            Diagnostic::placeless(Code::FileTooLarge, format!("`{shown}` is larger than 4 MiB"))
                .help("take the file out of the folder, or split it into several policies"),
        );
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(Arc::new(Source::within(shown, relative, text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let before = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default());
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            let message = match bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
                true => format!("`{shown}` is UTF-16 text, not UTF-8"),
                false => format!("`{shown}` is not UTF-8 text: line {line}, column {column} holds no character of it"),
            };
            bag.push(Diagnostic::placeless(Code::NotUtf8, message).help("save the file again with the encoding UTF-8"));
            None
        }
    }
}

/// A file's bytes, and one more than `most` if it holds more. Devices and pipes are refused: they may never end.
fn read_at_most(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    // looked at before it is opened: opening a pipe waits for its other end
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
