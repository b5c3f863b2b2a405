//! Takes nodes apart and reports every fault on the way.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Bag, Code, Diagnostic, nearest};
use crate::source::{Place, Source, Span};
use crate::syntax::{Entry, Node, Record, Scalar, Shape, read_sheet};

pub(super) use super::fields::Fields;

/// Reads one file's nodes; whatever is wrong with them goes into the bag, and reading goes on.
pub(super) struct Reader<'b> {
    source: Arc<Source>,
    bag: &'b mut Bag,
}

/// A phrase that was not understood, as every phrase parser of the floors above reports it.
pub(super) struct PhraseFault {
    pub message: String,
    pub help: String,
    pub range: Option<Range<usize>>,
}

/// Turns a phrase parser's error into what the reader reports.
macro_rules! phrase_faults {
    ($($error:ty),+) => {
        $(impl From<$error> for PhraseFault {
            fn from(error: $error) -> PhraseFault {
                PhraseFault { message: error.to_string(), help: error.help(), range: error.span() }
            }
        })+
    };
}

phrase_faults!(
    crate::time::DateError,
    crate::time::HolidayError,
    crate::time::StretchError,
    crate::time::TurnaroundError,
    crate::time::WeekdayError
);

impl From<crate::time::ShareError> for PhraseFault {
    fn from(error: crate::time::ShareError) -> PhraseFault {
        PhraseFault { message: error.to_string(), help: error.help().to_owned(), range: None }
    }
}

impl From<crate::time::CalendarError> for PhraseFault {
    fn from(error: crate::time::CalendarError) -> PhraseFault {
        PhraseFault { message: error.to_string(), help: error.help(), range: None }
    }
}

impl<'b> Reader<'b> {
    pub fn new(source: &Arc<Source>, bag: &'b mut Bag) -> Reader<'b> {
        Reader { source: Arc::clone(source), bag }
    }

    /// A reader of another file, into the same bag.
    pub fn over(&mut self, source: &Arc<Source>) -> Reader<'_> {
        Reader { source: Arc::clone(source), bag: self.bag }
    }

