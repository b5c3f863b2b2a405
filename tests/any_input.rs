//! Whatever is read: no panic, no hang, and every fault lies inside its file.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use proptest::sample::select;
use rulebook::diagnostic::{Bag, Diagnostic};
use rulebook::facts::{Case, Keyword};
use rulebook::policy::{Library, Policy, read_cases};
use rulebook::program::Program;
use rulebook::render::diagnostics;
use rulebook::source::Source;
use rulebook::syntax::{Node, Shape, read};
use rulebook::time::{
    Duration, Holiday, Instant, Share, Stretch, Turnaround, Window, Zones, parse_date, parse_stretches,
    parse_time_of_day, parse_weekdays,
};
use serde_yaml::Value as Yaml;

const SHIPPED: [&str; 11] = [
    "rules/vocabulary.yaml",
    "rules/calendars/us-business.yaml",
    "rules/hooks/codes.rhai",
    "rules/escalations/patient-billing.yaml",
    "rules/escalations/patient-billing.tests.yaml",
    "rules/exceptions/auth-job-follow-up.yaml",
    "rules/exceptions/auth-job-follow-up.tests.yaml",
    "rules/exceptions/support-services.yaml",
    "rules/exceptions/support-services.tests.yaml",
    "rules/approvals/service-authorization.yaml",
    "rules/approvals/service-authorization.tests.yaml",
];

fn zones() -> &'static Zones {
    static ZONES: OnceLock<Zones> = OnceLock::new();
    ZONES.get_or_init(Zones::embedded)
}

fn shipped() -> &'static [(&'static str, String)] {
    static TEXTS: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        SHIPPED.iter().map(|path| (*path, std::fs::read_to_string(root.join(path)).expect(path))).collect()
    })
}

fn policy() -> &'static Arc<Policy> {
    static POLICY: OnceLock<Arc<Policy>> = OnceLock::new();
    POLICY.get_or_init(|| {
        let sources: Vec<Arc<Source>> =
            shipped().iter().map(|(path, text)| Arc::new(Source::new(*path, text.as_str()))).collect();
        let library = Library::load(&sources, zones(), &mut Bag::default());
        Arc::clone(library.policy("patient-billing").expect("it is shipped"))
    })
}

/// Loads a text beside the vocabulary and the calendar, and looks over every fault.
fn load(text: &str) {
    let mut sources = vec![Arc::new(Source::new("any.yaml", text))];
    sources.extend(shipped().iter().take(2).map(|(path, text)| Arc::new(Source::new(*path, text.as_str()))));
    let mut bag = Bag::default();
    let library = Library::load(&sources, zones(), &mut bag);
    let mut found = bag.into_sorted();
    found.extend(library.policies().flat_map(|policy| Program::compile(policy).findings()));
    found.iter().for_each(look_over);
    drop(diagnostics::text(&found, false));
    drop(diagnostics::json(&found));
}

fn look_over(found: &Diagnostic) {
    assert!(found.help.as_ref().is_some_and(|help| !help.is_empty()), "no cure for: {}", found.message);
    for place in found.place.iter().chain(found.related.iter().map(|label| &label.place)) {
        let text = place.source.text();
        let (start, end) = (place.span.start, place.span.end);
        assert!(start <= end && end <= text.len(), "{start}..{end} of {}: {}", text.len(), found.message);
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{start}..{end}: {}", found.message);
        let position = place.position();
        assert!(position.line <= text.lines().count().max(1) + 1, "{position}: {}", found.message);
    }
}

/// A range of bytes that a phrase's error points at.
fn within(text: &str, range: Option<std::ops::Range<usize>>) {
    if let Some(range) = range {
        assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
    }
}

