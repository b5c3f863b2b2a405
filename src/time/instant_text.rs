//! Instants as RFC 3339 text.

use chrono::FixedOffset;

use super::instant_error::InstantError;

/// The figures 00 to 99, two digits each: divisions by ten would be half the cost of writing an instant.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut figure = 0;
    while let Some((pair, _)) = pairs.split_at_mut(figure).1.split_first_mut() {
        *pair = [b'0' + (figure / 10) as u8, b'0' + (figure % 10) as u8];
        figure += 1;
    }
    pairs
};

/// The last two digits of a figure, in ASCII.
#[inline]
pub(super) fn two(figure: u32) -> [u8; 2] {
    PAIRS.get((figure % 100) as usize).copied().unwrap_or([b'0'; 2])
}

/// Year, month and day of a count of days since 1970-01-01 that lies in the years of casework (Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
pub(super) fn civil(days: i64) -> (u32, u32, u32) {
    let z = u32::try_from(days + 719_468).unwrap_or(0);
    let era = z / 146_097;
    let doe = z % 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + u32::from(month <= 2), month, day)
}

/// Days since 1970-01-01 of a civil date (Hinnant, `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let y = year - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Reads an instant as Unix seconds, and the offset that it was written with.
pub(super) fn read(text: &str) -> Result<(i64, FixedOffset), InstantError> {
    match usual(text.as_bytes()) {
        Some(found) => Ok(found),
        None => Reader { text, bytes: text.as_bytes() }.read(),
    }
}

/// Reads the usual layout `2026-03-01T21:30:00-05:00` when nothing is wrong with it; all else is left to the
/// [`Reader`], which also knows what to say.
fn usual(bytes: &[u8]) -> Option<(i64, FixedOffset)> {
    let &[
        c1,
        c2,
        y1,
        y2,
        b'-',
        mo1,
        mo2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        mi1,
        mi2,
        b':',
        s1,
        s2,
        sign @ (b'+' | b'-'),
        oh1,
        oh2,
        b':',
        om1,
        om2,
    ] = bytes
    else {
        return None;
    };
    let digits = [c1, c2, y1, y2, mo1, mo2, d1, d2, h1, h2, mi1, mi2, s1, s2, oh1, oh2, om1, om2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let figure = |tens: u8, ones: u8| i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    let (year, month, day) = (figure(c1, c2) * 100 + figure(y1, y2), figure(mo1, mo2), figure(d1, d2));
    let (hour, minute, second) = (figure(h1, h2), figure(mi1, mi2), figure(s1, s2));
    let (offset_hours, offset_minutes) = (figure(oh1, oh2), figure(om1, om2));
    let right = (1900..=2199).contains(&year)
        && (1..=12).contains(&month)
        && (1..=28).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60
        && offset_hours < 24
        && offset_minutes < 60;
    if !right {
        return None;
    }
    let east = (offset_hours * 3600 + offset_minutes * 60) * if sign == b'-' { -1 } else { 1 };
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - east;
    Some((seconds, FixedOffset::east_opt(i32::try_from(east).ok()?)?))
}

/// A text being read.
struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn read(&self) -> Result<(i64, FixedOffset), InstantError> {
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
            Some(zone) => Ok((seconds, zone)),
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