    /// The records of the file, which is a sheet.
    pub fn sheet(&mut self) -> Option<Vec<Record>> {
        read_sheet(&self.source, self.bag)
    }

    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.source, span)
    }

    /// Reports a fault with its cure.
    pub fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let place = self.place(span);
        self.bag.push(Diagnostic::new(code, place, message).help(help));
    }

    /// Reports a fault that more is to be said of.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.bag.push(diagnostic);
    }

    /// How many faults there are so far: what was read since is sound if the number has not grown.
    pub fn faults(&self) -> usize {
        self.bag.len()
    }

    /// Reports a name that is not among those declared.
    pub fn unknown<'n>(
        &mut self,
        code: Code,
        span: Span,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        const SHOWN: usize = 12;
        /// A file with more faults has others than slips of the keyboard, and each name costs a look at all others.
        const SUGGESTED: usize = 100;
        let message = format!("unknown {what} `{name}`");
        if self.bag.len() >= SUGGESTED {
            self.fault(code, span, message, format!("correct the name, or declare the {what}"));
            return;
        }
        let help = match nearest(name, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let mut names: Vec<&str> = known.collect();
                names.sort_unstable();
                // of many names those of the same group tell most
                if let Some((group, _)) = name.split_once('.').filter(|_| names.len() > SHOWN) {
                    let is_near = |name: &&str| name.split('.').next() == Some(group);
                    if names.iter().any(is_near) {
                        names.retain(|name| is_near(name));
                    }
                }
                match names.len() {
                    0 => format!("none is declared: declare the {what} first"),
                    1..=SHOWN => format!("use one of: {}", names.join(", ")),
                    more => format!(
                        "use one of: {} and {} more",
                        names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", "),
                        more - SHOWN
                    ),
                }
            }
        };
        self.fault(code, span, message, help);
    }

    /// Reports a node of another shape than its place takes.
    pub fn wrong_shape(&mut self, node: &Node, expected: &str) {
        if node.refused {
            return;
        }
        let message = format!("{} instead of {expected}", node.description());
        let place = if node.is_blank() { "here, indented further if it takes lines of its own" } else { "here" };
        self.fault(Code::WrongShape, node.span, message, format!("write {expected} {place}"));
    }

    /// The entries of a map.
    pub fn entries<'n>(&mut self, node: &'n Node, expected: &str) -> Option<&'n [Entry]> {
        match &node.shape {
            Shape::Map(entries) => Some(entries),
            Shape::Scalar(_) | Shape::List(_) => {
                self.wrong_shape(node, expected);
                None
            }
        }
    }

    /// The keys of a map, taken one by one.
    pub fn fields<'n>(&mut self, node: &'n Node, expected: &str) -> Option<Fields<'n>> {
        let entries = self.entries(node, expected)?;
        Some(Fields::new(entries, node.span))
    }

    /// A word or phrase.
    pub fn scalar<'n>(&mut self, node: &'n Node, expected: &str) -> Option<&'n Scalar> {
        match &node.shape {
            Shape::Scalar(scalar) if scalar.cut && !node.is_blank() => {
                self.unquoted(node.span, scalar, "YAML ends it at ` #`");
                None
            }
            Shape::Scalar(scalar) if !node.is_blank() && !node.refused => Some(scalar),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => {
                self.wrong_shape(node, expected);
                None
            }
        }
    }

    /// A word or phrase as text.
    pub fn word<'n>(&mut self, node: &'n Node, expected: &str) -> Option<&'n str> {
        self.scalar(node, expected).map(|scalar| scalar.text.as_str())
    }

    /// A sentence: refused where YAML may have cut it without a word.
    pub fn sentence(&mut self, node: &Node, expected: &str) -> Option<String> {
        let scalar = self.scalar(node, expected)?;
        if !scalar.quoted {
            let cut = match (scalar.commented, scalar.in_flow) {
                (true, _) => Some("YAML ends it at ` #`"),
                (false, true) if scalar.text.contains(' ') => Some("within brackets YAML ends it at each comma"),
                (false, _) => None,
            };
            if let Some(why) = cut {
                self.unquoted(node.span, scalar, why);
                return None;
            }
        }
        Some(scalar.text.clone())
    }

    fn unquoted(&mut self, span: Span, scalar: &Scalar, why: &str) {
        let more = if scalar.commented { " …" } else { "" };
        let help = format!("put the whole text in quotes: \"{}{more}\"", scalar.text);
        self.fault(Code::UnquotedSentence, span, format!("the text is not quoted: {why}"), help);
    }

    /// One node or a list of them.
    pub fn one_or_more<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        match &node.shape {
            Shape::List(items) if items.is_empty() => {
                self.fault(
                    Code::EmptyList,
                    node.span,
                    format!("the list of {what} is empty"),
                    "fill the list or delete the key",
                );
                &[]
            }
            Shape::List(items) => items,
            Shape::Scalar(_) | Shape::Map(_) => std::slice::from_ref(node),
        }
    }

    /// A list of words; a single word counts as a list of one.
    pub fn words<'n>(&mut self, node: &'n Node, what: &str) -> Vec<(&'n str, Span)> {
        let items = self.one_or_more(node, what);
        items.iter().filter_map(|item| Some((self.word(item, "a word")?, item.span))).collect()
    }

    /// A list of sentences; a single sentence counts as a list of one.
    pub fn sentences(&mut self, node: &Node, what: &str) -> Vec<String> {
        let items = self.one_or_more(node, what);
        let mut read = Vec::new();
        let mut rest = items;
        while let Some(item) = rest.first() {
            // one sentence with commas, or several sentences: nobody could tell
            let bare = rest.iter().take_while(|item| item.as_scalar().is_some_and(Scalar::is_bare)).count();
            let (run, after) = rest.split_at(bare.max(1));
            rest = after;
            let last = run.last().map_or(item.span, |last| last.span);
            let is_sentence = |item: &Node| item.as_scalar().is_some_and(|scalar| scalar.text.contains(' '));
            if bare > 1 && run.iter().any(is_sentence) {
                let span = Span::new(item.span.start, last.end);
                let text = self.source.text().get(span.start..span.end).unwrap_or_default();
                let help = format!("put each text in quotes, with the commas that are its own: \"{text}\"");
                self.fault(
                    Code::UnquotedSentence,
                    span,
                    "the texts are not quoted: within brackets YAML ends one at each comma",
                    help,
                );
                continue;
            }
            read.extend(run.iter().filter_map(|item| self.sentence(item, "a sentence")));
        }
        read
    }

    /// True or false.
    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        match self.word(node, "true or false")? {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                self.fault(
                    Code::BadValue,
                    node.span,
                    format!("`{other}` is neither true nor false"),
                    "write true or false",
                );
                None
            }
        }
    }

    /// One of a few words, with what it stands for.
    pub fn one_of<T: Copy>(&mut self, node: &Node, what: &str, words: &[(&str, T)]) -> Option<T> {
        let word = self.word(node, "a word")?;
        let found = words.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            self.unknown(Code::BadValue, node.span, what, word, words.iter().map(|(known, _)| *known));
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// A whole number.
    pub fn integer(&mut self, node: &Node) -> Option<i64> {
        let text = self.word(node, "a whole number")?;
        let number = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
        if number.is_none() {
            self.fault(Code::BadValue, node.span, format!("`{text}` is no whole number"), "write digits only");
        }
        number
    }

    /// What a phrase means, by the parser of its kind.
    pub fn phrase<T, E: Into<PhraseFault>>(
        &mut self,
        node: &Node,
        code: Code,
        expected: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let scalar = self.scalar(node, expected)?;
        match parse(&scalar.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let PhraseFault { message, help, range } = error.into();
                // escapes and folded lines make the text differ from what stands in the file
                let at = usize::from(scalar.quoted);
                let written = self.source.text().get(node.span.start + at..).unwrap_or_default();
                let span = match range {
                    Some(range) if written.starts_with(&scalar.text) => {
                        node.span.within(range.start + at..range.end + at)
                    }
                    Some(_) | None => node.span,
                };
                self.fault(code, span, message, help);
                None
            }
        }
    }

    /// Whether a text stands in the file letter for letter, so that places within it can be told.
    pub fn is_as_written(&self, span: Span, text: &str) -> bool {
        self.source.text().get(span.start..span.end) == Some(text)
    }

    /// A name that rules and decisions refer to: letters, digits, spaces, `-` and `_`.
    pub fn name(&mut self, text: &str, span: Span) -> Option<String> {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let sound = !text.is_empty() && text.trim() == text && text.chars().all(allowed);
        if !sound {
            self.fault(
                Code::BadName,
                span,
                format!("`{text}` is no name"),
                "names have letters, digits, spaces, `-` and `_`",
            );
        }
        sound.then(|| text.to_owned())
    }
}

impl Captions {
    /// These captions, and where one is missing that of others.
    pub(super) fn or(self, others: &Captions) -> Captions {
        Captions {
            title: self.title.or_else(|| others.title.clone()),
            description: self.description.or_else(|| others.description.clone()),
        }
    }
}

/// What people read of a thing beside its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captions {
    /// A short name.
    pub title: Option<String>,
    /// What it is.
    pub description: Option<String>,
}
