//! Slips that the YAML parser notices late: a key without a space behind its colon, a line indented too far.

use std::ops::Range;

use crate::source::{Source, Span};

/// A fault of the grammar where it was made.
pub(super) struct Slip {
    pub span: Span,
    pub message: String,
    pub help: String,
}

impl Slip {
    /// A bracket without its partner.
    pub fn open_bracket(at: usize) -> Slip {
        Slip {
            span: Span::new(at, at + 1),
            message: "the bracket is not closed".to_owned(),
            help: "close it, and put a sentence that holds a bracket, colon or comma in double quotes".to_owned(),
        }
    }
}

/// A line that says something, with its bytes in the file.
#[derive(Clone, Copy)]
struct Line<'s> {
    start: usize,
    text: &'s str,
}

/// Looks for what made the parser stop at a byte; `None` if it stopped at the right place.
pub(super) fn behind(source: &Source, at: usize, info: &str) -> Option<Slip> {
    let has = |words: &[&str]| words.iter().any(|word| info.contains(word));
    let before = source.text().get(..at)?;
    if before.ends_with('\t') && has(&["whitespace", "tab"]) {
        return Some(Slip {
            span: Span::new(at - 1, at),
            message: "a tab stands where YAML takes a space".to_owned(),
            help: "put a space in its place".to_owned(),
        });
    }
    if has(&["escape"]) {
        return backslash(source, at);
    }
    if !has(&["mapping values", "simple key expect", "block sequence entries", "expected key"]) {
        return None;
    }
    let (line, above) = lines(source, at);
    let colon = line.text.get(..at.saturating_sub(line.start)).unwrap_or_default();
    // the colon of a second key on the line is the fault itself
    if line.pair().is_some_and(|pair| pair.start < colon.len()) {
        return list_behind_key(&line, at, info).or_else(|| line.curly_quote());
    }
    [above, Some(line)]
        .into_iter()
        .flatten()
        .find_map(|line| line.without_space())
        .or_else(|| above.filter(|_| has(&["simple key expect"])).and_then(|above| above.without_colon()))
        .or_else(|| above.filter(|_| has(&["mapping values"])).and_then(|above| line.too_deep(&above)))
}

/// The first backslash that begins none of YAML's escapes (YAML 1.2, 5.7), in the double-quoted text that begins at a byte.
fn backslash(source: &Source, quote: usize) -> Option<Slip> {
    let mut characters = source.text().get(quote..)?.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        let (_, escaped) = if character == '\\' { characters.next()? } else { continue };
        if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(escaped) {
            let at = quote + at;
            return Some(Slip {
                span: Span::new(at, at + 1 + escaped.len_utf8()),
                message: format!("`\\{escaped}` stands for no character within double quotes"),
                help: "write `\\\\` for a backslash, or put the text in single quotes".to_owned(),
            });
        }
    }
    None
}

/// A list that begins on the line of its key.
fn list_behind_key(line: &Line<'_>, at: usize, info: &str) -> Option<Slip> {
    let dash = line.text.get(at.saturating_sub(line.start)..)?;
    (info.contains("block sequence entries") && dash.starts_with("- ")).then(|| Slip {
        span: Span::new(at, at + 1),
        message: "a list cannot begin on the line of its key".to_owned(),
        help: "put each item on a line of its own below the key, or all of them in brackets: [one, another]".to_owned(),
    })
}

/// The line of a byte, and the one above it that is neither blank nor a comment.
fn lines(source: &Source, at: usize) -> (Line<'_>, Option<Line<'_>>) {
    let (mut line, mut above, mut start) = (Line { start: 0, text: "" }, None, 0);
    for text in source.text().split_inclusive('\n') {
        let this = Line { start, text: text.trim_end() };
        start += text.len();
        if at < start || start == source.text().len() {
            // at the end of the file, the last line is the one to blame
            if at >= start && this.says_something() {
                above = Some(this);
            }
            line = this;
            break;
        }
        if this.says_something() {
            above = Some(this);
        }
    }
    (line, above)
}

