//! Stretches of a day, such as `09:00-17:00` or, over midnight, `20:00-08:00`.

use std::fmt;
use std::ops::Range;

use chrono::NaiveTime;

use super::phrase::{Kind, Token, span, tokens};
pub use super::stretch_error::StretchError;
use super::zone::Zone;

const DAY: u32 = 86_400;

/// From one time of the day up to, and without, another. If it closes at or before the time that it opens, it ends
/// on the next day, and belongs to the day it starts on.
///
/// ```
/// use rulebook::time::Stretch;
/// assert_eq!(Stretch::parse("8:00 – 17:30").unwrap().to_string(), "08:00-17:30");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// Seconds of the local day, 0 to 86,399.
    open: u32,
    /// Seconds from the same midnight, more than `open`, at most a day more.
    close: u32,
}

impl Stretch {
    /// Reads a phrase such as `09:00-17:00`. A dash may stand for the hyphen, with spaces about it; `24:00` is the
    /// end of the day.
    ///
    /// # Errors
    ///
    /// A [`StretchError`] that names the time at fault.
    pub fn parse(text: &str) -> Result<Stretch, StretchError> {
        read(text, &tokens(text))
    }

    /// Whether it is the whole day, so that days in a row leave no gap.
    pub fn is_whole_day(self) -> bool {
        self.open == 0 && self.close == DAY
    }

    /// Whether it ends on the day after the one that it starts on.
    pub fn wraps_midnight(self) -> bool {
        self.close > DAY
    }

    /// When it opens, in seconds after midnight.
    pub(super) fn open(self) -> u32 {
        self.open
    }

    /// When it closes, in seconds after the midnight before it opens.
    pub(super) fn close(self) -> u32 {
        self.close
    }

    /// The instants (Unix seconds) at which the stretch of a day opens and closes. `None` if a change of clocks
    /// leaves nothing of it.
    pub(super) fn on(self, day: i64, zone: &Zone) -> Option<(i64, i64)> {
        let open = zone.instant_of(day * 86_400 + i64::from(self.open));
        let close = zone.instant_of(day * 86_400 + i64::from(self.close));
        (open < close).then_some((open, close))
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let close = if self.close > DAY { self.close - DAY } else { self.close };
        let (open, close) = (self.open / 60, close / 60);
        write!(f, "{:02}:{:02}-{:02}:{:02}", open / 60, open % 60, close / 60, close % 60)
    }
}

/// Reads stretches of one day with commas between them, such as `09:00-12:00, 13:00-17:00`. `closed` is none.
///
/// # Errors
///
/// A [`StretchError`]; its place counts from the beginning of the list.
pub fn parse_stretches(text: &str) -> Result<Vec<Stretch>, StretchError> {
    let tokens = tokens(text);
    if let [only] = tokens.as_slice()
        && only.is("closed")
    {
        return Ok(Vec::new());
    }
    tokens.split(|t| t.text == ",").map(|part| read(text, part)).collect()
}

/// Reads a time of the day such as `17:00`; `24:00` is refused.
///
/// # Errors
///
/// A [`StretchError`] that says what is out of range.
pub fn parse_time_of_day(text: &str) -> Result<NaiveTime, StretchError> {
    let tokens = tokens(text);
    let wrong = || StretchError::Time { text: text.to_owned(), at: 0..text.len() };
    let [hour, colon, minute] = tokens.as_slice() else {
        return Err(wrong());
    };
    if colon.text != ":" {
        return Err(wrong());
    }
    let seconds = time(text, hour, minute)?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
        .ok_or_else(|| StretchError::Hour { time: text.to_owned(), at: 0..text.len() })
}

/// Reads one stretch from its tokens; `text` is the phrase that they stand in.
fn read(text: &str, part: &[Token<'_>]) -> Result<Stretch, StretchError> {
    let whole = span(part).unwrap_or(0..text.len());
    let said = text.get(whole.clone()).unwrap_or_default().to_owned();
    if let Some(half) = part.iter().find(|t| t.is("am") || t.is("pm")) {
        return Err(StretchError::TwelveHours { text: said, at: half.at.clone() });
    }
    let joins = |t: &Token<'_>| t.is_dash() || t.is("to");
    match part {
        [oh, oc, om, join, ch, cc, cm] if oc.text == ":" && cc.text == ":" && joins(join) => {
            let open = time(text, oh, om)?;
            let close = time(text, ch, cm)?;
            let close_text = text.get(ch.at.start..cm.at.end).unwrap_or_default();
            if open == close {
                return Err(StretchError::EqualEnds { text: said, at: whole });
            }
            if open == DAY {
                let at = oh.at.start..om.at.end;
                return Err(StretchError::OpensAtEnd { text: said, meant: format!("00:00-{close_text}"), at });
            }
            Ok(Stretch { open, close: if close < open { close + DAY } else { close } })
        }
        _ => Err(shapeless(text, said, part, whole)),
    }
}

/// Seconds after midnight, up to and with 24:00.
fn time(text: &str, hour: &Token<'_>, minute: &Token<'_>) -> Result<u32, StretchError> {
    let at = hour.at.start..minute.at.end;
    let said = text.get(at.clone()).unwrap_or_default().to_owned();
    if hour.kind != Kind::Number || minute.kind != Kind::Number || minute.text.len() != 2 || hour.text.len() > 2 {
        return Err(StretchError::Time { text: said, at });
    }
    match (hour.figure().unwrap_or(99), minute.figure().unwrap_or(99)) {
        (25.., _) => Err(StretchError::Hour { time: said, at }),
        (24, 1..) | (_, 60..) => Err(StretchError::Minute { time: said, at }),
        (h, m) => Ok(h * 3600 + m * 60),
    }
}

/// What is wrong with tokens that are not two times: minutes left out, or anything else.
fn shapeless(text: &str, said: String, part: &[Token<'_>], whole: Range<usize>) -> StretchError {
    let filled = |end: &[Token<'_>]| match end {
        [h] => h.figure().filter(|h| *h <= 24).map(|h| format!("{h:02}:00")),
        [h, colon, m] if colon.text == ":" => {
            time(text, h, m).ok().map(|s| format!("{:02}:{:02}", s / 3600, s / 60 % 60))
        }
        _ => None,
    };
    let mut ends = part.split(|t| t.is_dash() || t.is("to"));
    let both = (ends.next().and_then(filled), ends.next().and_then(filled), ends.next());
    if let (Some(open), Some(close), None) = both {
        return StretchError::Minutes { text: said, meant: format!("{open}-{close}"), at: whole };
    }
    StretchError::Shape { text: said, at: whole }
}
