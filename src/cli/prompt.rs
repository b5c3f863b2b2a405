//! Hears answers: at a terminal with suggestions and line editing, else a line at a time.
//!
//! `inquire` edits the line: it is kept up, runs wherever `crossterm` does, filters suggestions while one types, and takes
//! a validator that asks again.

use std::io::{self, BufRead, IsTerminal};

use inquire::ui::RenderConfig;
use inquire::validator::Validation;
use inquire::{InquireError, Text};

use super::cause::plain;
use super::options::Color;
use super::{Stop, output};

/// The longest answer, in bytes; texts are shorter.
const LONGEST_LINE: u64 = 1024 * 1024;

/// What was heard.
pub(super) enum Heard {
    /// A line that was found right.
    Line(String),
    /// There is no more to hear.
    End,
    /// Ctrl-C.
    Interrupted,
}

/// The one who answers.
pub(super) struct Prompt {
    means: Means,
    /// Whether questions may hold colours.
    pub color: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    /// Somebody types at a terminal and sees what they type.
    Terminal,
    /// Lines come in, one an answer.
    Lines,
}

impl Prompt {
    pub fn new(color: Color) -> Prompt {
        let (stdin, stderr) = (io::stdin(), io::stderr());
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let means = if stdin.is_terminal() && stderr.is_terminal() && !dumb { Means::Terminal } else { Means::Lines };
        Prompt { means, color: output::is_colored(color, &stderr) }
    }

    /// Whether somebody types at a terminal.
    pub fn is_terminal(&self) -> bool {
        self.means == Means::Terminal
    }

    /// Shows a text.
    pub fn show(&self, text: &str) {
        output::report(&format!("{text}\n"));
    }

    /// Tells what is wrong with an answer.
    pub fn complain(&self, message: &str) {
        output::complain(message);
    }

    /// Leaves a line between the interview and what comes of it.
    pub fn leave(&self) {
        output::report("\n");
    }

    /// Hears an answer under a name, and asks again until `check` finds nothing wrong with it.
    pub fn hear(
        &mut self,
        name: &str,
        values: &[String],
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<Heard, Stop> {
        match self.means {
            Means::Terminal => self.hear_terminal(name, values, check),
            Means::Lines => self.hear_line(name, check),
        }
    }

    fn hear_terminal(
        &self,
        name: &str,
        values: &[String],
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<Heard, Stop> {
        let validator = |text: &str| {
            Ok(match check(text) {
                Ok(()) => Validation::Valid,
                Err(message) => Validation::Invalid(message.into()),
            })
        };
        let suggest = |typed: &str| Ok(suggestions(typed.trim(), values));
        let config = if self.color { RenderConfig::default_colored() } else { RenderConfig::empty() };
        let mut text = Text::new(name).with_validator(validator).with_render_config(config);
        if !values.is_empty() {
            text = text
                .with_autocomplete(suggest)
                .with_page_size(10)
                .with_help_message("type to filter, arrows to choose");
        }
        match text.prompt() {
            Ok(line) => Ok(Heard::Line(line)),
            Err(InquireError::OperationCanceled) => Ok(Heard::End),
            Err(InquireError::OperationInterrupted) => Ok(Heard::Interrupted),
            Err(error) => Err(Stop::Usage(format!("the terminal cannot be read: {error}"))),
        }
    }

    fn hear_line(&self, name: &str, check: &dyn Fn(&str) -> Result<(), String>) -> Result<Heard, Stop> {
        let stdin = io::stdin();
        loop {
            output::report(&format!("{name}> "));
            let mut bytes = Vec::new();
            let unreadable = |error: io::Error| Stop::Usage(format!("the answers cannot be read: {}", plain(&error)));
            let read = io::Read::take(stdin.lock(), LONGEST_LINE).read_until(b'\n', &mut bytes).map_err(unreadable)?;
            if read == 0 {
                output::report("\n");
                return Ok(Heard::End);
            }
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_end_matches(['\n', '\r']);
            if !stdin.is_terminal() {
                // nobody typed it where the question stands
                output::report(&format!("{line}\n"));
            }
            match check(line) {
                Ok(()) => return Ok(Heard::Line(line.to_owned())),
                Err(message) => self.complain(&message),
            }
        }
    }
}

/// The values that hold what was typed, whatever its case and however its words are joined; those with a word that begins
/// so come first. Of many values none is offered before something is typed: the first few would look like all there are.
fn suggestions(typed: &str, values: &[String]) -> Vec<String> {
    const MANY: usize = 50;
    if typed.is_empty() && values.len() > MANY {
        return Vec::new();
    }
    let plain = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
    let typed = plain(typed);
    let begins = |value: &str| {
        value
            .match_indices(&typed)
            .any(|(at, _)| !value.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric)))
    };
    let found = values.iter().map(|value| (plain(value), value)).filter(|(plain, _)| plain.contains(&typed));
    let (first, rest): (Vec<_>, Vec<_>) = found.partition(|(plain, _)| begins(plain));
    first.into_iter().chain(rest).map(|(_, value)| value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::suggestions;
    use crate::time::Zones;

    #[test]
    fn a_zone_is_found_by_the_words_of_its_city() {
        let zones: Vec<String> = Zones::embedded().names().map(str::to_owned).collect();
        assert_eq!(suggestions("new york", &zones), ["America/New_York"]);
        assert_eq!(suggestions("port au", &zones), ["America/Port-au-Prince"]);
        assert_eq!(suggestions("rome", &zones), ["Europe/Rome"]);
        assert!(suggestions("", &zones).is_empty());
        let words = ["full_denial", "not_addressed", "denial"].map(str::to_owned);
        assert_eq!(suggestions("", &words), words);
        assert_eq!(suggestions("den", &words), ["full_denial", "denial"]);
    }
}
