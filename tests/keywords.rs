//! Keyword lists against a naive search: fold both, look everywhere, check the boundaries by the annex.

use proptest::collection::vec;
use proptest::prelude::*;
use rulebook::facts::{Keyword, Reach, fold};
use rulebook::program::KeywordIndex;
use unicode_segmentation::UnicodeSegmentation;

fn list(keywords: &[&str]) -> Vec<Keyword> {
    keywords.iter().map(|keyword| Keyword::parse(keyword).unwrap()).collect()
}

fn hits(lists: &[Vec<Keyword>], text: &str) -> Vec<usize> {
    let mut hits = Vec::new();
    KeywordIndex::new(lists).hits(text, &mut |list| hits.push(list));
    hits.sort_unstable();
    hits
}

fn naive_hits(lists: &[Vec<Keyword>], text: &str) -> Vec<usize> {
    let folded = fold(text);
    let mut boundaries: Vec<usize> = folded.split_word_bound_indices().map(|(start, _)| start).collect();
    boundaries.push(folded.len());
    let is_in = |keyword: &Keyword| {
        boundaries.iter().any(|start| {
            folded[*start..].starts_with(keyword.folded())
                && match keyword.reach() {
                    Reach::Beginning => true,
                    Reach::Whole => boundaries.contains(&(start + keyword.folded().len())),
                }
        })
    };
    (0..lists.len()).filter(|number| lists[*number].iter().any(is_in)).collect()
}

#[track_caller]
fn assert_found(keyword: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(hits(&[list(&[keyword])], text), [0], "`{keyword}` is in {text:?}");
    }
}

#[track_caller]
fn assert_not_found(keyword: &str, texts: &[&str]) {
    for text in texts {
        assert!(hits(&[list(&[keyword])], text).is_empty(), "`{keyword}` is not in {text:?}");
    }
}

#[test]
fn a_word_is_found_whole_and_in_any_case() {
    assert_found("sue", &["sue", "I'll SUE!", "(sue)", "sue\r\nme", "\"sue\"", "don't make me sue."]);
    assert_not_found("sue", &["", "issue", "sued", "sue_me", "sue's", "a.sue", "tissue sues"]);
    assert_found("lawyer*", &["Lawyers", "my lawyer's", "LAWYER", "lawyered-up"]);
    assert_not_found("lawyer*", &["a prelawyer", "law yer", "can'lawyer"]);
}

#[test]
fn a_phrase_is_found_however_it_is_spaced() {
    assert_found("social media", &["Social Media", "social\r\n  media", " on\tsocial\tmedia ", "social\u{a0}media"]);
    assert_not_found("social media", &["socialmedia", "social, media", "antisocial media", "social mediators"]);
}

#[test]
fn signs_at_the_ends_of_a_keyword_are_their_own_boundaries() {
    assert_found("c++", &["c++", "in C++.", "(c++)", "c++17"]);
    assert_not_found("c++", &["abc++", "c+"]);
    assert_found("$0", &["$0", "US$0", "a $0 bill"]);
    assert_not_found("$0", &["$0.50", "$01"]);
    assert_found(".net", &["use .net", ".NET"]);
    assert_not_found(".net", &["asp.net"]);
}

#[test]
fn other_scripts_fold_and_have_boundaries_too() {
    assert_found("straße", &["STRASSE 5", "Große Strasse", "die ＳＴＲＡẞＥ"]);
    assert_found("οδός", &["ΟΔΌΣ", "η οδός."]);
    assert_found("istanbul", &["ISTANBUL"]);
    assert_found("İstanbul", &["i\u{307}stanbul", "İSTANBUL’"]);
    assert_found("café", &["CAFE\u{301}!"]);
    assert_not_found("cafe", &["café", "cafe\u{301}"]);
    assert_not_found("lawyer", &["lawyer’s", "lawyer\u{ad}s"]);
}

#[test]
fn overlapping_keywords_hit_their_lists_once_each() {
    let lists =
        [list(&["new york", "york*"]), list(&["york"]), vec![], list(&["york city hall", "new"]), list(&["yo"])];
    assert_eq!(hits(&lists, "New York City. In NEW YORK!"), [0, 1, 3]);
    assert!(hits(&[], "new york").is_empty());
    let many: Vec<Vec<Keyword>> = (0..300).map(|_| list(&["york"])).collect();
    assert_eq!(hits(&many, "york york"), (0..300).collect::<Vec<_>>());
    let words: Vec<Vec<Keyword>> = (0..200).map(|number| list(&[&format!("word{number}")])).collect();
    assert_eq!(hits(&words, "word7 word77 word777 aword78 WORD150"), [7, 77, 150]);
}

#[test]
fn a_keyword_is_found_wherever_it_stands_in_a_long_text() {
    for before in 0..600 {
        let text = format!("{}sue my social media manager", "x ".repeat(before));
        assert_eq!(hits(&[list(&["media"]), list(&["a much longer phrase", "media manager"])], &text), [0, 1]);
    }
}

/// Few characters, so that keywords and texts meet; the ASCII ones are those that the boundary rules tell apart.
const ASCII: &str = "[abAB5_.':,;\" +$\r\n\t-]";
const ANY: &str = "[aAbB5_.':, \r\n\t+ßẞsςΣσéİi\u{301}\u{307}\u{345}\u{200d}\u{ad}\u{a0}\u{2019}字カ가👍🏽🇩🇪א\u{2003}]";

fn lists(characters: &str) -> impl Strategy<Value = Vec<Vec<Keyword>>> {
    let keyword = format!("{characters}{{1,4}}[*]?")
        .prop_regex()
        .prop_filter_map("no keyword", |written| Keyword::parse(&written).ok());
    vec(vec(keyword, 0..4), 0..5)
}

trait PropRegex {
    fn prop_regex(&self) -> proptest::string::RegexGeneratorStrategy<String>;
}

impl PropRegex for str {
    fn prop_regex(&self) -> proptest::string::RegexGeneratorStrategy<String> {
        proptest::string::string_regex(self).unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn ascii_texts_hit_what_a_naive_search_hits(
        lists in lists(ASCII),
        text in format!("{ASCII}{{0,24}}").prop_regex(),
        padding in 0usize..300,
    ) {
        let padded = format!("{}{text}", "xyz ".repeat(padding));
        prop_assert_eq!(hits(&lists, &text), naive_hits(&lists, &text));
        prop_assert_eq!(hits(&lists, &padded), naive_hits(&lists, &padded));
    }

    #[test]
    fn any_texts_hit_what_a_naive_search_hits(lists in lists(ANY), text in format!("{ANY}{{0,24}}").prop_regex()) {
        prop_assert_eq!(hits(&lists, &text), naive_hits(&lists, &text));
    }

    #[test]
    fn strangest_texts_do_no_harm(lists in lists("(?s)."), text in "(?s).{0,40}") {
        prop_assert_eq!(hits(&lists, &text), naive_hits(&lists, &text));
    }
}
