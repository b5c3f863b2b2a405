//! Diagnostics as people read them in a terminal.

use annotate_snippets::renderer::{DEFAULT_EMPHASIS_STYLE, DEFAULT_LINE_NUM_STYLE};
use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};

use super::excerpt::Excerpt;

/// Draws diagnostics one below the other, each with the lines it is about, its cure, and where to read more.
///
/// With `color` the text holds ANSI escapes. It ends with a line end, unless there are no diagnostics.
pub fn text(diagnostics: &[Diagnostic], color: bool) -> String {
    let drawn: Vec<String> = diagnostics.iter().map(|diagnostic| draw(diagnostic, color)).collect();
    drawn.join("\n")
}

/// What stands at the end of a report, such as `2 errors and 1 warning in 3 files` or `3 files, no faults`.
pub fn summary(errors: usize, warnings: usize, files: usize) -> String {
    let count = |number: usize, noun: &str| match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    };
    let files_counted = count(files, "file");
    let faults = match (errors, warnings) {
        (0, 0) => return format!("{files_counted}, no faults"),
        (_, 0) => count(errors, "error"),
        (0, _) => count(warnings, "warning"),
        (_, _) => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    };
    if files == 0 { faults } else { format!("{faults} in {files_counted}") }
}

/// Stands in paths for `:line:column`, which the renderer would count in the excerpt instead of the file.
const HERE: char = '\u{1}';

fn draw(diagnostic: &Diagnostic, color: bool) -> String {
    let excerpts = excerpts(diagnostic);
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(tame(&diagnostic.message)).id(diagnostic.code.page().code);
    let report = title.elements(excerpts.iter().enumerate().map(|(number, excerpt)| snippet(excerpt, number == 0)));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut drawn = in_place(&renderer.render(&[report]), &excerpts);
    drawn.push('\n');
    let gutter = excerpts.iter().map(|excerpt| excerpt.last_line.to_string().len()).max().unwrap_or(1);
    if let Some(help) = &diagnostic.help {
        let lines: Vec<String> = help.lines().map(tame).collect();
        drawn += &footer(gutter, "help", &lines, color);
    }
    let more = format!("`rulebook explain {}` tells what this means and how to mend it", diagnostic.code);
    drawn += &footer(gutter, "note", &[more], color);
    drawn
}

/// What is shown: the diagnostic's own place with a line before it, and the related places, together where they are near.
fn excerpts(diagnostic: &Diagnostic) -> Vec<Excerpt<'_>> {
    let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
    excerpts
        .extend(diagnostic.place.as_ref().map(|place| Excerpt::new(place, &diagnostic.label).with_line_before(place)));
    for related in &diagnostic.related {
        if !excerpts.iter_mut().any(|excerpt| excerpt.include(&related.place, &related.text)) {
            excerpts.push(Excerpt::new(&related.place, &related.text));
        }
    }
    excerpts
}

fn snippet<'a>(excerpt: &'a Excerpt<'_>, is_first: bool) -> Snippet<'a, Annotation<'a>> {
    let marks = excerpt.marks.iter().enumerate().map(|(number, (span, words))| {
        let kind = if is_first && number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(span.clone()).label((!words.is_empty()).then(|| tame(words)))
    });
    // The renderer draws the other controls, but lets those of C1 pass, of which one begins escapes. `¿` is as long.
    let shown = excerpt.text.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "¿");
    Snippet::source(shown)
        .line_start(excerpt.first_line)
        .path(format!("{}{HERE}", tame(excerpt.path)))
        .fold(false)
        .annotations(marks)
}

/// Puts lines and columns of the files where those of the excerpts stand.
fn in_place(drawn: &str, excerpts: &[Excerpt<'_>]) -> String {
    let mut pieces = drawn.split(HERE);
    let mut placed = pieces.next().unwrap_or_default().to_owned();
    for (piece, excerpt) in pieces.zip(excerpts) {
        let rest = piece.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
        placed += &format!(":{}{rest}", excerpt.position);
    }
    placed
}

/// A line such as `   = help: …`; further lines stand below its first word.
fn footer(gutter: usize, word: &str, lines: &[String], color: bool) -> String {
    let indent = format!("\n{}", " ".repeat(gutter + 3 + word.len() + 2));
    let told = lines.join(&indent);
    let space = " ".repeat(gutter + 1);
    if !color {
        return format!("{space}= {word}: {told}\n");
    }
    let (line, emphasis) = (DEFAULT_LINE_NUM_STYLE, DEFAULT_EMPHASIS_STYLE);
    format!("{space}{line}= {line:#}{emphasis}{word}{emphasis:#}: {told}\n")
}

/// One line of harmless characters: controls and marks that turn the direction of writing are written out, so that no text
/// of a file can move the cursor or disguise what a message says; what goes on and on is cut.
fn tame(words: &str) -> String {
    const LONGEST: usize = 1_000;
    let mut tamed = String::with_capacity(words.len().min(LONGEST));
    for c in words.chars() {
        if tamed.len() >= LONGEST {
            tamed.push('…');
            break;
        }
        match c {
            '\t' | '\n' | '\r' => tamed.push(' '),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                tamed.extend(c.escape_unicode());
            }
            _ if c.is_control() => tamed.extend(c.escape_unicode()),
            _ => tamed.push(c),
        }
    }
    tamed
}
