//! A question of an interview as people read it.

use std::fmt::Write;

use crate::engine::Question;
use crate::facts::{Kind, Missing, Value, Vocabulary};
use crate::program::Program;

use super::decision::known;
use super::style::Styles;

/// How wide the words at the beginning of a line are.
const MARGIN: usize = 8;

/// Whether there is a question before this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayBack {
    /// There is.
    Open,
    /// It is the first.
    None,
}

/// A question with what may be answered, what each sign means, and what is known already, as lines without an end.
pub fn text(program: &Program, question: &Question<'_>, way_back: WayBack, color: bool) -> String {
    let Styles { strong, good, faint, .. } = Styles::new(color);
    let vocabulary = program.vocabulary();
    let fact = vocabulary.fact(question.fact);
    let words = fact.ask.as_deref().or(fact.description.as_deref()).unwrap_or(&fact.name);
    let mut out = format!("\n{strong}{words}{strong:#}");
    let mut row = |heading: &str, text: &str| {
        // writing to a string cannot fail
        let _ = write!(out, "\n  {faint}{heading:<MARGIN$}{faint:#}{text}");
    };
    let expected = match &fact.kind {
        Kind::OneOf(words) => words.join(", "),
        Kind::Boolean => "yes, no".to_owned(),
        kind => kind.expected(),
    };
    row("answer", &expected);
    let told_by_words = matches!(fact.kind, Kind::OneOf(_) | Kind::Boolean);
    if !told_by_words && !question.matters.is_empty() {
        row("matters", &question.matters.join("; "));
    }
    match &fact.missing {
        Missing::Ask => {}
        Missing::NoMatch => row("Enter", "nobody reported it: no condition on its value holds"),
        Missing::Default(value) => row("Enter", &format!("{}, as where nobody reports it", spoken(value, &fact.kind))),
    }
    row("?", "you don't know: it stays unknown, and so may the decision");
    if way_back == WayBack::Open {
        row("<", "back to the question before");
    }
    let certain = known(program, &question.certain);
    if !certain.is_empty() {
        row("certain", &format!("{good}{}{good:#}", certain.join(", ")));
    }
    let left = match question.at_most {
        1 => "the last question".to_owned(),
        most => format!("at most {most} questions"),
    };
    row("left", &left);
    out
}

/// A value as people say it.
fn spoken(value: &Value, kind: &Kind) -> String {
    match value {
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => "no".to_owned(),
        _ => value.text(kind).into_owned(),
    }
}

/// What is said when there is nothing more to ask, as lines without an end.
pub fn last(color: bool) -> String {
    let Styles { strong, faint, .. } = Styles::new(color);
    let row = |heading: &str, text: &str| format!("\n  {faint}{heading:<MARGIN$}{faint:#}{text}");
    let rows = [row("Enter", "the decision"), row("<", "back to the question before")].concat();
    format!("\n{strong}There is nothing more to ask.{strong:#}{rows}")
}

/// The question for the instant of the case, as lines without an end.
pub fn instant(now: &str, color: bool) -> String {
    let Styles { strong, faint, .. } = Styles::new(color);
    let question = format!("{strong}For which instant is it to be decided?{strong:#}");
    let row = |heading: &str, text: &str| format!("\n  {faint}{heading:<MARGIN$}{faint:#}{text}");
    let answer = row("answer", "an RFC 3339 instant with an offset");
    format!("{question}{answer}{}", row("Enter", &format!("now, {now}")))
}

/// The values that can be offered for a kind, where there are finitely many.
pub fn values(vocabulary: &Vocabulary, kind: &Kind) -> Vec<String> {
    match kind {
        Kind::OneOf(words) => words.clone(),
        Kind::Boolean => vec!["yes".to_owned(), "no".to_owned()],
        Kind::TimeZone => vocabulary.zones().names().map(str::to_owned).collect(),
        Kind::Integer(_) | Kind::Decimal(_) | Kind::Text | Kind::Duration | Kind::Date | Kind::Days => Vec::new(),
    }
}
