//! The one representation of instants.

use std::ops::Range;

use chrono::FixedOffset;

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

/// Why a text is no instant. Places are bytes within the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// It isn't laid out as RFC 3339 lays it out.
    #[error("`{text}` is not an instant")]
    Shape {
        /// The text as given.
        text: String,
        /// Where it stops looking like one.
        at: Range<usize>,
    },
    /// The offset from UTC is missing.
    #[error("`{text}` has no offset from UTC")]
    NoOffset {
        /// The text as given.
        text: String,
    },
    /// A part lies outside its range, such as month 13.
    #[error("`{text}` has no such {part}: `{found}`")]
    Part {
        /// The text as given.
        text: String,
        /// The name of the part.
        part: &'static str,
        /// The part as written.
        found: String,
        /// Where it stands.
        at: Range<usize>,
    },
    /// The year lies outside 1900 to 2199.
    #[error("the year `{year}` lies outside 1900 to 2199")]
    Year {
        /// The year as written.
        year: i32,
    },
    /// A fraction of a second other than zero.
    #[error("`{text}` has a fraction of a second")]
    Fraction {
        /// The text as given.
        text: String,
        /// Where the fraction stands.
        at: Range<usize>,
    },
    /// Second 60.
    #[error("`{text}` names a leap second")]
    LeapSecond {
        /// The text as given.
        text: String,
    },
}

impl InstantError {
    /// The cure.
    pub fn help(&self) -> String {
        match self {
            InstantError::Shape { .. } => "write it like `2026-03-01T21:30:00-05:00`".to_owned(),
            InstantError::NoOffset { text } => format!("add the offset, like `{text}-05:00`, or `{text}Z` for UTC"),
            InstantError::Part { part: "day", .. } => "check the date against a calendar".to_owned(),
            InstantError::Part { .. } => {
                "months are 01 to 12, hours 00 to 23, minutes and seconds 00 to 59, offsets up to 23:59".to_owned()
            }
            InstantError::Year { .. } => "give a year from 1900 to 2199".to_owned(),
            InstantError::Fraction { .. } => "instants are whole seconds: drop the fraction".to_owned(),
            InstantError::LeapSecond { .. } => "seconds are 00 to 59: write second 59".to_owned(),
        }
    }

    /// Where in the text it is wrong, in bytes.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            InstantError::Shape { at, .. } | InstantError::Part { at, .. } | InstantError::Fraction { at, .. } => {
                Some(at.clone())
            }
            InstantError::NoOffset { text } => Some(text.len()..text.len()),
            InstantError::Year { .. } => Some(0..4),
            InstantError::LeapSecond { .. } => Some(17..19),
        }
    }
}

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
        Reader { text, bytes: text.as_bytes() }.read()
    }

    /// Appends the instant in RFC 3339 with whole seconds and a numeric offset (never `Z`).
    ///
    /// `offset_seconds` is seconds east of UTC. RFC 3339 knows no seconds in offsets; an offset that has them (local
    /// mean time, before a zone's standard time) is cut to the minute, and the text still names the same instant.
    pub fn format(self, offset_seconds: i32, out: &mut String) {
        let offset = i64::from(offset_seconds / 60).clamp(-1439, 1439);
        let local = self.0 + offset * 60;
        let (year, month, day) = civil(local.div_euclid(86_400));
        let second = local.rem_euclid(86_400);
        two(year / 100, out);
        two(year % 100, out);
        for (sign, figure) in [('-', month), ('-', day), ('T', second / 3600), (':', second / 60 % 60)] {
            out.push(sign);
            two(figure, out);
        }
        out.push(':');
        two(second % 60, out);
        out.push(if offset < 0 { '-' } else { '+' });
        two(offset.abs() / 60, out);
        out.push(':');
        two(offset.abs() % 60, out);
    }
}

/// Appends two digits.
fn two(figure: i64, out: &mut String) {
    let digit = |n: i64| char::from(b'0' + u8::try_from(n.rem_euclid(10)).unwrap_or(0));
    out.push(digit(figure / 10));
    out.push(digit(figure));
}

/// Year, month and day of a count of days since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

