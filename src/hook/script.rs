//! A script: its text, parsed, and where each part of it stands in a file.

use std::sync::Arc;

use rhai::{AST, ParseErrorType, Position};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

use super::Sandbox;
use super::check::Check;
use super::fault::lowered;
use super::function::Function;
use super::lexis::word_at;

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
        let torn = || Diagnostic::new(Code::ScriptSyntax, place, "the brackets of the script do not match");
        if whole { Ok(script) } else { Err(Box::new(torn().help("delete the `}` that closes nothing"))) }
    }

    fn parse(sandbox: &Arc<Sandbox>, whole: &str, text: Text) -> Result<Script, Box<Diagnostic>> {
        match sandbox.engine().compile(whole) {
            Ok(ast) => Ok(Script { sandbox: Arc::clone(sandbox), functions: Function::all(&ast), ast, text }),
            Err(error) => {
                let (message, help) = refusal(error.err_type());
                let place = text.place(error.position());
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

    /// The place of a position of the parser.
    pub(super) fn place(&self, position: Position) -> Place {
        self.text.place(position)
    }
}

impl Text {
    fn place(&self, position: Position) -> Place {
        let (line, column) = (position.line().unwrap_or(1), position.position().unwrap_or(1).max(1));
        match self {
            Text::File(source) => {
                let start = byte(source.text(), source.line_start(line), column);
                Place::new(source, word_at(source.text(), start))
            }
            Text::Inline { source, span, written, before } => {
                let column = if line == 1 { column.saturating_sub(*before).max(1) } else { column };
                let span = inline(source, *span, written, line, column);
                Place::new(source, span)
            }
        }
    }
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

/// What the parser's complaint means, and what to do.
fn refusal(error: &ParseErrorType) -> (String, String) {
    let help = "docs/hooks.md shows what a script may say".to_owned();
    match error {
        ParseErrorType::UnexpectedEOF => {
            ("the script ends before it is complete".to_owned(), "close what was opened".to_owned())
        }
        ParseErrorType::Reserved(word) | ParseErrorType::UnknownOperator(word) => {
            let cure = match word.as_str() {
                "&" => "write `&&` for \"and\"".to_owned(),
                "|" => "write `||` for \"or\"; there are no functions without a name".to_owned(),
                "switch" => "write it with `if` and `else`".to_owned(),
                _ => help,
            };
            (format!("`{word}` is not allowed in a hook"), cure)
        }
        ParseErrorType::ExprTooDeep => {
            (format!("the script nests more than {} deep", super::MOST_DEPTH), "split it into functions".to_owned())
        }
        other => (lowered(&other.to_string()), help),
    }
}
