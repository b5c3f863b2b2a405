//! Policies that say when an exception is created: `exception` with one type, `exceptions` with several.

use crate::diagnostic::Code;
use crate::facts::{FactId, Kind};
use crate::source::Span;
use crate::syntax::{Entry, Node};
use crate::time::{Window, Zone};

use super::matcher::Scope;
use super::named::{action, names, somebody};
use super::reader::{Captions, Fields, Reader};
use super::{Condition, Rule, calendar, when};

/// The exception types of a policy; the first that may be created is the decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Exceptions {
    /// Whether they stand under `types:`; else the policy is its only type.
    pub several: bool,
    /// The types, in order.
    pub types: Vec<ExceptionType>,
}

/// One type of exception.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceptionType {
    /// Its name, which the decision bears.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// The rule that calls for it, its reasons aside.
    pub occasion: Rule,
    /// Whether it is reached only by a case that asks for it by name.
    pub by_hand: bool,
    /// Why it is created; the first that applies goes into the decision. Without reasons the occasion alone decides.
    pub reasons: Vec<Reason>,
    /// Who may create it; everybody, if nothing is said.
    pub may_create: Option<Rule>,
    /// When it may be created only at certain times; the first that applies governs.
    pub windows: Vec<WindowRule>,
    /// The status in which it is opened.
    pub opens_as: String,
    /// Who hears of it.
    pub notifies: Vec<String>,
    /// Who works it.
    pub worked_by: Option<String>,
    /// What it means, in a sentence.
    pub means: Option<String>,
}

/// Why an exception is created.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Its name.
    pub name: String,
    /// When it applies.
    pub rule: Rule,
    /// What is entered as the exception's comment.
    pub comment: String,
    /// What it means, in a sentence.
    pub means: Option<String>,
}

/// A limit on the time of day.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowRule {
    /// Its name.
    pub name: String,
    /// When the limit applies.
    pub rule: Rule,
    /// The time of day.
    pub open: Window,
    /// Whose time of day.
    pub zone: ZoneSource,
    /// The outcome while it is closed.
    pub otherwise: String,
}

/// Whose time of day a window means.
#[derive(Debug, Clone, PartialEq)]
pub enum ZoneSource {
    /// The zone that a fact names.
    Fact(FactId),
    /// This zone.
    Fixed(Zone),
}

/// Lowers the body of `exception: NAME`, whose only type has the policy's name.
pub(super) fn single(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    name: &str,
    key_span: Span,
    fields: &mut Fields<'_>,
) -> Option<Exceptions> {
    let lowering = TypeLowering { scope, name, key_span, prefix: String::new() };
    let kind = lowering.lower(reader, fields, Captions::default())?;
    Some(Exceptions { several: false, types: vec![kind] })
}

/// Lowers the body of `exceptions: NAME`.
pub(super) fn several(reader: &mut Reader<'_>, scope: &Scope<'_>, fields: &mut Fields<'_>) -> Option<Exceptions> {
    let node = fields.need(reader, "types", "with at least one type of exception")?;
    let mut types = Vec::new();
    let entries = names(reader, node, "types")?;
    let expected = entries.len();
    for entry in entries {
        let Some(mut fields) = reader.fields(&entry.value, "the type's rules") else { continue };
        let captions = fields.captions(reader);
        let prefix = format!("types.{}.", entry.key);
        let lowering = TypeLowering { scope, name: &entry.key, key_span: entry.key_span, prefix };
        types.extend(lowering.lower(reader, &mut fields, captions));
        fields.finish(reader);
    }
    (types.len() == expected).then_some(Exceptions { several: true, types })
}

struct TypeLowering<'s, 'v> {
    scope: &'s Scope<'v>,
    name: &'s str,
    key_span: Span,
    /// What the ids of the type's rules begin with.
    prefix: String,
}

impl TypeLowering<'_, '_> {
    fn rule(&self, reader: &mut Reader<'_>, id: &str, span: Span, node: &Node) -> Option<Rule> {
        let when = when::lower(reader, self.scope, node)?;
        Some(Rule { id: format!("{}{id}", self.prefix), place: reader.place(span), when })
    }

