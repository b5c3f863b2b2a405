//! Windows and the stretches that they are made of.

use proptest::prelude::*;
use rulebook::time::{Stretch, Window, WindowState, parse_stretches, parse_time_of_day};

use super::{at, zone};

#[test]
fn what_is_accepted() {
    for (text, canonical) in [
        ("20:00-08:00", "20:00-08:00"),
        ("20:00–08:00", "20:00-08:00"),
        ("8:00 - 17:30", "08:00-17:30"),
        ("8:00 to 17:30", "08:00-17:30"),
        ("00:00-24:00", "00:00-24:00"),
        ("20:00-00:00", "20:00-24:00"),
        ("17:00-24:00", "17:00-24:00"),
    ] {
        assert_eq!(Window::parse(text).expect(text).to_string(), canonical, "{text}");
    }
    let list = parse_stretches("09:00-12:00, 13:00 – 17:00").unwrap();
    assert_eq!(list.iter().map(Stretch::to_string).collect::<Vec<_>>(), ["09:00-12:00", "13:00-17:00"]);
    assert_eq!(parse_stretches("closed"), Ok(vec![]));
    assert_eq!(parse_time_of_day("9:05").unwrap().to_string(), "09:05:00");
}

#[test]
fn what_is_refused() {
    for (text, message, help, wrong) in [
        ("25:00-08:00", "the hour of `25:00` is out of range", "hours are 00 to 23", "25:00"),
        ("20:00-08:60", "the minute of `08:60` is out of range", "minutes are 00 to 59", "08:60"),
        ("20:00-24:30", "the minute of `24:30` is out of range", "`24:00`", "24:30"),
        ("8-20", "`8-20` is not written in hours and minutes", "write `08:00-20:00`", "8-20"),
        ("8 – 17:30", "is not written in hours and minutes", "write `08:00-17:30`", "8 – 17:30"),
        ("20:00-20:00", "`20:00-20:00` ends where it begins", "write `00:00-24:00` for the whole day", "20:00-20:00"),
        ("00:00-00:00", "ends where it begins", "write `00:00-24:00`", "00:00-00:00"),
        ("24:00-08:00", "opens at the end of the day", "write `00:00-08:00`", "24:00"),
        ("8am-5pm", "`8am-5pm` is written by the twelve-hour clock", "write `08:00-17:00`", "am"),
        ("8am-noon", "`8am-noon` is written by the twelve-hour clock", "8 pm is `20:00`", "am"),
        ("08:00:00-17:00:00", "is not a stretch of the day", "write two times", "08:00:00-17:00:00"),
        ("20:5-08:00", "`20:5` is not a time of day", "like `17:00`", "20:5"),
        ("at night", "`at night` is not a stretch of the day", "like `20:00-08:00`", "at night"),
        ("", "`` is not a stretch of the day", "like `20:00-08:00`", ""),
    ] {
        let fault = Window::parse(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        assert!(fault.help().contains(help), "{text}: {}", fault.help());
        assert_eq!(&text[fault.span().expect(text)], wrong, "{text}");
    }
    let list = "09:00-12:00, 13:00-25:00";
    assert_eq!(
        &list[parse_stretches(list).unwrap_err().span().unwrap()],
        "25:00",
        "places count from the list's beginning"
    );
    for (text, message) in [
        ("24:00", "the hour of `24:00` is out of range"),
        ("17", "`17` is not a time of day"),
        ("17.30", "`17.30` is not a time of day"),
    ] {
        assert_eq!(parse_time_of_day(text).unwrap_err().to_string(), message);
    }
}

/// What is said by figures that leave open what is meant: every reading that is told can be read, none of them is turned,
/// and where more than one half of the day fits, more than one is told.
#[test]
fn what_figures_may_mean() {
    for (text, readings) in [
        (
            "9-5",
            &["21:00-05:00 9 in the evening to 5 in the morning", "09:00-17:00 9 in the morning to 5 in the afternoon"]
                [..],
        ),
        ("9 to 5", &["21:00-05:00 9 in the evening", "09:00-17:00 9 in the morning"]),
        ("9:00-5:00", &["21:00-05:00 9 in the evening", "09:00-17:00 9 in the morning"]),
        ("10:30-6:30", &["22:30-06:30 10:30 in the evening", "10:30-18:30 10:30 in the morning"]),
        ("8-8", &["20:00-08:00 8 in the evening", "08:00-20:00 8 in the morning"]),
        ("9-11", &["21:00-23:00", "09:00-11:00", "09:00-23:00"]),
        ("12-9", &["12:00-21:00 noon to 9", "00:00-09:00 midnight to 9", "00:00-21:00 midnight"]),
        ("8-20", &["08:00-20:00 8 in the morning to 8 in the evening", "20:00-08:00 8 in the evening"]),
        ("22-20", &["22:00-20:00 10 in the evening to 8 in the evening", "20:00-22:00 8 in the evening"]),
        ("20-8", &["20:00-08:00 8 in the evening", "08:00-20:00 8 in the morning"]),
        ("0-8", &["00:00-08:00 midnight to 8 in the morning"]),
        ("24-8", &["00:00-08:00"]),
        ("8.30-17.00", &["08:30-17:00"]),
        ("0830-1700", &["08:30-17:00"]),
        ("9-5pm", &["09:00-17:00 9 in the morning to 5 in the afternoon"]),
        ("11 pm to 7 am", &["23:00-07:00"]),
        ("8pm-12am", &["20:00-24:00"]),
        ("0-24", &["00:00-24:00 midnight to midnight"]),
        ("14-14", &["00:00-24:00 the whole day"]),
    ] {
        let help = Window::parse(text).expect_err(text).help();
        let told: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
        assert_eq!(told.len(), readings.len(), "{text}: {help}");
        for reading in readings {
            let (written, words) = reading.split_once(' ').unwrap_or((reading, ""));
            assert!(help.contains(&format!("`{written}`")), "{text}: {help}");
            assert!(words.is_empty() || help.contains(&format!("`{written}` for {words}")), "{text}: {help}");
            assert_eq!(Window::parse(written).expect(written).to_string(), *written);
        }
    }
    for sound in ["09:00-05:00", "12:00-08:00", "9:00-12:00", "9:00-17:00", "0:00-5:00", "22:00-6:00"] {
        assert!(Window::parse(sound).is_ok(), "{sound}");
    }
    let afternoon = parse_stretches("8:00-12:00, 1:00-5:00").unwrap_err();
    assert!(afternoon.help().contains("`13:00-17:00` for 1 in the afternoon"), "{}", afternoon.help());
    assert!(parse_stretches("08:00-12:00, 01:00-05:00").is_ok());
}

/// The window of the emergencies: 11 hours in the night of spring, 13 in that of autumn, 12 in all others.
#[test]
fn nights_in_new_york() {
    let new_york = zone("America/New_York");
    let night = Window::parse("20:00-08:00").unwrap();
    for (opens, closes, hours) in [
        ("2026-03-06T20:00:00-05:00", "2026-03-07T08:00:00-05:00", 12),
        ("2026-03-07T20:00:00-05:00", "2026-03-08T08:00:00-04:00", 11),
        ("2026-03-08T20:00:00-04:00", "2026-03-09T08:00:00-04:00", 12),
        ("2026-07-01T20:00:00-04:00", "2026-07-02T08:00:00-04:00", 12),
        ("2026-10-31T20:00:00-04:00", "2026-11-01T08:00:00-05:00", 13),
    ] {
        let (opens, closes) = (at(opens), at(closes));
        assert_eq!(closes.seconds_since(opens), hours * 3600);
        let open = WindowState { open: true, changes: Some(closes) };
        let closed = WindowState { open: false, changes: Some(opens) };
        assert_eq!(night.state(&new_york, opens), open);
        assert_eq!(night.state(&new_york, closes.checked_add(-1).unwrap()), open);
        assert_eq!(night.state(&new_york, opens.checked_add(-1).unwrap()), closed);
        assert!(!night.state(&new_york, closes).open);
    }
}

/// Inside means inside the stream of intervals, not at a minute that the clock on the wall shows.
#[test]
fn a_repeated_hour_may_lie_outside_though_the_clock_shows_it_inside() {
    let new_york = zone("America/New_York");
    let early = Window::parse("01:30-04:00").unwrap();
    for (instant, open) in [
        ("2026-11-01T01:30:00-04:00", true),
        ("2026-11-01T01:15:00-05:00", true), // 01:15 again, after 01:30 has been
        ("2026-11-01T01:30:00-05:00", true),
        ("2026-11-01T04:00:00-05:00", false),
    ] {
        assert_eq!(early.contains(&new_york, at(instant)), open, "{instant}");
    }
    let late = Window::parse("22:00-01:30").unwrap();
    assert!(late.contains(&new_york, at("2026-11-01T01:29:59-04:00")));
    assert!(!late.contains(&new_york, at("2026-11-01T01:15:00-05:00")), "it closed at the first 01:30");
    // 02:30 is skipped: it opens, or closes, when clocks show 03:30
    let skipped = Window::parse("02:30-10:00").unwrap();
    assert!(!skipped.contains(&new_york, at("2026-03-08T03:29:59-04:00")));
    assert!(skipped.contains(&new_york, at("2026-03-08T03:30:00-04:00")));
    let until = Window::parse("22:00-02:30").unwrap();
    assert!(until.contains(&new_york, at("2026-03-08T03:29:59-04:00")));
    assert!(!until.contains(&new_york, at("2026-03-08T03:30:00-04:00")));
    // nothing is left of a stretch whose shifted opening comes after its close
    let swallowed = Window::parse("02:30-03:15").unwrap();
    let state = swallowed.state(&new_york, at("2026-03-08T00:00:00-05:00"));
    assert_eq!(state, WindowState { open: false, changes: Some(at("2026-03-09T02:30:00-04:00")) });
}

#[test]
fn the_whole_day_never_closes() {
    let havana = zone("America/Havana"); // midnight itself is skipped and repeated there
    let always = Window::parse("00:00-24:00").unwrap();
    for instant in ["2026-03-08T00:30:00-05:00", "2026-03-08T01:00:00-04:00", "2026-11-01T00:30:00-05:00"] {
        assert_eq!(always.state(&havana, at(instant)), WindowState { open: true, changes: None });
        assert!(always.contains(&havana, at(instant)));
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,30}", near in "([0-9]{1,2}|:|-|–|to|,| |am){0,12}") {
        for text in [text, near] {
            for fault in [Window::parse(&text).err(), parse_stretches(&text).err(), parse_time_of_day(&text).err()] {
                let Some(fault) = fault else { continue };
                let _ = (fault.to_string(), fault.help());
                prop_assert!(fault.span().is_none_or(|at| text.get(at).is_some()), "{:?} {:?}", text, fault);
            }
        }
    }
}
