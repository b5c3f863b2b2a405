//! What people call time zones, and which zone they mean by it.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::nearest_within;
use crate::time::Zones;

/// Words that people put about a zone's name, and that say nothing of where it is.
const ASIDES: [&str; 10] = ["time", "zone", "standard", "daylight", "summer", "city", "us", "usa", "timezone", "local"];

/// The areas of the world that zones are named by. Others, such as `US` and `Canada`, are of old and name no city.
const AREAS: [&str; 9] =
    ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// Names that are made of two abbreviations, and what they have been names of since 1967.
const OF_OLD: [(&str, &str); 4] = [
    ("EST5EDT", "America/New_York"),
    ("CST6CDT", "America/Chicago"),
    ("MST7MDT", "America/Denver"),
    ("PST8PDT", "America/Los_Angeles"),
];

/// The zone that was probably meant: the one of that city, however it is spelled, else the one that differs by a slip.
///
/// An abbreviation such as `EDT` is that of many places, and an offset that of more: none of them is meant.
pub fn nearest_zone<'z>(name: &str, zones: &'z Zones) -> Option<&'z str> {
    // no name is this long
    const LONGEST: usize = 100;
    if name.len() > LONGEST || shape(name) != Shape::Place {
        return None;
    }
    if let Some((_, city)) = OF_OLD.iter().find(|(of_old, _)| of_old.eq_ignore_ascii_case(name)) {
        return zones.names().find(|zone| zone == city);
    }
    let written = name.split([',', '(']).next().unwrap_or(name);
    let city = written.rsplit('/').next().unwrap_or(written);
    let whole = folded(written, &[]);
    let of_name = zones.names().find(|zone| folded(zone, &[]) == whole);
    of_name
        .or_else(|| of_city(&folded(city, &[]), zones))
        .or_else(|| of_city(&folded(city, &ASIDES), zones))
        .or_else(|| slip(&folded(city, &ASIDES), zones))
}

/// Why a name that is like none says too little to tell which zone is meant.
pub fn zone_hint(name: &str) -> &'static str {
    match shape(name) {
        Shape::Abbreviation => "an abbreviation may be the time of several places, and says nothing of daylight saving",
        Shape::Offset => "an offset says nothing of daylight saving",
        Shape::Place => "zones go by the largest city: Berlin for all of Germany, Chicago for Dallas",
    }
}

#[derive(PartialEq, Eq)]
enum Shape {
    /// `EST`, `CET`.
    Abbreviation,
    /// `GMT+5`, `+05:00`.
    Offset,
    /// Anything else.
    Place,
}

fn shape(name: &str) -> Shape {
    let letters = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let word = name.len() - letters.len();
    let is_reference = ["", "gmt", "utc", "z"].contains(&name.get(..word).unwrap_or_default().to_lowercase().as_str());
    if letters.is_empty() && (2..=4).contains(&word) && name.bytes().all(|b| b.is_ascii_uppercase()) && name != "UTC" {
        Shape::Abbreviation
    } else if is_reference && letters.trim_start().starts_with(|c: char| c.is_ascii_digit() || "+-\u{2212}".contains(c))
    {
        Shape::Offset
    } else {
        Shape::Place
    }
}

/// The zone whose city this is. What the old names of a country's times mean is told by the city of the same time.
fn of_city<'z>(city: &str, zones: &'z Zones) -> Option<&'z str> {
    let ends_so = |zone: &&str| zone.rsplit('/').next().is_some_and(|end| folded(end, &[]) == city);
    let found: Vec<&str> = zones.names().filter(ends_so).collect();
    let by_city = found.iter().copied().find(|zone| is_of_a_city(zone));
    let of_old = || {
        let old = found.iter().find(|zone| zone.starts_with("US/")).or(found.first())?;
        zones.twins(old).find(|twin| is_of_a_city(twin)).or(Some(*old))
    };
    by_city.or_else(of_old)
}

