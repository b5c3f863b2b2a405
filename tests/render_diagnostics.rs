//! Diagnostics as people and programs see them.

use std::sync::Arc;

use rulebook::diagnostic::{Code, Diagnostic};
use rulebook::render::diagnostics::{json, sarif, summary, text};
use rulebook::render::{index, page};
use rulebook::source::{Place, Source, Span};

const APPROVAL: &str = "\
approval: service-authorization
calendar: us-business
requested by: clinician
levels:
  - { role: clinician_supervisor, within: 2 business days }
  - { role: team_leed,            within: 3 business days }
on denial: return to requester
";

const VOCABULARY: &str = "vocabulary: vocabulary\nroles:\n  team_lead: leads a team\n";

fn source(path: &str, text: &str) -> Arc<Source> {
    Arc::new(Source::new(path, text))
}

/// The place of the first `words` in a source.
fn at(source: &Arc<Source>, words: &str) -> Place {
    let start = source.text().find(words).expect("the words are in the source");
    Place::new(source, Span::new(start, start + words.len()))
}

fn unknown_role() -> Diagnostic {
    let approval = source("rules/approvals/service-authorization.yaml", APPROVAL);
    let vocabulary = source("rules/vocabulary.yaml", VOCABULARY);
    Diagnostic::new(Code::UnknownFact, at(&approval, "team_leed"), "unknown role `team_leed`")
        .label("no role has this name")
        .related(at(&vocabulary, "team_lead"), "declared here")
        .help("did you mean `team_lead`?")
}

fn several() -> Vec<Diagnostic> {
    let names = source("rules/größen 表.yaml", "a: 1\nname: 山田太郎 cafe\u{301}-o 👍🏽 end\n");
    let end = source("rules/end.yaml", "escalations: billing\ncategories:\n");
    let end_of_text = Place::new(&end, Span::new(end.text().len(), end.text().len()));
    vec![
        Diagnostic::placeless(Code::NoPolicies, "the folder `rules` holds no policy").help("name another one"),
        unknown_role(),
        Diagnostic::new(Code::MissingKey, end_of_text, "`categories` holds nothing"),
        Diagnostic::new(Code::NeverMatches, at(&names, "cafe\u{301}-o"), "`name` never matches").label("here"),
    ]
}

#[track_caller]
fn assert_snapshot(name: &str, content: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots/diagnostics",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, content);
    });
}

#[test]
fn a_fault_is_shown_with_its_lines_its_cure_and_what_it_has_to_do_with_another_file() {
    assert_snapshot("related-in-another-file", &text(&[unknown_role()], false));
}

#[test]
fn a_fault_is_shown_in_color() {
    let drawn = text(&[unknown_role()], true);
    assert_snapshot("color", &drawn.replace('\u{1b}', "ESC"));
}

#[test]
fn near_places_share_their_lines_and_far_ones_stand_apart() {
    let text_of_file: String = (1..=1200).map(|line| format!("line {line}: value\n")).collect();
    let file = source("rules/long.yaml", &text_of_file);
    let fault = Diagnostic::new(Code::DuplicateKey, at(&file, "line 1000"), "`line` is there already")
        .label("again")
        .related(at(&file, "line 997"), "first here")
        .related(at(&file, "line 12:"), "and here");
    assert_snapshot("related-in-the-same-file", &text(&[fault], false));
}

#[test]
fn the_end_of_a_file_is_a_place_too() {
    let shown: Vec<Diagnostic> = ["a: 1\nb:", "a: 1\nb:\n", "a: 1\r\nb:\r\n\r\n", ""]
        .iter()
        .map(|text| {
            let file = source("rules/end.yaml", text);
            let end = Place::new(&file, Span::new(text.len(), text.len()));
            Diagnostic::new(Code::YamlSyntax, end, "the file ends too soon").label("here")
        })
        .collect();
    assert_snapshot("end-of-file", &text(&shown, false));
}

#[test]
fn tabs_and_controls_are_harmless_and_columns_count_characters() {
    let file = source("rules/tab\u{7}.yaml", "a:\t1\n\tb:\t\u{1b}[31mred\u{202e} \u{1}:9:9 thing\n");
    let fault = Diagnostic::new(Code::YamlSyntax, at(&file, "thing"), "a \u{1b}[31m message\nof `two\tlines`")
        .label("\u{7}bell")
        .help("first do this\nthen that");
    let drawn = text(&[fault], false);
    assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn:?}");
    assert_snapshot("tabs-and-controls", &drawn);
}

#[test]
fn no_character_of_a_file_reaches_the_terminal_as_a_control() {
    let risky =
        (0..=0x9fu32).chain(0x200b..=0x2069).filter_map(char::from_u32).filter(|c| c.is_control() || !c.is_ascii());
    for c in risky.filter(|c| *c != '\n') {
        let file = source(&format!("rules/{c}.yaml"), &format!("a: {c} word {c}\n{c}b: word\n"));
        let place = at(&file, "word");
        let fault = Diagnostic::new(Code::BadValue, place.clone(), format!("message {c}"))
            .label(format!("label {c}"))
            .related(Place::new(&file, Span::new(file.text().len() - 5, 99)), format!("text {c}"))
            .help(format!("help {c}"));
        let drawn = text(&[fault], false);
        let is_harmful = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!drawn.chars().any(|c| c.is_control() && c != '\n' || is_harmful(c)), "{c:?}: {drawn:?}");
    }
}

