//! What `rulebook explain CODE` tells.

use annotate_snippets::renderer::{DEFAULT_EMPHASIS_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_WARNING_STYLE, Style};

use crate::diagnostic::{Code, Page, Severity};

/// Where lines are broken.
const WIDTH: usize = 90;

/// Writes a code's page: what the fault is, what it means, something that has it, and what to do about it.
///
/// With `color` the text holds ANSI escapes. It ends with a line end.
pub fn page(code: Code, color: bool) -> String {
    let of_messages = code.is_of_messages();
    let Page { code, severity, title, means, example, cure } = code.page();
    let (style, weight) = match severity {
        Severity::Error if of_messages => {
            (DEFAULT_ERROR_STYLE, "the message is not taken, or not sent, until it is mended")
        }
        Severity::Error => {
            (DEFAULT_ERROR_STYLE, "the policy does not load, or the case is not decided, until it is mended")
        }
        Severity::Warning => {
            (DEFAULT_WARNING_STYLE, "the policy works; `--deny warnings` makes it an error for `check`")
        }
    };
    let (style, bold) = if color { (style, DEFAULT_EMPHASIS_STYLE) } else { (Style::new(), Style::new()) };
    let mut page = format!("{style}{severity}[{code}]{style:#}{bold}: {title}{bold:#}\n");
    for (heading, body) in [
        ("What it means", wrap(means)),
        ("Example", example.lines().map(str::to_owned).collect()),
        ("What to do", wrap(cure)),
        ("Severity", wrap(&format!("{severity}: {weight}"))),
    ] {
        page += &format!("\n{bold}{heading}{bold:#}\n");
        for line in body {
            page += &format!("  {line}\n");
        }
    }
    page
}

/// Writes all codes with their titles, one a line.
pub fn index() -> String {
    let line = |code: &Code| {
        let Page { code, severity, title, .. } = code.page();
        format!("{code}  {:<7}  {title}\n", severity.to_string())
    };
    Code::ALL.iter().map(line).collect()
}

/// Breaks a text into lines at its spaces. What stands in backticks may be broken too, a single word never.
fn wrap(text: &str) -> Vec<String> {
    const ROOM: usize = WIDTH - 2;
    let mut lines: Vec<String> = Vec::new();
    let mut taken = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if taken + 1 + length <= ROOM => {
                line.push(' ');
                line.push_str(word);
                taken += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                taken = length;
            }
        }
    }
    lines
}
