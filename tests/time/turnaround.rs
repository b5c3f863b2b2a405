//! Turnarounds as phrases.

use proptest::prelude::*;
use rulebook::time::Turnaround;

use super::at;

#[test]
fn what_is_accepted() {
    for (text, canonical, calendar) in [
        ("5-7 business days", "5-7 business days", true),
        ("5 – 7 Business Days", "5-7 business days", true),
        ("5 to 7 business days", "5-7 business days", true),
        ("up to 60 business days", "up to 60 business days", true),
        ("2 business days", "2 business days", true),
        ("1 business days", "1 business day", true),
        ("24 hours", "24 hours", false),
        ("1 hour", "1 hour", false),
        ("24-48 hours", "24-48 hours", false),
        ("90 seconds", "90 seconds", false),
        ("48 hours on business days", "48 hours on business days", true),
        ("1 hour on business days", "1 hour on business days", true),
        ("8 business hours", "8 business hours", true),
        ("30 business minutes", "30 business minutes", true),
        ("1 week", "1 week", true),
        ("7 days", "7 days", true),
        ("Immediately", "immediately", false),
    ] {
        let got = Turnaround::parse(text).expect(text);
        assert_eq!((got.to_string().as_str(), got.needs_calendar()), (canonical, calendar), "{text}");
        assert_eq!(Turnaround::parse(canonical), Ok(got), "{text}");
    }
}

#[test]
fn what_is_refused() {
    for (text, message, help, wrong) in [
        ("", "the turnaround is empty", "write it like `5-7 business days`", None),
        ("none stated", "`none stated` does not begin with a figure", "write it like", Some("none stated")),
        ("two days", "`two days` does not begin with a figure", "write it like", Some("two days")),
        ("up to", "`up to` does not begin with a figure", "write it like", Some("")),
        ("5-", "`5-` does not begin with a figure", "write it like", Some("")),
        ("5-3 business days", "the range `5-3` goes down", "write `3-5 business days`", Some("5-3")),
        ("5 - 5 business days", "both ends of the range are `5`", "write `5 business days`", Some("5 - 5")),
        ("1-1 hours", "both ends of the range are `1`", "write `1 hour`", Some("1-1")),
        ("0 business days", "a turnaround of `0` is none", "write `immediately`", Some("0")),
        ("0-5 business days", "a turnaround of `0` is none", "write `immediately`", Some("0")),
        ("1.5 hours", "`1.5` is not a whole figure", "smaller unit", Some("1.5")),
        ("99999999999 hours", "`99999999999` is too large", "figures go up to", Some("99999999999")),
        ("up to 5-7 days", "`up to` stands before a range", "write `5-7 days`", Some("5-7 days")),
        ("5", "`5` does not say what it counts", "add `business days`", Some("")),
        ("5 business", "`5 business` does not say what it counts", "add `business days`", Some("")),
        ("5 busness days", "`busness` is not a unit of time", "did you mean `business`?", Some("busness")),
        ("5 business dyas", "`dyas` is not a unit of time", "did you mean `days`?", Some("dyas")),
        ("5 fortnights", "`fortnights` is not a unit of time", "units are", Some("fortnights")),
        ("5 working days", "`working` is not the word for days", "write `business days`", Some("working")),
        ("2 business weeks", "`2 business weeks` mixes units", "write `weeks` or `business days`", Some("weeks")),
        ("2 days on business days", "mixes units", "write `business days`", Some("days on business days")),
        (
            "2 business hours on business days",
            "mixes units",
            "`hours on business days`",
            Some("hours on business days"),
        ),
        ("2 days or so", "`or so` follows the turnaround", "write it like", Some("or so")),
    ] {
        let fault = Turnaround::parse(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        assert!(fault.help().contains(help), "{text}: {}", fault.help());
        assert_eq!(fault.span().map(|at| &text[at]), wrong, "{text}");
    }
}

#[test]
fn elapsed_time_needs_no_calendar() {
    let received = at("2026-03-07T21:30:00-05:00");
    let due = |text| Turnaround::parse(text).unwrap().due_elapsed(received);
    assert_eq!(due("24 hours").unwrap().limit, at("2026-03-08T22:30:00-04:00"), "clocks go forward in between");
    assert_eq!(due("24-48 hours").unwrap().target, Some(at("2026-03-08T22:30:00-04:00")));
    assert_eq!(due("up to 30 minutes").unwrap().limit, at("2026-03-07T22:00:00-05:00"));
    assert_eq!(due("immediately").unwrap().limit, received);
    assert_eq!(due("7 days"), None);
    assert_eq!(due("10000000 hours"), None, "past the year 2199");
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,30}", near in "(up|to|[0-9]{1,3}|-|–|business|days|hours|on|[.,]| ){0,9}") {
        for text in [text, near] {
            match Turnaround::parse(&text) {
                Ok(got) => prop_assert_eq!(Turnaround::parse(&got.to_string()), Ok(got)),
                Err(fault) => {
                    let _ = (fault.to_string(), fault.help());
                    prop_assert!(fault.span().is_none_or(|at| text.get(at).is_some()), "{:?} {:?}", text, fault);
                }
            }
        }
    }
}