fn phrases(text: &str) {
    let _ = parse_date(text).map_err(|error| within(text, error.span()));
    let _ = parse_stretches(text).map_err(|error| within(text, error.span()));
    let _ = parse_time_of_day(text).map_err(|error| within(text, error.span()));
    let _ = parse_weekdays(text).map_err(|error| within(text, error.span()));
    let _ = Stretch::parse(text).map_err(|error| within(text, error.span()));
    let _ = Window::parse(text).map_err(|error| within(text, error.span()));
    let _ = Turnaround::parse(text).map_err(|error| within(text, error.span()));
    let _ = Holiday::parse(text).map_err(|error| within(text, error.span()));
    let _ = Instant::parse(text).map_err(|error| (error.to_string(), error.help()));
    let _ = Duration::parse(text).map_err(|error| (error.to_string(), error.help()));
    let _ = Share::parse(text).map_err(|error| (error.to_string(), error.help()));
    let _ = Keyword::parse(text).map_err(|error| (error.to_string(), error.help()));
}

/// Pieces that policies are made of, and that break them.
fn pieces() -> impl Strategy<Value = String> {
    let known = select(vec![
        "escalations: a\n",
        "exception: a\n",
        "exceptions: a\n",
        "calendar: a\n",
        "vocabulary: a\n",
        "tests: a\n",
        "categories:\n",
        "  c:\n",
        "    when: ",
        "always",
        "{}",
        "{ ",
        " }",
        "[",
        "]",
        ", ",
        ": ",
        "- ",
        "\n",
        "  ",
        "    ",
        "any of: ",
        "all of: ",
        "not: ",
        "request.topic: ",
        "callback",
        "message.text: ",
        "mentions: ",
        "turnaround: ",
        "5-7 business days",
        "none stated",
        "within: ",
        "pausable: true",
        "at risk: ",
        "80%",
        "clock: ",
        "event: pause",
        "at: 2026-05-12T09:00:00-04:00",
        "otherwise: ",
        "requires:\n",
        "that: ",
        "else: ",
        "\"",
        "'",
        "#",
        " # ",
        "&a ",
        "*a",
        "<<: ",
        "!t ",
        "---\n",
        "...\n",
        "? ",
        "|\n",
        ">\n",
        "\t",
        "\r\n",
        "\u{a0}",
        "\u{feff}",
        "é",
        "字",
        "👍",
        "\u{301}",
        "\0",
        "%YAML 1.2\n",
        "more than ",
        "2 to 5",
        " ago",
        "hours: ",
        "zone: ",
        "America/New_York",
        "20:00-08:00",
        "present",
        "facts:\n",
        "  a.b: { type: integer, from: 1 }\n",
        "derived:\n",
        "  d.e: { from: a.b - a.b }\n",
        "windows:\n",
        "reasons:\n",
        "open: ",
        "in: ",
    ]);
    prop::collection::vec(prop_oneof![4 => known.prop_map(str::to_owned), 1 => ".{0,3}"], 0..60)
        .prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        load(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_pieces_are_read(text in pieces()) {
        load(&text);
        let mut bag = Bag::default();
        read_cases(&Arc::new(Source::new("cases.yaml", text)), &policy().vocabulary, &mut bag);
        bag.into_sorted().iter().for_each(look_over);
    }

    #[test]
    fn any_phrase_is_read(text in prop_oneof![
        ".{0,30}",
        "[0-9]{0,3}[-–:., ]{0,2}[0-9]{0,20} ?(business|calendar)? ?(days?|hours?|weeks?|minutes)?[ a-z.é]{0,6}",
        "(first|third|last|[0-9]{1,4}) ?(monday|May|of|days) ?(before|after|of)? ?(Easter|June|[0-9]{1,9})?",
        "[0-9]{1,5}-[0-9]{1,3}-[0-9]{1,3}[T ]?[0-9:.]{0,12}[Z+-]?[0-9:]{0,6}",
        "P?[0-9]{0,20}[YMDTHS]{0,4}[0-9.]{0,20}[HMS]?",
    ]) {
        phrases(&text);
        load(&format!("escalations: a\ncalendar: us-business\ncategories:\n  c: {{ when: {{ service.date: {text} }}, turnaround: {text} }}\n"));
        load(&format!("calendar: a\nzone: UTC\nhours: {{ monday: \"{text}\" }}\nholidays: {{ a: '{text}' }}\n"));
    }

    #[test]
    fn any_case_is_read(text in prop_oneof![
        ".{0,80}",
        r#"\{("at": ?"2026-05-12T02:30:00Z"|"facts": ?\{?|"job": ?|"job.severity"|"\\ud83d"|:|,|\}|\[|1e3|null| ){0,12}"#,
    ]) {
        if let Err(unreadable) = Case::from_json(&text, &policy().vocabulary) {
            prop_assert!(unreadable.fault.advice().is_some(), "no cure: {}", unreadable.fault);
        }
    }

    #[test]
    fn any_clock_is_read(events in prop::collection::vec(
        prop_oneof![
            r#"\{("event"|"at"|"pause"|"2026-05-12T02:30:00Z"|:|,|\}| |null|1){0,10}"#,
            r#"\{"event": "(start|pause|resume|stop|restart|reopen)", "at": "(1900|2026|2199)-0[1-9]-12T0[0-9]:30:00Z"\}"#,
        ],
        0..4,
    ), last in select(vec!["1900-12-31", "2026-05-12", "2199-12-31"])) {
        let events = events.join(",");
        let text = format!(
            "{{\"at\": \"{last}T23:59:59-12:00\", \"received\": \"1900-01-01T00:00:00Z\", \"clock\": [{events}], \
             \"facts\": {{\"request.topic\": \"callback\"}}}}"
        );
        match Case::from_json(&text, &policy().vocabulary) {
            Ok(case) => drop(rulebook::engine::decide(&Program::compile(policy()), &case)),
            Err(unreadable) => prop_assert!(unreadable.fault.advice().is_some(), "no cure: {}", unreadable.fault),
        }
    }

    #[test]
    fn any_value_of_any_fact_is_read(fact in 0..80usize, value in prop_oneof![
        ".{0,20}".prop_map(|text| serde_json::Value::from(text).to_string()),
        "-?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?",
        Just("[[]]".to_owned()),
        Just("{\"a\": null}".to_owned()),
    ]) {
        let vocabulary = &policy().vocabulary;
        let names: Vec<&str> = vocabulary.facts().map(|(_, fact)| fact.name.as_str()).collect();
        let name = names[fact % names.len()];
        let text = format!("{{\"at\": \"2026-05-12T02:30:00Z\", \"facts\": {{\"{name}\": {value}}}}}");
        match Case::from_json(&text, vocabulary) {
            Ok(case) => drop(rulebook::engine::decide(&Program::compile(policy()), &case)),
            Err(unreadable) => prop_assert!(unreadable.fault.advice().is_some(), "no cure: {}", unreadable.fault),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_of_a_shipped_file_is_read(
        file in 0..SHIPPED.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..12usize, select(vec![
            "", "", "\n", " ", "  ", ":", ": ", "{", "}", "[", "]", ",", "-", "#", " #", "\"", "'", "*", "&a ", "!", "\t", "\r",
            "0", "9", "x", "é", "\u{a0}", "\u{200b}", "|", "null", "---\n",
        ])), 1..6),
    ) {
        let mut text = shipped()[file].1.clone();
        for (at, length, instead) in changes {
            let mut start = at.index(text.len());
            while !text.is_char_boundary(start) { start -= 1; }
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) { end += 1; }
            text.replace_range(start..end, instead);
        }
        let sources: Vec<Arc<Source>> = shipped()
            .iter()
            .enumerate()
            .map(|(number, (path, kept))| Arc::new(Source::new(*path, if number == file { text.as_str() } else { kept })))
            .collect();
        let mut bag = Bag::default();
        Library::load(&sources, zones(), &mut bag);
        bag.into_sorted().iter().for_each(look_over);
    }
}

