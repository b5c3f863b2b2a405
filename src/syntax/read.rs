//! Reads YAML into nodes, refusing what makes a file say something else than it seems to.
//!
//! The grammar is saphyr-parser's; this pass keeps each event's place and bounds what a file may hold.

use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::diagnostic::{Bag, Code, Diagnostic};
use crate::source::{Place, Source, Span};

use super::bytes::Bytes;
use super::complaint::in_plain_words;
use super::slip::{Slip, behind, dash_without_space};
use super::{Entry, Node, Scalar, Shape, bare, indentation};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;
/// The most keys and values that a file may hold.
pub const MOST_NODES: usize = 100_000;
/// The deepest nesting of maps and lists.
pub const DEEPEST: usize = 64;

/// Reads a file's one document.
///
/// Every fault goes into `bag`; `None` if there is no document that could be looked at further.
pub fn read(source: &Arc<Source>, bag: &mut Bag) -> Option<Node> {
    if source.text().len() > LARGEST_FILE {
        let message = format!("`{}` is larger than 4 MiB", source.path());
        bag.push(
            Diagnostic::placeless(Code::FileTooLarge, message)
                .help("take the file out of the folder, or split it into several policies"),
        );
        return None;
    }
    let before = bag.len();
    indentation::check(source, bag);
    if bag.len() > before {
        // what YAML makes of such indentation would only repeat the fault in stranger words
        return None;
    }
    let mut tree = Tree::new(source, bag);
    // the parser takes it for the end of the text, and would be silent on all that follows
    if let Some(at) = source.text().find('\0') {
        let (message, help) = in_plain_words("unprintable");
        tree.fault(Code::YamlSyntax, Span::new(at, at + 1), message, help);
        return None;
    }
    let mut parser = Parser::new_from_str(source.text());
    while let Some(event) = parser.next_event() {
        let flow = match event {
            Ok((event, span)) => tree.take(event, span),
            Err(error) => {
                tree.syntax_fault(&error);
                Flow::Stop
            }
        };
        if flow == Flow::Stop {
            return None;
        }
    }
    let root = tree.root.take();
    if root.as_ref().is_none_or(Node::is_blank) {
        bag.push(
            Diagnostic::new(Code::EmptyFile, Place::new(source, Span::default()), "the file holds nothing")
                .help("write the policy or the case, or delete the file"),
        );
        return None;
    }
    root
}

#[derive(PartialEq, Eq)]
enum Flow {
    Continue,
    Stop,
}

/// A collection whose end has not come yet.
enum Open {
    List { start: usize, in_flow: bool, items: Vec<Node> },
    Map { start: usize, in_flow: bool, entries: Vec<Entry>, seen: HashMap<String, Span>, key: Pending, refused: bool },
}

/// What a map waits for.
enum Pending {
    Key,
    Value(String, Span),
    /// The value of a key that was refused: read, so that its own faults show, and dropped.
    Refused,
}

struct Tree<'s, 'b> {
    source: &'s Arc<Source>,
    bag: &'b mut Bag,
    bytes: Bytes,
    open: Vec<Open>,
    nodes: usize,
    /// The end of what was taken last; the parser may be far ahead.
    taken: usize,
    documents: usize,
    root: Option<Node>,
}

impl<'s, 'b> Tree<'s, 'b> {
    fn new(source: &'s Arc<Source>, bag: &'b mut Bag) -> Tree<'s, 'b> {
        let bytes = Bytes::of(source.text());
        Tree { source, bag, bytes, open: Vec::new(), nodes: 0, taken: 0, documents: 0, root: None }
    }

