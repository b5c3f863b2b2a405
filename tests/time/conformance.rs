//! The shared set of business time, made by other programs (its `meta` says which). It is read where it lies beside
//! the project and never copied into it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{NaiveDate, Weekday};
use rulebook::time::{
    Calendar, CalendarParts, DueAt, Holiday, Instant, LateReceipt, Stretch, Turnaround, Zones, parse_date,
};
use serde_json::Value;

use super::at;

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

fn set() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance/business_time.json");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the set is JSON")),
        Err(fault) => {
            eprintln!("skipped: the conformance set is not at {} ({fault})", path.display());
            None
        }
    }
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{key} of {row}"))
}

fn stretches(list: &Value) -> Vec<Stretch> {
    let ends = list.as_array().unwrap().iter();
    ends.map(|ends| {
        let phrase = format!("{}-{}", ends[0].as_str().unwrap(), ends[1].as_str().unwrap());
        Stretch::parse(&phrase).unwrap()
    })
    .collect()
}

fn holidays(list: &Value) -> Vec<(String, Holiday)> {
    let dates = list.as_array().unwrap().iter().map(|date| date.as_str().unwrap());
    dates.map(|date| (date.to_owned(), Holiday::parse(date).unwrap())).collect()
}

fn schedule(row: &Value) -> Calendar {
    let weekly = DAYS.iter().flat_map(|(key, day)| {
        let list = row["weekly"].get(key).map(stretches).unwrap_or_default();
        list.into_iter().map(|stretch| (*day, stretch))
    });
    let overrides: BTreeMap<NaiveDate, Vec<Stretch>> = row["shifts"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(date, list)| (parse_date(date).unwrap(), stretches(list)))
        .collect();
    Calendar::new(CalendarParts {
        name: "schedule".to_owned(),
        zone: Zones::embedded().get(text(row, "tz")).unwrap(),
        week: weekly.collect(),
        overrides,
        holidays: holidays(&row["holidays"]),
        late_receipt: LateReceipt::SameDay,
        due_at: DueAt::Close,
    })
    .unwrap()
}

#[test]
fn hours_agree() {
    let Some(set) = set() else { return };
    let schedules: BTreeMap<&String, Calendar> =
        set["schedules"].as_object().unwrap().iter().map(|(name, row)| (name, schedule(row))).collect();
    let mut wrong = Vec::new();
    let mut counts = BTreeMap::new();
    for row in set["cases"].as_array().unwrap() {
        let calendar = &schedules[&text(row, "schedule").to_owned()];
        let start = at(text(row, "start_utc"));
        let op = text(row, "op");
        *counts.entry(op).or_insert(0) += 1;
        let utc = |at: Instant| {
            let mut text = String::new();
            at.format(0, &mut text);
            text.replace("+00:00", "Z")
        };
        let (got, expected) = match op {
            "add" => {
                let due = calendar.add_open_seconds(start, row["seconds"].as_i64().unwrap()).map(utc);
                (format!("{due:?}"), format!("Ok({:?})", text(row, "due_utc")))
            }
            "elapsed" => {
                let seconds = calendar.open_seconds_between(start, at(text(row, "end_utc")));
                (format!("{seconds:?}"), format!("Ok({})", row["seconds"]))
            }
            "in_hours" => (format!("{:?}", calendar.is_open(start)), format!("Ok({})", row["open"])),
            other => panic!("an operation that this test doesn't know: {other}"),
        };
        if got != expected {
            wrong.push(format!("{}: {got}, not {expected}", text(row, "id")));
        }
    }
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(["add", "elapsed", "in_hours"].iter().all(|op| counts.get(op).is_some_and(|n| *n > 0)), "{counts:?}");
}

/// The dates are reckoned from noon in a zone without clock changes; both day counts.
#[test]
fn business_days_agree() {
    let Some(set) = set() else { return };
    let mut wrong = Vec::new();
    for row in set["business_day_cases"].as_array().unwrap() {
        let received = parse_date(text(row, "received_date")).unwrap();
        let n = row["n_business_days"].as_i64().unwrap();
        for (column, late_receipt) in [
            ("due_date_exclude_receipt_day", LateReceipt::SameDay),
            ("due_date_deemed_next_bd", LateReceipt::NextBusinessDay { cut_off: None }),
        ] {
            let calendar = day_calendar(&set["bd_calendars"][text(row, "calendar")], late_receipt);
            let noon = at(&format!("{received}T12:00:00+00:00"));
            let within = Turnaround::parse(&format!("{n} business days"));
            let got = within.map(|within| calendar.due(&within, noon).map(|due| calendar.local_date(due.limit)));
            let expected = parse_date(text(row, column)).unwrap();
            if got != Ok(Ok(expected)) {
                wrong.push(format!("{} {column}: {got:?}, not {expected}", text(row, "id")));
            }
            let open = calendar.is_business_day(received);
            if Some(open) != row["is_business_day"].as_bool() {
                wrong.push(format!("{} is_business_day: {open}", text(row, "id")));
            }
            if late_receipt == LateReceipt::SameDay {
                let rank = calendar.business_days_up_to(received).unwrap();
                let by_rank = calendar.business_day_of_rank(rank + n);
                if by_rank != Ok(expected) {
                    wrong.push(format!("{} by rank: {by_rank:?}, not {expected}", text(row, "id")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn day_calendar(row: &Value, late_receipt: LateReceipt) -> Calendar {
    let hours = Stretch::parse("09:00-17:00").unwrap();
    let mask = text(row, "weekmask_mon_sun").chars().zip(DAYS);
    Calendar::new(CalendarParts {
        name: "days".to_owned(),
        zone: Zones::embedded().get("UTC").unwrap(),
        week: mask.filter(|(open, _)| *open == '1').map(|(_, (_, day))| (day, hours)).collect(),
        overrides: BTreeMap::new(),
        holidays: holidays(&row["holidays"]),
        late_receipt,
        due_at: DueAt::Close,
    })
    .unwrap()
}
