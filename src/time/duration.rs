//! Lengths of time.

use std::fmt;

pub use super::duration_error::DurationError;
use super::phrase::{Kind, nearest, tokens};

/// A length of time in whole seconds, zero or more. A day is 86,400 seconds, a week seven days.
///
/// ```
/// use rulebook::time::Duration;
/// let waited = Duration::parse("PT2M1S").unwrap();
/// assert_eq!(waited.seconds(), 121);
/// assert_eq!(waited.to_string(), "2 minutes 1 second");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

/// Units by word and by letter of ISO 8601, the longest first.
const UNITS: [(&str, &str, i64); 5] = [
    ("week", "weeks", 604_800),
    ("day", "days", 86_400),
    ("hour", "hours", 3600),
    ("minute", "minutes", 60),
    ("second", "seconds", 1),
];

impl Duration {
    /// A length of so many seconds; `None` if negative.
    pub fn from_seconds(seconds: i64) -> Option<Duration> {
        (seconds >= 0).then_some(Duration(seconds))
    }

    /// The whole of it in seconds.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Reads `2 minutes 1 second` (commas and `and` may stand between), or ISO 8601 without years, months and
    /// fractions: `PT2M1S`, `P1D`, `P2W`.
    ///
    /// # Errors
    ///
    /// A [`DurationError`] that names the part at fault.
    pub fn parse(text: &str) -> Result<Duration, DurationError> {
        let trimmed = text.trim();
        if trimmed.starts_with(['-', '\u{2212}']) {
            return Err(DurationError::Negative { text: text.to_owned() });
        }
        if let Some(at) = text.find(['.', ',']).filter(|at| fraction(text, *at)) {
            return Err(DurationError::Fraction { text: text.to_owned(), at: at..text.len() });
        }
        let iso =
            trimmed.strip_prefix(['P', 'p']).filter(|rest| rest.starts_with(['T', 't']) || starts_with_digit(rest));
        let parts = match iso {
            Some(_) => iso_parts(text)?,
            None => word_parts(text)?,
        };
        let mut total: i64 = 0;
        for (figure, seconds) in parts {
            let sum = figure.parse().ok().and_then(|n: i64| n.checked_mul(seconds)?.checked_add(total));
            total = sum.ok_or_else(|| DurationError::TooLong { text: text.to_owned() })?;
        }
        Ok(Duration(total))
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the point or comma at a place stands between digits.
fn fraction(text: &str, at: usize) -> bool {
    let before = text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
    before && text.get(at + 1..).is_some_and(starts_with_digit)
}

/// Figures with the seconds of their units, from words.
fn word_parts(text: &str) -> Result<Vec<(&str, i64)>, DurationError> {
    let tokens = tokens(text);
    let mut parts: Vec<(&str, i64)> = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((figure, after)) = rest.split_first() {
        let figure_wanted = || DurationError::Shape { text: text.to_owned(), at: figure.at.start..text.len() };
        let Some((unit, after)) = after.split_first() else {
            let lone = DurationError::NoUnit { figure: figure.text.to_owned(), at: figure.at.clone() };
            return Err(if figure.kind == Kind::Number { lone } else { figure_wanted() });
        };
        if figure.kind != Kind::Number {
            return Err(figure_wanted());
        }
        let known = UNITS.iter().find(|(one, many, _)| unit.is(one) || unit.is(many));
        let Some((_, _, seconds)) = known else {
            let meant = nearest(unit.text, &UNITS.map(|(_, many, _)| many));
            return Err(DurationError::Unit { word: unit.text.to_owned(), meant, at: unit.at.clone() });
        };
        if parts.last().is_some_and(|(_, last)| last <= seconds) {
            return Err(DurationError::Order { word: unit.text.to_owned(), at: unit.at.clone() });
        }
        parts.push((figure.text, *seconds));
        rest = match after {
            [between, more @ ..] if !more.is_empty() && (between.text == "," || between.is("and")) => more,
            _ => after,
        };
    }
    if parts.is_empty() { Err(DurationError::Shape { text: text.to_owned(), at: 0..text.len() }) } else { Ok(parts) }
}

/// Figures with the seconds of their units, from ISO 8601 (`PnW`, `PnDTnHnMnS`).
fn iso_parts(text: &str) -> Result<Vec<(&str, i64)>, DurationError> {
    let start = text.find(['P', 'p']).map_or(0, |p| p + 1);
    let mut parts: Vec<(&str, i64)> = Vec::new();
    let (mut clock, mut figure_at) = (false, start);
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < start) {
        let wrong = || DurationError::Shape { text: text.to_owned(), at: at..text.len() };
        if c.is_ascii_digit() {
            continue;
        }
        if c.is_whitespace() && figure_at == at {
            figure_at = at + c.len_utf8();
            continue;
        }
        if matches!(c, 'T' | 't') && !clock && figure_at == at {
            (clock, figure_at) = (true, at + 1);
            continue;
        }
        let seconds = match (clock, c.to_ascii_uppercase()) {
            (false, 'W') => 604_800,
            (false, 'D') => 86_400,
            (true, 'H') => 3600,
            (true, 'M') => 60,
            (true, 'S') => 1,
            (false, 'Y' | 'M') => {
                return Err(DurationError::Unit { word: c.to_string(), meant: None, at: at..at + 1 });
            }
            (false | true, _) => return Err(wrong()),
        };
        let figure = text.get(figure_at..at).filter(|f| starts_with_digit(f)).ok_or_else(wrong)?;
        if parts.last().is_some_and(|(_, last)| *last <= seconds) {
            return Err(DurationError::Order { word: c.to_string(), at: at..at + 1 });
        }
        parts.push((figure, seconds));
        figure_at = at + 1;
    }
    let ends_in_t = text.trim_end().ends_with(['T', 't']);
    if figure_at < text.trim_end().len() || parts.is_empty() || ends_in_t {
        return Err(DurationError::Shape { text: text.to_owned(), at: figure_at.min(text.len())..text.len() });
    }
    Ok(parts)
}

/// A length of time in hours, minutes and seconds.
///
/// What has run of opening hours is no day when it comes to 24 of them.
#[derive(Clone, Copy, Debug)]
pub struct InHours(pub Duration);

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        figures(f, *self, 1)
    }
}

impl fmt::Display for InHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        figures(f, self.0, 2)
    }
}

/// Writes a length by its units but for so many of the longest.
fn figures(f: &mut fmt::Formatter<'_>, length: Duration, without: usize) -> fmt::Result {
    let mut left = length.0;
    let mut gap = "";
    for (one, many, seconds) in UNITS.iter().skip(without) {
        let figure = left / seconds;
        left %= seconds;
        if figure > 0 {
            write!(f, "{gap}{figure} {}", if figure == 1 { one } else { many })?;
            gap = " ";
        }
    }
    if gap.is_empty() { f.write_str("0 seconds") } else { Ok(()) }
}
