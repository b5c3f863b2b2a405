//! What the YAML parser complains of, in the words of those who edit policies.

/// What is wrong, and the cure, by what the parser says. The first entry of which a phrase occurs counts; no word of the
/// parser's own is passed on.
const COMPLAINTS: [(&[&str], &str, &str); 17] = [
    (
        &["unprintable", "byte order mark"],
        "a character that no text holds",
        "delete the character, which no editor shows, or save the file again as UTF-8 text",
    ),
    (&["tab"], "a tab stands where YAML takes spaces alone", "put spaces in its place"),
    (
        &["escape", "escape character", "Unicode character"],
        "a backslash within double quotes that stands for no character",
        "write `\\\\` for a backslash, or put the text in single quotes",
    ),
    (
        &["trailing content"],
        "text follows after a closing quote",
        "put the whole text in quotes, and `\\\"` for a double quote within it",
    ),
    (
        &["quoted scalar", "unexpected end", "eof"],
        "a quote or bracket is not closed",
        "close the quote or bracket that is opened here or before",
    ),
    (
        &["mapping values", "illegal placement of ':'"],
        "a colon where no key can stand",
        "put a sentence that holds a colon in double quotes, and check the indentation",
    ),
    (&["may not precede"], "no space stands behind the colon", "put a space behind the colon of a key"),
    (
        &["expected ',' or '}'", "expected ',' or ']'", "flow construct"],
        "a bracket is not closed, or a text within it ends too soon",
        "close the bracket, and put a sentence that holds a colon or comma in double quotes",
    ),
    (&["misplaced bracket"], "a bracket closes that was not opened", "delete it, or open it before"),
    (
        &["block scalar"],
        "a text that begins with `>` or `|` is not quoted",
        "put it in double quotes: `\"> 5\"`; a text of several lines begins on the line below the sign, indented further",
    ),
    (
        &["only valid inside a block", "'-' must be followed", "cannot start with '-'"],
        "a dash where no item of a list can stand",
        "within brackets put commas between items; put text that begins with a dash in double quotes",
    ),
    (
        &["expected key", "block sequence entries", "block collection", "<block end>", "invalid indentation"],
        "the line does not line up with those above",
        "indent it with as many spaces as the line that it belongs to",
    ),
    (&["comment intercepting"], "a comment cuts a text in two", "move the comment above the text"),
    (
        &["simple key expect", "expected node content", "whitespace"],
        "the line is neither a key with its value nor an item of a list",
        "put a colon and a space behind a key, a dash and a space before an item",
    ),
    (
        &["document", "stream"],
        "text follows where the file should end",
        "delete it, or indent it as what it belongs to",
    ),
    (&["TAG", "tag", "handle"], "a text that begins with `!` is not quoted", "put it in double quotes"),
    (
        &["unexpected character", "cannot start any token", "reserved", "directive", "anchor or alias", "mapping keys"],
        "a text cannot begin with this sign",
        "put text that begins with a sign such as `%`, `@`, `&`, `*`, `?` or a backtick in double quotes",
    ),
];

/// What the parser complains of, as an editor of policies would say it, and the cure.
pub(super) fn in_plain_words(info: &str) -> (&'static str, &'static str) {
    let told = COMPLAINTS.iter().find(|(phrases, ..)| phrases.iter().any(|phrase| info.contains(phrase)));
    match told {
        Some((_, message, help)) => (message, help),
        None => ("YAML cannot read on from here", "check quotes, brackets and indentation here and on the line above"),
    }
}
