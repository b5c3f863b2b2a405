//! A script: its text, parsed, and where each part of it stands in a file.

use std::sync::Arc;

use rhai::{AST, Position};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

use super::Sandbox;
use super::check::Check;
use super::complaint::{borrowed, in_plain_words, incomplete, torn};
use super::function::Function;
use super::lexis::{word_at, word_before};

/// A parsed script.
#[derive(Debug)]
pub struct Script {
    sandbox: Arc<Sandbox>,
    pub(super) ast: AST,
    functions: Vec<Function>,
    text: Text,
}

/// Where a script's text stands.
#[derive(Debug)]
enum Text {
    /// It is the whole file.
    File(Arc<Source>),
    /// It stands in a policy's file.
    Inline {
        source: Arc<Source>,
        /// The value that holds it.
        span: Span,
        /// Its text.
        written: String,
        /// How many characters were put before it.
        before: usize,
    },
}

/// What the function is called that a script within a policy becomes.
pub(super) const INLINE: &str = "rhai";

impl Script {
    /// Parses a file of functions.
    ///
    /// # Errors
    /// What is wrong with its grammar.
    pub fn file(sandbox: &Arc<Sandbox>, source: &Arc<Source>) -> Result<Script, Box<Diagnostic>> {
        let script = Script::parse(sandbox, source.text(), Text::File(Arc::clone(source)))?;
        match script.ast.statements().first() {
            None => Ok(script),
            Some(statement) => Err(Box::new(
                Diagnostic::new(
                    Code::ScriptSyntax,
                    script.place(statement.position()),
                    "a statement outside of a function would never run",
                )
                .help("write it inside of a `fn name(…) { … }`"),
            )),
        }
    }

    /// Parses a script that stands in a policy, as the body of a function with these parameters.
    ///
    /// # Errors
    /// What is wrong with its grammar.
    pub fn inline(
        sandbox: &Arc<Sandbox>,
        source: &Arc<Source>,
        span: Span,
        written: &str,
        parameters: &[String],
    ) -> Result<Script, Box<Diagnostic>> {
        let head = format!("fn {INLINE}({}) {{ ", parameters.join(", "));
        let before = head.chars().count();
        let text = Text::Inline { source: Arc::clone(source), span, written: written.to_owned(), before };
        // the line end closes a comment
        let script = Script::parse(sandbox, &format!("{head}{written}\n}}"), text)?;
        let whole = script.ast.statements().is_empty() && script.functions.len() == 1;
        let place = Place::new(source, span);
        let (message, help) = torn();
        if whole { Ok(script) } else { Err(Box::new(Diagnostic::new(Code::ScriptSyntax, place, message).help(help))) }
    }

    fn parse(sandbox: &Arc<Sandbox>, whole: &str, text: Text) -> Result<Script, Box<Diagnostic>> {
        match sandbox.engine().compile(whole) {
            Ok(ast) => Ok(Script { sandbox: Arc::clone(sandbox), functions: Function::all(&ast), ast, text }),
            Err(error) => {
                let mut place = text.place(error.position());
                let written = Arc::clone(&place.source);
                let word = |span: Span| written.text().get(span.start..span.end).unwrap_or_default();
                let before = word_before(written.text(), place.span.start);
                if borrowed(word(place.span)).is_none() && borrowed(word(before)).is_some() {
                    place.span = before;
                }
                let (message, help) = match text.is_at_end(error.position()) {
                    true if text.has_a_brace_too_many() => torn(),
                    true => incomplete(),
                    false => in_plain_words(error.err_type(), word(place.span)),
                };
                Err(Box::new(Diagnostic::new(Code::ScriptSyntax, place, message).help(help)))
            }
        }
    }

    pub(super) fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// The functions, in the order of the file.
    pub(super) fn functions(&self) -> &[Function] {
        &self.functions
    }