/// Holds what the reader makes of a text against what serde_yaml makes of it.
fn same(node: &Node, value: &Yaml, path: &str) -> Result<(), String> {
    match (&node.shape, value) {
        (Shape::Map(entries), Yaml::Mapping(map)) => {
            if entries.len() != map.len() {
                return Err(format!("{path}: {} keys, not {}", entries.len(), map.len()));
            }
            entries.iter().zip(map).try_for_each(|(entry, (key, value))| {
                if let Yaml::String(key) = key
                    && *key != entry.key
                {
                    return Err(format!("{path}: the key {:?}, not {key:?}", entry.key));
                }
                same(&entry.value, value, &format!("{path}.{}", entry.key))
            })
        }
        (Shape::List(items), Yaml::Sequence(list)) if items.len() == list.len() => items
            .iter()
            .zip(list)
            .enumerate()
            .try_for_each(|(at, (node, value))| same(node, value, &format!("{path}[{at}]"))),
        (Shape::Scalar(scalar), Yaml::String(text)) if scalar.text == *text => Ok(()),
        (Shape::Scalar(scalar), Yaml::Null | Yaml::Bool(_) | Yaml::Number(_)) if !scalar.quoted => Ok(()),
        (shape, value) => Err(format!("{path}: {shape:?}, not {value:?}")),
    }
}

