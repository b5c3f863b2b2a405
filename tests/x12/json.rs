//! Messages as JSON and back.

use rulebook::x12::{Document, from_json, to_json};

use super::message::{REQUEST, with};

#[test]
fn a_message_is_the_same_after_there_and_back() {
    let odd = with(REQUEST, "MSG*CALL FIRST~\n", "MSG*A^B:C^^*::~\r\n\n");
    let odd = format!(" before\n{odd}between\n{}", &REQUEST[..REQUEST.len() - 2]);
    let message = odd.into_bytes();
    let json = to_json(&Document::read(&message));
    assert_eq!(from_json(&json).unwrap(), message);
    assert!(json.contains(r#"["HI",["ABK","M545"],["ABF","M542"]]"#), "{json}");
    assert!(
        json.contains(r#"{"segment":["MSG",{"times":["A",["B","C"],"",""]},["","",""]],"breaks":"\r\n\n"}"#),
        "{json}"
    );
    assert!(json.contains(r#"{"text":" before\n"}"#), "{json}");
    assert!(json.contains(r#"{"segment":["IEA","1","000000017"],"ended":false}"#), "{json}");
}

#[test]
fn bytes_that_are_no_text_are_kept() {
    let mut message = REQUEST.as_bytes().to_vec();
    let at = REQUEST.find("CALL").unwrap();
    message[at] = 0xff;
    let json = to_json(&Document::read(&message));
    assert!(json.contains(r#"["MSG",{"hex":"ff414c4c204649525354"}]"#), "{json}");
    assert_eq!(from_json(&json).unwrap(), message);
}

#[test]
fn json_that_is_no_message_is_refused_at_its_place() {
    let good = to_json(&Document::read(REQUEST.as_bytes()));
    for (from, to, place, words) in [
        ("\"parts\"", "\"prats\"", "the JSON", "the key `prats` is unknown"),
        ("\"breaks\"", "\"brakes\"", "parts[0]", "the key `brakes` is unknown"),
        ("\"breaks\": \"\\n\"", "\"breaks\": \"\\n\", \"breaks\": \"\"", "parts[0]", "stands twice"),
        ("[\"HSD\",\"VS\",\"12\"]", "[\"HSD\",\"VS\",12]", "parts[0].segments[20][2]", "a text in quotes"),
        ("[\"HSD\",\"VS\",\"12\"]", "\"HSD\"", "parts[0].segments[20]", "an object"),
        ("\"CALL FIRST\"", "\"CALL*FIRST\"", "parts[0].segments[22][1]", "read as something else"),
        ("\"CALL FIRST\"", "\"CALL~FIRST\"", "parts[0].segments[22][1]", "read as something else"),
        ("\"CALL FIRST\"", "[\"CALL FIRST\"]", "parts[0].segments[22][1]", "read as something else"),
        ("\"CALL FIRST\"", "{\"hex\":\"4\"}", "parts[0].segments[22][1].hex", "pairs"),
        ("\"CALL FIRST\"", "{\"hex\":\"41\"}", "parts[0].segments[22][1]", "read as something else"),
        ("\"CLINIC01       \"", "\"CLINIC01\"", "parts[0]", "read as something else"),
        ("{\"element\":\"*\",", "{", "parts[0].separators", "both"),
        ("\"separators\"", "\"text\": \"\", \"separators\"", "parts[0]", "a part has"),
        ("]\n    }", "", "the JSON", "is no JSON"),
    ] {
        let error = from_json(&with(&good, from, to)).expect_err(to);
        assert_eq!(error.place(), place, "{error}");
        assert!(error.message().contains(words), "{error}");
        assert!(!error.help().is_empty());
    }
    assert!(from_json("").is_err() && from_json("[]").is_err());
    let deep = format!("{{\"parts\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(from_json(&deep).is_err());
}
