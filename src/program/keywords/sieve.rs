//! A quick look at an ASCII text that dismisses most texts without a keyword.

use aho_corasick::Span;
use aho_corasick::packed::{Config, MatchKind, Searcher};

use super::boundary::{Ascii, Boundaries};

/// Finds the first place of a text from which a keyword may occur.
///
/// Vectorised search (Teddy, from Hyperscan) minds case and allows few bytes a pattern, so the text is put into lower case
/// piece by piece on the stack, and of each keyword only its longest word is looked for, and of that the first bytes. A word
/// holds no white space, so texts that are spaced unevenly need no folding to be dismissed.
#[derive(Debug)]
pub(super) struct Sieve {
    searcher: Searcher,
    lead: usize,
}

/// How much of a text is put into lower case at once.
const PIECE: usize = 256;
/// The bit by which small letters differ from capitals.
const LOWER: u8 = 0x20;
/// How much of a word is looked for. Pieces overlap by one byte less.
const NEEDLE: usize = 16;

impl Sieve {
    /// A sieve for these folded keywords; `None` if there are none, or more than vectors take, or on a processor without.
    pub(super) fn new<'a>(keywords: impl Iterator<Item = &'a str>) -> Option<Sieve> {
        let mut lead = 0;
        let mut builder = Config::new().match_kind(MatchKind::LeftmostFirst).builder();
        for keyword in keywords {
            let (start, word) = longest_word(keyword);
            lead = lead.max(start);
            let needle = word.as_bytes().get(..NEEDLE).unwrap_or(word.as_bytes());
            builder.add(needle.iter().map(|byte| byte | LOWER).collect::<Vec<u8>>());
        }
        Some(Sieve { searcher: builder.build()?, lead })
    }

    /// Where in a text a keyword may occur.
    pub(super) fn look(&self, text: &str) -> Sight {
        let boundaries = Ascii(text.as_bytes());
        let mut lowered = [0; PIECE];
        let mut first = None;
        let mut base = 0;
        while let Some(rest) = text.as_bytes().get(base..) {
            let length = rest.len().min(PIECE);
            let Some(piece) = rest.get(..length).and_then(|rest| lower(rest, &mut lowered)) else {
                return Sight::NotAscii;
            };
            let mut from = 0;
            while first.is_none()
                && let Some(found) = self.searcher.find_in(piece, Span::from(from..length))
            {
                // Keywords and their words begin at word boundaries, so `sue` in `issue` is no reason to look closer.
                if boundaries.is_boundary(base + found.start()) {
                    first = Some((base + found.start()).saturating_sub(self.lead));
                }
                from = found.start() + 1;
            }
            if base + length == text.len() {
                break;
            }
            base += PIECE - (NEEDLE - 1);
        }
        first.map_or(Sight::Nothing, Sight::From)
    }
}

/// What a quick look at a text shows.
pub(super) enum Sight {
    /// The text needs folding to be looked at.
    NotAscii,
    /// No keyword occurs, however the text is spaced.
    Nothing,
    /// If the text is evenly spaced, none occurs before this byte.
    From(usize),
}

/// Copies bytes to the beginning of a buffer and puts letters there into lower case, and some signs into others: this may
/// find more than there is, never less. `None` if a byte is not ASCII. It goes by sixteen bytes at a time;
/// what the last ones have beside is of an earlier piece.
fn lower<'b>(bytes: &[u8], buffer: &'b mut [u8; PIECE]) -> Option<&'b [u8]> {
    buffer.get_mut(..bytes.len())?.copy_from_slice(bytes);
    let mut seen = 0;
    for line in buffer.as_chunks_mut().0.iter_mut().take(bytes.len().div_ceil(size_of::<u128>())) {
        let word = u128::from_ne_bytes(*line);
        seen |= word;
        *line = (word | u128::from_ne_bytes([LOWER; size_of::<u128>()])).to_ne_bytes();
    }
    if seen.to_ne_bytes().is_ascii() { buffer.get(..bytes.len()) } else { None }
}

/// The longest word of a folded keyword, and where it starts.
fn longest_word(keyword: &str) -> (usize, &str) {
    let mut start = 0;
    let mut longest = (0, "");
    for word in keyword.split(' ') {
        if word.len() > longest.1.len() {
            longest = (start, word);
        }
        start += word.len() + 1;
    }
    longest
}