/// The zone of a city whose name differs by a letter, or two if it is long.
fn slip<'z>(city: &str, zones: &'z Zones) -> Option<&'z str> {
    const SHORTEST: usize = 4;
    if city.chars().count() < SHORTEST {
        return None;
    }
    let most = if city.chars().count() < 8 { 1 } else { 2 };
    let cities: Vec<(String, &str)> = zones
        .names()
        .filter(|zone| is_of_a_city(zone))
        .map(|zone| (folded(zone.rsplit('/').next().unwrap_or(zone), &[]), zone))
        .collect();
    let near = nearest_within(city, cities.iter().map(|(city, _)| city.as_str()), most)?;
    cities.iter().find(|(city, _)| city == near).map(|(_, zone)| *zone)
}

fn is_of_a_city(zone: &str) -> bool {
    zone.split_once('/').is_some_and(|(area, _)| AREAS.contains(&area))
}

/// A name without case, accents, white space and signs other than `/`, and without these words.
fn folded(name: &str, without: &[&str]) -> String {
    let plain: String = name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let plain = plain.to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric() && c != '/' && c != '\'' && c != '\u{2019}');
    let said = words.filter(|word| !without.contains(word));
    said.flat_map(str::chars).filter(|c| !matches!(c, '\'' | '\u{2019}')).collect()
}

#[cfg(test)]
mod tests {
    use super::{nearest_zone, zone_hint};
    use crate::time::Zones;

    #[test]
    fn a_city_is_found_however_it_is_spelled() {
        let zones = Zones::embedded();
        for (said, meant) in [
            ("New York", "America/New_York"),
            ("new york", "America/New_York"),
            ("NewYork", "America/New_York"),
            ("America/New York", "America/New_York"),
            ("america/new_york", "America/New_York"),
            ("America/NewYork", "America/New_York"),
            ("US/New_York", "America/New_York"),
            ("New York City", "America/New_York"),
            ("New York, NY", "America/New_York"),
            ("Eastern", "America/New_York"),
            ("eastern time", "America/New_York"),
            ("Eastern Standard Time", "America/New_York"),
            ("US Eastern", "America/New_York"),
            ("US/eastern", "US/Eastern"),
            ("Central Daylight Time", "America/Chicago"),
            ("Mountain", "America/Denver"),
            ("Pacific Time", "America/Los_Angeles"),
            ("EST5EDT", "America/New_York"),
            ("cst6cdt", "America/Chicago"),
            ("MST7MDT", "America/Denver"),
            ("PST8PDT", "America/Los_Angeles"),
            ("losangeles", "America/Los_Angeles"),
            ("S\u{e3}o Paulo", "America/Sao_Paulo"),
            ("St. John's", "America/St_Johns"),
            ("Port au Prince", "America/Port-au-Prince"),
            ("Ho Chi Minh City", "Asia/Ho_Chi_Minh"),
            ("Mexico City", "America/Mexico_City"),
            ("berlin", "Europe/Berlin"),
            ("Londn", "Europe/London"),
            ("Europe/Londn", "Europe/London"),
            ("Asia/Calcuta", "Asia/Calcutta"),
            ("Tokio", "Asia/Tokyo"),
            ("japan", "Japan"),
        ] {
            assert_eq!(nearest_zone(said, &zones), Some(meant), "{said}");
            assert!(zones.get(meant).is_some(), "{meant}");
        }
    }

    #[test]
    fn what_many_places_share_is_not_guessed() {
        let zones = Zones::embedded();
        for said in [
            "EST",
            "EDT",
            "CET",
            "ET",
            "America/EST",
            "GMT+5",
            "UTC+2",
            "+05:00",
            "-5",
            "Mumbai",
            "Germany",
            "",
            "/",
            "\u{fc}",
        ] {
            assert_eq!(nearest_zone(said, &zones), None, "{said}");
        }
        assert!(zone_hint("EST").starts_with("an abbreviation"));
        assert!(zone_hint("GMT+5").starts_with("an offset"));
        assert!(zone_hint("utc -3").starts_with("an offset"));
        assert!(zone_hint("Mumbai").starts_with("zones go by"));
    }
}
