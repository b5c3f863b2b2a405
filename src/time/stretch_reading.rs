//! What a stretch may mean that is not written by the twenty-four-hour clock.

use super::phrase::Token;

const HOUR: u32 = 3_600;
const NOON: u32 = 12 * HOUR;
const DAY: u32 = 24 * HOUR;

/// A time of day as somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// 0 to 24.
    hour: u32,
    /// 0 to 59.
    minute: u32,
    /// Whether `am` or `pm` follows.
    half: Option<Half>,
}

/// The half of a day that a figure of the twelve-hour clock lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Evening,
}

impl Figure {
    /// Reads `9`, `9:30`, `9.30`, `0930`, each with `am` or `pm` behind it if need be.
    pub(super) fn read(tokens: &[Token<'_>]) -> Option<Figure> {
        let (tokens, half) = match tokens {
            [rest @ .., last] if last.is("am") => (rest, Some(Half::Morning)),
            [rest @ .., last] if last.is("pm") => (rest, Some(Half::Evening)),
            all => (all, None),
        };
        let (hour, minute) = match tokens {
            [one] if one.text.len() == 4 => (one.figure()? / 100, one.figure()? % 100),
            [hour] => (hour.figure()?, 0),
            [hour, sign, minute] if [":", "."].contains(&sign.text) && minute.text.len() == 2 => {
                (hour.figure()?, minute.figure()?)
            }
            _ => return None,
        };
        let possible = match half {
            Some(_) => (1..=12).contains(&hour),
            None => hour <= 24,
        };
        (possible && minute < 60 && (hour < 24 || minute == 0)).then_some(Figure { hour, minute, half })
    }

    /// Whether it may lie in either half of the day.
    pub(super) fn is_of_either_half(self) -> bool {
        self.half.is_none() && (1..=12).contains(&self.hour)
    }

    /// The seconds after midnight that it may mean, by the twenty-four-hour clock where the whole stretch is written so.
    fn times(self, by_twelve: bool) -> Vec<u32> {
        let minutes = self.minute * 60;
        let (morning, evening) = (self.hour % 12 * HOUR + minutes, self.hour % 12 * HOUR + NOON + minutes);
        match self.half {
            Some(Half::Morning) => vec![morning],
            Some(Half::Evening) => vec![evening],
            None if by_twelve && self.is_of_either_half() => vec![morning, evening],
            None => vec![self.hour * HOUR + minutes],
        }
    }
}

/// The cure for a stretch between two figures: what to write, and what that means. Where the figures leave open which
/// half of the day is meant, every likely reading is told, and none is preferred.
pub(super) fn advice(open: Figure, close: Figure) -> String {
    let by_twelve = open.half.or(close.half).is_some() || (open.is_of_either_half() && close.is_of_either_half());
    let (opens, closes) = (open.times(by_twelve), close.times(by_twelve));
    let certain = opens.len() == 1 && closes.len() == 1;
    let ends = opens.iter().flat_map(|open| closes.iter().map(move |close| (open % DAY, *close)));
    let mut readings: Vec<(u32, u32)> = ends
        .map(|(open, close)| (open, if close == 0 { DAY } else { close }))
        .filter(|(open, close)| open != close)
        // nobody means twenty hours over midnight by `9-5`
        .filter(|ends| certain || ends.0 < ends.1 || length(*ends) <= NOON)
        .collect();
    let told = |(open, close): &(u32, u32)| format!("`{}` for {}", stretch(*open, *close), words(*open, *close));
    match readings.as_slice() {
        [] => "write `00:00-24:00` for the whole day".to_owned(),
        [only] if open.half.and(close.half).is_some() => format!("write `{}`", stretch(only.0, only.1)),
        [only] if open.half.or(close.half).is_some() => format!("write {}", told(only)),
        [only] => {
            // a night may have been written with the earlier of its ends first
            let around = (only.1 % DAY, if only.0 == 0 { DAY } else { only.0 });
            let other = if around == *only || length(around) > NOON { String::new() } else { told(&around) };
            format!("write {}{}{other}", told(only), if other.is_empty() { "" } else { ", or " })
        }
        _ => {
            readings.sort_unstable();
            let parts: Vec<String> = readings.iter().map(told).collect();
            let (rest, last) = parts.split_at(parts.len() - 1);
            format!("write {} or {}, whichever is meant", rest.join(", "), last.concat())
        }
    }
}

/// How many seconds a stretch lasts.
fn length((open, close): (u32, u32)) -> u32 {
    if open < close { close - open } else { close + DAY - open }
}

/// What a stretch is in words.
fn words(open: u32, close: u32) -> String {
    format!("{} to {}", said(open), said(close))
}

/// As policies write it.
fn stretch(open: u32, close: u32) -> String {
    let time = |seconds: u32| format!("{:02}:{:02}", seconds / HOUR, seconds / 60 % 60);
    format!("{}-{}", time(open), time(close))
}

/// As people say it.
fn said(seconds: u32) -> String {
    let (hour, minute) = (seconds / HOUR, seconds / 60 % 60);
    let figure = match (hour % 12, minute) {
        (0, 0) if hour == 12 => return "noon".to_owned(),
        (0, 0) => return "midnight".to_owned(),
        (hour, 0) => hour.to_string(),
        (0, minute) => format!("12:{minute:02}"),
        (hour, minute) => format!("{hour}:{minute:02}"),
    };
    let part = match hour {
        0 => "at night",
        1..=11 => "in the morning",
        12..=17 => "in the afternoon",
        _ => "in the evening",
    };
    format!("{figure} {part}")
}
