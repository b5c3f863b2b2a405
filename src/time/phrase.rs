//! The words of a phrase such as `5-7 business days`, each with its place.

use std::ops::Range;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of ASCII digits.
    Number,
    /// A run of letters; an apostrophe may stand within.
    Word,
    /// A single character of any other sort.
    Sign,
}

/// One word, number or sign of a phrase.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    /// As written.
    pub(crate) text: &'a str,
    /// Where it stands, in bytes.
    pub(crate) at: Range<usize>,
}

impl Token<'_> {
    /// Whether this is the word, whatever its case.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether this is a hyphen, or one of the dashes that word processors put in its place.
    pub(crate) fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" | "\u{2212}")
    }

    /// The figure, if this is a number that a `u32` holds.
    pub(crate) fn figure(&self) -> Option<u32> {
        if self.kind == Kind::Number { self.text.parse().ok() } else { None }
    }
}

/// Splits a phrase at white space and wherever digits, letters and signs meet.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let kind_of = |c: char| {
        if c.is_ascii_digit() {
            Kind::Number
        } else if c.is_alphabetic() || c == '\'' || c == '\u{2019}' {
            Kind::Word
        } else {
            Kind::Sign
        }
    };
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut glued = false;
    for (start, c) in text.char_indices() {
        if c.is_whitespace() {
            glued = false;
            continue;
        }
        let kind = kind_of(c);
        let end = start + c.len_utf8();
        match found.last_mut() {
            Some(last) if glued && kind != Kind::Sign && last.kind == kind => {
                last.at.end = end;
                last.text = text.get(last.at.clone()).unwrap_or_default();
            }
            _ => found.push(Token { kind, text: text.get(start..end).unwrap_or_default(), at: start..end }),
        }
        glued = true;
    }
    found
}

/// The places from the first of these tokens to the last.
pub(crate) fn span(tokens: &[Token<'_>]) -> Option<Range<usize>> {
    Some(tokens.first()?.at.start..tokens.last()?.at.end)
}

/// The word of a list that was probably meant: one of its beginnings, or within two slips of the pen
/// (optimal string alignment distance).
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let begun = || known.iter().copied().find(|k| word.len() >= 3 && k.starts_with(&word));
    let slips = |k: &&str| strsim::osa_distance(&word, k);
    let close = known.iter().copied().min_by_key(slips).filter(|k| slips(k) <= 2 && slips(k) < k.len().min(word.len()));
    begun().or(close)
}
