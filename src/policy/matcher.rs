//! Lowers what is written beside a fact into tests of it.

mod age;
mod comparison;
mod hook;

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::facts::{Fact, FactId, Keyword, Kind, Misfit, Ordinal, Value, Vocabulary};
use crate::source::Span;
use crate::syntax::{Node, Scalar, Shape};

use super::condition::{Condition, Interval, Matcher, Test};
use super::hooks::Hooks;
use super::reader::Reader;

use comparison::{COMPARISONS, DATE_COMPARISONS, comparison};

/// What a matcher is read against.
pub(super) struct Scope<'v> {
    /// The words that may be used.
    pub vocabulary: &'v Vocabulary,
    /// Facts, lists and actions whose declarations have faults: they are not there, but nobody misspelt them.
    pub spoilt: &'v BTreeSet<String>,
    /// Whether ages and business days can be counted.
    pub has_calendar: bool,
    /// The functions that may be asked.
    pub hooks: &'v Hooks,
}

impl Scope<'_> {
    /// Whether a name is declared, but not soundly.
    pub fn is_spoilt(&self, name: &str) -> bool {
        self.spoilt.contains(name)
    }
}

/// Lowers the matchers of one fact; a list holds if any of its items does.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, id: FactId, node: &Node) -> Option<Condition> {
    let mut lowering = Lowering { reader, scope, id, fact: scope.vocabulary.fact(id) };
    match &node.shape {
        Shape::Map(_) => lowering.operator(node),
        Shape::Scalar(_) => lowering.item(node),
        Shape::List(_) => {
            let items = lowering.reader.one_or_more(node, "values");
            let lowered: Vec<Option<Condition>> = items.iter().map(|item| lowering.item(item)).collect();
            let conditions: Vec<Condition> = lowered.into_iter().collect::<Option<_>>()?;
            united(conditions, id, node.span)
        }
    }
}

/// The one value that stands in a place of this name and type, where no matcher may stand.
pub(super) fn constant(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    name: &str,
    kind: &Kind,
    node: &Node,
) -> Option<Value> {
    let text = match kind {
        Kind::Text => reader.sentence(node, "a text")?,
        _ => reader.word(node, "a value")?.to_owned(),
    };
    match kind.parse(&text, scope.vocabulary.zones()) {
        Ok(value) => Some(value),
        Err(misfit) => {
            let (code, message) = complaint(name, kind, &text);
            reader.fault(code, node.span, message, cure(misfit));
            None
        }
    }
}

/// What is to be said of a value that does not fit.
fn complaint(name: &str, kind: &Kind, text: &str) -> (Code, String) {
    match kind {
        Kind::OneOf(_) => (Code::UnknownValue, format!("`{name}` has no value `{text}`")),
        Kind::TimeZone => (Code::UnknownZone, format!("unknown time zone `{text}`")),
        _ => (Code::BadValue, format!("`{name}` cannot be `{text}`")),
    }
}

fn cure(misfit: Misfit) -> String {
    match (misfit.did_you_mean, misfit.help) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(help)) => format!("{help}; expected {}", misfit.expected),
        (None, None) => format!("expected {}", misfit.expected),
    }
}

/// Values of one list are one test: `[a, b]` is a set, not an alternative of rules.
fn united(conditions: Vec<Condition>, fact: FactId, span: Span) -> Option<Condition> {
    let mut values = Vec::new();
    let mut others = Vec::new();
    for condition in conditions {
        match condition {
            Condition::Test(Test { matcher: Matcher::OneOf(more), .. }) => values.extend(more),
            other => others.push(other),
        }
    }
    if !values.is_empty() {
        others.insert(0, Condition::Test(Test { fact, matcher: Matcher::OneOf(values), span }));
    }
    match others.len() {
        0 => None,
        1 => others.pop(),
        _ => Some(Condition::Any(others)),
    }
}

struct Lowering<'r, 'b, 's> {
    reader: &'r mut Reader<'b>,
    scope: &'s Scope<'s>,
    id: FactId,
    fact: &'s Fact,
}

