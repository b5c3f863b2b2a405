//! What a zone's clocks show, as a table of the years 1900 to 2199.

use jiff::{Timestamp, tz::TimeZone};

use super::instant::Instant;

/// The table begins two years before the years that count, and a year after them it ends.
const FROM: i64 = Instant::MIN.unix() - 2 * 365 * 86_400;
const TO: i64 = Instant::MAX.unix() + 365 * 86_400;

/// Seconds of a bucket of the index, as a power of two: 194 days hold one or two changes of clocks.
const BUCKET: u32 = 24;

/// More changes of clocks than any zone has had or will have in these years.
const MOST: usize = 10_000;

/// A stretch of time with one offset.
#[derive(Clone, Copy, Debug)]
struct Segment {
    /// The first instant, in Unix seconds.
    start: i64,
    /// The first local second that is read with this offset: the later of what clocks show before and after the
    /// change. So a local time that clocks skip is read with the offset before (shifted forward by the gap), and one
    /// that they show twice with the offset before as well (its first occurrence): RFC 5545, 3.3.5.
    wall: i64,
    /// Seconds east of UTC.
    offset: i32,
}

/// Offsets by instant and by local time, each found in a few steps.
#[derive(Debug)]
pub(super) struct ZoneTable {
    segments: Vec<Segment>,
    /// By bucket of time since [`FROM`]: the segment that its first second lies in.
    index: Vec<u16>,
}

/// An offset, with the instants (Unix seconds) from which and until which it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hold {
    pub(super) offset: i32,
    pub(super) from: i64,
    pub(super) until: i64,
}

impl ZoneTable {
    /// Lays out what jiff reads from a zone's TZif data and its POSIX footer. `None` if the data holds more changes
    /// of clocks than can be true.
    pub(super) fn new(zone: &TimeZone) -> Option<ZoneTable> {
        let from = Timestamp::from_second(FROM).ok()?;
        let mut offset = zone.to_offset(from).seconds();
        let mut segments = vec![Segment { start: i64::MIN, wall: i64::MIN, offset }];
        for (count, change) in zone.following(from).enumerate() {
            let start = change.timestamp().as_second();
            if start > TO {
                break;
            }
            if count > MOST {
                return None;
            }
            let after = change.offset().seconds();
            if after != offset {
                segments.push(Segment { start, wall: start + i64::from(after.max(offset)), offset: after });
                offset = after;
            }
        }
        let mut index = Vec::new();
        let mut current: u16 = 0;
        for bucket in 0..=((TO - FROM) >> BUCKET) {
            let first = FROM + (bucket << BUCKET);
            while segments.get(usize::from(current) + 1).is_some_and(|next| next.start <= first) {
                current += 1;
            }
            index.push(current);
        }
        Some(ZoneTable { segments, index })
    }

    /// The offset at an instant, in seconds east.
    #[inline]
    pub(super) fn offset_at(&self, unix: i64) -> i32 {
        self.segments.get(self.segment(unix)).map_or(0, |s| s.offset)
    }

    /// The offset at an instant, and how long it holds.
    #[inline]
    pub(super) fn hold_at(&self, unix: i64) -> Hold {
        let at = self.segment(unix);
        let (offset, from) = self.segments.get(at).map_or((0, i64::MIN), |s| (s.offset, s.start));
        Hold { offset, from, until: self.segments.get(at + 1).map_or(i64::MAX, |s| s.start) }
    }

    /// The instant of a local second (counted as if it were UTC).
    #[inline]
    pub(super) fn instant_of(&self, local: i64) -> i64 {
        local - i64::from(self.segments.get(self.wall_segment(local)).map_or(0, |s| s.offset))
    }

    /// The first instant at which clocks show this local second or, if they skip it, a later one.
    pub(super) fn first_at_or_after(&self, local: i64) -> i64 {
        let at = self.wall_segment(local);
        let unix = local - i64::from(self.segments.get(at).map_or(0, |s| s.offset));
        self.segments.get(at + 1).map_or(unix, |next| unix.min(next.start))
    }

    /// The segment that an instant lies in.
    #[inline]
    fn segment(&self, unix: i64) -> usize {
        let mut at = self.bucket(unix);
        while self.segments.get(at + 1).is_some_and(|next| next.start <= unix) {
            at += 1;
        }
        at
    }

    /// The segment with whose offset a local second is read. Offsets are less than two days, so the search begins
    /// two days before.
    #[inline]
    fn wall_segment(&self, local: i64) -> usize {
        let mut at = self.bucket(local - 2 * 86_400);
        while self.segments.get(at + 1).is_some_and(|next| next.wall <= local) {
            at += 1;
        }
        at
    }

    #[inline]
    fn bucket(&self, unix: i64) -> usize {
        let bucket = usize::try_from((unix - FROM) >> BUCKET).unwrap_or(0);
        usize::from(self.index.get(bucket).or(self.index.last()).copied().unwrap_or(0))
    }
}
