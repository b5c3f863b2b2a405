//! What the parser of scripts complains of, in the words of those who write hooks, and the cure.

use rhai::{LexError, ParseErrorType};

/// Where to look for what a script may say.
const SEE: &str = "docs/hooks.md shows what a script may say";

/// The parser's complaint in our words, with the cure. `here` is the word or sign at its place.
pub(super) fn in_plain_words(error: &ParseErrorType, here: &str) -> (String, String) {
    if let Some(cure) = borrowed(here) {
        return (format!("`{here}` is not a word of hooks"), cure.to_owned());
    }
    let (message, cure) = match error {
        ParseErrorType::UnexpectedEOF => incomplete(),
        ParseErrorType::BadInput(fault) => return unread(fault),
        ParseErrorType::Reserved(word) | ParseErrorType::UnknownOperator(word) => return refused(word),
        ParseErrorType::MissingToken(token, _) => return missing(token, here),
        ParseErrorType::MissingSymbol(_) | ParseErrorType::ExprExpected(_) => {
            ("a value is missing here".to_owned(), "write what is compared or computed with".to_owned())
        }
        ParseErrorType::PropertyExpected => {
            ("a name is missing behind the point".to_owned(), "write it, such as `value.len`".to_owned())
        }
        ParseErrorType::VariableExpected => (
            format!("`{here}` is no name of a variable"),
            "begin it with a letter; it has letters, digits and `_`".to_owned(),
        ),
        ParseErrorType::ForbiddenVariable(name) | ParseErrorType::VariableExists(name) => {
            (format!("`{name}` cannot be a variable here"), "choose another name".to_owned())
        }
        ParseErrorType::MismatchedType(..) => {
            ("a condition must be true or false".to_owned(), "write a comparison, such as `value.len == 6`".to_owned())
        }
        ParseErrorType::MalformedIndexExpr(_) => (
            "the item of a text or list goes by a whole number".to_owned(),
            "write it such as `value[0]`, the first".to_owned(),
        ),
        ParseErrorType::WrongDocComment => {
            ("a comment of three slashes stands before no function".to_owned(), "begin it with `//`".to_owned())
        }
        ParseErrorType::WrongFnDefinition => (
            "a function begins within another".to_owned(),
            "close the one before with `}`; functions stand beside one another in a file of the folder `hooks`"
                .to_owned(),
        ),
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            (format!("the function `{name}` is declared already"), "rename one of them, or delete it".to_owned())
        }
        ParseErrorType::FnMissingName => {
            ("the function has no name".to_owned(), "write `fn name(value) { … }`".to_owned())
        }
        ParseErrorType::FnMissingParams(name) => (
            format!("the function `{name}` has no parameters in brackets"),
            format!("write `fn {name}(value) {{ … }}`; a name has letters, digits and `_`"),
        ),
        ParseErrorType::FnDuplicatedParam(_, name) => {
            (format!("the parameter `{name}` stands there twice"), "rename one of them".to_owned())
        }
        ParseErrorType::FnMissingBody(name) => {
            (format!("the function `{name}` has no braces about what it does"), format!("write `fn {name}(…) {{ … }}`"))
        }
        ParseErrorType::AssignmentToConstant(_) | ParseErrorType::AssignmentToInvalidLHS(_) => (
            "nothing here can be given a new value".to_owned(),
            "write `==` to compare; a variable of its own begins with `let`".to_owned(),
        ),
        ParseErrorType::DuplicatedProperty(name) | ParseErrorType::DuplicatedVariable(name) => {
            (format!("`{name}` stands there twice"), "keep one of the two".to_owned())
        }
        ParseErrorType::ExprTooDeep => {
            (format!("the script nests more than {} deep", super::MOST_DEPTH), "split it into functions".to_owned())
        }
        ParseErrorType::TooManyFunctions => {
            (format!("the file has more than {} functions", super::MOST_FUNCTIONS), "split the file".to_owned())
        }
        ParseErrorType::LiteralTooLarge(_, most) => (
            format!("the text or list is longer than {most}"),
            "put such a list into the vocabulary's `lists:`".to_owned(),
        ),
        ParseErrorType::LoopBreak => {
            ("`break` and `continue` stand within a loop".to_owned(), "give an answer with `return`".to_owned())
        }
        // what is left is of parts of the language that hooks do not have
        _ => ("this is not allowed in a hook".to_owned(), SEE.to_owned()),
    };
    (message, cure)
}

/// A script that ends too soon.
pub(super) fn incomplete() -> (String, String) {
    ("the script ends before it is complete".to_owned(), "close what was opened, and end with a value".to_owned())
}

/// A brace too many, within a script that stands in a policy.
pub(super) fn torn() -> (String, String) {
    ("the brackets of the script do not match".to_owned(), "delete the `}` that closes nothing".to_owned())
}

