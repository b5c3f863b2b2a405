//! The one representation of instants.

use chrono::FixedOffset;

pub use super::instant_error::InstantError;
use super::instant_text::{self, civil, two};

/// A point on the UTC timeline, in whole seconds since 1970-01-01T00:00:00Z.
///
/// Casework is kept by years 1900 to 2199; an `Instant` lies within them, give or take the days that offsets and
/// overnight stretches add at the ends ([`Instant::MIN`] to [`Instant::MAX`]).
///
/// ```
/// use rulebook::time::Instant;
/// let (at, offset) = Instant::parse("2026-03-01T21:30:00-05:00").unwrap();
/// assert_eq!(at.unix(), 1_772_418_600);
/// let mut text = String::new();
/// at.format(offset.local_minus_utc(), &mut text);
/// assert_eq!(text, "2026-03-01T21:30:00-05:00");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// 1899-12-30T00:00:00Z.
    pub const MIN: Instant = Instant(-2_209_161_600);
    /// 2200-01-04T00:00:00Z.
    pub const MAX: Instant = Instant(7_258_377_600);

    /// The instant so many seconds after 1970-01-01T00:00:00Z, if it lies from [`Instant::MIN`] to [`Instant::MAX`].
    pub fn from_unix(seconds: i64) -> Option<Instant> {
        (Instant::MIN.0..=Instant::MAX.0).contains(&seconds).then_some(Instant(seconds))
    }

    /// The nearest instant that there is.
    pub(crate) fn clamped(seconds: i64) -> Instant {
        Instant(seconds.clamp(Instant::MIN.0, Instant::MAX.0))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The instant so many seconds later (earlier, if negative), if it is within range.
    pub fn checked_add(self, seconds: i64) -> Option<Instant> {
        self.0.checked_add(seconds).and_then(Instant::from_unix)
    }

    /// The seconds from an earlier instant to this one.
    pub fn seconds_since(self, earlier: Instant) -> i64 {
        self.0 - earlier.0
    }

    /// Reads an RFC 3339 instant, and the offset that it was written with.
    ///
    /// The offset is required (`Z` or `±hh:mm`), seconds are whole (a fraction of zeros is accepted), years are 1900
    /// to 2199. Leap seconds are refused: no sum of seconds would be right across one.
    ///
    /// # Errors
    ///
    /// An [`InstantError`] that names the part at fault.
    pub fn parse(text: &str) -> Result<(Instant, FixedOffset), InstantError> {
        instant_text::read(text).map(|(seconds, offset)| (Instant(seconds), offset))
    }

    /// Appends the instant in RFC 3339 with whole seconds and a numeric offset (never `Z`).
    ///
    /// `offset_seconds` is seconds east of UTC. RFC 3339 knows no seconds in offsets; an offset that has them (local
    /// mean time, before a zone's standard time) is cut to the minute, and the text still names the same instant.
    pub fn format(self, offset_seconds: i32, out: &mut String) {
        let offset = (offset_seconds / 60).clamp(-1439, 1439);
        let local = self.0 + i64::from(offset) * 60;
        let (year, month, day) = civil(local.div_euclid(86_400));
        let second = u32::try_from(local.rem_euclid(86_400)).unwrap_or(0);
        let sign = if offset < 0 { b'-' } else { b'+' };
        let offset = offset.unsigned_abs();
        let [c1, c2] = two(year / 100);
        let [y1, y2] = two(year);
        let [mo1, mo2] = two(month);
        let [d1, d2] = two(day);
        let [h1, h2] = two(second / 3600);
        let [mi1, mi2] = two(second / 60 % 60);
        let [s1, s2] = two(second % 60);
        let [oh1, oh2] = two(offset / 60);
        let [om1, om2] = two(offset % 60);
        let text = [
            c1, c2, y1, y2, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', mi1, mi2, b':', s1, s2, sign, oh1, oh2,
            b':', om1, om2,
        ];
        out.push_str(str::from_utf8(&text).unwrap_or_default());
    }
}