    fn lower(&self, reader: &mut Reader<'_>, fields: &mut Fields<'_>, captions: Captions) -> Option<ExceptionType> {
        let before = reader.faults();
        let occasion = fields.take("when");
        let by_hand =
            occasion.is_some_and(|entry| entry.value.as_scalar().is_some_and(|scalar| scalar.text == "by hand"));
        let reasons = fields.node("reasons");
        if occasion.is_none() && reasons.is_none() {
            let help = "add `when:` or `reasons:`, or `when: by hand` for what people create unasked";
            reader.fault(
                Code::MissingKey,
                self.key_span,
                format!("nothing says when `{}` is created", self.name),
                help,
            );
        }
        let own_id = if self.prefix.is_empty() { "when" } else { self.prefix.trim_end_matches('.') }.to_owned();
        let occasion = match occasion {
            Some(entry) if !by_hand => when::lower(reader, self.scope, &entry.value).map(|when| Rule {
                id: own_id,
                place: reader.place(self.placed(entry)),
                when,
            }),
            Some(_) | None => Some(Rule { id: own_id, place: reader.place(self.key_span), when: Condition::Always }),
        };
        let reasons = reasons.map(|node| self.reasons(reader, node)).unwrap_or_default();
        let may_create =
            fields.take("may create").and_then(|entry| self.rule(reader, "may create", entry.key_span, &entry.value));
        let windows = fields.node("windows").map(|node| self.windows(reader, node)).unwrap_or_default();
        let opens_as = fields.node("opens as").and_then(|node| reader.word(node, "a status").map(str::to_owned));
        let notifies = fields.node("notifies").map(|node| {
            let items = reader.one_or_more(node, "those to be notified");
            items.iter().filter_map(|item| somebody(reader, self.scope, item)).collect()
        });
        let worked_by = fields.node("worked by").and_then(|node| somebody(reader, self.scope, node));
        let means = fields.node("means").and_then(|node| reader.sentence(node, "a sentence"));
        (reader.faults() == before).then_some(ExceptionType {
            name: self.name.to_owned(),
            captions,
            occasion: occasion?,
            by_hand,
            reasons,
            may_create,
            windows,
            opens_as: opens_as.unwrap_or_else(|| "open".to_owned()),
            notifies: notifies.unwrap_or_default(),
            worked_by,
            means,
        })
    }

    /// A type among several is found by its name, a single one by its `when`.
    fn placed(&self, entry: &Entry) -> Span {
        if self.prefix.is_empty() { entry.key_span } else { self.key_span }
    }

    fn reasons(&self, reader: &mut Reader<'_>, node: &Node) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for entry in names(reader, node, "reasons").unwrap_or_default() {
            let Some(mut fields) = reader.fields(&entry.value, "`{ when: …, comment: …, means: … }`") else {
                continue;
            };
            let rule = fields
                .need(reader, "when", "with the reason's condition")
                .and_then(|node| self.rule(reader, &format!("reasons.{}", entry.key), entry.key_span, node));
            let comment = fields.node("comment").and_then(|node| reader.sentence(node, "the comment"));
            let means = fields.node("means").and_then(|node| reader.sentence(node, "a sentence"));
            fields.captions(reader);
            fields.finish(reader);
            if let Some(rule) = rule {
                let comment = comment.unwrap_or_else(|| entry.key.clone());
                reasons.push(Reason { name: entry.key.clone(), rule, comment, means });
            }
        }
        reasons
    }

    fn windows(&self, reader: &mut Reader<'_>, node: &Node) -> Vec<WindowRule> {
        let entries = names(reader, node, "windows").unwrap_or_default();
        entries.iter().filter_map(|entry| self.window(reader, entry)).collect()
    }

    fn window(&self, reader: &mut Reader<'_>, entry: &Entry) -> Option<WindowRule> {
        let mut fields = reader.fields(&entry.value, "`{ when: …, open: …, in: …, otherwise: … }`")?;
        let rule = fields
            .need(reader, "when", "with the condition under which the window counts")
            .and_then(|node| self.rule(reader, &format!("windows.{}", entry.key), entry.key_span, node));
        let open = fields
            .need(reader, "open", "such as 20:00-08:00")
            .and_then(|node| reader.phrase(node, Code::BadWindow, "a window such as 20:00-08:00", Window::parse));
        let zone = fields
            .need(reader, "in", "with a fact that holds a time zone, or a zone")
            .and_then(|node| zone_source(reader, self.scope, node));
        let otherwise = fields
            .need(reader, "otherwise", "with the action that is called for while it is closed")
            .and_then(|node| action(reader, self.scope, node));
        fields.captions(reader);
        fields.finish(reader);
        Some(WindowRule { name: entry.key.clone(), rule: rule?, open: open?, zone: zone?, otherwise: otherwise? })
    }
}

fn zone_source(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<ZoneSource> {
    let vocabulary = scope.vocabulary;
    let name = reader.word(node, "a fact that holds a time zone")?;
    match vocabulary.fact_id(name) {
        Some(id) if vocabulary.fact(id).kind == Kind::TimeZone => Some(ZoneSource::Fact(id)),
        Some(_) => {
            let message = format!("`{name}` holds no time zone");
            reader.fault(Code::MatcherMismatch, node.span, message, "name a fact of `type: time zone`");
            None
        }
        None if name.contains('/') || vocabulary.zones().get(name).is_some() => {
            calendar::zone(reader, node, vocabulary.zones()).map(ZoneSource::Fixed)
        }
        None if scope.is_spoilt(name) => None,
        None => {
            let facts = vocabulary.facts().filter(|(_, fact)| fact.kind == Kind::TimeZone);
            let names: Vec<&str> = facts.map(|(_, fact)| fact.name.as_str()).collect();
            reader.unknown(Code::UnknownFact, node.span, "fact", name, names.into_iter());
            None
        }
    }
}
