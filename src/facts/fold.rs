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
    if !text.is_ascii() {
        return Cow::Owned(squeeze(text.nfkc().flat_map(fold_case).nfkc(), text.len()));
    }
    if is_folded_ascii(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(squeeze(text.chars().map(|c| c.to_ascii_lowercase()), text.len()))
}

/// Full case folding of one character. Lower case comes first because `ẞ` has no upper case but itself.
fn fold_case(c: char) -> impl Iterator<Item = char> {
    const DOTLESS: char = 'ı';
    let kept = (c == DOTLESS).then_some(c);
    let folded = (c != DOTLESS).then(|| c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    kept.into_iter().chain(folded.into_iter().flatten())
}

/// Writes each run of white space as one space, and none at the ends.
fn squeeze(chars: impl Iterator<Item = char>, length: usize) -> String {
    let mut squeezed = String::with_capacity(length);
    for c in chars {
        if !c.is_whitespace() {
            squeezed.push(c);
        } else if !squeezed.is_empty() && !squeezed.ends_with(' ') {
            squeezed.push(' ');
        }
    }
    if squeezed.ends_with(' ') {
        squeezed.pop();
    }
    squeezed
}

fn is_folded_ascii(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        let doubled = byte == b' ' && before == b' ';
        if doubled || byte.is_ascii_uppercase() || matches!(byte, b'\t'..=b'\r') {
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
        fn case_does_not_matter(text in "[a-zA-Zäöüßéčçñσςδя .'-]{0,12}") {
            let (upper, lower) = (text.to_uppercase(), text.to_lowercase());
            prop_assert_eq!(fold(&text), fold(&upper));
            prop_assert_eq!(fold(&text), fold(&lower));
        }
    }
}