    fn take(&mut self, event: Event<'_>, at: saphyr_parser::Span) -> Flow {
        let span = Span::new(self.bytes.at(at.start.index()), self.bytes.at(at.end.index()));
        self.taken = self.taken.max(span.start);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Flow::Continue,
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents == 1 {
                    return Flow::Continue;
                }
                self.fault(
                    Code::SecondDocument,
                    span,
                    "a second document begins here",
                    "one file holds one policy, or one list of cases: move the rest to a file of its own",
                );
                Flow::Stop
            }
            Event::Alias(_) => {
                self.alias(span, "an alias");
                self.close(Node { span, shape: Shape::Scalar(Scalar::default()), refused: true })
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(anchor != 0, tag.is_some(), span);
                let quoted = style != ScalarStyle::Plain;
                let span = if quoted { span } else { self.trimmed(span) };
                let comment = if quoted { None } else { self.comment_after(span.end) };
                // the parser takes these signs within brackets, other readers of YAML do not
                let signed = !quoted && text.starts_with(['>', '|']);
                if signed {
                    self.fault(
                        Code::YamlSyntax,
                        span,
                        "a text within brackets cannot begin with `>` or `|`",
                        "put it in double quotes: `\"> 5\"`",
                    );
                }
                let written = self.source.text().get(span.start..span.end).unwrap_or_default();
                let item = written.strip_prefix('-').filter(|item| item.starts_with(char::is_alphabetic));
                let dashed = item.filter(|_| !quoted && self.begins_line(span.start));
                if let Some(item) = dashed {
                    self.slip(&dash_without_space(span.start, item));
                }
                // `!ZBAL` is a tag and nothing else, though a text was meant
                let refused = signed || dashed.is_some() || tag.is_some() && !quoted && text.is_empty();
                let scalar = Scalar {
                    text: text.into_owned(),
                    quoted,
                    in_flow: self.in_flow(),
                    commented: comment.is_some(),
                    cut: comment.is_some_and(|comment| comment.starts_with(char::is_alphanumeric)),
                };
                self.close(Node { span, shape: Shape::Scalar(scalar), refused })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(anchor != 0, tag.is_some(), span);
                let in_flow = self.starts_with(span, '[');
                self.descend(Open::List { start: span.start, in_flow, items: Vec::new() }, span)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(anchor != 0, tag.is_some(), span);
                let in_flow = self.starts_with(span, '{');
                let (entries, seen) = (Vec::new(), HashMap::new());
                let (key, refused) = (Pending::Key, false);
                self.descend(Open::Map { start: span.start, in_flow, entries, seen, key, refused }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.ascend(span.end),
        }
    }

    fn descend(&mut self, open: Open, span: Span) -> Flow {
        if self.open.len() >= DEEPEST {
            self.too_deep(span);
            return Flow::Stop;
        }
        self.open.push(open);
        Flow::Continue
    }

    fn ascend(&mut self, end: usize) -> Flow {
        let (start, shape, refused) = match self.open.pop() {
            Some(Open::List { start, items, .. }) => (start, Shape::List(items), false),
            // empty only because all of its keys were refused
            Some(Open::Map { start, in_flow, entries, refused, .. }) => {
                let refused = refused && entries.is_empty();
                let entries = if in_flow { bare::mended(self.source, entries, self.bag) } else { entries };
                (start, Shape::Map(entries), refused)
            }
            None => return Flow::Stop,
        };
        let end = self.source.text().get(start..end).map_or(end, |text| start + text.trim_end().len());
        self.close(Node { span: Span::new(start, end), shape, refused })
    }