    /// The function of a name, with as many parameters.
    pub(super) fn function(&self, name: &str, parameters: usize) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name && function.parameters.len() == parameters)
    }

    /// The names of the functions, each with the place where its body begins.
    pub fn names(&self) -> impl Iterator<Item = (&str, Place)> {
        self.functions.iter().map(|function| (function.name.as_str(), self.place(function.start)))
    }

    /// How many parameters the functions of this name have.
    pub fn parameters(&self, name: &str) -> Vec<usize> {
        let named = self.functions.iter().filter(|function| function.name == name);
        named.map(|function| function.parameters.len()).collect()
    }

    /// What is wrong with its functions, whatever they are called with.
    pub fn faults(&self) -> Vec<Diagnostic> {
        Check::new(self, None).file()
    }

    /// The file that it stands in.
    pub fn source(&self) -> &Arc<Source> {
        match &self.text {
            Text::File(source) | Text::Inline { source, .. } => source,
        }
    }

    /// The word or sign at a position of the parser.
    pub(super) fn word_at(&self, position: Position) -> &str {
        let span = self.place(position).span;
        self.source().text().get(span.start..span.end).unwrap_or_default()
    }

    /// The place of a position of the parser.
    pub(super) fn place(&self, position: Position) -> Place {
        self.text.place(position)
    }
}

impl Text {
    /// Whether a position lies behind all that was written, in what was put behind it or nowhere.
    fn is_at_end(&self, position: Position) -> bool {
        match (self, position.line()) {
            (Text::Inline { written, .. }, Some(line)) => line > written.split('\n').count(),
            (Text::File(source), Some(line)) => {
                let start = byte(source.text(), source.line_start(line), position.position().unwrap_or(1).max(1));
                source.text().get(start..).is_none_or(|rest| rest.trim().is_empty())
            }
            (_, None) => false,
        }
    }

    /// Whether a script within a policy closes the function that it becomes.
    fn has_a_brace_too_many(&self) -> bool {
        let Text::Inline { written, .. } = self else { return false };
        written.matches('}').count() > written.matches('{').count()
    }

    fn place(&self, position: Position) -> Place {
        let (line, column) = (position.line().unwrap_or(1), position.position().unwrap_or(1).max(1));
        match self {
            Text::File(source) => {
                let start = byte(source.text(), source.line_start(line), column);
                let word = word_at(source.text(), start);
                Place::new(source, if word.start == word.end { last_word(source.text(), start) } else { word })
            }
            Text::Inline { source, span, written, .. } if self.is_at_end(position) => {
                let (last, line) =
                    written.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).last().unwrap_or_default();
                let column = line.trim_end().chars().count().max(1);
                Place::new(source, inline(source, *span, written, last + 1, column))
            }
            Text::Inline { source, span, written, before } => {
                let column = if line == 1 { column.saturating_sub(*before).max(1) } else { column };
                let span = inline(source, *span, written, line, column);
                Place::new(source, span)
            }
        }
    }
}

/// The last word that stands before a byte.
fn last_word(text: &str, end: usize) -> Span {
    let before = text.get(..end).unwrap_or_default().trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    Span::new(before.len() - last, before.len())
}

/// The byte of a column, counted from 1 in characters, of the line that starts at `start`; at most that of its end.
fn byte(text: &str, start: usize, column: usize) -> usize {
    let line = text.get(start..).unwrap_or_default();
    let line = line.split('\n').next().unwrap_or_default();
    start + line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at)
}

/// The place of a line and column of a script within a policy's file; that of the whole script where YAML wrote it
/// otherwise than it reads it.
fn inline(source: &Source, span: Span, written: &str, line: usize, column: usize) -> Span {
    let text = source.text();
    let Some(own) = written.split('\n').nth(line - 1) else { return span };
    let within = own.char_indices().nth(column - 1).map_or(own.len(), |(at, _)| at);
    let first = source.position(span.start).line;
    // a quoted or plain value begins at its place or behind its quote; the lines of a block (`|`) stand one by one
    let beginning = [span.start, span.start + 1].into_iter().filter(|_| line == 1);
    let at_start = beginning.into_iter().find(|at| text.get(*at..).is_some_and(|text| text.starts_with(own)));
    let in_block = || {
        let below = source.line_start(first + line - 1);
        let there = text.get(below..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
        let at = there.find(own).filter(|at| there.get(..*at).is_some_and(|indent| indent.trim().is_empty()));
        at.map(|at| below + at)
    };
    let Some(start) = at_start.or_else(in_block).filter(|_| !own.is_empty()) else { return span };
    word_at(text, start + within)
}
