//! Calendars and windows against a walk minute by minute, written from the definitions alone: it finds instants by
//! trying offsets, knows dates by asking chrono-tz, and counts.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use rulebook::time::{
    Calendar, CalendarParts, Clock, ClockEvent, ClockRules, Due, DueAt, Holiday, Instant, LateReceipt, OutOfRange,
    Share, Stretch, Turnaround, Window,
};

use super::zone;

/// Zones whose rules for 2026 are the same in the release that chrono-tz embeds; three change clocks at midnight.
const ZONES: [&str; 9] = [
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Havana",
    "America/Santiago",
    "Asia/Beirut",
];

/// Days about which clocks change somewhere, and the turn of the year.
const BASES: [&str; 9] = [
    "2026-03-01",
    "2026-03-06",
    "2026-03-27",
    "2026-04-02",
    "2026-09-04",
    "2026-10-02",
    "2026-10-23",
    "2026-10-30",
    "2026-12-24",
];

/// How many days a walk covers.
const DAYS: i64 = 24;

/// An opening and a closing minute of the day.
type Minutes = (u32, u32);

#[derive(Clone, Debug)]
struct Plan {
    zone: &'static str,
    base: NaiveDate,
    week: Vec<(u8, Minutes)>,
    overrides: BTreeMap<i64, Vec<Minutes>>,
    holidays: Vec<i64>,
    start: i64,
}

fn minutes() -> impl Strategy<Value = Minutes> {
    let edge = prop_oneof![0..1440u32, Just(0), Just(120), Just(150), 0..200u32];
    (edge.clone(), prop_oneof![edge, Just(1440)])
        .prop_filter("ends differ", |(open, close)| open != close && (*open, *close) != (0, 0))
}

fn plan() -> impl Strategy<Value = Plan> {
    let days = prop::collection::vec(0..DAYS, 0..4);
    (
        prop::sample::select(ZONES.to_vec()),
        prop::sample::select(BASES.to_vec()),
        prop::collection::vec((0..7u8, minutes()), 1..9),
        prop::collection::btree_map(0..DAYS, prop::collection::vec(minutes(), 0..3), 0..3),
        days,
        0..7 * 86_400i64,
    )
        .prop_map(|(zone, base, week, overrides, holidays, start)| Plan {
            zone,
            base: base.parse().unwrap(),
            week,
            overrides,
            holidays,
            start,
        })
}

fn phrase((open, close): Minutes) -> String {
    format!("{:02}:{:02}-{:02}:{:02}", open / 60, open % 60, close / 60, close % 60)
}

impl Plan {
    fn tz(&self) -> Tz {
        self.zone.parse().unwrap()
    }

    fn date(&self, day: i64) -> NaiveDate {
        self.base + TimeDelta::days(day)
    }

    fn start(&self) -> Instant {
        Instant::from_unix(instant(self.tz(), self.base.and_hms_opt(0, 0, 0).unwrap()) + self.start).unwrap()
    }

    fn calendar(&self, late_receipt: LateReceipt, due_at: DueAt) -> Calendar {
        let stretch = |m: &Minutes| Stretch::parse(&phrase(*m)).unwrap();
        Calendar::new(CalendarParts {
            name: "plan".to_owned(),
            zone: zone(self.zone),
            week: self.week.iter().map(|(d, m)| (Weekday::try_from(*d).unwrap(), stretch(m))).collect(),
            overrides: self
                .overrides
                .iter()
                .map(|(d, list)| (self.date(*d), list.iter().map(stretch).collect()))
                .collect(),
            holidays: self
                .holidays
                .iter()
                .map(|d| (String::new(), Holiday::parse(&self.date(*d).to_string()).unwrap()))
                .collect(),
            late_receipt,
            due_at,
        })
        .unwrap()
    }

    /// The spans of the stretches that start on a day.
    fn spans(&self, day: i64) -> Vec<(i64, i64)> {
        let weekday = self.date(day).weekday().num_days_from_monday();
        let list: Vec<Minutes> = match self.overrides.get(&day) {
            Some(instead) => instead.clone(),
            None if self.holidays.contains(&day) => vec![],
            None => self.week.iter().filter(|(d, _)| u32::from(*d) == weekday).map(|(_, m)| *m).collect(),
        };
        list.into_iter().filter_map(|m| span(self.tz(), self.date(day), m)).collect()
    }

