//! The few lines of a source that a diagnostic shows.

use std::ops::Range;

use crate::source::{Place, Position, Source};

/// What is shown of one place, or of several close to one another: a small text of its own.
///
/// The renderer's cost grows with the text it gets, so it never gets a whole file or a line that goes on and on.
pub(super) struct Excerpt<'a> {
    /// The file.
    pub(super) path: &'a str,
    /// The number of the first line shown.
    pub(super) first_line: usize,
    /// The number of the last line shown.
    pub(super) last_line: usize,
    /// The lines.
    pub(super) text: String,
    /// What is marked in them: bytes of `text`, and the words at the mark. The first is the one that matters most.
    pub(super) marks: Vec<(Range<usize>, &'a str)>,
    /// Where the first mark is in the file.
    pub(super) position: Position,
}

/// Lines of more bytes are cut, and stand alone.
const LONG: usize = 1_000;
/// How many bytes of a long line are kept before the mark's start, and as many after it; the renderer cuts further.
const AROUND: usize = 200;
/// Marks of more characters are marked only so far.
const WIDEST: usize = 100;
/// A place this many lines away or fewer is shown in the same excerpt.
const NEAR: usize = 4;

impl<'a> Excerpt<'a> {
    /// The excerpt for one place: its first line.
    pub(super) fn new(place: &'a Place, words: &'a str) -> Excerpt<'a> {
        let source = &*place.source;
        let position = place.position();
        let line = line(source, position.line);
        let mut mark = mark(place, position.line);
        let text = if line.len() > LONG {
            let window = floor(line, mark.start.saturating_sub(AROUND))..floor(line, mark.start + AROUND);
            mark = mark.start - window.start..mark.end.min(window.end) - window.start;
            line.get(window).unwrap_or_default()
        } else {
            written(line)
        };
        Excerpt {
            path: source.path(),
            first_line: position.line,
            last_line: position.line,
            text: text.to_owned(),
            marks: vec![(mark, words)],
            position,
        }
    }

    /// Shows the line before the place as well; before an empty place, such as the end of a file, the last that says
    /// something.
    pub(super) fn with_line_before(mut self, place: &Place) -> Excerpt<'a> {
        let source = &*place.source;
        let reach = if line(source, self.first_line).trim().is_empty() { NEAR } else { 1 };
        let lines = (self.first_line.saturating_sub(reach).max(1)..self.first_line).rev();
        let taken: Vec<&str> = lines.map(|number| line(source, number)).take_while(|line| line.len() <= LONG).collect();
        let telling = taken.iter().position(|line| !line.trim().is_empty()).map_or(0, |at| at + 1);
        taken.iter().take(telling).for_each(|line| self.add_above(line));
        self
    }

    /// Marks another place in this excerpt, if it is near enough; says whether it was.
    pub(super) fn include(&mut self, place: &'a Place, words: &'a str) -> bool {
        let at = place.position().line;
        let is_near = at + NEAR >= self.first_line && at <= self.last_line + NEAR;
        let reach = self.first_line.min(at)..=self.last_line.max(at);
        let source = &*place.source;
        let is_long = |number: usize| line(source, number).len() > LONG;
        if source.path() != self.path || !is_near || reach.clone().any(is_long) {
            return false;
        }
        for number in (*reach.start()..self.first_line).rev() {
            self.add_above(line(source, number));
        }
        for number in self.last_line + 1..=*reach.end() {
            self.text.push('\n');
            self.text.push_str(written(line(source, number)));
            self.last_line = number;
        }
        let shown: usize = self.text.split('\n').take(at - self.first_line).map(|line| line.len() + 1).sum();
        let mark = mark(place, at);
        self.marks.push((shown + mark.start..shown + mark.end, words));
        true
    }

    fn add_above(&mut self, line: &str) {
        let above = written(line);
        self.text.insert(0, '\n');
        self.text.insert_str(0, above);
        for (mark, _) in &mut self.marks {
            *mark = mark.start + above.len() + 1..mark.end + above.len() + 1;
        }
        self.first_line -= 1;
    }
}

/// A line of the source without its end.
fn line(source: &Source, number: usize) -> &str {
    let line = source.text().get(source.line_start(number)..source.line_start(number + 1)).unwrap_or_default();
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// A line as it is shown: an empty one as a space, which has room for a mark.
fn written(line: &str) -> &str {
    if line.is_empty() { " " } else { line }
}

/// The part of a place that lies in its first line, counted from the line's start: without white space at its end, at whole
/// characters, and no wider than a terminal.
fn mark(place: &Place, number: usize) -> Range<usize> {
    let line = line(&place.source, number);
    let line_start = place.source.line_start(number);
    let start = floor(line, place.span.start.saturating_sub(line_start));
    let end = floor(line, place.span.end.saturating_sub(line_start)).max(start);
    let marked = line.get(start..end).unwrap_or_default();
    let marked = marked.char_indices().nth(WIDEST).and_then(|(cut, _)| marked.get(..cut)).unwrap_or(marked);
    start..start + marked.trim_end().len()
}

/// The last start of a character at or before a byte; past the end, the end.
fn floor(line: &str, byte: usize) -> usize {
    (0..=byte.min(line.len())).rev().find(|byte| line.is_char_boundary(*byte)).unwrap_or(0)
}
