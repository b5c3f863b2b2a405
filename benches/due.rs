//! How long business time takes, once the years that it touches are laid out.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use rulebook::time::{
    Calendar, CalendarParts, DueAt, Holiday, Instant, LateReceipt, Observed, Turnaround, Window, Zone, Zones,
    parse_stretches, parse_weekdays,
};

const HOLIDAYS: [&str; 6] = [
    "1 January",
    "third Monday of January",
    "last Monday of May",
    "4 July",
    "fourth Thursday of November",
    "25 December",
];

fn new_york() -> Option<Zone> {
    Zones::embedded().get("America/New_York")
}

fn calendar() -> Option<Calendar> {
    let days = parse_weekdays("monday to friday").ok()?;
    let hours = parse_stretches("09:00-17:00").ok()?;
    let holiday =
        |phrase: &str| Some((phrase.to_owned(), Holiday::parse(phrase).ok()?.observed(Observed::NearestWeekday)));
    Calendar::new(CalendarParts {
        name: "office".to_owned(),
        zone: new_york()?,
        week: days.iter().flat_map(|day| hours.iter().map(|stretch| (*day, *stretch))).collect(),
        overrides: BTreeMap::new(),
        holidays: HOLIDAYS.into_iter().filter_map(holiday).collect(),
        late_receipt: LateReceipt::SameDay,
        due_at: DueAt::Close,
    })
    .ok()
}

/// Instants spread over a year, so that no branch is always the same.
fn instants() -> Vec<Instant> {
    (0..1024).filter_map(|n| Instant::from_unix(1_767_300_000 + n * 30_011)).collect()
}

fn due(criterion: &mut Criterion) {
    let (Some(calendar), Some(zone)) = (calendar(), new_york()) else {
        return;
    };
    let instants = instants();
    for phrase in ["60 business days", "5-7 business days", "48 hours on business days", "8 business hours", "7 days"] {
        let Ok(within) = Turnaround::parse(phrase) else {
            continue;
        };
        let mut next = instants.iter().cycle().copied();
        criterion.bench_function(&format!("due/{phrase}"), |bench| {
            bench.iter(|| next.next().map(|received| calendar.due(black_box(&within), received)));
        });
    }
    let mut next = instants.iter().cycle().copied();
    criterion.bench_function("elapsed/a year", |bench| {
        bench.iter(|| {
            next.next().map(|from| calendar.open_seconds_between(from, from.checked_add(31_536_000).unwrap_or(from)))
        });
    });
    let mut next = instants.iter().cycle().copied();
    criterion.bench_function("rank of a date", |bench| {
        bench.iter(|| next.next().map(|at| calendar.business_days_up_to(calendar.local_date(at))));
    });
    let mut next = instants.iter().cycle().copied();
    criterion.bench_function("zone/offset", |bench| bench.iter(|| next.next().map(|at| zone.offset_at(at))));
    if let Ok(night) = Window::parse("20:00-08:00") {
        let mut next = instants.iter().cycle().copied();
        criterion.bench_function("window/contains", |bench| {
            bench.iter(|| next.next().map(|at| night.contains(&zone, at)));
        });
        let mut next = instants.iter().cycle().copied();
        criterion.bench_function("window/state", |bench| bench.iter(|| next.next().map(|at| night.state(&zone, at))));
        if let Some(spring) = Instant::from_unix(1_772_946_000) {
            criterion.bench_function("window/state as clocks change", |bench| {
                bench.iter(|| night.state(&zone, black_box(spring)));
            });
        }
    }
}

fn text(criterion: &mut Criterion) {
    criterion.bench_function("instant/parse", |bench| {
        bench.iter(|| Instant::parse(black_box("2026-03-01T21:30:00-05:00")));
    });
    let mut out = String::new();
    let instants = instants();
    let mut next = instants.iter().cycle().copied();
    criterion.bench_function("instant/format", |bench| {
        bench.iter(|| {
            out.clear();
            if let Some(at) = next.next() {
                at.format(black_box(-18_000), &mut out);
            }
            out.len()
        });
    });
}

/// What the first question about a year costs, and the first about ranks.
fn cold(criterion: &mut Criterion) {
    let at = Instant::from_unix(1_767_300_000);
    let (Some(at), Ok(within)) = (at, Turnaround::parse("2 business days")) else {
        return;
    };
    criterion.bench_function("cold/a calendar and its first due", |bench| {
        bench.iter(|| calendar().map(|calendar| calendar.due(&within, at)));
    });
    criterion.bench_function("cold/a calendar and its first rank", |bench| {
        bench.iter(|| calendar().map(|calendar| calendar.business_days_up_to(calendar.local_date(at))));
    });
}

criterion_group!(benches, due, text, cold);
criterion_main!(benches);