    /// By minute from the first instant of the base's eve: whether it is open.
    fn walk(&self) -> Walk {
        let from = instant(self.tz(), self.date(-1).and_hms_opt(0, 0, 0).unwrap());
        let mut holds = vec![false; usize::try_from((DAYS + 1) * 1440).unwrap()];
        for (open, close) in (-4..DAYS + 2).flat_map(|day| self.spans(day)) {
            for minute in (open - from).div_euclid(60)..(close - from).div_euclid(60) {
                if let Some(minute) = usize::try_from(minute).ok().and_then(|m| holds.get_mut(m)) {
                    *minute = true;
                }
            }
        }
        Walk { from, holds }
    }

    /// By minute: whether its local date is a business day.
    fn walk_of_days(&self) -> Walk {
        let from = instant(self.tz(), self.date(-1).and_hms_opt(0, 0, 0).unwrap());
        let mut known = BTreeMap::new();
        let holds = (0..(DAYS + 1) * 1440)
            .map(|m| {
                let utc = DateTime::from_timestamp(from + m * 60, 0).unwrap().naive_utc();
                let date = self.tz().from_utc_datetime(&utc).date_naive();
                let day = date.signed_duration_since(self.base).num_days();
                *known.entry(day).or_insert_with(|| !self.spans(day).is_empty())
            })
            .collect();
        Walk { from, holds }
    }
}

/// Every edge lies on a whole minute, so a minute holds or doesn't.
struct Walk {
    from: i64,
    holds: Vec<bool>,
}

impl Walk {
    fn at(&self, t: i64) -> Option<bool> {
        self.holds.get(usize::try_from((t - self.from).div_euclid(60)).unwrap()).copied()
    }

    /// The beginning of the next minute.
    fn next(&self, t: i64) -> i64 {
        self.from + ((t - self.from).div_euclid(60) + 1) * 60
    }

    /// The first instant from `t` by which so many seconds have run; `None` past the end of the walk.
    fn add(&self, mut t: i64, mut seconds: i64) -> Option<i64> {
        if seconds == 0 {
            return if self.at(t)? { Some(t) } else { self.first(t, |now, _| now) };
        }
        loop {
            let next = self.next(t);
            if self.at(t)? {
                if seconds <= next - t {
                    return Some(t + seconds);
                }
                seconds -= next - t;
            }
            t = next;
        }
    }

    /// The seconds that hold from `t` up to an end.
    fn between(&self, mut t: i64, end: i64) -> i64 {
        let mut sum = 0;
        while t < end {
            let next = self.next(t).min(end);
            sum += if self.at(t).unwrap() { next - t } else { 0 };
            t = next;
        }
        sum
    }

    /// The first minute after `t` of which something is wanted, given the one before.
    fn first(&self, t: i64, wanted: fn(bool, bool) -> bool) -> Option<i64> {
        let mut t = self.next(t);
        while !wanted(self.at(t)?, self.at(t - 60)?) {
            t += 60;
        }
        Some(t)
    }
}

