//! Reads cases: one, a list, or a stream.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use serde_json::value::RawValue;

use crate::diagnostic::{Bag, Code};
use crate::facts::{Case, Fault, Unreadable, Vocabulary};
use crate::policy::read_cases;
use crate::render::diagnostics;
use crate::source::Source;

use super::cause::{cause, plain};
use super::{Stop, output};

/// The longest line of a stream, in bytes: a case of many texts at their longest.
const LONGEST_LINE: usize = 16 * 1024 * 1024;
/// The largest file that holds a case or a list of them; a stream has no limit.
const LARGEST_LIST: usize = 256 * 1024 * 1024;

/// How cases are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Input {
    /// One case or a list of them as JSON
    Json,
    /// One case or a list of them as YAML
    Yaml,
    /// A stream: one JSON case a line
    Ndjson,
}

/// A case, or why it cannot be read, with its line.
pub(super) struct Sent {
    pub line: usize,
    pub case: Result<Case, Unreadable>,
}

/// Where cases come from.
pub(super) struct Cases {
    /// `None` for standard input.
    path: Option<PathBuf>,
    input: Input,
}

impl Cases {
    /// `-` and no file at all mean standard input, which is a stream unless `input` says otherwise.
    pub fn from(file: Option<&Path>, input: Option<Input>) -> Result<Cases, Stop> {
        let path = file.filter(|path| path.as_os_str() != "-");
        if file.is_none() && io::stdin().is_terminal() {
            let message = "no cases: name a file, or send a stream to standard input (`-` reads it from the terminal)";
            return Err(Stop::Usage(message.to_owned()));
        }
        if let Some(folder) = path.filter(|path| path.is_dir()) {
            return Err(Stop::Usage(format!("`{}` is a folder: name a file of cases", folder.display())));
        }
        let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
        let input = match (input, path, extension) {
            (Some(input), ..) => input,
            (None, None, _) | (None, Some(_), Some("ndjson" | "jsonl")) => Input::Ndjson,
            (None, Some(_), Some("json")) => Input::Json,
            (None, Some(_), Some("yaml" | "yml")) => Input::Yaml,
            (None, Some(path), _) => {
                return Err(Stop::Usage(format!(
                    "how `{}` is written cannot be told from its name: use .json, .yaml or .ndjson, or say `--input`",
                    path.display()
                )));
            }
        };
        Ok(Cases { path: path.map(Path::to_owned), input })
    }

    /// How many bytes there are to read, where that is known.
    pub fn size(&self) -> Option<u64> {
        std::fs::metadata(self.path.as_ref()?).ok().map(|metadata| metadata.len())
    }

    /// Hands each case to `take`, with how many bytes have been read so far.
    pub fn each(
        &self,
        vocabulary: &Arc<Vocabulary>,
        mut take: impl FnMut(Sent, u64) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        match self.input {
            Input::Ndjson => stream(BufReader::with_capacity(1 << 16, self.open()?), vocabulary, take),
            Input::Json => {
                let text = self.text()?;
                json(&text, vocabulary).into_iter().try_for_each(|sent| take(sent, text.len() as u64))
            }
            Input::Yaml => {
                let text = self.text()?;
                let size = text.len() as u64;
                let source = Arc::new(Source::new(self.name(), text));
                let mut bag = Bag::default();
                let cases = read_cases(&source, vocabulary, &mut bag);
                if bag.has_errors() {
                    output::report(&diagnostics::text(&bag.into_sorted(), true));
                    return Err(Stop::Usage("the cases cannot be read; mend what is shown above".to_owned()));
                }
                cases.into_iter().try_for_each(|(line, case)| take(Sent { line, case }, size))
            }
        }
    }