impl<'s> Line<'s> {
    fn says_something(&self) -> bool {
        let content = self.text.trim_start();
        !content.is_empty() && !content.starts_with('#')
    }

    /// Where its first word begins, past the dashes of lists.
    fn content(&self) -> usize {
        let mut at = self.text.len() - self.text.trim_start().len();
        while let Some(rest) = self.text.get(at..).and_then(|rest| rest.strip_prefix("- ")) {
            at = self.text.len() - rest.trim_start().len();
        }
        at
    }

    /// Where its first colon stands that ends a key.
    fn pair(&self) -> Option<Range<usize>> {
        let from = self.content();
        let rest = self.text.get(from..)?;
        let found = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1))?;
        Some(from + found..from + found + 1)
    }

    /// A key whose colon has no space behind it, or a dash without one.
    fn without_space(&self) -> Option<Slip> {
        let from = self.content();
        let rest = self.text.get(from..)?;
        if let Some(item) = rest.strip_prefix('-').filter(|item| item.starts_with(char::is_alphabetic)) {
            return Some(dash_without_space(self.start + from, item));
        }
        if self.pair().is_some() {
            return None;
        }
        let (key, value) = split_unspaced(rest)?;
        let colon = self.start + from + key.len();
        Some(Slip {
            span: Span::new(colon, colon + 1),
            message: format!("no space stands behind the colon of `{key}`"),
            help: format!("write `{key}: {}`", shortened(value)),
        })
    }

    /// A key that has no colon at all.
    fn without_colon(&self) -> Option<Slip> {
        let from = self.content();
        let rest = self.text.get(from..).filter(|rest| !rest.starts_with(['"', '\'', '[', '{', '|', '>']))?;
        (self.pair().is_none() && !rest.is_empty()).then(|| Slip {
            span: Span::new(self.start + from, self.start + self.text.len()),
            message: format!("`{}` is neither a key with its value nor an item of a list", shortened(rest)),
            help: "put a colon and a space behind a key, a dash and a space before an item".to_owned(),
        })
    }

    /// A value that begins with one of the quotes that word processors write.
    fn curly_quote(&self) -> Option<Slip> {
        let value = self.pair()?.end;
        let at = value + self.text.get(value..)?.find(|c: char| c != ' ')?;
        let quote =
            self.text.get(at..)?.chars().next().filter(|c| matches!(c, '\u{201c}'..='\u{201e}' | '\u{2018}'))?;
        Some(Slip {
            span: Span::new(self.start + at, self.start + at + quote.len_utf8()),
            message: format!("`{quote}` is a letter to YAML, no quote"),
            help: "put the text in straight double quotes: \"…\"".to_owned(),
        })
    }

    /// A key that is indented further than the one above it, which has a value already.
    fn too_deep(&self, above: &Line<'_>) -> Option<Slip> {
        let (own, other) = (self.content(), above.content());
        let pair = above.pair()?;
        let has_value = above.text.get(pair.end..).is_some_and(|value| !value.trim().is_empty());
        (own > other && has_value && self.pair().is_some()).then(|| Slip {
            span: Span::new(self.start + own, self.start + self.pair().map_or(own, |pair| pair.start)),
            message: "the key is indented further than the one above it".to_owned(),
            help: format!(
                "indent it with {other} spaces, as the line above; put a text of several lines that holds a colon in quotes"
            ),
        })
    }
}

/// A dash of a list that has no space behind it.
pub(super) fn dash_without_space(at: usize, item: &str) -> Slip {
    let first = item.lines().next().unwrap_or_default();
    Slip {
        span: Span::new(at, at + 1),
        message: "no space stands behind the dash of a list".to_owned(),
        help: format!("write `- {}`; put text that begins with a dash in quotes", shortened(first)),
    }
}

/// Key and value of a text such as `turnaround:2 days`.
pub(super) fn split_unspaced(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
    (is_key && !value.is_empty() && !value.starts_with(['/', ':'])).then_some((key, value))
}

/// A text as a message quotes it.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
