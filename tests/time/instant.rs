//! Instants and dates as text.

use chrono::DateTime;
use proptest::prelude::*;
use rulebook::time::{Instant, InstantError, parse_date};

use super::at;

#[test]
fn what_is_accepted() {
    for (text, unix, offset) in [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("1970-01-01t00:00:00z", 0, 0),
        ("1970-01-01T00:00:00.000Z", 0, 0),
        ("1970-01-01T05:30:00+05:30", 0, 19_800),
        ("1970-01-01T00:00:00-00:00", 0, 0),
        ("2024-02-29T23:59:59-12:00", 1_709_294_399, -43_200),
        ("1900-01-01T00:00:00+23:59", -2_209_075_140, 86_340),
        ("2199-12-31T23:59:59-23:59", 7_258_204_739, -86_340),
    ] {
        let (got, east) = Instant::parse(text).expect(text);
        assert_eq!((got.unix(), east.local_minus_utc()), (unix, offset), "{text}");
    }
}

#[test]
fn what_is_refused() {
    for (text, message, help, wrong) in [
        ("2026-03-01T21:30:00", "`2026-03-01T21:30:00` has no offset from UTC", "add the offset", ""),
        ("2026-03-01 21:30:00Z", "is not an instant", "write it like `2026-03-01T21:30:00-05:00`", " 21:30:00Z"),
        ("2026-03-01", "is not an instant", "write it like", ""),
        ("", "`` is not an instant", "write it like", ""),
        ("yesterday – early", "is not an instant", "write it like", "yesterday – early"),
        ("2026-03-01T21:30:00–05:00", "is not an instant", "write it like", "–05:00"),
        ("2026-03-01T21:30:00-0500", "is not an instant", "write it like", "00"),
        ("2026-03-01T21:30:00-05:00 ", "is not an instant", "write it like", " "),
        ("2026-13-01T21:30:00Z", "has no such month: `13`", "months are 01 to 12", "13"),
        ("2026-02-29T21:30:00Z", "has no such day: `29`", "check the date", "29"),
        ("2026-02-00T21:30:00Z", "has no such day: `00`", "check the date", "00"),
        ("2026-03-01T24:00:00Z", "has no such hour: `24`", "hours 00 to 23", "24"),
        ("2026-03-01T21:60:00Z", "has no such minute: `60`", "minutes", "60"),
        ("2026-03-01T21:30:61Z", "has no such second: `61`", "seconds", "61"),
        ("2026-03-01T21:30:00+24:00", "has no such offset hour: `24`", "offsets up to 23:59", "24"),
        ("2016-12-31T23:59:60Z", "names a leap second", "write second 59", "60"),
        ("2026-03-01T21:30:00.5Z", "has a fraction of a second", "drop the fraction", ".5"),
        ("2026-03-01T21:30:00.Z", "is not an instant", "write it like", "Z"),
        ("1899-12-31T23:00:00Z", "the year `1899` lies outside 1900 to 2199", "from 1900 to 2199", "1899"),
        ("2200-01-01T00:00:00Z", "the year `2200` lies outside 1900 to 2199", "from 1900 to 2199", "2200"),
    ] {
        let fault: InstantError = Instant::parse(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        assert!(fault.help().contains(help), "{text}: {}", fault.help());
        assert_eq!(&text[fault.span().expect(text)], wrong, "{text}");
    }
}

#[test]
fn offsets_with_seconds_are_cut_to_the_minute() {
    let mut text = String::new();
    at("1900-06-01T12:00:00Z").format(-17_762, &mut text); // New York's local mean time
    assert_eq!(text, "1900-06-01T07:04:00-04:56");
    assert_eq!(at(&text), at("1900-06-01T12:00:00Z"));
}

#[test]
fn the_range_is_closed() {
    assert_eq!(Instant::from_unix(Instant::MAX.unix() + 1), None);
    assert_eq!(Instant::from_unix(i64::MIN), None);
    assert_eq!(Instant::MAX.checked_add(1), None);
    assert_eq!(Instant::MIN.checked_add(-1), None);
    assert_eq!(Instant::MIN.checked_add(i64::MAX), None);
}

#[test]
fn dates() {
    assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
    for (text, message, help, wrong) in [
        ("2026-2-1", "`2026-2-1` is not a date", "write it like `2026-03-01`", None),
        ("+026-02-01", "is not a date", "write it like", None),
        ("01/02/2026", "is not a date", "write it like", None),
        ("2026–02–01", "is not a date", "write it like", None),
        ("2026-02-01 ", "is not a date", "write it like", None),
        ("2026-02-29", "there is no `2026-02-29`", "check the month", Some("02-29")),
        ("1899-12-31", "the year `1899` lies outside 1900 to 2199", "from 1900", Some("1899")),
    ] {
        let fault = parse_date(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        assert!(fault.help().contains(help), "{text}: {}", fault.help());
        assert_eq!(fault.span().map(|at| &text[at]), wrong, "{text}");
    }
}

proptest! {
    #[test]
    fn chrono_reads_and_writes_the_same(unix in Instant::MIN.unix()..=Instant::MAX.unix(), minutes in -1439i32..=1439) {
        let instant = Instant::from_unix(unix).unwrap();
        let mut text = String::new();
        instant.format(minutes * 60, &mut text);
        let theirs = DateTime::parse_from_rfc3339(&text).unwrap();
        prop_assert_eq!(theirs.timestamp(), unix);
        prop_assert_eq!(&theirs.to_rfc3339(), &text);
        if (1900..=2199).contains(&text[..4].parse().unwrap()) {
            let (back, offset) = Instant::parse(&text).unwrap();
            prop_assert_eq!(back, instant);
            prop_assert_eq!(offset.local_minus_utc(), minutes * 60);
        }
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,30}", cut in "[0-9T:.+Z–-]{0,30}") {
        for text in [text, cut.clone(), format!("2026-03-01T{cut}"), format!("2026-03-01T21:30:00{cut}")] {
            if let Err(fault) = Instant::parse(&text) {
                let _ = (fault.to_string(), fault.help());
                prop_assert!(fault.span().is_none_or(|at| text.get(at).is_some()));
            }
            let _ = parse_date(&text);
        }
    }
}
