//! The forms of phrases, as patterns of the kind that JSON Schema has (ECMA-262).
//!
//! They say nothing of what a phrase means: `5-3 business days` has a good form. The case of letters, dashes and spaces
//! make no more difference than they do to the parsers of `time/`, so each letter stands in both cases.

/// A name of a category, reason and the like: no signs but spaces within, `-` and `_`.
pub(super) const NAME: &str =
    r"^[^\u0000-,./:-@\[-\^`{-\u007f](?:[^\u0000-\u001f!-,./:-@\[-\^`{-\u007f]*[^\u0000-,./:-@\[-\^`{-\u007f])?$";

/// A fact's name: no signs but dots between its parts, and `_`.
pub(super) const FACT: &str = r"^[^\u0000-/:-@\[-\^`{-\u007f]+(?:\.[^\u0000-/:-@\[-\^`{-\u007f]+)*$";

/// A name that is free: anything at all.
pub(super) const ANYTHING: &str = "^";

/// A date.
pub(super) const DATE: &str = "^(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$";

/// An instant with its offset.
pub(super) const INSTANT: &str =
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.0+)?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})$";

/// A sum of facts.
pub(super) const SUM: &str = r"^\s*\S+(?:\s+[-+]\s+\S+)*\s*$";

/// A fact as a share of another.
pub(super) const PERCENT: &str = r"^\s*\S+\s* of \s*\S+\s*$";

/// A whole percentage.
pub(super) const SHARE: &str = r"^\s*[0-9]{1,2}\s*%\s*$";

/// How often something may be done.
pub(super) const AT_MOST: &str = r"^at most \s*\+?[0-9]+\s*$";

/// How many people approve.
pub(super) const SEATS: &str = r"^\+?[0-9]+ of$";

/// A time of the day.
pub(super) const TIME: &str = r"^\s*(?:[01]?[0-9]|2[0-3])\s*:\s*[0-5][0-9]\s*$";

const CLOCK: &str = r"(?:(?:[01]?[0-9]|2[0-3])\s*:\s*[0-5][0-9]|24\s*:\s*00)";
/// A hyphen, or one of the dashes that stand in its place.
const DASH: &str = r"[-\u2010-\u2014\u2212]";
/// A whole figure above zero.
const FIGURE: &str = "0*[1-9][0-9]*";
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words in either case, with any space between them.
fn said(words: &str) -> String {
    let letter = |c: char| match c {
        ' ' => r"\s+".to_owned(),
        c if c.is_ascii_alphabetic() => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
        c => c.to_string(),
    };
    words.chars().map(letter).collect()
}

/// One of several.
fn any(words: &[&str]) -> String {
    format!("(?:{})", words.iter().map(|words| said(words)).collect::<Vec<_>>().join("|"))
}

/// One of a unit, or several.
fn units(units: &[&str]) -> String {
    format!("(?:{})", units.iter().map(|unit| said(unit) + "[Ss]?").collect::<Vec<_>>().join("|"))
}

/// The whole phrase, whatever space stands about it.
fn whole(phrase: &str) -> String {
    format!(r"^\s*(?:{phrase})\s*$")
}

/// Just these words.
pub(super) fn words(words: &[&str]) -> String {
    whole(&any(words))
}

/// How soon: `5-7 business days`.
pub(super) fn turnaround() -> String {
    let unit = units(&["second", "minute", "hour", "day", "week"]);
    let (up_to, to, business) = (said("up to"), said("to"), said("business"));
    let figures = format!(r"(?:{up_to}\s*)?{FIGURE}\s*(?:(?:{DASH}|{to})\s*{FIGURE}\s*)?");
    let on = said("on business days");
    whole(&format!(r"{}|{figures}(?:{business}\s+)?{unit}(?:\s+{on})?", said("immediately")))
}

fn stretch() -> String {
    format!(r"{CLOCK}\s*(?:{DASH}|{})\s*{CLOCK}", said("to"))
}

/// A window: `20:00-08:00`.
pub(super) fn window() -> String {
    whole(&stretch())
}

/// Opening hours: `09:00-12:00, 13:00-17:00`, or `closed`.
pub(super) fn hours() -> String {
    let stretch = stretch();
    whole(&format!(r"{}|{stretch}(?:\s*,\s*{stretch})*", said("closed")))
}

/// Days of the week: `monday to friday`.
pub(super) fn weekdays() -> String {
    let (every, day) = (said("every day"), any(&DAYS));
    let days = format!(r"{day}(?:\s*(?:{}|{DASH})\s*{day})?", said("to"));
    whole(&format!(r"{every}|{days}(?:\s*(?:,|{})\s*{days})*", said("and")))
}

/// A day of the year: `third Monday of January`.
pub(super) fn holiday() -> String {
    let (month, day) = (any(&MONTHS), any(&DAYS));
    let nth = any(&["first", "second", "third", "fourth", "fifth", "last"]);
    let (the, of) = (said("the"), said("of"));
    let easter = format!(r"(?:[0-9]+\s*{}\s+{}\s+)?{}", units(&["day"]), any(&["before", "after"]), said("easter"));
    let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    whole(&format!(r"{date}|[0-9]+\s*{month}|(?:{the}\s+)?{nth}\s+{day}\s+{of}\s+{month}|{easter}"))
}

/// A length of time: `2 minutes 1 second`, `PT2M1S`.
pub(super) fn duration() -> String {
    whole(&length())
}

fn length() -> String {
    let unit = units(&["week", "day", "hour", "minute", "second"]);
    format!(r"(?:[0-9]+\s*{unit}(?:\s*(?:,|{}))?\s*)+|[Pp][0-9WwDdTtHhMmSs\s]+", said("and"))
}

/// What may stand beside a fact that has an order: a value, a comparison or a range. `presence` adds `present` and `absent`.
pub(super) fn comparison(of: Ordered, presence: bool) -> String {
    let value = match of {
        Ordered::Integer => "-?[0-9]+".to_owned(),
        Ordered::Decimal => r"-?[0-9]+(?:\.[0-9]+)?".to_owned(),
        Ordered::Duration => length(),
        Ordered::Days => format!(r"-?[0-9]+(?:\s+{})?", units(&["day"])),
        Ordered::Date => "[0-9]{4}-[0-9]{2}-[0-9]{2}".to_owned(),
    };
    let bare = match of {
        Ordered::Duration => "[0-9]+|",
        Ordered::Integer | Ordered::Decimal | Ordered::Days | Ordered::Date => "",
    };
    let more = any(&["more than", "less than", "at least", "at most"]);
    let compared = format!(r"(?:{more}\s+|(?:>=|<=|>|<)\s*)");
    let mut forms = vec![
        format!(r"{compared}?(?:{value})"),
        // `2 to 5 minutes` names its unit once
        format!(r"(?:{bare}{value})(?:\s+to\s+|\s*\.\.\s*)(?:{value})"),
    ];
    if of == Ordered::Date {
        let age = format!(r"\+?[0-9]+\s+{}", units(&["day", "week", "business day"]));
        forms.push(format!(r"{}\s+(?:{value})", any(&["before", "after", "on or before", "on or after"])));
        forms.push(format!(r"{compared}?{age}\s+{}", said("ago")));
        forms.push(format!(r"{}\s+{age}", any(&["within the next", "within the last"])));
    }
    if presence {
        forms.push("present|absent".to_owned());
    }
    whole(&forms.join("|"))
}

/// What a comparison compares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordered {
    /// Whole numbers.
    Integer,
    /// Decimal numbers.
    Decimal,
    /// Lengths of time.
    Duration,
    /// Days between two dates.
    Days,
    /// Dates.
    Date,
}