/// Days since 1970-01-01 of a civil date (Hinnant, `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let y = year - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// A text being read.
struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn read(&self) -> Result<(Instant, FixedOffset), InstantError> {
        let year = self.figure(0)? * 100 + self.figure(2)?;
        self.sign(4, b"-")?;
        let month = self.figure(5)?;
        self.sign(7, b"-")?;
        let day = self.figure(8)?;
        self.sign(10, b"Tt")?;
        let hour = self.figure(11)?;
        self.sign(13, b":")?;
        let minute = self.figure(14)?;
        self.sign(16, b":")?;
        let second = self.figure(17)?;
        let (offset_at, fraction) = self.fraction()?;
        let offset = self.offset(offset_at)?;
        if !(1900..=2199).contains(&year) {
            return Err(InstantError::Year { year: i32::try_from(year).unwrap_or_default() });
        }
        self.within(month, 1, 12, "month", 5)?;
        let first = days(year, month, 1);
        let length = if month == 12 { 31 } else { days(year, month + 1, 1) - first };
        self.within(day, 1, length, "day", 8)?;
        self.within(hour, 0, 23, "hour", 11)?;
        self.within(minute, 0, 59, "minute", 14)?;
        if second == 60 {
            return Err(InstantError::LeapSecond { text: self.text.to_owned() });
        }
        self.within(second, 0, 59, "second", 17)?;
        if fraction {
            return Err(InstantError::Fraction { text: self.text.to_owned(), at: 19..offset_at });
        }
        let seconds = (first + day - 1) * 86_400 + hour * 3600 + minute * 60 + second - i64::from(offset);
        match FixedOffset::east_opt(offset) {
            Some(zone) => Ok((Instant(seconds), zone)),
            None => Err(self.shape(offset_at)),
        }
    }

    /// Where the offset begins, and whether a fraction other than zero stands before it.
    fn fraction(&self) -> Result<(usize, bool), InstantError> {
        if self.bytes.get(19) != Some(&b'.') {
            return Ok((19, false));
        }
        let digits = self.bytes.iter().skip(20).take_while(|b| b.is_ascii_digit());
        let (count, nonzero) = digits.fold((0, false), |(n, any), b| (n + 1, any || *b != b'0'));
        if count == 0 { Err(self.shape(20)) } else { Ok((20 + count, nonzero)) }
    }

    /// The offset in seconds east; nothing may follow it.
    fn offset(&self, at: usize) -> Result<i32, InstantError> {
        let (sign, end) = match self.bytes.get(at) {
            None => {
                return Err(InstantError::NoOffset { text: self.text.to_owned() });
            }
            Some(b'Z' | b'z') => (0, at + 1),
            Some(b'+') => (1, at + 6),
            Some(b'-') => (-1, at + 6),
            Some(_) => return Err(self.shape(at)),
        };
        let mut east = 0;
        if sign != 0 {
            let hours = self.figure(at + 1)?;
            self.sign(at + 3, b":")?;
            let minutes = self.figure(at + 4)?;
            self.within(hours, 0, 23, "offset hour", at + 1)?;
            self.within(minutes, 0, 59, "offset minute", at + 4)?;
            east = sign * i32::try_from(hours * 3600 + minutes * 60).unwrap_or_default();
        }
        if self.bytes.len() == end { Ok(east) } else { Err(self.shape(end)) }
    }

    /// The two digits at a place.
    fn figure(&self, at: usize) -> Result<i64, InstantError> {
        match (self.bytes.get(at), self.bytes.get(at + 1)) {
            (Some(a @ b'0'..=b'9'), Some(b @ b'0'..=b'9')) => Ok(i64::from(a - b'0') * 10 + i64::from(b - b'0')),
            _ => Err(self.shape(at)),
        }
    }

    fn sign(&self, at: usize, any: &[u8]) -> Result<(), InstantError> {
        match self.bytes.get(at) {
            Some(b) if any.contains(b) => Ok(()),
            _ => Err(self.shape(at)),
        }
    }

    fn within(&self, n: i64, low: i64, high: i64, part: &'static str, at: usize) -> Result<(), InstantError> {
        if (low..=high).contains(&n) {
            return Ok(());
        }
        let found = self.text.get(at..at + 2).unwrap_or_default().to_owned();
        Err(InstantError::Part { text: self.text.to_owned(), part, found, at: at..at + 2 })
    }

    fn shape(&self, at: usize) -> InstantError {
        let mut start = at.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        InstantError::Shape { text: self.text.to_owned(), at: start..self.text.len() }
    }
}
