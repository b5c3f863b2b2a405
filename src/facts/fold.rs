//! Folding: the form in which texts and keywords are compared.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds a text so that what readers take for the same words is the same string.
///
/// Compatibility forms become plain ones (NFKC), upper and lower case become one, a run of Unicode white space becomes one
/// space, and white space at the ends goes. A caller's `STRASSE` and `Straße`, or a full-width `ＬＡＷＹＥＲ`, are found like
/// any other spelling.
///
/// Case is folded by mapping each character to lower, upper and lower case again: with NFKC around it this is Unicode's full
/// case folding (Unicode Standard 3.13, D145: `ß` and `ẞ` are `ss`, `ς` is `σ`, `İ` is `i` with a dot above, whatever the
/// neighbours or the language). Dotless `ı` stays itself. Folding a folded text changes nothing. ASCII text that is folded
/// already is handed back as it is.
///
/// ```
/// use rulebook::facts::fold;
///
/// assert_eq!(fold("  My\tLAWYER said:\r\n  no "), "my lawyer said: no");
/// assert_eq!(fold("STRASSE"), fold("straße"));
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if is_folded_ascii(text) {
        return Cow::Borrowed(text);
    }
    let mut squeezed = Squeezed::with_capacity(text.len());
    let mut rest = text;
    // Normalising costs a hundred times what ASCII does, and nothing reaches over the start of an ASCII character: no
    // character composes with one that follows it if that is ASCII. So only the others are normalised, each run with the
    // one ASCII character before it, which a combining mark may join.
    while let Some(other) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (ascii, run) = rest.split_at(other.saturating_sub(1));
        let end = run.bytes().skip(1).position(|byte| byte.is_ascii()).map_or(run.len(), |at| at + 1);
        let (run, after) = run.split_at(end);
        squeezed.extend_ascii(ascii);
        run.nfkc().flat_map(fold_case).nfkc().for_each(|c| squeezed.push(c));
        rest = after;
    }
    squeezed.extend_ascii(rest);
    Cow::Owned(squeezed.text)
}

/// Full case folding of one character. Lower case comes first because `ẞ` has no upper case but itself.
fn fold_case(c: char) -> impl Iterator<Item = char> {
    const DOTLESS: char = 'ı';
    let kept = (c == DOTLESS).then_some(c);
    let folded = (c != DOTLESS).then(|| c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    kept.into_iter().chain(folded.into_iter().flatten())
}

/// A text written with each run of white space as one space, and none at the ends.
struct Squeezed {
    text: String,
    gap: bool,
}

impl Squeezed {
    fn with_capacity(capacity: usize) -> Squeezed {
        Squeezed { text: String::with_capacity(capacity), gap: false }
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.gap = !self.text.is_empty();
            return;
        }
        if self.gap {
            self.text.push(' ');
            self.gap = false;
        }
        self.text.push(c);
    }

    fn extend_ascii(&mut self, ascii: &str) {
        ascii.bytes().for_each(|byte| self.push(char::from(byte.to_ascii_lowercase())));
    }
}

fn is_folded_ascii(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        let doubled = byte == b' ' && before == b' ';
        if doubled || !byte.is_ascii() || byte.is_ascii_uppercase() || matches!(byte, b'\t'..=b'\r') {
            return false;
        }
        before = byte;
    }
    text.is_empty() || before != b' '
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_that_readers_take_for_the_same_fold_alike() {
        for (one, other) in [
            ("ß", "ẞ"),
            ("straße", "STRASSE"),
            ("Σ", "ς"),
            ("ΟΔΟΣ", "οδος"),
            ("İ", "i\u{307}"),
            ("cafe\u{301}", "CAFÉ"),
            ("ＬＡＷＹＥＲ", "lawyer"),
            ("ﬁled", "FILED"),
            ("a\u{a0}\u{2003}\u{85}b", "A B"),
            ("K", "k"),
        ] {
            assert_eq!(fold(one), fold(other), "{one:?} and {other:?}");
        }
        assert_ne!(fold("ı"), fold("i"));
    }

    #[test]
    fn folded_ascii_is_borrowed_and_other_text_is_not() {
        for text in ["", "a", "my lawyer's 3.5%"] {
            assert!(matches!(fold(text), Cow::Borrowed(_)), "{text:?}");
        }
        for text in [" a", "a ", "a  b", "a\tb", "A", "\u{b}", " "] {
            assert!(matches!(fold(text), Cow::Owned(_)), "{text:?}");
        }
    }

    #[test]
    fn folding_any_character_twice_changes_nothing() {
        for c in '\0'..=char::MAX {
            let once = fold(c.encode_utf8(&mut [0; 4])).into_owned();
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_a_text_twice_changes_nothing(text in "(?s).{0,12}|[aAßẞΣςİiı\u{345}\u{307}\u{301}\u{a8} \t\u{85}]{0,8}") {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once);
        }

        #[test]
        fn folding_piece_by_piece_is_folding_the_whole(
            text in "(?s).{0,12}|[aAßẞΣςİiı\u{345}\u{307}\u{301}\u{1161}\u{ac00}\u{11a8}\u{a8}… \t\u{85}]{0,8}",
        ) {
            let whole: String = text.nfkc().flat_map(fold_case).nfkc().collect();
            prop_assert_eq!(fold(&text).into_owned(), whole.split_whitespace().collect::<Vec<_>>().join(" "));
        }

        #[test]
        fn case_does_not_matter(text in "[a-zA-Zäöüßéčçñσςδя .'-]{0,12}") {
            let (upper, lower) = (text.to_uppercase(), text.to_lowercase());
            prop_assert_eq!(fold(&text), fold(&upper));
            prop_assert_eq!(fold(&text), fold(&lower));
        }
    }
}
