//! Holidays as phrases.

use chrono::NaiveDate;

use super::date::parse_date;
use super::holiday::Day;
use super::holiday_error::HolidayError;
use super::phrase::{Token, nearest, span, tokens};
use super::weekday::weekday;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const ORDINALS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "last"];

/// Farther from Easter than this is no feast.
const FARTHEST: u32 = 300;

/// Reads which day of a year a phrase means.
pub(super) fn day(text: &str) -> Result<Day, HolidayError> {
    let tokens = tokens(text);
    match tokens.as_slice() {
        [only] if only.is("easter") => Ok(Day::Easter { days: 0 }),
        [figure, unit, side, easter] if easter.is("easter") => from_easter(text, figure, unit, side),
        [figure, month] if figure.figure().is_some() => yearly(figure, month),
        [month, figure] if figure.figure().is_some() && self::month(month).is_ok() => {
            Err(HolidayError::MonthFirst { meant: format!("{} {}", figure.text, month.text), text: text.to_owned() })
        }
        [year, hyphen, ..] if year.figure().is_some() && hyphen.text == "-" => {
            parse_date(text.trim()).map(Day::Once).map_err(HolidayError::Date)
        }
        [nth, day, of, month] if of.is("of") => weekday_of_month(nth, day, month),
        [the, nth, day, of, month] if the.is("the") && of.is("of") => weekday_of_month(nth, day, month),
        [good, friday] if good.is("good") && friday.is("friday") => Err(feast(text, "2 days before Easter")),
        [easter, monday] if easter.is("easter") && monday.is("monday") => Err(feast(text, "1 day after Easter")),
        [easter, sunday] if easter.is("easter") && sunday.is("sunday") => Err(feast(text, "Easter")),
        [whit, monday] if whit.is("whit") && monday.is("monday") => Err(feast(text, "50 days after Easter")),
        [ascension, ..] if ascension.is("ascension") => Err(feast(text, "39 days after Easter")),
        all => Err(HolidayError::Shape { text: text.to_owned(), at: span(all).unwrap_or(0..text.len()) }),
    }
}

fn feast(text: &str, meant: &'static str) -> HolidayError {
    HolidayError::Feast { text: text.to_owned(), meant }
}

fn from_easter(text: &str, figure: &Token<'_>, unit: &Token<'_>, side: &Token<'_>) -> Result<Day, HolidayError> {
    let wrong = |t: &Token<'_>| HolidayError::Shape { text: text.to_owned(), at: t.at.clone() };
    let days = figure.figure().filter(|n| (1..=FARTHEST).contains(n));
    let Some(days) = days else {
        return Err(HolidayError::Distance { figure: figure.text.to_owned(), at: figure.at.clone() });
    };
    if !unit.is("day") && !unit.is("days") {
        return Err(wrong(unit));
    }
    match (side.is("before"), side.is("after")) {
        (true, _) => Ok(Day::Easter { days: -i64::from(days) }),
        (_, true) => Ok(Day::Easter { days: i64::from(days) }),
        (false, false) => Err(wrong(side)),
    }
}

fn yearly(figure: &Token<'_>, word: &Token<'_>) -> Result<Day, HolidayError> {
    let month = month(word)?;
    let day = figure.figure().unwrap_or(0);
    // 2000 is a leap year: 29 February is a day of the years that have it.
    match NaiveDate::from_ymd_opt(2000, month, day) {
        Some(_) => Ok(Day::Yearly { month, day }),
        None => Err(HolidayError::NoSuchDay {
            day: figure.text.to_owned(),
            month: month_name(month),
            at: figure.at.clone(),
        }),
    }
}

fn weekday_of_month(nth: &Token<'_>, day: &Token<'_>, of: &Token<'_>) -> Result<Day, HolidayError> {
    let Some(place) = ORDINALS.iter().position(|o| nth.is(o)) else {
        let meant = nearest(nth.text, &ORDINALS);
        return Err(HolidayError::Ordinal { word: nth.text.to_owned(), meant, at: nth.at.clone() });
    };
    let weekday = weekday(day).map_err(HolidayError::Weekday)?;
    let month = month(of)?;
    match u8::try_from(place) {
        Ok(place) if place < 5 => Ok(Day::Nth { nth: place + 1, weekday, month }),
        Ok(_) | Err(_) => Ok(Day::Last { weekday, month }),
    }
}

/// The number of a month, from 1.
fn month(word: &Token<'_>) -> Result<u32, HolidayError> {
    let found = (1..).zip(MONTHS).find(|(_, name)| word.is(name));
    found.map(|(number, _)| number).ok_or_else(|| {
        let lower = MONTHS.map(str::to_lowercase);
        let meant = nearest(word.text, &lower.each_ref().map(String::as_str));
        let meant = MONTHS.into_iter().find(|name| meant.is_some_and(|m| name.eq_ignore_ascii_case(m)));
        HolidayError::Month { word: word.text.to_owned(), meant, at: word.at.clone() }
    })
}

fn month_name(month: u32) -> &'static str {
    (1..).zip(MONTHS).find(|(number, _)| *number == month).map_or("", |(_, name)| name)
}
