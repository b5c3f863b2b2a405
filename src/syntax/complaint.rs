//! What the YAML parser complains of, in the words of those who edit policies.

/// What the parser complains of, as an editor of policies would say it, and the cure.
pub(super) fn in_plain_words(info: &str) -> (String, &'static str) {
    let has = |words: &[&str]| words.iter().any(|word| info.contains(word));
    let (message, help) = if has(&["unprintable"]) {
        (
            "a character that no text holds",
            "delete the character, which no editor shows, or save the file again as UTF-8 text",
        )
    } else if has(&["mapping values"]) {
        (
            "a colon where no key can stand",
            "put a sentence that holds a colon in double quotes, and check the indentation",
        )
    } else if has(&["expected ',' or '}'", "expected ',' or ']'"]) {
        (
            "a bracket is not closed, or a text within it ends too soon",
            "close the bracket, and put a sentence that holds a colon or comma in double quotes",
        )
    } else if has(&["trailing content"]) {
        ("text follows after a closing quote", "put the whole text in quotes, and `\\\"` for a double quote within it")
    } else if has(&["expected key", "block sequence entries", "expected <block end>"]) {
        ("the line does not line up with those above", "indent it with as many spaces as the line that it belongs to")
    } else if has(&["quoted scalar", "unexpected end"]) {
        ("a quote or bracket is not closed", "close the quote or bracket that is opened here or before")
    } else if has(&["unexpected character", "cannot start any token", "reserved"]) {
        (
            "a text cannot begin with this sign",
            "put text that begins with a sign such as `%`, `@` or a backtick in double quotes",
        )
    } else {
        let message = format!("the YAML cannot be read here: {info}");
        return (message, "check quotes, brackets and indentation here and on the line above");
    };
    (message.to_owned(), help)
}