    /// Hands a finished node to what it stands in.
    fn close(&mut self, node: Node) -> Flow {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            self.fault(
                Code::TooManyNodes,
                node.span,
                "the file holds more than 100,000 keys and values",
                "split the file",
            );
            return Flow::Stop;
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match std::mem::replace(key, Pending::Key) {
                Pending::Value(key, key_span) => entries.push(Entry { key, key_span, value: node }),
                Pending::Refused => {}
                Pending::Key => self.take_key(node),
            },
        }
        Flow::Continue
    }

    fn take_key(&mut self, node: Node) {
        let span = node.span;
        let text = match node.shape {
            Shape::Scalar(scalar) if scalar.quoted || !scalar.text.is_empty() => Some(scalar),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => None,
        };
        let Some(Open::Map { seen, key, refused, .. }) = self.open.last_mut() else { return };
        let Some(Scalar { text, quoted, .. }) = text else {
            (*key, *refused) = (Pending::Refused, true);
            if node.refused {
                return;
            }
            self.fault(
                Code::KeyNotText,
                span,
                "a key must be a word or phrase",
                "write the key as plain text; quote text that begins with `?`",
            );
            return;
        };
        if !quoted && text == "<<" {
            (*key, *refused) = (Pending::Refused, true);
            self.alias(span, "a merge key");
            return;
        }
        if let Some(first) = seen.get(&text) {
            let first = Place::new(self.source, *first);
            let diagnostic = Diagnostic::new(
                Code::DuplicateKey,
                Place::new(self.source, span),
                format!("the key `{}` stands twice", shortened(&text)),
            )
            .label("again here")
            .related(first, "first here")
            .help("keep one of them; two conditions of a policy on one fact go under `all of:`");
            *key = Pending::Refused;
            self.bag.push(diagnostic);
            return;
        }
        seen.insert(text.clone(), span);
        *key = Pending::Value(text, span);
    }

    fn in_flow(&self) -> bool {
        matches!(self.open.last(), Some(Open::List { in_flow: true, .. } | Open::Map { in_flow: true, .. }))
    }

    fn starts_with(&self, span: Span, bracket: char) -> bool {
        self.in_flow() || self.source.text().get(span.start..).is_some_and(|text| text.starts_with(bracket))
    }

    /// The parser's span of a plain scalar may reach over the white space behind it.
    fn trimmed(&self, span: Span) -> Span {
        match self.source.text().get(span.start..span.end) {
            Some(text) => Span::new(span.start, span.start + text.trim_end().len()),
            None => span,
        }
    }

    /// What a comment on the same line says, without its `#`.
    fn comment_after(&self, end: usize) -> Option<&'s str> {
        let rest = self.source.text().get(end..).filter(|rest| rest.starts_with([' ', '\t']))?;
        rest.trim_start_matches([' ', '\t']).strip_prefix('#')
    }

    fn refuse_extras(&mut self, anchored: bool, tagged: bool, span: Span) {
        if anchored {
            self.alias(span, "an anchor");
        }
        if tagged {
            self.fault(
                Code::TagRefused,
                span,
                "tags are not allowed",
                "delete the tag; quote text that begins with `!`",
            );
        }
    }

    fn alias(&mut self, span: Span, what: &str) {
        self.fault(
            Code::AliasRefused,
            span,
            &format!("{what} is not allowed"),
            "write the value out where it is needed; quote text that begins with `*` or `&`",
        );
    }

    fn too_deep(&mut self, span: Span) {
        self.fault(
            Code::TooDeep,
            span,
            "maps and lists are nested more than 64 deep",
            "remove the surplus brackets, or flatten what is nested",
        );
    }

    fn syntax_fault(&mut self, error: &ScanError) {
        let start = self.bytes.at(error.marker().index());
        let next = self.source.text().get(start..).and_then(|rest| rest.chars().next());
        let span = Span::new(start, start + next.filter(|c| *c != '\n').map_or(0, char::len_utf8));
        let info = error.info();
        if info.contains("recursion limit") {
            let bracket = self.bracket_too_many(start);
            self.too_deep(bracket.map_or(span, |at| Span::new(at, at + 1)));
            return;
        }
        if info.contains("unknown anchor") {
            self.alias(span, "an alias");
            return;
        }
        match self.open_bracket(start).or_else(|| behind(self.source, start, info)) {
            Some(slip) => self.slip(&slip),
            None => {
                let (message, help) = in_plain_words(info);
                self.fault(Code::YamlSyntax, span, message, help);
            }
        }
    }

    /// Where brackets go too deep, of those that the parser has read and not handed out.
    fn bracket_too_many(&self, until: usize) -> Option<usize> {
        // what was taken last has its own bracket, if it is one, among those that are open
        let from = self.taken + usize::from(!self.open.is_empty());
        let mut depth = self.open.len();
        let ahead = self.source.text().get(from..until)?.char_indices();
        ahead.filter(|(_, character)| matches!(character, '[' | '{')).map(|(at, _)| from + at).find(|_| {
            depth += 1;
            depth > DEEPEST
        })
    }

    fn slip(&mut self, slip: &Slip) {
        self.fault(Code::YamlSyntax, slip.span, &slip.message, &slip.help);
    }

    /// The bracket that is still open where the parser stopped, if that lies beyond what the bracket can hold: at the end of
    /// the file, or at a line that is indented no further than its own.
    fn open_bracket(&self, at: usize) -> Option<Slip> {
        let text = self.source.text();
        // a pair within `[ ]` is a map without brackets of its own
        let start = self.open.iter().rev().find_map(|open| match open {
            Open::List { start, .. } | Open::Map { start, .. } => {
                text.get(*start..).filter(|rest| rest.starts_with(['[', '{'])).map(|_| *start)
            }
        })?;
        let indent = |at: usize| {
            let line = text.get(self.source.line_start(self.source.position(at).line)..).unwrap_or_default();
            line.len() - line.trim_start_matches(' ').len()
        };
        let is_later = self.source.position(at).line > self.source.position(start).line;
        let is_end = text.get(at..).is_none_or(|rest| rest.trim().is_empty());
        ((is_later && indent(at) <= indent(start)) || is_end).then(|| Slip::open_bracket(start))
    }

    /// Whether nothing but spaces stands before a byte on its line.
    fn begins_line(&self, at: usize) -> bool {
        let before = self.source.text().get(..at).unwrap_or_default();
        before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
    }

    fn fault(&mut self, code: Code, span: Span, message: &str, help: &str) {
        self.bag.push(Diagnostic::new(code, Place::new(self.source, span), message).help(help));
    }
}

/// A key as a message quotes it.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