/// What hooks have instead of a word of other languages.
pub(super) fn borrowed(word: &str) -> Option<&'static str> {
    let cure = match word {
        "and" | "AND" => "write `&&`",
        "or" | "OR" => "write `||`",
        "not" | "NOT" => "write `!` before what is not to hold",
        "is" => "write `==`",
        "then" => "write `if … { … } else { … }`",
        "elif" | "elsif" | "elseif" => "write `else if … { … }`",
        "function" | "def" | "func" => "write `fn name(value) { … }`",
        "match" | "switch" | "case" => "write it with `if` and `else`",
        "var" => "write `let`",
        _ => return None,
    };
    Some(cure)
}

/// A word or sign that hooks do not have.
fn refused(word: &str) -> (String, String) {
    let cure = match word {
        "&" => "write `&&` for \"and\"",
        "|" => "write `||` for \"or\"; there are no functions without a name",
        "===" => "write `==`",
        "!==" | "~=" => "write `!=`",
        "<>" => "write `!=`",
        "=<" => "write `<=`",
        "=>" => "write `>=`",
        ":=" => "write `=`",
        "?" => "write `if … { … } else { … }`",
        "++" => "write `+= 1`",
        "--" => "write `-= 1`",
        "#" => "begin a comment with `//`",
        "null" | "nil" | "undefined" | "None" => "leave it out: a hook is asked only when its facts are there",
        "~" => "ask with `contains`, `starts_with` or `ends_with`",
        _ => SEE,
    };
    (format!("`{word}` is not allowed in a hook"), cure.to_owned())
}

/// Text that cannot be told apart into words.
fn unread(fault: &LexError) -> (String, String) {
    match fault {
        LexError::UnterminatedString => {
            ("the text is not closed".to_owned(), "close it with the quote that it begins with".to_owned())
        }
        LexError::UnexpectedInput(text) if text == ">" => refused("<>"),
        LexError::UnexpectedInput(text)
            if text.starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']) =>
        {
            (format!("`{text}` is no quote to a script"), "write straight double quotes: \"…\"".to_owned())
        }
        LexError::UnexpectedInput(text) if text == "}" || text == ")" || text == "]" => (
            format!("`{text}` closes what is not complete"),
            "write what is missing before it, or delete it".to_owned(),
        ),
        LexError::UnexpectedInput(text) => {
            (format!("`{text}` means nothing here"), format!("delete it, or write what is missing before it; {SEE}"))
        }
        LexError::StringTooLong(_) => {
            ("a text is too long".to_owned(), "put a list of texts into the vocabulary's `lists:`".to_owned())
        }
        LexError::MalformedEscapeSequence(text) => {
            (format!("`{text}` stands for no character"), "write `\\\\` for a backslash".to_owned())
        }
        LexError::MalformedNumber(text) => {
            (format!("`{text}` is no number"), "write digits, and at most one point".to_owned())
        }
        LexError::MalformedChar(text) => {
            (format!("`{text}` is more than a character"), "put texts in double quotes".to_owned())
        }
        LexError::MalformedIdentifier(text) => {
            (format!("`{text}` is no name"), "a name begins with a letter, and has letters, digits and `_`".to_owned())
        }
        LexError::ImproperSymbol(word, _) => refused(word),
        _ => ("the script cannot be read on from here".to_owned(), SEE.to_owned()),
    }
}

/// A word or sign that is missing before what stands here.
fn missing(token: &str, here: &str) -> (String, String) {
    let (message, cure) = match (token, here) {
        (";", ")" | "]" | "}") => (format!("`{here}` closes nothing"), "delete it, or open it before".to_owned()),
        (";", "{") => ("braces stand where nothing can have any".to_owned(), "write `fn name(value) { … }`".to_owned()),
        (";", "=>" | "=<" | "<>") => return refused(here),
        (";" | "}", "") => incomplete(),
        (";", _) => (
            format!("nothing joins `{here}` to what stands before it"),
            "put `&&` or `||` between two conditions, `;` behind a statement, and brackets about what a function is given".to_owned(),
        ),
        (")" | "]" | "}", _) => (format!("a `{token}` is missing"), format!("close what was opened with `{token}`")),
        ("{", _) => (
            "what is to be done does not stand in braces".to_owned(),
            "write `if … { … } else { … }`, `for … in … { … }`".to_owned(),
        ),
        (",", "") => incomplete(),
        (",", _) => ("a comma or a closing bracket is missing".to_owned(), "put commas between, and close the bracket".to_owned()),
        ("in", _) => ("`in` is missing".to_owned(), "write `for item in list { … }`".to_owned()),
        (_, _) => (format!("`{token}` is missing here"), format!("write `{token}` before this; {SEE}")),
    };
    (message, cure)
}