/// Tries every offset in quarters of an hour for the first instant that shows this time; if none does, clocks skip
/// it, and it is read with the offset of the day before.
fn instant(tz: Tz, wall: NaiveDateTime) -> i64 {
    let offset = |t: i64| {
        let utc = DateTime::from_timestamp(t, 0).unwrap().naive_utc();
        i64::from(tz.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    };
    let plain = wall.and_utc().timestamp();
    let shows = |t: &i64| t + offset(*t) == plain;
    let first = (-60..=60).map(|quarters| plain + quarters * 900).find(shows);
    first.unwrap_or_else(|| plain - offset(plain - 86_400))
}

fn span(tz: Tz, date: NaiveDate, (open, close): Minutes) -> Option<(i64, i64)> {
    let wall = |date: NaiveDate, m: u32| date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(i64::from(m));
    let opens = instant(tz, wall(date, open));
    let last = if close <= open { date + TimeDelta::days(1) } else { date };
    let closes = instant(tz, wall(last, close));
    (opens < closes).then_some((opens, closes))
}

/// What the walk says is what the calendar says, unless the walk ends first.
fn same(ours: Result<Instant, OutOfRange>, theirs: Option<i64>) -> Result<(), TestCaseError> {
    if let Some(expected) = theirs {
        prop_assert_eq!(ours.map(Instant::unix), Ok(expected));
    }
    Ok(())
}

/// What happens to a clock, so many minutes after one another, of what can happen then; and the last instant.
fn course(mut t: i64, happened: &[(i64, usize)]) -> (Vec<(ClockEvent, Instant)>, i64) {
    use ClockEvent::{Pause, Reopen, Restart, Resume, Start, Stop};
    let mut events: Vec<(ClockEvent, Instant)> = Vec::new();
    for (minutes, choice) in happened {
        let can_follow: &[ClockEvent] = match events.last() {
            None => &[Start, Pause, Pause, Stop, Restart],
            Some((Start | Resume | Restart | Reopen, _)) => &[Pause, Pause, Pause, Stop, Stop, Restart],
            Some((Pause, _)) => &[Resume, Resume, Stop, Restart],
            Some((Stop, _)) => &[Reopen, Reopen, Restart],
        };
        t += minutes * 60;
        events.push((can_follow[choice % can_follow.len()], Instant::from_unix(t).unwrap()));
    }
    (events, t)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn open_time(plan in plan(), seconds in prop_oneof![Just(0), 1..60i64, 1..400_000i64], minutes in 0..2000i64) {
        let calendar = plan.calendar(LateReceipt::SameDay, DueAt::Close);
        let walk = plan.walk();
        let start = plan.start();
        let t = start.unix();
        prop_assert_eq!(calendar.is_open(start).ok(), walk.at(t));
        same(calendar.add_open_seconds(start, seconds), walk.add(t, seconds))?;
        same(calendar.next_opening(start), walk.first(t, |now, before| now && !before))?;
        same(calendar.next_closing(start), walk.first(t, |now, before| !now && before))?;
        let end = start.checked_add(minutes * 60 + 7).unwrap();
        let counted = walk.between(t, end.unix());
        prop_assert_eq!(calendar.open_seconds_between(start, end), Ok(counted));
        prop_assert_eq!(calendar.open_seconds_between(end, start), Ok(-counted));
        if seconds > 0 {
            let due = calendar.due(&Turnaround::parse(&format!("{seconds} business seconds")).unwrap(), start);
            same(due.map(|due| due.limit), walk.add(t, seconds))?;
        }
    }

    #[test]
    fn hours_on_business_days(plan in plan(), hours in 1..100i64) {
        let calendar = plan.calendar(LateReceipt::SameDay, DueAt::Close);
        let walk = plan.walk_of_days();
        let within = Turnaround::parse(&format!("{hours} hours on business days")).unwrap();
        let due = calendar.due(&within, plan.start());
        same(due.map(|due| due.limit), walk.add(plan.start().unix(), hours * 3600))?;
    }

    #[test]
    fn business_days(plan in plan(), low in 1..4usize, more in 1..4usize) {
        let start = plan.start();
        let tz = plan.tz();
        let local = tz.from_utc_datetime(&DateTime::from_timestamp(start.unix(), 0).unwrap().naive_utc()).naive_local();
        let received = local.date().signed_duration_since(plan.base).num_days();
        let business: Vec<i64> = (received + 1..DAYS + 30).filter(|day| !plan.spans(*day).is_empty()).collect();
        let today = plan.spans(received).iter().map(|(_, close)| *close).max();
        let within = Turnaround::parse(&format!("{low}-{} business days", low + more)).unwrap();
        for (late_receipt, deemed) in [
            (LateReceipt::SameDay, false),
            (LateReceipt::NextBusinessDay { cut_off: None }, today.is_none_or(|close| start.unix() > close)),
        ] {
            let nth = |n: usize| business.get(n - 1 + usize::from(deemed)).copied();
            let day = |n: usize| instant(tz, plan.date(nth(n)? + 1).and_hms_opt(0, 0, 0).unwrap()).into();
            let close = |n: usize| plan.spans(nth(n)?).iter().map(|(_, close)| *close).max();
            let due = plan.calendar(late_receipt, DueAt::Close).due(&within, start);
            same(due.map(|due| due.target.unwrap()), close(low))?;
            same(due.map(|due| due.limit), close(low + more))?;
            let due = plan.calendar(late_receipt, DueAt::EndOfDate).due(&within, start);
            let end_of: Option<i64> = day(low + more);
            same(due.map(|due| due.limit), end_of.map(|next| next - 1))?;
            let due = plan.calendar(late_receipt, DueAt::SameTime).due(&within, start);
            let same_time = nth(low).map(|day| instant(tz, plan.date(day).and_time(local.time())));
            same(due.map(|due| due.target.unwrap()), same_time)?;
        }
        let calendar = plan.calendar(LateReceipt::SameDay, DueAt::Close);
        let rank = calendar.business_days_up_to(plan.date(received)).unwrap();
        for (n, day) in (1..).zip(&business) {
            prop_assert_eq!(calendar.business_days_up_to(plan.date(*day)), Ok(rank + n));
            prop_assert_eq!(calendar.business_day_of_rank(rank + n), Ok(plan.date(*day)));
        }
    }

    /// A second counts if it is of the turnaround's time and the clock runs by the last event before it.
    #[test]
    fn clocks(
        plan in plan(),
        kind in 0..5usize,
        figure in 1..60u32,
        happened in prop::collection::vec((0..1500i64, 0..6usize), 0..6),
        share in 1..100i64,
        pausable: bool,
        looked_at in 0..1500i64,
    ) {
        let calendar = plan.calendar(LateReceipt::SameDay, DueAt::Close);
        let mut walk = match kind {
            0 | 1 => plan.walk(),
            2 => plan.walk_of_days(),
            _ => Walk { holds: vec![true; usize::try_from((DAYS + 1) * 1440).unwrap()], ..plan.walk() },
        };
        let phrase = match kind {
            0 => format!("{figure} business hours"),
            1 => format!("{} business days", figure % 5 + 1),
            2 => format!("{figure} hours on business days"),
            3 => format!("{figure} hours"),
            _ => format!("{} days", figure % 5 + 1),
        };
        let within = Turnaround::parse(&phrase).unwrap();
        let start = plan.start();
        let (events, last) = course(walk.next(start.unix()), &happened);
        let until = Instant::from_unix(last + looked_at * 60).unwrap();
        let clock = Clock::new(events.clone(), start, until).unwrap();
        let rules = ClockRules { pausable, at_risk: vec![Share::parse(&format!("{share}%")).unwrap()] };
        let shows = clock.reckon(&within, Some(&calendar), &rules, start, until);

        let begins = |event: &(ClockEvent, Instant)| matches!(event.0, ClockEvent::Start | ClockEvent::Restart);
        let begun = events.iter().rev().find(|event| begins(event)).map_or(start, |(_, at)| *at);
        let stopped = events.last().filter(|(event, _)| *event == ClockEvent::Stop);
        let end = stopped.map_or(until, |(_, at)| *at);
        let Ok(Due { limit: plain, .. }) = calendar.due(&within, begun) else { return Ok(()) };
        // the walk must know all that counts
        if plain.unix().max(until.unix()) >= walk.from + DAYS * 86_400 {
            return Ok(());
        }
        let shows = shows.unwrap();
        let allowed = walk.between(begun.unix(), plain.unix());
        for minute in 0..walk.holds.len() {
            let t = walk.from + i64::try_from(minute).unwrap() * 60;
            let before = events.iter().rev().filter(|(_, at)| at.unix() <= t && t < end.unix());
            let stands = match before.map(|(event, _)| *event).next() {
                Some(ClockEvent::Pause) => pausable,
                Some(ClockEvent::Stop) => true,
                _ => false,
            };
            walk.holds[minute] &= !stands;
        }
        let used = walk.between(begun.unix(), end.unix());
        prop_assert_eq!((shows.used.seconds(), shows.left.seconds()), (used, (allowed - used).max(0)));
        if let Some(limit) = walk.add(begun.unix(), allowed) {
            prop_assert_eq!(shows.due.limit.unix(), limit);
            prop_assert_eq!(shows.breached, end.unix() > limit);
            prop_assert_eq!(shows.met, stopped.map(|_| end.unix() <= limit));
        }
        if let Some(at) = walk.add(begun.unix(), (allowed * share + 99) / 100) {
            prop_assert_eq!(shows.at_risk[0].at.unix(), at);
            prop_assert_eq!(shows.at_risk[0].reached, used * 100 >= allowed * share);
        }
    }

    #[test]
    fn windows(plan in plan(), minutes in minutes()) {
        let window = Window::parse(&phrase(minutes)).unwrap();
        let every_day = Plan { week: (0..7).map(|d| (d, minutes)).collect(), overrides: BTreeMap::new(), holidays: vec![], ..plan };
        let walk = every_day.walk();
        let zone = zone(every_day.zone);
        for hour in 0..100 {
            let at = every_day.start().checked_add(hour * 3611).unwrap();
            let open = walk.at(at.unix()).unwrap();
            let state = window.state(&zone, at);
            prop_assert_eq!((window.contains(&zone, at), state.open), (open, open));
            let changes = walk.first(at.unix(), if open { |now, _| !now } else { |now, _| now });
            prop_assert_eq!(state.changes.map(Instant::unix), changes);
        }
    }
}
