//! The shared samples, made by others. They are read where they lie beside the project and never copied into it.

use std::io::Write;
use std::path::Path;

use rulebook::x12::{Document, Kind, Outcome, Part, Request, Response, Resubmission, check, verdict};

/// All samples by name; none, which is said aloud, if the folder is absent.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/x12");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        drop(writeln!(std::io::stderr(), "\nSKIPPED: no samples of X12 messages are at {}", folder.display()));
        return Vec::new();
    };
    let paths =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end != "md"));
    let mut all: Vec<(String, Vec<u8>)> = paths
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    all.sort();
    assert!(all.len() >= 18, "some samples are gone");
    all
}

/// The sample with its ISA filled up as it was before a tool squeezed its spaces.
fn padded(sample: &[u8]) -> Vec<u8> {
    const WIDTHS: [usize; 16] = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];
    let end = sample.iter().position(|byte| *byte == b'~').unwrap();
    let header = str::from_utf8(&sample[..end]).unwrap();
    let elements = header.split('*').skip(1).zip(WIDTHS).map(|(text, width)| format!("{:<width$}", text.trim()));
    let header = format!("ISA*{}", elements.collect::<Vec<_>>().join("*"));
    assert_eq!(header.len(), 105, "{header}");
    [header.as_bytes(), &sample[end..]].concat()
}

/// The faults of a file as `code at place`.
fn faults(bytes: &[u8]) -> Vec<String> {
    let document = Document::read(bytes);
    check(&document).faults().iter().map(|fault| format!("{} {}", fault.code, fault.spot.name())).collect()
}

/// What is wrong with each sample as it is, then with its ISA filled up.
const FAULTS: [(&str, &[&str], &[&str]); 18] = [
    ("dwai1714__X217-admission-request-for-review", &["RB806 SE01"], &["RB806 SE01"]),
    ("dwai1714__X217-admission-response-to-request-for-review", &[], &[]),
    ("dwai1714__X217-referral-request-for-review", &[], &[]),
    ("dwai1714__X217-referral-response-to-request-for-review", &[], &[]),
    ("dwai1714__X217-request-for-home-health-care", &["RB806 SE01"], &["RB806 SE01"]),
    ("dwai1714__X217-request-for-medical-services-reservation", &[], &[]),
    ("dwai1714__X217-response-to-medical-services-reservation", &[], &[]),
    ("herophilus__278DVSResponseSample", &[], &[]),
    ("x12types__parse_278_1", &["RB801 ISA02"], &["RB814 HL04"]),
    ("x12types__parse_278_2", &["RB801 ISA02"], &["RB807 SE02"]),
    ("x12types__parse_278_23", &["RB809 GS01"], &["RB809 GS01"]),
    ("x12types__parse_278_3", &["RB801 ISA02"], &[]),
    ("x12types__parse_278_4", &["RB801 ISA02"], &[]),
    ("x12types__parse_278_5", &["RB801 ISA02"], &[]),
    ("x12types__parse_278_6", &["RB801 ISA02"], &[]),
    ("x12types__parse_278_7", &["RB801 ISA02"], &[]),
    (
        "x12types__parse_278_8",
        &["RB801 ISA06"],
        &[
            "RB825 NM108",
            "RB826 NM108",
            "RB814 HL04",
            "RB825 UM05-1",
            "RB825 UM06",
            "RB823 UM07",
            "RB823 UM08",
            "RB825 UM09",
            "RB823 UM10",
            "RB815 SV1",
            "RB825 SV301-1",
            "RB822 SV303",
            "RB821 SV306",
            "RB822 PWK03",
            "RB822 PWK04",
        ],
    ),
    ("x12types__parse_278_9", &[], &[]),
];

#[test]
fn what_is_wrong_with_each_sample_is_found_and_nothing_else() {
    for (name, bytes) in samples() {
        let (_, as_is, filled) = FAULTS.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(faults(&bytes), *as_is, "{name}");
        assert_eq!(faults(&padded(&bytes)), *filled, "{name}, filled up");
    }
}

#[test]
fn samples_are_kept_byte_for_byte() {
    for (name, bytes) in samples().into_iter().flat_map(|(name, bytes)| [(name.clone(), padded(&bytes)), (name, bytes)])
    {
        let document = Document::read(&bytes);
        let parts = document.parts().flat_map(|part| match part {
            Part::Segment(segment) => [segment.body(), segment.end()],
            Part::Text(text) => [text.bytes, &[]],
        });
        assert_eq!(parts.collect::<Vec<_>>().concat(), bytes, "{name}");
        let json = rulebook::x12::to_json(&document);
        assert_eq!(rulebook::x12::from_json(&json).unwrap(), bytes, "{name}");
    }
}

#[test]
fn an_isa_that_is_too_short_is_refused_with_that_reason() {
    for (name, bytes) in samples().into_iter().filter(|(name, _)| {
        FAULTS.iter().any(|(n, as_is, _)| n == name && as_is.iter().any(|f| f.starts_with("RB801")))
    }) {
        let document = Document::read(&bytes);
        let checked = check(&document);
        assert!(checked.faults()[0].message.starts_with("the ISA is not 106 bytes long"), "{name}");
        assert_eq!(checked.transactions().count(), 0, "{name}: nothing is guessed");
    }
}

#[test]
fn responses_among_the_samples_come_to_what_they_say() {
    let expected = [
        ("dwai1714__X217-admission-response-to-request-for-review", Outcome::Modified, Some("AUTH0002"), "B56789"),
        ("dwai1714__X217-referral-response-to-request-for-review", Outcome::Approved, Some("AUTH0001"), "A12345"),
        ("dwai1714__X217-response-to-medical-services-reservation", Outcome::Approved, Some("6735172961"), "5269367"),
        ("herophilus__278DVSResponseSample", Outcome::Approved, Some("99999999999"), "2010122100001"),
        ("x12types__parse_278_6", Outcome::Pended, None, "101"),
        ("x12types__parse_278_7", Outcome::Rejected(Resubmission::Corrected), None, "18324250101"),
    ];
    let mut met = 0;
    for (name, bytes) in samples() {
        let bytes = padded(&bytes);
        let document = Document::read(&bytes);
        for transaction in check(&document).transactions() {
            let Some(response) = Response::read(transaction) else {
                assert_eq!(transaction.kind(), Kind::Request, "{name}");
                assert_eq!(Request::read(transaction).is_some(), transaction.is_sound(), "{name}");
                continue;
            };
            met += 1;
            let (_, outcome, number, reference) = expected.iter().find(|(known, ..)| *known == name).unwrap();
            let verdict = verdict(&response);
            assert_eq!((verdict.outcome, verdict.number.as_deref()), (*outcome, *number), "{name}");
            assert_eq!(response.reference, *reference, "{name}");
        }
    }
    assert!(met == 0 || met == expected.len(), "{met} responses");
}

#[test]
fn the_units_that_a_modified_response_grants_are_its_own() {
    for (name, bytes) in samples().iter().filter(|(name, _)| name.contains("admission")) {
        let document = Document::read(bytes);
        let checked = check(&document);
        let transaction = checked.transactions().next().unwrap();
        let amount = match Response::read(transaction) {
            Some(response) => response.event.unwrap().units.unwrap().amount,
            None => Request::read_in_part(transaction).unwrap().event.delivery.unwrap().quantity.unwrap().amount,
        };
        let expected = if name.contains("response") { 5 } else { 7 };
        assert_eq!(amount, expected.into(), "{name}");
    }
}
