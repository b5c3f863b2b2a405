//! Finds white space that looks like indentation and isn't.

use std::sync::Arc;

use crate::diagnostic::{Bag, Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// Reports every line whose leading white space holds anything but spaces: YAML reads a tab as an error and a
/// non-breaking space as a letter, neither of which an editor shows.
pub(super) fn check(source: &Arc<Source>, bag: &mut Bag) {
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let content = line.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let indent = line.get(..line.len() - content.len()).unwrap_or_default();
        let stranger = indent.char_indices().find(|(_, character)| !matches!(character, ' ' | '\r' | '\n'));
        if let Some((at, character)) = stranger
            && !content.is_empty()
            && !content.starts_with('#')
        {
            let name = match character {
                '\t' => "a tab",
                '\u{a0}' => "a non-breaking space",
                c if is_invisible(c) => "a character that nobody sees",
                _ => "white space that is no ordinary space",
            };
            let span = Span::new(start + at, start + at + character.len_utf8());
            bag.push(
                Diagnostic::new(
                    Code::BadIndentation,
                    Place::new(source, span),
                    format!("the line is indented with {name}"),
                )
                .help("indent with ordinary spaces; editors have \"convert indentation to spaces\""),
            );
        }
        start += line.len();
    }
}

/// Characters without a width, which get into files with text that is pasted: a zero-width space, a joiner, a byte-order
/// mark within the file.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
