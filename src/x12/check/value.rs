//! Whether a text is a number, a date or a time.

use chrono::NaiveDate;

/// Digits and nothing else, at least one.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

/// How many digits a number has, which is what counts as its length; `None` if it is none.
pub(super) fn decimal_digits(bytes: &[u8]) -> Option<usize> {
    let unsigned = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let points = unsigned.iter().filter(|byte| **byte == b'.').count();
    let digits = unsigned.iter().filter(|byte| byte.is_ascii_digit()).count();
    (points <= 1 && digits > 0 && points + digits == unsigned.len()).then_some(digits)
}

/// The number that a few digits write.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}

/// A date of eight digits, or of six in this century.
pub(in crate::x12) fn date(bytes: &[u8]) -> Option<NaiveDate> {
    let (year, rest) = match bytes.len() {
        8 => (number(bytes.get(..4)?)?, bytes.get(4..)?),
        6 => (2000 + number(bytes.get(..2)?)?, bytes.get(2..)?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(rest.get(..2)?)?, number(rest.get(2..)?)?)
}

/// A time of day in hundredths of a second: `HHMM`, `HHMMSS`, then tenths or hundredths.
pub(in crate::x12) fn time(bytes: &[u8]) -> Option<u32> {
    let two = |at: usize| match bytes.get(at..at + 2) {
        Some(digits) => number(digits),
        None => Some(0),
    };
    if !matches!(bytes.len(), 4 | 6 | 7 | 8) {
        return None;
    }
    let (hour, minute, second) = (two(0)?, two(2)?, two(4)?);
    let hundredths = match bytes.get(6..).unwrap_or_default() {
        [] => 0,
        [tenths] => number(&[*tenths])? * 10,
        both => number(both)?,
    };
    (hour < 24 && minute < 60 && second < 60).then_some(((hour * 60 + minute) * 60 + second) * 100 + hundredths)
}

/// Whether a text is a date or period in the format of this name. Formats that nobody here knows are let pass.
pub(super) fn is_period(format: &[u8], bytes: &[u8]) -> bool {
    match format {
        b"D8" => bytes.len() == 8 && date(bytes).is_some(),
        b"RD8" => period(bytes).is_some(),
        b"DT" => match bytes.split_at_checked(8) {
            Some((day, hour)) => date(day).is_some() && hour.len() == 4 && time(hour).is_some(),
            None => false,
        },
        _ => true,
    }
}

/// Two dates of eight digits with a hyphen between them, the first no later than the second.
pub(in crate::x12) fn period(bytes: &[u8]) -> Option<(NaiveDate, NaiveDate)> {
    let (from, rest) = bytes.split_at_checked(8)?;
    let to = rest.strip_prefix(b"-").filter(|to| to.len() == 8)?;
    let (from, to) = (date(from)?, date(to)?);
    (from <= to).then_some((from, to))
}
