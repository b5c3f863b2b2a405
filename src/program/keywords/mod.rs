//! Which keyword lists a text hits: one automaton for all lists of a policy.

mod boundary;
mod sieve;

use std::collections::BTreeMap;

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::facts::{Keyword, Reach, fold};

use boundary::{Ascii, Boundaries, Unicode};
use sieve::{Sieve, Sight};

/// All keyword lists that a program looks for in texts.
///
/// A keyword is found where the folded text contains it and both its ends lie on word boundaries (UAX 29); of a keyword
/// that stands for a word's beginning, only the start. So `sue` is in `I'll sue!` but not in `issue`, and `lawyer` is not
/// in `lawyer's`, which `lawyer*` is. Keywords may overlap.
///
/// **Keywords with signs at their ends.** A sign that belongs to no word, such as `+` or `$`, has a boundary on either
/// side, so `c++` is in `(c++)` and also in `c++17`, and `$0` is in `US$0` but not in `$0.50`, whose `0.50` is one word.
/// Signs that join words do so here too: `.net` is in `use .net` but not in `asp.net`, one word by the annex.
///
/// ASCII texts are searched as they are, without allocating, unless they may hold a keyword, are unevenly spaced (runs, tabs
/// or line ends), and some keyword is a phrase; those and all others are folded first.
///
/// ```
/// use rulebook::facts::Keyword;
/// use rulebook::program::KeywordIndex;
///
/// let lists = [vec![Keyword::parse("lawyer*")?, Keyword::parse("law suit")?], vec![Keyword::parse("refund")?]];
/// let mut hits = Vec::new();
/// KeywordIndex::new(&lists).hits("My LAWYERS will hear of this", &mut |list| hits.push(list));
/// assert_eq!(hits, [0]);
/// # Ok::<(), rulebook::facts::KeywordError>(())
/// ```
#[derive(Debug)]
pub struct KeywordIndex {
    patterns: Vec<Pattern>,
    lists: usize,
    /// Absent if there are no keywords, or more than an automaton can number.
    automaton: Option<AhoCorasick>,
    sieve: Option<Sieve>,
    /// Whether a keyword that ASCII texts can hold contains a space.
    phrases: bool,
}

/// A keyword and the lists that have it.
#[derive(Debug)]
struct Pattern {
    keyword: Keyword,
    lists: Vec<usize>,
}

impl KeywordIndex {
    /// Builds the index; the lists go by their number in this slice.
    pub fn new(lists: &[Vec<Keyword>]) -> KeywordIndex {
        let mut known: BTreeMap<&Keyword, Vec<usize>> = BTreeMap::new();
        for (list, keywords) in lists.iter().enumerate() {
            for keyword in keywords {
                known.entry(keyword).or_default().push(list);
            }
        }
        let patterns: Vec<Pattern> =
            known.into_iter().map(|(keyword, lists)| Pattern { keyword: keyword.clone(), lists }).collect();
        let folded = || patterns.iter().map(|pattern| pattern.keyword.folded());
        let ascii = || folded().filter(|keyword| keyword.is_ascii());
        KeywordIndex {
            lists: lists.len(),
            automaton: AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .ascii_case_insensitive(true)
                .build(folded())
                .ok()
                .filter(|_| !patterns.is_empty()),
            sieve: Sieve::new(ascii()),
            phrases: ascii().any(|keyword| keyword.contains(' ')),
            patterns,
        }
    }

    /// Calls `hit` with the number of each list that has a keyword in the text, once each, in no particular order.
    pub fn hits(&self, text: &str, hit: &mut dyn FnMut(usize)) {
        let sight = match &self.sieve {
            Some(sieve) => sieve.look(text),
            None if text.is_ascii() => Sight::From(0),
            None => Sight::NotAscii,
        };
        match sight {
            Sight::Nothing => return,
            Sight::From(start) if !(self.phrases && is_unevenly_spaced(text)) => {
                return self.search(text, start, &Ascii(text.as_bytes()), hit);
            }
            Sight::From(_) | Sight::NotAscii => {}
        }
        let folded = fold(text);
        match folded.is_ascii() {
            true => self.search(&folded, 0, &Ascii(folded.as_bytes()), hit),
            false => self.search(&folded, 0, &Unicode::new(&folded), hit),
        }
    }

    /// Finds all keywords that begin at `start` or later, and reports their lists.
    fn search(&self, text: &str, start: usize, boundaries: &impl Boundaries, hit: &mut dyn FnMut(usize)) {
        let mut hits = Hits::new(self.lists);
        let mut found = |pattern: &Pattern, start: usize, end: usize| -> bool {
            let whole = match pattern.keyword.reach() {
                Reach::Whole => boundaries.is_boundary(end),
                Reach::Beginning => true,
            };
            if whole && boundaries.is_boundary(start) {
                pattern.lists.iter().filter(|list| hits.insert(**list)).for_each(|list| hit(*list));
            }
            hits.are_complete()
        };
        let Some(automaton) = &self.automaton else {
            return self.search_each(text, &mut found);
        };
        let mut state = OverlappingState::start();
        loop {
            automaton.find_overlapping(Input::new(text).range(start..), &mut state);
            let Some(occurrence) = state.get_match() else { return };
            let Some(pattern) = self.patterns.get(occurrence.pattern().as_usize()) else { return };
            if found(pattern, occurrence.start(), occurrence.end()) {
                return;
            }
        }
    }

    /// The same without an automaton: slow, and right.
    fn search_each(&self, text: &str, found: &mut dyn FnMut(&Pattern, usize, usize) -> bool) {
        let text = text.to_ascii_lowercase();
        for pattern in &self.patterns {
            for (start, _) in text.char_indices() {
                let keyword = pattern.keyword.folded();
                let here = text.get(start..).is_some_and(|rest| rest.starts_with(keyword));
                if here && found(pattern, start, start + keyword.len()) {
                    return;
                }
            }
        }
    }
}

/// The lists found so far.
struct Hits {
    first: u64,
    others: Vec<u64>,
    missing: usize,
}

impl Hits {
    /// None of `lists` lists; allocates past 64 of them.
    fn new(lists: usize) -> Hits {
        Hits { first: 0, others: vec![0; lists.div_ceil(64).saturating_sub(1)], missing: lists }
    }

    /// Whether the list is new.
    fn insert(&mut self, list: usize) -> bool {
        let word = match list / 64 {
            0 => Some(&mut self.first),
            other => self.others.get_mut(other - 1),
        };
        let bit = 1u64 << (list % 64);
        let Some(word) = word.filter(|word| **word & bit == 0) else { return false };
        *word |= bit;
        self.missing -= 1;
        true
    }

    fn are_complete(&self) -> bool {
        self.missing == 0
    }
}

/// Whether folding would change the white space within an ASCII text: runs, tabs, line ends.
fn is_unevenly_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let after = bytes.get(1..).unwrap_or_default();
    let doubled = bytes.iter().zip(after).fold(false, |any, (one, next)| any | ((*one == b' ') & (*next == b' ')));
    doubled | bytes.iter().fold(false, |any, byte| any | byte.wrapping_sub(b'\t').le(&4))
}