    /// What messages call the source.
    fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
    }

    fn open(&self) -> Result<Box<dyn Read>, Stop> {
        let Some(path) = &self.path else { return Ok(Box::new(io::stdin().lock())) };
        Ok(Box::new(File::open(path).map_err(|error| self.unreadable(&error))?))
    }

    fn unreadable(&self, error: &io::Error) -> Stop {
        let why = self.path.as_ref().map_or_else(|| plain(error), |path| cause(error, path));
        Stop::Usage(format!("`{}` cannot be read: {why}", self.name()))
    }

    /// The whole text, without a byte-order mark.
    fn text(&self) -> Result<String, Stop> {
        let name = self.name();
        let mut bytes = Vec::new();
        let mut limited = self.open()?.take(LARGEST_LIST as u64 + 1);
        limited.read_to_end(&mut bytes).map_err(|error| self.unreadable(&error))?;
        if bytes.len() > LARGEST_LIST {
            let help = "send so many cases as a stream (.ndjson)";
            return Err(Stop::Usage(format!("`{name}` is larger than 256 MiB: {help}")));
        }
        if bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(.."\u{feff}".len());
        }
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to() + 1;
            Stop::Usage(format!("`{name}` is not UTF-8 text (at byte {at}): save it again with that encoding"))
        })
    }
}

/// One case, or a list of them.
fn json(text: &str, vocabulary: &Arc<Vocabulary>) -> Vec<Sent> {
    let content = text.trim_start();
    if content.is_empty() {
        let fault =
            Fault::new(Code::CaseSyntax, "there is no case in the file").help("write one case, or a list of them");
        return vec![Sent { line: 1, case: Err(Unreadable::of(None, fault)) }];
    }
    if !content.starts_with('[') {
        let blank = text.get(..text.len() - content.len()).unwrap_or_default();
        let line = blank.matches('\n').count() + 1;
        return vec![Sent { line, case: Case::from_json(text, vocabulary) }];
    }
    match serde_json::from_str::<Vec<&RawValue>>(text.trim_end()) {
        Ok(values) => {
            let (mut line, mut seen) = (1, 0);
            let sent = values.into_iter().map(|value| {
                // the values are slices of the text, in order: its lines are counted once
                let byte = value.get().as_ptr() as usize - text.as_ptr() as usize;
                line += text.get(seen..byte).map_or(0, |between| between.matches('\n').count());
                seen = byte;
                Sent { line, case: Case::from_json(value.get(), vocabulary) }
            });
            sent.collect()
        }
        Err(error) => {
            let (at, column) = (error.line(), error.column());
            let fault = if error.is_eof() { "cut off" } else { "no JSON" };
            let message = format!("the list of cases is {fault} at line {at}, column {column}");
            let fault = Fault::new(Code::CaseSyntax, message)
                .help("close every bracket and quote, and put a comma between two cases");
            vec![Sent { line: error.line(), case: Err(Unreadable::of(None, fault)) }]
        }
    }
}

/// One case a line; blank lines are skipped.
fn stream(
    mut reader: impl BufRead,
    vocabulary: &Arc<Vocabulary>,
    mut take: impl FnMut(Sent, u64) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut bytes = Vec::new();
    let mut done: u64 = 0;
    for line in 1.. {
        bytes.clear();
        let read = (&mut reader).take(LONGEST_LINE as u64).read_until(b'\n', &mut bytes).map_err(stopped)?;
        if read == 0 {
            break;
        }
        done += read as u64;
        let refused =
            |message: String, help: &str| Err(Unreadable::of(None, Fault::new(Code::CaseSyntax, message).help(help)));
        let case = if read == LONGEST_LINE && !bytes.ends_with(b"\n") {
            done += skip_line(&mut reader)?;
            refused("the line is longer than 16 MiB".to_owned(), "send one case a line")
        } else {
            let content = bytes.strip_prefix("\u{feff}".as_bytes()).filter(|_| line == 1).unwrap_or(&bytes);
            match std::str::from_utf8(content) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => Case::from_json(text, vocabulary),
                Err(error) => {
                    refused(format!("the line is not UTF-8 text (at byte {})", error.valid_up_to() + 1), "send UTF-8")
                }
            }
        };
        take(Sent { line, case }, done)?;
    }
    Ok(())
}

fn stopped(error: io::Error) -> Stop {
    Stop::Usage(format!("the cases cannot be read on: {}", plain(&error)))
}

/// Reads on to the end of a line that is too long to keep.
fn skip_line(reader: &mut impl BufRead) -> Result<u64, Stop> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf().map_err(stopped)?;
        let (taken, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(taken);
        skipped += taken as u64;
        if ended {
            return Ok(skipped);
        }
    }
}
