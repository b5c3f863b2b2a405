//! Stretches of a day, such as `09:00-17:00` or, over midnight, `20:00-08:00`.

use std::fmt;
use std::ops::Range;

use chrono::NaiveTime;

use super::phrase::{Kind, Token, span, tokens};
pub use super::stretch_error::StretchError;
use super::stretch_reading::{Figure, advice};
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
    /// A [`StretchError`] that names the time at fault. `9:00-5:00` is refused, since hours of a digit each that end before
    /// they begin may be those of the day as well as of the night; `09:00-05:00` is by the twenty-four-hour clock.
    pub fn parse(text: &str) -> Result<Stretch, StretchError> {
        read(text, &tokens(text), None)
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
    let mut stretches: Vec<Stretch> = Vec::new();
    for part in tokens.split(|t| t.text == ",") {
        stretches.push(read(text, part, stretches.last().copied())?);
    }
    Ok(stretches)
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

/// Reads one stretch from its tokens; `text` is the phrase that they stand in, `before` the stretch that stands before it.
fn read(text: &str, part: &[Token<'_>], before: Option<Stretch>) -> Result<Stretch, StretchError> {
    let whole = span(part).unwrap_or(0..text.len());
    let said = text.get(whole.clone()).unwrap_or_default().to_owned();
    if let Some(half) = part.iter().find(|t| t.is("am") || t.is("pm")) {
        return Err(StretchError::TwelveHours { text: said, advice: meant(part), at: half.at.clone() });
    }
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
            let falls = close < open || before.is_some_and(|before| open < before.open);
            let by_digits = oh.text.len() == 1 || ch.text.len() == 1;
            if falls && by_digits && is_of_either_half(part) {
                return Err(StretchError::EitherHalf {
                    text: said,
                    advice: meant(part).unwrap_or_default(),
                    at: whole,
                });
            }
            Ok(Stretch { open, close: if close < open { close + DAY } else { close } })
        }
        _ => Err(shapeless(said, part, whole)),
    }
}

/// Whether a word or sign stands between the two ends of a stretch.
fn joins(token: &Token<'_>) -> bool {
    token.is_dash() || token.is("to")
}

/// The two ends of a stretch, however they are written.
fn ends(part: &[Token<'_>]) -> Option<(Figure, Figure)> {
    let mut ends = part.split(joins);
    let (open, close) = (Figure::read(ends.next()?)?, Figure::read(ends.next()?)?);
    ends.next().is_none().then_some((open, close))
}

/// What to write instead of a stretch that is not written by the twenty-four-hour clock.
fn meant(part: &[Token<'_>]) -> Option<String> {
    ends(part).map(|(open, close)| advice(open, close))
}

/// Whether both ends may lie in either half of the day.
fn is_of_either_half(part: &[Token<'_>]) -> bool {
    ends(part).is_some_and(|(open, close)| open.is_of_either_half() && close.is_of_either_half())
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

/// What is wrong with tokens that are not two times: minutes left out or written otherwise, or anything else.
fn shapeless(said: String, part: &[Token<'_>], whole: Range<usize>) -> StretchError {
    match meant(part) {
        Some(advice) => StretchError::Minutes { text: said, advice, at: whole },
        None => StretchError::Shape { text: said, at: whole },
    }
}
