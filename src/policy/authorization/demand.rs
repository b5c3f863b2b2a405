//! Whether an authorization is needed, and which papers go with the request for it.

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::{Entry, Node};

use super::super::escalation::requirement;
use super::super::matcher::Scope;
use super::super::named::{action, names};
use super::super::reader::{Captions, Fields, Reader};
use super::super::{Requirement, Rule, when};

/// A row of `required`: the first that applies says whether an authorization is needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// When it applies.
    pub rule: Rule,
    /// What people call it.
    pub captions: Captions,
    /// What it says.
    pub answer: Needed,
    /// The numbers of the documents that go with a request.
    pub documents: Vec<usize>,
    /// The numbers of the forms that go with a request.
    pub forms: Vec<usize>,
    /// What is to be done.
    pub actions: Vec<String>,
    /// What is to be known.
    pub notes: Vec<String>,
}

/// Whether an authorization is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// It is.
    Required,
    /// It is not.
    NotRequired,
    /// Only the payer knows.
    AskPayer,
}

impl Needed {
    /// Each with its word.
    const WORDS: [(&'static str, Needed); 3] =
        [("required", Needed::Required), ("not_required", Needed::NotRequired), ("ask_payer", Needed::AskPayer)];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Needed::Required => "required",
            Needed::NotRequired => "not_required",
            Needed::AskPayer => "ask_payer",
        }
    }
}

/// A document or form that some requests need.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// That it is there, and what to say while it is not.
    pub requirement: Requirement,
}

/// The papers that rows may name, with what is wrong with any of them.
pub(super) struct Papers {
    pub known: Vec<Paper>,
    /// Whether every one of them is sound: else a row may name one that is missing here.
    pub sound: bool,
}

/// Lowers `documents:` or `forms:`, each of which is asked for only where a row names it.
pub(super) fn papers(reader: &mut Reader<'_>, scope: &Scope<'_>, section: &str, node: Option<&Node>) -> Papers {
    let mut papers = Papers { known: Vec::new(), sound: true };
    let Some(node) = node else { return papers };
    let entries = names(reader, node, section);
    papers.sound = entries.is_some();
    for entry in entries.unwrap_or_default() {
        let lowered = paper(reader, scope, section, entry);
        papers.sound &= lowered.is_some();
        papers.known.extend(lowered);
    }
    papers
}

fn paper(reader: &mut Reader<'_>, scope: &Scope<'_>, section: &str, entry: &Entry) -> Option<Paper> {
    let mut fields = reader.fields(&entry.value, "`{ that: …, else: … }`")?;
    let captions = fields.captions(reader);
    let id = format!("{section}.{}", entry.key);
    let requirement = requirement(reader, scope, &id, entry.key_span, &mut fields);
    fields.finish(reader);
    Some(Paper { name: entry.key.clone(), captions, requirement: requirement? })
}

/// Lowers `required:`.
pub(super) fn lower(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    node: &Node,
    documents: &Papers,
    forms: &Papers,
) -> Vec<Demand> {
    let entries = names(reader, node, "rows").unwrap_or_default();
    entries.iter().filter_map(|entry| row(reader, scope, entry, documents, forms)).collect()
}

fn row(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    entry: &Entry,
    documents: &Papers,
    forms: &Papers,
) -> Option<Demand> {
    let mut fields = reader.fields(&entry.value, "`{ when: …, answer: … }`")?;
    let captions = fields.captions(reader);
    let when = fields.need(reader, "when", "with the row's condition, or `always`");
    let when = when.and_then(|node| when::lower(reader, scope, node));
    let answer = fields.need(reader, "answer", "with `required`, `not_required` or `ask_payer`");
    let answer = answer.and_then(|node| reader.one_of(node, "answer", &Needed::WORDS));
    let mut named = |reader: &mut Reader<'_>, key, what, papers: &Papers| {
        let Some(node) = fields.node(key) else { return Vec::new() };
        if answer == Some(Needed::NotRequired) {
            let help = "leave them out, or write another `answer:`";
            reader.fault(Code::UnknownKey, node.span, format!("{key} where no authorization is needed"), help);
        }
        let words = reader.words(node, key);
        words.into_iter().filter_map(|(word, span)| find(reader, what, papers, word, span)).collect()
    };
    let needed = (named(reader, "documents", "document", documents), named(reader, "forms", "form", forms));
    let (actions, notes) = (actions(reader, scope, &mut fields), notes(reader, &mut fields));
    fields.finish(reader);
    let rule = Rule { id: format!("required.{}", entry.key), place: reader.place(entry.key_span), when: when? };
    let (documents, forms) = needed;
    Some(Demand { rule, captions, answer: answer?, documents, forms, actions, notes })
}

fn find(reader: &mut Reader<'_>, what: &str, papers: &Papers, word: &str, span: Span) -> Option<usize> {
    let found = papers.known.iter().position(|paper| paper.name == word);
    if found.is_none() && papers.sound {
        let known = papers.known.iter().map(|paper| paper.name.as_str());
        reader.unknown(Code::UnknownPaper, span, what, word, known);
    }
    found
}

/// Declared actions.
pub(super) fn actions(reader: &mut Reader<'_>, scope: &Scope<'_>, fields: &mut Fields<'_>) -> Vec<String> {
    let Some(node) = fields.node("actions") else { return Vec::new() };
    let items = reader.one_or_more(node, "actions");
    items.iter().filter_map(|item| action(reader, scope, item)).collect()
}

/// Sentences to be known.
pub(super) fn notes(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Vec<String> {
    fields.node("notes").map(|node| reader.sentences(node, "notes")).unwrap_or_default()
}