/// `None` for a text that the reader refuses.
fn compare(text: &str) -> Option<Result<(), String>> {
    let mut bag = Bag::default();
    let node = read(&Arc::new(Source::new("any.yaml", text)), &mut bag)?;
    if !bag.is_empty() {
        return None;
    }
    Some(match serde_yaml::from_str::<Yaml>(text) {
        Ok(value) => same(&node, &value, ""),
        Err(error) => Err(format!("serde_yaml refuses it: {error}")),
    })
}

#[test]
fn shipped_files_are_the_trees_that_serde_yaml_reads() {
    for (path, text) in shipped().iter().filter(|(path, _)| path.ends_with(".yaml")) {
        assert_eq!(compare(text), Some(Ok(())), "{path}");
    }
}

fn tree() -> impl Strategy<Value = Yaml> {
    let text = prop_oneof![
        "[a-zA-Z0-9 .:#,'\"&*!%@{}\\[\\]|>?~<=-]{0,12}",
        // YAML 1.1 takes these three for ends of lines, 1.2 does not
        "[\\PC&&[^\u{85}\u{2028}\u{2029}]]{0,8}",
        select(vec![
            "NO",
            "017",
            "1e3",
            "20:00",
            "",
            " a",
            "a ",
            "- b",
            "a: b",
            "a #b",
            "null",
            "line\nline\n",
            "\n",
            "?"
        ])
        .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        6 => text.clone().prop_map(Yaml::from),
        1 => any::<i64>().prop_map(Yaml::from),
        1 => any::<bool>().prop_map(Yaml::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Yaml::from),
            prop::collection::btree_map(text.clone(), inner, 0..4).prop_map(|map| {
                Yaml::Mapping(map.into_iter().map(|(key, value)| (Yaml::from(key), value)).collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_are_the_trees_that_serde_yaml_reads(tree in tree()) {
        let block = serde_yaml::to_string(&tree).unwrap();
        if let Some(compared) = compare(&block) {
            prop_assert_eq!(compared, Ok(()), "{}", block);
        }
        let flow = serde_json::to_string(&serde_json::to_value(&tree).unwrap()).unwrap();
        if let Some(compared) = compare(&format!("[{flow}]")) {
            prop_assert_eq!(compared, Ok(()), "{}", flow);
        }
    }

    #[test]
    fn what_the_reader_accepts_serde_yaml_reads_alike(rest in "([ab]|[ab]: |\n|\n  |\n    |- |, |\\[|\\]|\\{|\\}|'|\"| #|#|: |\\||>|é|12|~){0,24}") {
        let text = format!("r: {rest}\n");
        if let Some(compared) = compare(&text) {
            prop_assert_eq!(compared, Ok(()), "{:?}", text);
        }
    }
}
