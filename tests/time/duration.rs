//! Lengths of time as text.

use proptest::prelude::*;
use rulebook::time::Duration;

#[test]
fn what_is_accepted() {
    for (text, seconds, canonical) in [
        ("2 minutes 1 second", 121, "2 minutes 1 second"),
        ("2 minutes, 1 second", 121, "2 minutes 1 second"),
        ("2 Minutes and 1 Second", 121, "2 minutes 1 second"),
        ("2minutes", 120, "2 minutes"),
        ("1 hour", 3600, "1 hour"),
        ("90 minutes", 5400, "1 hour 30 minutes"),
        ("1 week", 604_800, "7 days"),
        ("0 seconds", 0, "0 seconds"),
        ("PT2M1S", 121, "2 minutes 1 second"),
        ("pt2m1s", 121, "2 minutes 1 second"),
        (" P1D ", 86_400, "1 day"),
        ("P2W", 1_209_600, "14 days"),
        ("P1DT1H1M1S", 90_061, "1 day 1 hour 1 minute 1 second"),
        ("PT0S", 0, "0 seconds"),
    ] {
        let got = Duration::parse(text).expect(text);
        assert_eq!((got.seconds(), got.to_string().as_str()), (seconds, canonical), "{text}");
    }
}

#[test]
fn what_is_refused() {
    for (text, message, help, wrong) in [
        ("", "`` is not a duration", "write it like `2 minutes 1 second` or `PT2M1S`", Some("")),
        ("soon", "`soon` is not a duration", "write it like", Some("soon")),
        ("2 minutes soon", "is not a duration", "write it like", Some("soon")),
        ("5", "`5` has no unit", "like `5 minutes`", Some("5")),
        ("5 minuts", "`minuts` is not a unit of time", "did you mean `minutes`?", Some("minuts")),
        ("5 months", "`months` is not a unit of time that has a fixed length", "units are", Some("months")),
        ("1 second 2 minutes", "`minutes` stands out of order", "the longest first", Some("minutes")),
        ("1 hour 2 hours", "`hours` stands out of order", "each unit once", Some("hours")),
        ("-5 minutes", "is negative", "zero or more", None),
        ("1.5 hours", "has a fraction", "use a smaller unit", Some(".5 hours")),
        ("PT0.5S", "has a fraction", "use a smaller unit", Some(".5S")),
        ("P1M", "`M` is not a unit of time", "units are", Some("M")),
        ("P1Y", "`Y` is not a unit of time", "units are", Some("Y")),
        ("P", "is not a duration", "write it like", Some("P")),
        ("PT", "is not a duration", "write it like", Some("")),
        ("P1DT", "is not a duration", "write it like", Some("")),
        ("PT5", "is not a duration", "write it like", Some("5")),
        ("PT1S2M", "`M` stands out of order", "the longest first", Some("M")),
        ("P1D x", "is not a duration", "write it like", Some("x")),
        ("9223372036854775807 minutes", "is too long", "write it like", None),
        ("99999999999999999999 seconds", "is too long", "write it like", None),
        ("2 minutes,", "is not a duration", "write it like", Some(",")),
    ] {
        let fault = Duration::parse(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        assert!(fault.help().contains(help), "{text}: {}", fault.help());
        assert_eq!(fault.span().map(|at| &text[at]), wrong, "{text}");
    }
}

proptest! {
    #[test]
    fn canonical_text_reads_back(seconds in 0..=i64::MAX) {
        let duration = Duration::from_seconds(seconds).unwrap();
        prop_assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,30}", near in "[PpTt0-9WDHMS ,.–]{0,20}") {
        for text in [text, near] {
            if let Err(fault) = Duration::parse(&text) {
                let _ = (fault.to_string(), fault.help());
                prop_assert!(fault.span().is_none_or(|at| text.get(at).is_some()), "{:?} {:?}", text, fault);
            }
        }
    }
}
