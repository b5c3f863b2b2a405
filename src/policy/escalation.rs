//! Policies that say what is escalated, where to, how soon, and what must be true first.

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::{Entry, Node};

use super::matcher::Scope;
use super::named::{action, names};
use super::reader::{Captions, Fields, Reader};
use super::turnaround::{self, TurnaroundRow};
use super::{Condition, Rule, when};

/// The categories of a policy, in the order of its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalations {
    /// The categories.
    pub categories: Vec<Category>,
}

/// One category of escalations.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Its id.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// Higher goes first; 0 if nothing is said.
    pub priority: i64,
    /// When it matches. With scenarios, one of them must match too.
    pub rule: Rule,
    /// Its scenarios; all that match add their actions and notes.
    pub scenarios: Vec<Scenario>,
    /// What is sent elsewhere; the first that applies counts.
    pub redirects: Vec<Redirect>,
    /// What must be true before it is escalated.
    pub requires: Vec<Requirement>,
    /// How soon it is answered; the first row that applies says it.
    pub turnaround: Vec<TurnaroundRow>,
    /// What is to be done.
    pub actions: Vec<String>,
    /// What is to be known.
    pub notes: Vec<String>,
}

/// One way in which a category matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// When it matches.
    pub rule: Rule,
    /// What is to be done beside what the category says.
    pub actions: Vec<String>,
    /// What is to be known beside what the category says.
    pub notes: Vec<String>,
}

/// What is sent elsewhere instead of being escalated.
#[derive(Debug, Clone, PartialEq)]
pub struct Redirect {
    /// When.
    pub rule: Rule,
    /// Where to, in a sentence.
    pub to: String,
    /// Why, in a sentence.
    pub because: Option<String>,
}

/// What must be true before a category is escalated, or an authorization requested.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// What must be true.
    pub rule: Rule,
    /// What to say while it is not.
    pub say: String,
}

/// Lowers the body of `escalations: NAME`.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, fields: &mut Fields<'_>) -> Option<Escalations> {
    let node = fields.need(reader, "categories", "with at least one category")?;
    let entries = names(reader, node, "categories")?;
    let categories: Vec<Option<Category>> = entries.iter().map(|entry| category(reader, scope, entry)).collect();
    Some(Escalations { categories: categories.into_iter().collect::<Option<_>>()? })
}

fn category(reader: &mut Reader<'_>, scope: &Scope<'_>, entry: &Entry) -> Option<Category> {
    let before = reader.faults();
    let id = format!("categories.{}", entry.key);
    let lowering = Lowering { scope, id: &id };
    let mut fields = reader.fields(&entry.value, "the category's rules")?;
    let captions = fields.captions(reader);
    let priority = fields.node("priority").and_then(|node| reader.integer(node)).unwrap_or(0);
    let (when, scenarios) = (fields.node("when"), fields.node("scenarios"));
    if when.is_none() && scenarios.is_none() {
        let message = format!("nothing says when `{}` matches", entry.key);
        reader.fault(Code::MissingKey, entry.key_span, message, "add `when:` or `scenarios:`");
    }
    let when = match when {
        Some(node) => when::lower(reader, scope, node),
        None => Some(Condition::Always),
    };
    let scenarios = lowering.section(reader, scenarios, "scenarios", Lowering::scenario);
    let redirects = lowering.section(reader, fields.node("redirect"), "redirect", Lowering::redirect);
    let requires = lowering.section(reader, fields.node("requires"), "requires", Lowering::requirement);
    let turnaround = fields
        .need(reader, "turnaround", "with how soon it is answered, or `none stated`")
        .and_then(|node| turnaround::lower(reader, scope, &format!("{id}.turnaround"), node));
    let actions = lowering.actions(reader, &mut fields);
    let notes = lowering.notes(reader, &mut fields);
    fields.finish(reader);
    let rule = Rule { id: id.clone(), place: reader.place(entry.key_span), when: when? };
    (reader.faults() == before).then_some(Category {
        name: entry.key.clone(),
        captions,
        priority,
        rule,
        scenarios,
        redirects,
        requires,
        turnaround: turnaround?,
        actions,
        notes,
    })
}

struct Lowering<'s, 'v> {
    scope: &'s Scope<'v>,
    /// The category's id.
    id: &'s str,
}

impl Lowering<'_, '_> {
    /// A map of named rules.
    fn section<T>(
        &self,
        reader: &mut Reader<'_>,
        node: Option<&Node>,
        key: &str,
        lower: fn(&Self, &mut Reader<'_>, &str, &Entry, &mut Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = node else { return Vec::new() };
        let mut lowered = Vec::new();
        for entry in names(reader, node, key).unwrap_or_default() {
            let Some(mut fields) = reader.fields(&entry.value, "a map of keys") else { continue };
            fields.captions(reader);
            let id = format!("{}.{key}.{}", self.id, entry.key);
            lowered.extend(lower(self, reader, &id, entry, &mut fields));
            fields.finish(reader);
        }
        lowered
    }

    fn rule(&self, reader: &mut Reader<'_>, id: &str, span: Span, node: &Node) -> Option<Rule> {
        let when = when::lower(reader, self.scope, node)?;
        Some(Rule { id: id.to_owned(), place: reader.place(span), when })
    }

    fn actions(&self, reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Vec<String> {
        let Some(node) = fields.node("actions") else { return Vec::new() };
        let items = reader.one_or_more(node, "actions");
        items.iter().filter_map(|item| action(reader, self.scope, item)).collect()
    }

    fn notes(&self, reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Vec<String> {
        fields.node("notes").map(|node| reader.sentences(node, "notes")).unwrap_or_default()
    }

    fn scenario(&self, reader: &mut Reader<'_>, id: &str, entry: &Entry, fields: &mut Fields<'_>) -> Option<Scenario> {
        let when = fields.need(reader, "when", "with the scenario's condition");
        let rule = when.and_then(|node| self.rule(reader, id, entry.key_span, node));
        let actions = self.actions(reader, fields);
        let notes = self.notes(reader, fields);
        Some(Scenario { name: entry.key.clone(), rule: rule?, actions, notes })
    }

    fn redirect(&self, reader: &mut Reader<'_>, id: &str, entry: &Entry, fields: &mut Fields<'_>) -> Option<Redirect> {
        let when = fields.need(reader, "when", "with the condition under which it goes elsewhere");
        let rule = when.and_then(|node| self.rule(reader, id, entry.key_span, node));
        let to = fields.need(reader, "to", "with where it goes, in a sentence");
        let to = to.and_then(|node| reader.sentence(node, "a sentence"));
        let because = fields.node("because").and_then(|node| reader.sentence(node, "a sentence"));
        Some(Redirect { rule: rule?, to: to?, because })
    }

    fn requirement(
        &self,
        reader: &mut Reader<'_>,
        id: &str,
        entry: &Entry,
        fields: &mut Fields<'_>,
    ) -> Option<Requirement> {
        requirement(reader, self.scope, id, entry.key_span, fields)
    }
}

/// Lowers what must be true, with what to say while it is not.
pub(super) fn requirement(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    id: &str,
    span: Span,
    fields: &mut Fields<'_>,
) -> Option<Requirement> {
    let that = fields.need(reader, "that", "with what must be true");
    let when = that.and_then(|node| when::lower(reader, scope, node));
    let say = fields.need(reader, "else", "with what to say while it is not true");
    let say = say.and_then(|node| reader.sentence(node, "a sentence"));
    let rule = Rule { id: id.to_owned(), place: reader.place(span), when: when? };
    Some(Requirement { rule, say: say? })
}
