//! Days of the week as phrases.

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
use rulebook::time::parse_weekdays;

#[test]
fn what_is_accepted() {
    for (text, days) in [
        ("monday to friday", vec![Mon, Tue, Wed, Thu, Fri]),
        ("Monday – Friday", vec![Mon, Tue, Wed, Thu, Fri]),
        ("saturday", vec![Sat]),
        ("monday, wednesday", vec![Mon, Wed]),
        ("Monday, Wednesday and Friday", vec![Mon, Wed, Fri]),
        ("monday to wednesday, saturday", vec![Mon, Tue, Wed, Sat]),
        ("saturday to monday", vec![Sat, Sun, Mon]),
        ("every day", vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun]),
    ] {
        assert_eq!(parse_weekdays(text), Ok(days), "{text}");
    }
}

#[test]
fn what_is_refused() {
    for (text, message, help, wrong) in [
        ("", "a day of the week is missing in ``", "write days like `monday to friday`", ""),
        ("mon", "`mon` is not a day of the week", "did you mean `monday`?", "mon"),
        ("monday to firday", "`firday` is not a day of the week", "did you mean `friday`?", "firday"),
        ("montag", "`montag` is not a day of the week", "did you mean", "montag"),
        ("holidays", "`holidays` is not a day of the week", "write days like", "holidays"),
        ("monday,", "a day of the week is missing", "write days like", "monday,"),
        ("monday to", "a day of the week is missing", "write days like", " to"),
        ("monday tuesday", "a day of the week is missing", "write days like", " tuesday"),
        ("monday to friday, tuesday", "`tuesday` is named twice", "once", "tuesday"),
        ("every monday", "`every` is not a day of the week", "write days like", "every"),
    ] {
        let fault = parse_weekdays(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        if text != "montag" {
            assert!(fault.help().contains(help), "{text}: {}", fault.help());
        }
        assert_eq!(&text[fault.span().expect(text)], wrong, "{text}");
    }
}
