//! Word boundaries (Unicode Standard Annex 29, section 4), by the book and in short for ASCII.

use std::cell::OnceCell;

use unicode_segmentation::UnicodeSegmentation;

/// Tells where words begin and end in one text.
pub(super) trait Boundaries {
    /// Whether a word may begin or end before this byte; the ends of the text are boundaries.
    fn is_boundary(&self, at: usize) -> bool;
}

/// Boundaries of ASCII text: a look at two bytes on either side suffices.
pub(super) struct Ascii<'a>(pub(super) &'a [u8]);

impl Boundaries for Ascii<'_> {
    fn is_boundary(&self, at: usize) -> bool {
        let byte = |at: usize| self.0.get(at).copied();
        let (Some(before), Some(after)) = (at.checked_sub(1).and_then(byte), byte(at)) else {
            return true;
        };
        if is_word(before) && is_word(after) {
            return false; // WB5, WB8 to WB10, WB13a and b
        }
        let further = || at.checked_sub(2).and_then(byte).unwrap_or(b' ');
        let next = || byte(at + 1).unwrap_or(b' ');
        if is_word(after) {
            return !joins(further(), before, after); // WB7, WB11
        }
        if is_word(before) {
            return !joins(before, after, next()); // WB6, WB12
        }
        !matches!((before, after), (b' ', b' ') | (b'\r', b'\n')) // WB3d, WB3, WB999
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a sign between two letters or two digits makes one word of them, as in `can't`, `a.b` and `3.5`.
fn joins(before: u8, sign: u8, after: u8) -> bool {
    match sign {
        b'.' | b'\'' => {
            before.is_ascii_alphabetic() && after.is_ascii_alphabetic()
                || before.is_ascii_digit() && after.is_ascii_digit()
        }
        b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Boundaries of any text. Among ASCII characters the short rules do, as no rule looks further than two characters unless
/// marks or flags are there; all others are found together when first asked for.
pub(super) struct Unicode<'a> {
    text: &'a str,
    starts: OnceCell<Vec<usize>>,
}

impl<'a> Unicode<'a> {
    pub(super) fn new(text: &'a str) -> Unicode<'a> {
        Unicode { text, starts: OnceCell::new() }
    }
}

impl Boundaries for Unicode<'_> {
    fn is_boundary(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let around = bytes.get(at.saturating_sub(2)..bytes.len().min(at + 2));
        if around.is_some_and(<[u8]>::is_ascii) {
            return Ascii(bytes).is_boundary(at);
        }
        let starts = self.starts.get_or_init(|| self.text.split_word_bound_indices().map(|(start, _)| start).collect());
        at == self.text.len() || starts.binary_search(&at).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_the_annex(text: &str) -> Vec<usize> {
        text.split_word_bound_indices().map(|(start, _)| start).chain([text.len()]).collect()
    }

    #[track_caller]
    fn assert_agrees(text: &str) {
        let annex = by_the_annex(text);
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(Unicode::new(text).is_boundary(at), annex.contains(&at), "{text:?} at {at}");
            if text.is_ascii() {
                assert_eq!(Ascii(text.as_bytes()).is_boundary(at), annex.contains(&at), "{text:?} at {at}");
            }
        }
    }

    /// One of each class of characters that the rules tell apart, and some that they don't.
    const CLASSES: &[u8] = b"aZ5_.':,;\" -\r\n\t\x0b$";

    #[test]
    fn the_short_rules_are_those_of_the_annex_on_every_text_of_up_to_four_characters() {
        for length in 0..=4u32 {
            for number in 0..CLASSES.len().pow(length) {
                let text: String = (0..length)
                    .map(|digit| char::from(CLASSES[number / CLASSES.len().pow(digit) % CLASSES.len()]))
                    .collect();
                assert_agrees(&text);
            }
        }
    }

    #[test]
    fn every_ascii_character_has_the_class_that_the_short_rules_give_it() {
        for one in 0..128u8 {
            for text in [[b'a', one, b'a'], [b'5', one, b'5'], [one, b'a', one], [one, b'5', one], [one, one, b'_']] {
                assert_agrees(str::from_utf8(&text).unwrap());
            }
        }
    }

    proptest! {
        #[test]
        fn ascii_among_other_characters_is_decided_as_by_the_annex(
            text in "[aZ5_.':,;\" \r\n\u{301}\u{200d}\u{ad}éא״字カ🇩🇪👍🏽’]{0,12}|(?s).{0,12}",
        ) {
            assert_agrees(&text);
        }
    }
}
