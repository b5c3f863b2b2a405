//! Holidays.

use chrono::{Datelike, NaiveDate, Weekday};
use rulebook::time::{Holiday, Observed};

fn closed(holiday: &Holiday, year: i32) -> Vec<String> {
    holiday.closed_in(year).iter().map(NaiveDate::to_string).collect()
}

fn rule(text: &str) -> Holiday {
    Holiday::parse(text).expect(text)
}

#[test]
fn each_form() {
    for (text, days) in [
        ("2026-12-24", vec!["2026-12-24"]),
        ("1 January", vec!["2026-01-01"]),
        ("25 december", vec!["2026-12-25"]),
        ("29 February", vec![]),
        ("third Monday of January", vec!["2026-01-19"]),
        ("the fourth Thursday of November", vec!["2026-11-26"]),
        ("fifth Friday of January", vec!["2026-01-30"]),
        ("fifth Friday of February", vec![]),
        ("last Monday of May", vec!["2026-05-25"]),
        ("Easter", vec!["2026-04-05"]),
        ("1 day after Easter", vec!["2026-04-06"]),
        ("2 days before Easter", vec!["2026-04-03"]),
        ("50 days after easter", vec!["2026-05-25"]),
    ] {
        assert_eq!(closed(&rule(text), 2026), days, "{text}");
    }
    assert_eq!(closed(&rule("29 February"), 2028), ["2028-02-29"]);
    assert_eq!(closed(&rule("2026-12-24"), 2027), [] as [&str; 0]);
}

/// Well-known dates of Easter, among them the earliest and latest, and both exceptions of the computus (1954 and
/// 2049 for the one, 1981 and 2076 for the other).
#[test]
fn easter_is_the_churches_easter() {
    for day in [
        "1900-04-15",
        "1913-03-23",
        "1943-04-25",
        "1954-04-18",
        "1961-04-02",
        "1981-04-19",
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
        "2100-03-28",
        "2160-03-23",
        "2190-04-25",
    ] {
        let year = day[..4].parse().unwrap();
        assert_eq!(closed(&rule("Easter"), year), [day]);
    }
    assert!((1900..2200).flat_map(|y| rule("Easter").closed_in(y)).all(|day| day.weekday() == Weekday::Sun));
}

#[test]
fn observed_days_may_fall_into_the_neighbouring_year() {
    let new_year = rule("1 January").observed(Observed::NearestWeekday);
    assert_eq!(closed(&new_year, 2021), ["2021-01-01", "2021-12-31"]); // 2022-01-01 is a Saturday
    assert_eq!(closed(&new_year, 2022), ["2022-01-01"]);
    assert_eq!(closed(&new_year, 2023), ["2023-01-01", "2023-01-02"]); // a Sunday
    let from_2022 = new_year.clone().in_years(Some(2022), None).unwrap();
    assert_eq!(closed(&from_2022, 2021), ["2021-12-31"], "it is the first day of 2022 that is observed");
    let to_2021 = new_year.in_years(None, Some(2021)).unwrap();
    assert_eq!(closed(&to_2021, 2021), ["2021-01-01"]);
    let last_day = rule("31 December").observed(Observed::NearestWeekday);
    assert_eq!(closed(&last_day, 2024), ["2024-01-01", "2024-12-31"]); // 2023-12-31 is a Sunday
}

#[test]
fn years_bound_the_rule() {
    let juneteenth = rule("19 June").in_years(Some(2021), Some(2026)).unwrap();
    assert_eq!(closed(&juneteenth, 2020), [] as [&str; 0]);
    assert_eq!(closed(&juneteenth, 2021), ["2021-06-19"]);
    assert_eq!(closed(&juneteenth, 2026), ["2026-06-19"]);
    assert_eq!(closed(&juneteenth, 2027), [] as [&str; 0]);
    assert_eq!(rule("Easter").closed_in(i32::MIN), []);
    assert_eq!(rule("Easter").closed_in(i32::MAX), []);
    let fault = rule("19 June").in_years(Some(2026), Some(2021)).unwrap_err();
    assert_eq!(fault.to_string(), "its last year `2021` comes before its first, `2026`");
    assert!(fault.help().contains("`from`"));
}

#[test]
fn what_is_refused() {
    for (text, message, help, wrong) in [
        ("", "`` is not a holiday", "write `2026-12-24`", Some("")),
        ("Christmas", "`Christmas` is not a holiday", "`25 December`", Some("Christmas")),
        ("January 1", "`January 1` has the month first", "write `1 January`", None),
        ("30 February", "February has no day `30`", "check the day", Some("30")),
        ("0 May", "May has no day `0`", "check the day", Some("0")),
        ("1 Januar", "`Januar` is not a month", "did you mean `January`?", Some("Januar")),
        ("1 Brumaire", "`Brumaire` is not a month", "English name", Some("Brumaire")),
        (
            "sixth Monday of May",
            "`sixth` does not say which weekday of the month",
            "did you mean `fifth`?",
            Some("sixth"),
        ),
        ("penultimate Monday of May", "`penultimate` does not say", "or `last`", Some("penultimate")),
        ("first Mondy of May", "`Mondy` is not a day of the week", "did you mean `monday`?", Some("Mondy")),
        ("first Monday of Mai", "`Mai` is not a month", "did you mean", Some("Mai")),
        ("2026-02-29", "there is no `2026-02-29`", "check the month", Some("02-29")),
        ("2026-2-9", "`2026-2-9` is not a date", "write it like `2026-03-01`", None),
        ("Good Friday", "`Good Friday` is not known by its name", "write `2 days before Easter`", None),
        ("Easter Monday", "`Easter Monday` is not known by its name", "write `1 day after Easter`", None),
        ("0 days after Easter", "`0` is no distance from Easter", "`Easter` alone", Some("0")),
        ("999 days after Easter", "`999` is no distance from Easter", "1 to 300", Some("999")),
        ("2 weeks after Easter", "is not a holiday", "`2 days before Easter`", Some("weeks")),
        ("2 days around Easter", "is not a holiday", "`2 days before Easter`", Some("around")),
    ] {
        let fault = Holiday::parse(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        assert!(fault.help().contains(help), "{text}: {}", fault.help());
        assert_eq!(fault.span().map(|at| &text[at]), wrong, "{text}");
    }
    let fault = Observed::parse("next monday").unwrap_err();
    assert_eq!(fault.help(), "write `nearest weekday`");
    assert_eq!(Observed::parse("Nearest weekday"), Ok(Observed::NearestWeekday));
}