impl Lowering<'_, '_, '_> {
    fn test(&self, matcher: Matcher, span: Span) -> Option<Condition> {
        Some(Condition::Test(Test { fact: self.id, matcher, span }))
    }

    /// A single value or phrase.
    fn item(&mut self, node: &Node) -> Option<Condition> {
        let scalar = match &node.shape {
            Shape::Map(_) => return self.operator(node),
            Shape::Scalar(_) | Shape::List(_) => {
                self.reader.scalar(node, "a value or a phrase such as `more than 2`")?
            }
        };
        if !scalar.quoted && matches!(scalar.text.as_str(), "present" | "absent") && !self.is_choice(&scalar.text) {
            return self.presence(scalar, node.span);
        }
        if self.fact.kind.is_ordered() {
            return self.ordered(scalar, node.span);
        }
        if let Some(comparison) = self.misplaced_comparison(scalar) {
            let message =
                format!("`{comparison}` needs a number, duration or date, but `{}` is {}", self.fact.name, self.kind());
            self.reader.fault(
                Code::MatcherMismatch,
                node.span,
                message,
                format!("expected {}", self.fact.kind.expected()),
            );
            return None;
        }
        let value = self.value(&scalar.text, node.span)?;
        self.test(Matcher::OneOf(vec![value]), node.span)
    }

    fn is_choice(&self, word: &str) -> bool {
        matches!(&self.fact.kind, Kind::OneOf(values) if values.iter().any(|value| value == word))
    }

    fn kind(&self) -> String {
        match &self.fact.kind {
            Kind::OneOf(_) => "one of a list of words".to_owned(),
            kind @ Kind::Integer(_) => format!("an {}", kind.name()),
            kind => format!("a {}", kind.name()),
        }
    }

    /// On a text every scalar is literal; elsewhere a comparison can only be a mistake.
    fn misplaced_comparison(&self, scalar: &Scalar) -> Option<&'static str> {
        if self.fact.kind == Kind::Text {
            return None;
        }
        COMPARISONS.iter().map(|(words, _)| words.trim()).find(|words| scalar.text.starts_with(words))
    }

    fn presence(&mut self, scalar: &Scalar, span: Span) -> Option<Condition> {
        if !self.scope.vocabulary.may_be_absent(self.id) {
            let (message, help) = match self.scope.vocabulary.is_asked(self.id) {
                true => (
                    format!("`{}` is asked for when it is missing: it cannot be `{}`", self.fact.name, scalar.text),
                    "test its value, or declare it with `if missing: no match`",
                ),
                false => (
                    format!("`{}` has a default: it is never missing", self.fact.name),
                    "test its value, or declare it with `if missing: no match`",
                ),
            };
            self.reader.fault(Code::PresenceOnAsk, span, message, help);
            return None;
        }
        let matcher = if scalar.text == "present" { Matcher::Present } else { Matcher::Absent };
        self.test(matcher, span)
    }

    fn value(&mut self, text: &str, span: Span) -> Option<Value> {
        match self.fact.kind.parse(text, self.scope.vocabulary.zones()) {
            Ok(value) => Some(value),
            Err(misfit) => {
                self.misfit(text, span, misfit);
                None
            }
        }
    }

    fn misfit(&mut self, text: &str, span: Span, misfit: Misfit) {
        let help = match text.strip_prefix("not ") {
            Some(negated) => {
                format!("write the negation as a condition: `not: {{ {}: {negated} }}`", self.fact.name)
            }
            None if self.fact.kind.is_ordered() && text.contains(' ') => self.forms(),
            None => cure(misfit),
        };
        let (code, message) = complaint(&self.fact.name, &self.fact.kind, text);
        self.reader.fault(code, span, message, help);
    }

    /// The forms that a phrase about an ordered fact may have.
    fn forms(&self) -> String {
        let example = match self.fact.kind {
            Kind::Duration => "2 minutes",
            Kind::Days => "2 days",
            Kind::Date => {
                return "write `before 2026-01-01`, `more than 5 days ago`, `within the next 14 days` or a date"
                    .to_owned();
            }
            _ => "2",
        };
        format!(
            "write `more than {example}`, `less than`, `at least`, `at most`, a range such as `2 to 5`, or `{example}` alone"
        )
    }

    fn threshold(&mut self, text: &str, span: Span) -> Option<Ordinal> {
        self.value(text.trim(), span).and_then(|value| value.ordinal())
    }

    /// A value or phrase about a number, duration or date.
    fn ordered(&mut self, scalar: &Scalar, span: Span) -> Option<Condition> {
        let text = normalized(&scalar.text);
        if self.fact.kind == Kind::Date {
            if let Some(found) = self.age(&text, span) {
                return found;
            }
            if let Some((comparison, rest)) = comparison(&DATE_COMPARISONS, &text) {
                let at = self.threshold(rest, span)?;
                return self.test(Matcher::Within(comparison.with(at)), span);
            }
        }
        if let Some((comparison, rest)) = comparison(&COMPARISONS, &text) {
            let at = self.threshold(rest, span)?;
            return self.test(Matcher::Within(comparison.with(at)), span);
        }
        if let Some((low, high)) = text.split_once(" to ").or_else(|| text.split_once("..")) {
            return self.range(low, high, span);
        }
        let value = self.value(&text, span)?;
        let at = value.ordinal()?;
        self.test(Matcher::Within(Interval::between(at, at)), span)
    }

    fn range(&mut self, low: &str, high: &str, span: Span) -> Option<Condition> {
        let (low, high) = (low.trim(), high.trim());
        // `2 to 5 minutes` names its unit once
        let unit = high
            .split_once(' ')
            .map(|(_, unit)| unit)
            .filter(|_| !low.contains(' ') && matches!(self.fact.kind, Kind::Duration | Kind::Days));
        let low_text = unit.map_or_else(|| low.to_owned(), |unit| format!("{low} {unit}"));
        let (from, to) = (self.threshold(&low_text, span), self.threshold(high, span));
        let (from, to) = (from?, to?);
        if from > to {
            let message = format!("the range runs from `{low}` down to `{high}`");
            self.reader.fault(Code::BadBounds, span, message, "write the smaller value first");
            return None;
        }
        self.test(Matcher::Within(Interval::between(from, to)), span)
    }

    /// `{ mentions: […] }` and its like: a map of exactly one operator; a hook may have `reads` beside it.
    fn operator(&mut self, node: &Node) -> Option<Condition> {
        const OPERATORS: [&str; 6] = ["mentions", "starts with", "in", "not in", "hook", "rhai"];
        let entries = self.reader.entries(node, "a matcher")?;
        if entries.iter().any(|entry| matches!(entry.key.as_str(), "hook" | "rhai")) {
            return self.hook(node);
        }
        let [entry] = entries else {
            self.reader.fault(
                Code::WrongShape,
                node.span,
                "a matcher has exactly one key",
                "join several with `all of:`",
            );
            return None;
        };
        let matcher = match entry.key.as_str() {
            "mentions" => self.mentions(&entry.value)?,
            "starts with" => self.starts_with(&entry.value)?,
            "in" => Matcher::OneOf(self.list(&entry.value)?),
            "not in" => Matcher::NoneOf(self.list(&entry.value)?),
            other => {
                self.reader.unknown(Code::UnknownKey, entry.key_span, "matcher", other, OPERATORS.into_iter());
                return None;
            }
        };
        self.test(matcher, node.span)
    }

    fn needs_text(&mut self, what: &str, span: Span) -> Option<()> {
        if self.fact.kind == Kind::Text {
            return Some(());
        }
        let message = format!("`{what}` searches a text, but `{}` is {}", self.fact.name, self.kind());
        self.reader.fault(Code::MatcherMismatch, span, message, "use it on a fact of `type: text`");
        None
    }

    fn mentions(&mut self, node: &Node) -> Option<Matcher> {
        self.needs_text("mentions", node.span)?;
        let words = self.reader.words(node, "keywords");
        let mut keywords = Vec::new();
        for (word, span) in words {
            match Keyword::parse(word) {
                Ok(keyword) => keywords.push(keyword),
                Err(error) => self.reader.fault(Code::BadKeyword, span, error.to_string(), error.help()),
            }
        }
        (!keywords.is_empty()).then_some(Matcher::Mentions(keywords))
    }

    fn starts_with(&mut self, node: &Node) -> Option<Matcher> {
        self.needs_text("starts with", node.span)?;
        let text = self.reader.word(node, "the text that it starts with")?;
        if text.is_empty() {
            self.reader.fault(
                Code::BadValue,
                node.span,
                "every text starts with nothing",
                "write the text that it starts with",
            );
            return None;
        }
        Some(Matcher::StartsWith(text.to_owned()))
    }

    fn list(&mut self, node: &Node) -> Option<Vec<Value>> {
        let name = self.reader.word(node, "the name of a list")?;
        let Some(entries) = self.scope.vocabulary.list(name) else {
            if self.scope.is_spoilt(name) {
                return None;
            }
            self.reader.unknown(
                Code::UnknownList,
                node.span,
                "list",
                name,
                self.scope.vocabulary.list_names().collect::<Vec<_>>().into_iter(),
            );
            return None;
        };
        entries.iter().map(|entry| self.value(entry, node.span)).collect()
    }
}

/// One space between words; the words of comparisons in lower case, as people begin a phrase with a capital.
fn normalized(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = joined.to_lowercase();
    let starts_phrase = COMPARISONS.iter().chain(&DATE_COMPARISONS).any(|(words, _)| lower.starts_with(words));
    if starts_phrase || lower.starts_with("within ") || lower.ends_with(" ago") { lower } else { joined }
}
