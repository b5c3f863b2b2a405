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
            builder.add(word.as_bytes().get(..NEEDLE).unwrap_or(word.as_bytes()));
        }
        Some(Sieve { searcher: builder.build()?, lead })
    }

    /// The first byte of an ASCII text from which a keyword may occur, if the text is evenly spaced; `None` if none does,
    /// however it is spaced.
    pub(super) fn first(&self, text: &str) -> Option<usize> {
        let boundaries = Ascii(text.as_bytes());
        let mut lowered = [0; PIECE];
        let mut base = 0;
        loop {
            let rest = text.as_bytes().get(base..)?;
            for (lower, byte) in lowered.iter_mut().zip(rest) {
                *lower = byte.to_ascii_lowercase();
            }
            let piece = lowered.get(..rest.len().min(PIECE))?;
            let mut from = 0;
            while let Some(found) = self.searcher.find_in(piece, Span::from(from..piece.len())) {
                // Keywords and their words begin at word boundaries, so `sue` in `issue` is no reason to look closer.
                if boundaries.is_boundary(base + found.start()) {
                    return Some((base + found.start()).saturating_sub(self.lead));
                }
                from = found.start() + 1;
            }
            if rest.len() <= PIECE {
                return None;
            }
            base += PIECE - (NEEDLE - 1);
        }
    }
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
