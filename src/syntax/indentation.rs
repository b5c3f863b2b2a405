//! Finds white space that looks like indentation and isn't.

use std::sync::Arc;

use crate::diagnostic::{Bag, Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// Reports every line whose leading white space holds anything but spaces: YAML reads a tab as an error and a
/// non-breaking space as a letter, neither of which an editor shows.
pub(super) fn check(source: &Arc<Source>, bag: &mut Bag) {
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let content = line.trim_start();
        let indent = line.get(..line.len() - content.len()).unwrap_or_default();
        let stranger = indent.char_indices().find(|(_, character)| !matches!(character, ' ' | '\r' | '\n'));
        if let Some((at, character)) = stranger
            && !content.is_empty()
            && !content.starts_with('#')
        {
            let name = match character {
                '\t' => "a tab",
                '\u{a0}' => "a non-breaking space",
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