#[test]
fn wide_and_combining_characters_keep_their_carets() {
    let file = source("rules/names.yaml", "a: 1\nname: 山田太郎 cafe\u{301}-o 👍🏽 end\n");
    let shown = [
        Diagnostic::new(Code::BadValue, at(&file, "田太"), "wide").label("two characters"),
        Diagnostic::new(Code::BadValue, at(&file, "cafe\u{301}-o"), "combining").label("five and a mark"),
        Diagnostic::new(Code::BadValue, at(&file, "👍🏽"), "an emoji").label("one to look at"),
    ];
    assert_snapshot("wide-characters", &text(&shown, false));
}

#[test]
fn a_span_of_several_lines_is_marked_on_its_first() {
    let file = source("rules/block.yaml", "reasons:\n  NA:  \n    when: {}\n    means: x\nb: 2\n");
    let fault = Diagnostic::new(Code::EmptyCondition, at(&file, "NA:  \n    when: {}\n"), "an empty condition");
    assert_snapshot("several-lines", &text(&[fault], false));
}

#[test]
fn long_lines_are_trimmed_around_the_mark() {
    let line = format!("a: [{} here {}]", "x, ".repeat(40_000), "y, ".repeat(40_000));
    let file = source("rules/line.yaml", &format!("{line}\nb: 1\n"));
    let shown = [
        Diagnostic::new(Code::BadValue, at(&file, "here"), "in the middle").label("here it is"),
        Diagnostic::new(Code::BadValue, at(&file, &line), "all of it").label("from here on"),
        Diagnostic::new(Code::BadValue, at(&file, "b: 1"), "the line below").related(at(&file, "here"), "see here"),
    ];
    assert_snapshot("long-lines", &text(&shown, false));
}

#[test]
fn what_has_no_place_is_told_without() {
    let shown = [
        Diagnostic::placeless(Code::NoPolicies, "the folder `rules` holds no policy").help("name another one"),
        Diagnostic::placeless(Code::NeverMatches, "something never matches"),
    ];
    assert_snapshot("placeless", &text(&shown, false));
    assert_eq!(text(&[], false), "");
}

#[test]
fn programs_get_json_and_sarif() {
    assert_snapshot("several-text", &text(&several(), false));
    assert_snapshot("several-json", &json(&several()));
    let log = sarif(&several());
    let results = log.split_once("\"columnKind\"").expect("the results follow the rules").1;
    assert_snapshot("several-sarif-results", &format!("\"columnKind\"{results}"));
    assert!(json(&[]).contains("\"diagnostics\": []"));
}

#[test]
fn sarif_lists_every_code_as_a_rule_and_refers_to_it() {
    let log: serde_json::Value = serde_json::from_str(&sarif(&several())).expect("it is JSON");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("there are rules");
    assert_eq!(rules.len(), Code::ALL.len());
    for result in run["results"].as_array().expect("there are results") {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
    }
}

#[test]
fn places_that_make_no_sense_do_no_harm() {
    let file = source("rules/a.yaml", "é: ü\r\n\r\n字 x\n");
    for start in 0..20 {
        for end in start..20 {
            let place = Place::new(&file, Span::new(start, end));
            let fault = Diagnostic::new(Code::BadValue, place.clone(), "anywhere").label("x").related(place, "y");
            let drawn = text(std::slice::from_ref(&fault), false);
            assert!(drawn.contains("--> rules/a.yaml:"), "{drawn}");
            assert!(json(std::slice::from_ref(&fault)).contains("end_column"));
            assert!(sarif(&[fault]).contains("endColumn"));
        }
    }
}

#[test]
fn a_report_ends_with_its_sum() {
    for (errors, warnings, files, expected) in [
        (2, 1, 3, "2 errors and 1 warning in 3 files"),
        (1, 0, 1, "1 error in 1 file"),
        (0, 2, 1, "2 warnings in 1 file"),
        (0, 0, 3, "3 files, no faults"),
        (1, 0, 0, "1 error"),
    ] {
        assert_eq!(summary(errors, warnings, files), expected);
    }
}

#[test]
fn every_code_has_a_page_that_fits_a_terminal() {
    assert_snapshot("page", &page(Code::UnknownFact, false));
    assert_snapshot("page-warning", &page(Code::NeverReached, false));
    assert_snapshot("page-color", &page(Code::NeverReached, true).replace('\u{1b}', "ESC"));
    assert_snapshot("index", &index());
    for code in Code::ALL {
        let page = page(*code, false);
        assert!(page.lines().all(|line| line.chars().count() <= 90), "{page}");
        assert!(index().contains(code.page().code));
    }
}
